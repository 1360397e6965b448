"""« En moins de cinq minutes »: an entrance, a page for each question, the results. Answers live in the address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from catalogue import qr
from formations.communes import designation
from orientation.questionnaire.reponses import Reponses, adresse, lire
from orientation.questionnaire.resultats import Resultats


def questionnaire(request: HttpRequest) -> HttpResponse:
    """The entrance: what will be asked; with answers in the address, where to resume."""
    reponses = lire(request.GET)
    if ailleurs := _mieux_dit(request, reponses, "questionnaire"):
        return ailleurs
    contexte = _commun(request, reponses, "questionnaire")
    if reponses.questions:
        premiere = reponses.questions[0]
        restantes = [q for q, mots in reponses.resume() if not mots]
        contexte |= {
            "url_debut": adresse("questionnaire_question", reponses.parametres, premiere.cle),
            "url_reprise": adresse("questionnaire_question", reponses.parametres, restantes[0].cle)
            if restantes
            else "",
        }
    return render(request, "orientation/questionnaire/accueil.html", contexte)


def question(request: HttpRequest, cle: str) -> HttpResponse:
    """One question. Its form leads to the next page, and carries the other answers."""
    reponses = lire(request.GET)
    rang = next((i for i, q in enumerate(reponses.questions) if q.cle == cle), None)
    if rang is None:
        raise Http404(
            "Nous ne posons pas cette question. Le questionnaire commence à l'adresse /questionnaire/."
        )
    if ailleurs := _mieux_dit(request, reponses, "questionnaire_question", cle):
        return ailleurs
    posee = reponses.questions[rang]
    autres = reponses.parametres_hors(posee)
    choisies = reponses.choix.get(cle, [])
    suivante = reponses.questions[rang + 1] if rang + 1 < len(reponses.questions) else None
    precedente = reponses.questions[rang - 1] if rang else None
    resultats = adresse("questionnaire_resultats", [])
    passer = (
        ("questionnaire_question", autres, suivante.cle) if suivante else ("questionnaire_resultats", autres)
    )
    return render(
        request,
        "orientation/questionnaire/question.html",
        _commun(request, reponses, "questionnaire_question", cle)
        | {
            "question": posee,
            "rang": rang + 1,
            "total": len(reponses.questions),
            "autres": autres,
            "options": [(option, option in choisies) for option in posee.options.all()],
            "saisie": _saisie(reponses) if posee.est_de_lieu else "",
            "repondue": bool(choisies) or (posee.est_de_lieu and reponses.place is not None),
            "action_suivante": adresse("questionnaire_question", [], suivante.cle) if suivante else resultats,
            "action_precedente": adresse("questionnaire_question", [], precedente.cle) if precedente else "",
            "action_resultats": resultats,
            "url_passer": adresse(*passer),
        },
    )


def resultats(request: HttpRequest) -> HttpResponse:
    reponses = lire(request.GET)
    page = request.GET.get("page", "1")
    trouves = Resultats(reponses, page)
    if ailleurs := _mieux_dit(request, reponses, "questionnaire_resultats"):
        return ailleurs
    return render(
        request,
        "orientation/questionnaire/resultats.html",
        _commun(request, reponses, "questionnaire_resultats", page=trouves.page.number)
        | {"resultats": trouves},
    )


def _mieux_dit(request: HttpRequest, reponses: Reponses, nom: str, *arguments: str) -> HttpResponse | None:
    """A form repeats parameters and leaves empty ones: the same answers have one address, short enough to copy."""
    demandes = [(cle, v) for cle, valeurs in request.GET.lists() for v in valeurs if cle != "page"]
    if reponses.remarques or demandes == reponses.parametres:
        return None
    page = [("page", v) for v in request.GET.getlist("page")[:1] if v.isdecimal()]
    return redirect(adresse(nom, [*reponses.parametres, *page], *arguments))


def _commun(
    request: HttpRequest, reponses: Reponses, nom: str, *arguments: str, page: int = 1
) -> dict[str, Any]:
    ici = adresse(nom, [*reponses.parametres, *([("page", str(page))] if page > 1 else [])], *arguments)
    return {
        "reponses": reponses,
        "remarques": reponses.remarques,
        "communes": _homonymes(reponses, nom, *arguments),
        "resume": [
            (q, mots, adresse("questionnaire_question", reponses.parametres, q.cle))
            for q, mots in reponses.resume()
        ],
        "qr": qr.svg(request.build_absolute_uri(ici)),
    }


def _saisie(reponses: Reponses) -> str:
    place = reponses.place
    if place is None:
        return ""
    # With its code: the name alone, read again, could be another commune.
    return f"{place.commune.nom} ({place.commune.code})" if place.commune else place.saisie


def _homonymes(reponses: Reponses, nom: str, *arguments: str) -> list[tuple[str, str]]:
    """The communes that the name typed may mean, each with this page once it is told."""
    if reponses.place is None:
        return []
    return [
        (
            str(commune),
            adresse(
                nom,
                [
                    (cle, designation(commune) if cle == lieu.cle else valeur)
                    for cle, valeur in reponses.parametres
                ],
                *arguments,
            ),
        )
        for lieu in reponses.questions
        if lieu.est_de_lieu
        for commune in reponses.place.homonymes
    ]
