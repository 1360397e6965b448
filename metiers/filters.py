"""The criteria by which métiers are listed; each is declared once, here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise

from django.db.models import F, Q, QuerySet

from catalogue.facettes import Choix, Facette, FacettesEnMemoire, Mots, Tri
from catalogue.models.chiffre import nombre_en_francais
from catalogue.niveaux import Niveau
from metiers import natures
from metiers.models import CentreInteret, ContexteDeTravail, GrandDomaine, Indicateur, Metier, Secteur
from metiers.models.metier import Riasec
from metiers.scores.acces import Bande

# Euros, net, a month: where the bands of the median begin; nine métiers in ten are between the first and the last.
SEUILS_DE_SALAIRE = (1_400, 1_600, 1_800, 2_000, 2_500, 3_000)
TENSIONS = {"5": "Très forte", "4": "Forte", "3": "Moyenne", "2": "Faible", "1": "Très faible"}
TRANSITIONS = {
    "vert": ("Emploi Vert", "Emploi vert"),
    "strategique": (
        "Emploi stratégique pour la Transition écologique",
        "Emploi stratégique pour la transition écologique",
    ),
    "blanc": ("Emploi Blanc", "Emploi blanc"),
    "brun": ("Emploi Brun", "Emploi brun"),
}
"""What the ROME writes (transition_eco), and the label, by value of the address."""
TYPES_A_EVITER = frozenset("123")
"""Contextes that one may want to avoid: conditions and risks, hours, travel. The others say for whom, and where."""
OUI_NON = (Choix("oui", "Oui"), Choix("non", "Non"))


def choix_domaines() -> Iterator[Choix]:
    """The fourteen grands domaines, each with its domaines professionnels: two queries."""
    for grand in GrandDomaine.objects.publies().prefetch_related("domaines"):
        yield Choix(
            grand.code,
            grand.libelle,
            tuple(Choix(d.code, d.libelle) for d in grand.domaines.all() if not d.est_retire),
            repere=grand.code,
        )


def choix_niveaux() -> list[Choix]:
    return [Choix(str(niveau.value), niveau.libelle) for niveau in Niveau]


def choix_secteurs() -> list[Choix]:
    return [Choix(s.code, s.libelle) for s in Secteur.objects.publies().order_by("libelle")]


def choix_interets() -> list[Choix]:
    return [Choix(c.code, c.libelle) for c in CentreInteret.objects.publies().order_by("libelle")]


def choix_contextes(types: Collection[str] = ()) -> list[Choix]:
    """The contextes under their types, all of them or some: one query."""
    par_type: dict[tuple[str, str], list[Choix]] = {}
    for contexte in ContexteDeTravail.objects.publies().order_by("code_type", "libelle"):
        if not types or contexte.code_type in types:
            par_type.setdefault((contexte.code_type, contexte.type), []).append(
                Choix(contexte.code_ogr, contexte.libelle)
            )
    return [Choix(code, libelle, tuple(enfants)) for (code, libelle), enfants in par_type.items()]


def choix_contextes_a_eviter() -> list[Choix]:
    return choix_contextes(TYPES_A_EVITER)


def tranches_de_salaire() -> Iterator[tuple[Choix, Q]]:
    """The bands of the net monthly median that the Dares publishes; amounts of another kind are in none."""
    connu = Q(
        indicateurs__nature=natures.SALAIRE_MEDIAN,
        indicateurs__unite=natures.EUROS_NETS,
        indicateurs__code_territoire="FR",
    )
    premier, dernier = SEUILS_DE_SALAIRE[0], SEUILS_DE_SALAIRE[-1]
    yield Choix(f"moins-{premier}", f"Moins de {_euros(premier)}"), connu & Q(indicateurs__valeur__lt=premier)
    for bas, haut in pairwise(SEUILS_DE_SALAIRE):
        yield (
            Choix(f"{bas}-{haut}", f"De {nombre_en_francais(bas)} à moins de {_euros(haut)}"),
            connu & Q(indicateurs__valeur__gte=bas, indicateurs__valeur__lt=haut),
        )
    yield Choix(f"{dernier}-plus", f"{_euros(dernier)} et plus"), connu & Q(indicateurs__valeur__gte=dernier)


def _euros(montant: int) -> str:
    return f"{nombre_en_francais(montant)}\u00a0€"


def _provenance(nature: str) -> str:
    """« Source : Dares, Portraits statistiques, 2017-2019. », or nothing before the figures are loaded: one query."""
    chiffre = (
        Indicateur.objects.filter(nature=nature, code_territoire="FR")
        .exclude(code_nomenclature="")
        .order_by("-millesime")
        .values_list("source__nom", "millesime")
        .first()
    )
    return f"Source : {chiffre[0]}, {chiffre[1]}." if chiffre else ""


_SALAIRES = dict(tranches_de_salaire())


class MetierFilterSet(FacettesEnMemoire):
    tris = (
        Tri(
            "",
            "Ordre alphabétique",
            "Par ordre alphabétique. Les fiches viennent du ROME, le répertoire de France Travail.",
        ),
        Tri(
            "acces",
            "Facilité d'accès",
            "Les plus faciles d'accès d'abord ; ceux dont la facilité n'est pas renseignée à la fin.",
            (F("score_acces").desc(nulls_last=True), "libelle", "code_rome"),
        ),
        Tri(
            "niveau",
            "Niveau d'études",
            "Les études les plus courtes d'abord ; ceux dont le niveau n'est pas renseigné à la fin.",
            (F("niveau_acces").asc(nulls_last=True), "libelle", "code_rome"),
        ),
    )

    q = Mots("metier", "code_rome", "Mots cherchés dans les appellations")
    domaine = Facette(
        "domaine__grand_domaine",
        "domaine",
        choix=choix_domaines,
        libelle="Domaine",
        aide="Les quatorze grands domaines du ROME et leurs domaines professionnels.",
        avec_non_renseigne=False,
    )
    niveau = Facette(
        "niveau_acces",
        choix=choix_niveaux,
        libelle="Niveau d'études pour y accéder",
        aide="Le diplôme le plus court qui ouvre le métier, selon la rédaction, l'Onisep ou le texte du ROME.",
    )
    acces = Facette(
        "bande_acces",
        choix=[
            Choix(str(rang), bande.libelle_avec_bornes)
            for rang, bande in reversed(list(enumerate(sorted(Bande, key=lambda b: b.minimum), start=1)))
        ],
        libelle="Facilité d'accès",
        aide="Score de 0 à 10 ; 10 = le plus facile d'accès. Sans rapport avec le handicap.",
    )
    riasec = Facette(
        "riasec_majeur",
        choix=[Choix(type_.value, type_.label) for type_ in Riasec],
        libelle="Intérêt dominant (RIASEC)",
        aide="Le type d'intérêt que le ROME donne en premier à ce métier.",
        vide="",
    )
    interet = Facette(
        "interets_du_metier__centre_interet",
        choix=choix_interets,
        libelle="Centre d'intérêt",
        aide="Ce que l'on aime faire : les trente centres d'intérêt du ROME.",
        plusieurs=True,
    )
    secteur = Facette(
        "secteurs_du_metier__secteur",
        choix=choix_secteurs,
        libelle="Secteur d'activité",
        aide="Où le métier s'exerce, selon le ROME.",
        plusieurs=True,
    )
    tension = Facette(
        choix=[
            Choix(categorie, f"{mot} (catégorie {categorie} sur 5)") for categorie, mot in TENSIONS.items()
        ],
        conditions={
            categorie: Q(
                indicateurs__nature=natures.TENSION,
                indicateurs__code_territoire="FR",
                indicateurs__valeur=int(categorie),
            )
            for categorie in TENSIONS
        },
        libelle="Tension du marché",
        aide="Très forte : les employeurs avaient le plus de mal à recruter. La catégorie est nationale et vaut pour "
        "toute une famille de métiers ; un métier de plusieurs familles est dans la catégorie de chacune.",
        precision=lambda: _provenance(natures.TENSION),
    )
    salaire = Facette(
        choix=list(_SALAIRES),
        conditions={choix.valeur: condition for choix, condition in _SALAIRES.items()},
        libelle="Salaire médian net par mois",
        aide="À temps complet : la moitié gagne moins, la moitié gagne plus. Le montant est celui d'une famille de "
        "métiers ; un métier de plusieurs familles est dans la tranche de chacune.",
        precision=lambda: _provenance(natures.SALAIRE_MEDIAN),
    )
    contexte = Facette(
        "contextes_du_metier__contexte__code_type",
        "contextes_du_metier__contexte",
        choix=choix_contextes,
        libelle="Contexte de travail recherché",
        aide="Horaires, lieux, publics, conditions : ceux que le ROME cite pour ce métier.",
        plusieurs=True,
    )
    sans_contexte = Facette(
        "contextes_du_metier__contexte__code_type",
        "contextes_du_metier__contexte",
        choix=choix_contextes_a_eviter,
        libelle="Contexte de travail à éviter",
        aide="Retire les métiers pour lesquels le ROME cite l'un de ces contextes. Le nombre est ce qui resterait.",
        plusieurs=True,
        exclut=True,
        avec_non_renseigne=False,
    )
    transition_ecologique = Facette(
        choix=[Choix(valeur, libelle) for valeur, (_, libelle) in TRANSITIONS.items()],
        conditions={valeur: Q(transition_ecologique=ecrit) for valeur, (ecrit, _) in TRANSITIONS.items()},
        libelle="Transition écologique",
        aide="Le classement du ROME.",
    )
    transition_numerique = Facette(
        choix=OUI_NON,
        conditions={"oui": Q(transition_numerique=True), "non": Q(transition_numerique=False)},
        libelle="Transition numérique",
        aide="Métiers que le ROME rattache à la transition numérique.",
    )
    reglemente = Facette(
        choix=OUI_NON,
        conditions={"oui": Q(emploi_reglemente=True), "non": Q(emploi_reglemente=False)},
        libelle="Emploi réglementé",
        aide="Un emploi réglementé demande un diplôme, un titre ou une autorisation précis.",
    )

    class Meta:
        model = Metier
        fields: list[str] = []

    @classmethod
    def population(cls) -> QuerySet:
        return Metier.objects.publies().order_by("libelle", "code_rome")
