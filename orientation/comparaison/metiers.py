"""The criteria of métiers, in the order of an interview, and what each cell says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.db.models import Count, F, Prefetch, Value, prefetch_related_objects
from django.urls import reverse

from catalogue import niveaux
from certifications.models import Debouche
from formations.models import LienFormationMetier
from metiers.facilite import Facilite, facilite
from metiers.faits import duree
from metiers.fiche import RANG_TERMINE, FicheMetier
from metiers.models import (
    FicheEditoriale,
    Indicateur,
    IndicateurEditorial,
    Metier,
    Mobilite,
    NatureIndicateur,
    OrigineDuNiveau,
)
from metiers.models.contexte import ContexteDuMetier
from metiers.models.interet import InteretDuMetier
from metiers.scores.acces import bande
from orientation import items
from orientation.comparaison.critere import Cellule, Critere, Ligne, textes
from orientation.items import Item

CITES = 4
"""Mobilités, certifications named in a cell; the others are counted."""
QUOI, POURRAIS_JE, CONDITIONS, MARCHE, COMPETENCES, INTERETS, SUITE, CHEMINS = (
    "Qu'est-ce que c'est ?",
    "Est-ce que je pourrais ?",
    "Dans quelles conditions ?",
    "Marché et salaire",
    "Ce qu'il faut savoir faire",
    "Ce qui plaît dans ce métier",
    "Où ça mène",
    "Comment s'y préparer",
)
TYPES_DE_CONTEXTES = (
    "Conditions de travail et risques professionnels",
    "Horaires et durée du travail",
    "Lieux et déplacements",
    "Statut d'emploi",
    "Publics spécifiques",
    "Types de structures",
)


@dataclass
class MetierCompare:
    """A métier with all that its column says."""

    metier: Metier
    requis: list[Item]
    alentours: dict[str, list[str]]
    """Contexts by type, and the centres d'intérêt under an empty type."""
    debouches: list[Debouche]
    nombre_formations: int
    propres: dict[str, int] = field(default_factory=dict)
    """By family, the number of items that no other métier of the comparison asks for."""
    fiche: FicheMetier = field(init=False)

    def __post_init__(self) -> None:
        self.fiche = FicheMetier(self.metier)

    @property
    def code(self) -> str:
        return self.metier.code_rome

    @property
    def libelle(self) -> str:
        return self.fiche.titre

    @property
    def url(self) -> str:
        return self.metier.get_absolute_url()

    @cached_property
    def acces(self) -> Facilite:
        """For the experience and the length of study only: niveau and score are read from their columns."""
        return facilite(self.metier, self.fiche.editorial, [], 0)


def charger(metiers: Sequence[Metier]) -> list[MetierCompare]:
    """What the table shows of these métiers, in nine queries whatever their number."""
    prefetch_related_objects(
        list(metiers),
        Prefetch(
            "fiches_editoriales",
            FicheEditoriale.objects.affichables().prefetch_related(
                "missions",
                Prefetch("indicateurs", IndicateurEditorial.objects.select_related("nature", "source")),
            ),
        ),
        Prefetch("indicateurs", Indicateur.objects.for_detail()),
        Prefetch("mobilites", Mobilite.objects.for_detail()),
    )
    requis = items.requis_par([metier.pk for metier in metiers])
    alentours = _contextes_et_interets(metiers)
    debouches = debouches_vers(metiers)
    formations = dict(
        LienFormationMetier.objects.filter(metier__in=metiers, formation__retire_le__isnull=True)
        .order_by()
        .values_list("metier")
        .annotate(nombre=Count("formation", distinct=True))
    )
    porteurs = Counter(item.cle for metier in metiers for item in requis[metier.pk])
    return [
        MetierCompare(
            metier=metier,
            requis=requis[metier.pk],
            alentours=alentours[metier.pk],
            debouches=debouches[metier.pk],
            nombre_formations=formations.get(metier.pk, 0),
            propres=Counter(item.famille for item in requis[metier.pk] if porteurs[item.cle] == 1),
        )
        for metier in metiers
    ]


def _contextes_et_interets(metiers: Sequence[Metier]) -> dict[int, dict[str, list[str]]]:
    """Both in one query; principal interests first, the rest by label."""
    colonnes = ("metier_id", "genre", "intitule", "en_premier")
    contextes = ContexteDuMetier.objects.filter(metier__in=metiers).annotate(
        genre=F("contexte__type"), intitule=F("contexte__libelle"), en_premier=Value(False)
    )
    interets = InteretDuMetier.objects.filter(metier__in=metiers).annotate(
        genre=Value(""), intitule=F("centre_interet__libelle"), en_premier=F("principal")
    )
    lus = contextes.values_list(*colonnes).union(interets.values_list(*colonnes), all=True)
    alentours: dict[int, dict[str, list[str]]] = {metier.pk: {} for metier in metiers}
    for metier, genre, libelle, _ in sorted(lus, key=lambda ligne: (not ligne[3], ligne[2])):
        alentours[metier].setdefault(genre, []).append(libelle)
    return alentours


def debouches_vers(metiers: Sequence[Metier]) -> dict[int, list[Debouche]]:
    """Links to certifications not ended, by métier, in one query; reached through the parent, they bear `herite`."""
    cibles = {pk for metier in metiers for pk in (metier.pk, metier.parent_id) if pk}
    liens = list(
        Debouche.objects.filter(metier__in=cibles, certification__retire_le__isnull=True)
        .select_related("certification")
        .order_by("certification__intitule", "certification_id", "pk")
    )
    par_metier: dict[int, list[Debouche]] = {}
    for metier in metiers:
        retenus: dict[str, Debouche] = {}
        for lien in sorted(liens, key=lambda lien: lien.metier_id != metier.pk):
            if (
                lien.metier_id in (metier.pk, metier.parent_id)
                and lien.certification.etat().rang < RANG_TERMINE
            ):
                retenus.setdefault(lien.certification_id, lien)
        par_metier[metier.pk] = sorted(
            retenus.values(), key=lambda lien: (lien.certification.etat().rang, lien.certification.intitule)
        )
    return par_metier


def criteres(compares: Sequence[MetierCompare]) -> list[Critere]:
    """Every row, those of the figures included, whose kinds depend on what the sources give."""
    return [
        Critere(
            QUOI, "En une phrase", lambda m: textes(m.fiche.editorial.accroche if m.fiche.editorial else "")
        ),
        Critere(QUOI, "Missions", _missions),
        Critere(QUOI, "Domaine", lambda m: textes(str(m.metier.domaine))),
        Critere(POURRAIS_JE, "Niveau d'études pour y accéder", _niveau),
        Critere(POURRAIS_JE, "Facilité d'accès", _facilite, aide="Sans rapport avec le handicap."),
        Critere(POURRAIS_JE, "Expérience", _experience),
        Critere(POURRAIS_JE, "Durée de formation", _duree),
        Critere(POURRAIS_JE, "Emploi réglementé", lambda m: _oui_non(m.metier.emploi_reglemente)),
        *(Critere(CONDITIONS, type_, partial(_contextes, type_)) for type_ in TYPES_DE_CONTEXTES),
        Critere(MARCHE, "Salaire", partial(_chiffres, lambda n: n.theme == NatureIndicateur.Theme.SALAIRE)),
        *(
            Critere(MARCHE, libelle, partial(_chiffres, partial(_est_de_nature, code)))
            for code, libelle in _natures_du_marche(compares)
        ),
        Critere(
            MARCHE,
            "Scores donnés par des sources",
            partial(_chiffres, lambda n: n.theme == NatureIndicateur.Theme.SCORE),
            aide="Chaque source a sa méthode : à lire, pas à additionner.",
        ),
        *(
            Critere(COMPETENCES, f"{titre} demandés", partial(_nombre, famille))
            for famille, titre in (
                (items.SAVOIR_FAIRE, "Savoir-faire"),
                (items.SAVOIR_ETRE, "Savoir-être"),
                (items.SAVOIR, "Savoirs"),
            )
        ),
        Critere(INTERETS, "Centres d'intérêt", lambda m: textes(*m.alentours.get("", ()))),
        Critere(
            INTERETS,
            "Intérêts professionnels (RIASEC)",
            lambda m: textes(*(f"{libelle} ({rang})" for rang, libelle in m.fiche.riasec_rome)),
            aide="Un ordre, pas une intensité.",
        ),
        Critere(SUITE, "Mobilités proposées par le ROME", _mobilites),
        Critere(CHEMINS, "Certifications actives", _certifications),
        Critere(CHEMINS, "Formations", _formations),
    ]


def _missions(m: MetierCompare) -> Cellule:
    missions = list(m.fiche.editorial.missions.all()) if m.fiche.editorial else []
    if missions:
        return textes(*(mission.texte for mission in missions))
    return textes(*m.fiche.definition)


def _niveau(m: MetierCompare) -> Cellule:
    if m.metier.niveau_acces is None:
        return ()
    origine = m.metier.niveau_acces_origine
    return (
        Ligne(
            niveaux.libelle(m.metier.niveau_acces),
            f"Niveau {OrigineDuNiveau(origine).label}." if origine else "",
        ),
    )


def _facilite(m: MetierCompare) -> Cellule:
    score = m.metier.score_acces
    if score is None:
        return ()
    phrase = bande(score).phrase
    return (
        Ligne(phrase[:1].upper() + phrase[1:], f"{str(score).replace('.', ',')} sur 10, 10 = le plus facile"),
    )


def _experience(m: MetierCompare) -> Cellule:
    return textes(m.acces.experience.libelle if m.acces.experience else "")


def _duree(m: MetierCompare) -> Cellule:
    fait = duree(m.acces, m.fiche.editorial)
    return (Ligne(fait.valeur, fait.precision),) if fait.renseigne else ()


def _oui_non(drapeau: bool | None) -> Cellule:
    return textes({True: "Oui", False: "Non", None: ""}[drapeau])


def _contextes(type_: str, m: MetierCompare) -> Cellule:
    return textes(*m.alentours.get(type_, ()))


def _indicateurs(m: MetierCompare) -> list[Any]:
    return [indicateur for _, groupe in m.fiche.indicateurs for indicateur in groupe]


def _natures_du_marche(compares: Sequence[MetierCompare]) -> list[tuple[str, str]]:
    """The kinds of figures of the labour market that at least one of the métiers has: (code, label), in order."""
    natures = {
        i.nature_id: i.nature
        for m in compares
        for i in _indicateurs(m)
        if i.nature.theme == NatureIndicateur.Theme.MARCHE
    }
    return [(n.code, n.libelle) for n in sorted(natures.values(), key=lambda n: (n.ordre, n.libelle))]


def _est_de_nature(code: str, nature: NatureIndicateur) -> bool:
    return nature.code == code


def _chiffres(retenir: Callable[[NatureIndicateur], bool], m: MetierCompare) -> Cellule:
    """Figures of every source side by side, each with its unit, its source and its year; never summed up."""
    retenus = [i for i in _indicateurs(m) if retenir(i.nature)]
    plusieurs = len({i.nature_id for i in retenus}) > 1
    return tuple(
        Ligne(
            f"{i.nature.libelle} : {i.en_clair}" if plusieurs or i.nature.theme != "marche" else i.en_clair,
            ", ".join(
                filter(
                    None,
                    (
                        i.source.producteur or i.source.nom,
                        i.millesime_en_clair,
                        getattr(i, "groupe", ""),
                        i.territoire if i.territoire != "France" else "",
                    ),
                )
            ),
        )
        for i in retenus
    )


def _nombre(famille: str, m: MetierCompare) -> Cellule:
    retenus = [item for item in m.requis if item.famille == famille]
    if not retenus:
        return ()
    coeur = sum(item.est_coeur for item in retenus)
    precisions = [f"dont {coeur} du cœur de métier"] if coeur else []
    precisions.append(f"{m.propres.get(famille, 0)} pour ce métier seul")
    return (Ligne(str(len(retenus)), ", ".join(precisions)),)


def _mobilites(m: MetierCompare) -> Cellule:
    cibles = m.fiche.mobilites
    return _premiers([Ligne(cible.libelle, cible.code_rome, cible.get_absolute_url()) for cible in cibles])


def _certifications(m: MetierCompare) -> Cellule:
    lignes = []
    for lien in m.debouches:
        certification = lien.certification
        precisions = [certification.numero]
        if certification.niveau is not None:
            precisions.append(niveaux.libelle(certification.niveau))
        if certification.etat() != "active":
            precisions.append(certification.etat().label.lower())
        if lien.metier_id != m.metier.pk and m.metier.parent:
            precisions.append(f"lien hérité du code parent {m.metier.parent.code_rome}")
        lignes.append(Ligne(certification.intitule, ", ".join(precisions), certification.get_absolute_url()))
    return _premiers(lignes)


def _formations(m: MetierCompare) -> Cellule:
    if not m.nombre_formations:
        return ()
    pluriel = "s" if m.nombre_formations > 1 else ""
    return (
        Ligne(
            f"{m.nombre_formations} formation{pluriel} liée{pluriel} à ce métier",
            "",
            reverse("metiers:court", args=[m.code]),
        ),
    )


def _premiers(lignes: list[Ligne]) -> Cellule:
    reste = len(lignes) - CITES
    return (
        (*lignes[:CITES], Ligne(f"et {reste} autre{'s' if reste > 1 else ''}"))
        if reste > 0
        else tuple(lignes)
    )
