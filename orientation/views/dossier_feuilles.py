"""The sheets of a dossier, made to be printed: synthesis, VAE, formations to call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from catalogue import qr
from orientation import adresse
from orientation.choix import rechercher
from orientation.dossier import etat
from orientation.dossier.formations import ListeDeFormations
from orientation.dossier.synthese import Synthese
from orientation.dossier.vae import FicheVae, charger


def _feuille(request: HttpRequest, chemin: str) -> dict[str, Any]:
    """What every sheet bears: its address, as text and as a QR code, and the day."""
    adresse_imprimee = request.build_absolute_uri(chemin)
    return {"adresse": adresse_imprimee, "qr": qr.svg(adresse_imprimee), "jour": timezone.localdate()}


def synthese(request: HttpRequest) -> HttpResponse:
    """The dossier on one or two pages; its QR code leads to the dossier, where the next adviser goes on."""
    dossier = etat.lire(request.GET)
    if dossier.est_vide:
        # With what the address asked for: the page says what could not be followed.
        return redirect(etat.adresse_de(request.GET.urlencode()))
    return render(
        request,
        "orientation/dossier/synthese.html",
        {"dossier": dossier, "synthese": Synthese(dossier)} | _feuille(request, dossier.url()),
    )


def vae(request: HttpRequest) -> HttpResponse:
    """`?c=RNCP…`: the first certification that the address names."""
    chemin = reverse("orientation:dossier_vae")
    valeurs = request.GET.getlist("c")
    remarques: list[str] = []
    texte = adresse.mots(valeurs, adresse.NUMERO_ECRIT)
    selection = adresse.certifications([] if texte else adresse.un_code(valeurs, remarques))
    contexte: dict[str, Any] = {
        "remarques": remarques + selection.remarques,
        "vae": None,
        "recherche": rechercher(texte, "certification", lambda numero: f"{chemin}?c={numero}"),
    }
    if selection.fiches:
        certification = selection.fiches[0]
        contexte |= {"vae": FicheVae(charger(certification))}
        contexte |= _feuille(request, f"{chemin}?c={certification.numero}")
    return render(request, "orientation/dossier/vae.html", contexte)


def formations(request: HttpRequest) -> HttpResponse:
    """Formations of a dossier, of a certification or of a métier, near `commune=`, and questions to ask."""
    dossier = etat.lire(request.GET)
    demandee = request.GET.get("commune", "")
    commune = dossier.demande.commune
    if commune and demandee != commune.code:
        return redirect(dossier.url("dossier_formations"))
    sans_lieu = dossier.ecrire(dossier.codes, lieu=False)
    return render(
        request,
        "orientation/dossier/formations.html",
        {
            "dossier": dossier,
            "liste": ListeDeFormations(dossier),
            "champs": etat.couples(sans_lieu),
            "communes": [
                (str(autre), etat.adresse_de(f"{sans_lieu}&commune={autre.code}", "dossier_formations"))
                for autre in dossier.demande.communes
            ],
        }
        | _feuille(request, dossier.url("dossier_formations")),
    )
