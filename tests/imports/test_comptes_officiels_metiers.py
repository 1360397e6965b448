"""What the official files of métiers must hold once imported, line by line: the ROME, Onisep's métiers, the labour market.

Counted in the base that holds every official file, each imported twice. What a later file changes, or no table keeps as it
was read, is counted where it is read.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Sum

from metiers import models as m
from metiers.importers.onisep.fiches import FicheMetier, lire_fiches_metiers
from metiers.importers.onisep.liste import FACULTATIVES, OBLIGATOIRES
from metiers.importers.onisep.tableau import lire_tableau
from metiers.models import Competence, CompetenceRequise, FicheOnisep, Metier, SavoirRequis
from tests.comptes import distincts, lignes, lire, n, par, tous


def fiches() -> Any:
    return Metier.objects.publies()


def drapeau(nom: str) -> int:
    return fiches().filter(**{nom: True}).count()


def phrases(champ: str) -> int:
    return sum(len(texte.splitlines()) for texte in fiches().values_list(champ, flat=True))


def macros(**filtres: Any) -> Any:
    return Competence.objects.filter(est_macro=True, **filtres)


def coeurs(valeur: str) -> int:
    return n(CompetenceRequise, coeur_metier=valeur) + n(SavoirRequis, coeur_metier=valeur)


def savoir_etre_requis() -> Any:
    return CompetenceRequise.objects.filter(competence__categorie=Competence.SAVOIR_ETRE)


ROME = [
    ("grands domaines / domaines", lambda _: (n(m.GrandDomaine), n(m.DomaineProfessionnel)), (14, 110)),
    (
        "fiches métiers ; leur propre parent / enfants",
        lambda _: (
            fiches().count(),
            fiches().filter(parent=None).count(),
            fiches().exclude(parent=None).count(),
        ),
        (1_584, 532, 1_052),
    ),
    ("emploi cadre", lambda _: drapeau("emploi_cadre"), 507),
    ("emploi réglementé", lambda _: drapeau("emploi_reglemente"), 241),
    ("transition numérique", lambda _: drapeau("transition_numerique"), 170),
    ("transition démographique", lambda _: drapeau("transition_demographique"), 70),
    (
        "transition écologique",
        lambda _: par(fiches(), "transition_ecologique"),
        {
            "Emploi Blanc": 1_194,
            "Emploi stratégique pour la Transition écologique": 261,
            "Emploi Vert": 96,
            "Emploi Brun": 33,
        },
    ),
    (
        "appellations ; principales ; peu usitées",
        lambda _: (n(m.Appellation), n(m.Appellation, principale=True), n(m.Appellation, peu_usitee=True)),
        (13_120, 1_584, 199),
    ),
    (
        "phrases de définition / d'accès",
        lambda _: (phrases("definition"), phrases("acces_metier")),
        (9_602, 2_378),
    ),
    (
        "fiches sans définition, sans accès",
        lambda _: (fiches().filter(definition="").count(), fiches().filter(acces_metier="").count()),
        (0, 0),
    ),
    ("compétences", lambda _: Competence.objects.exclude(est_macro=True).count(), 17_810),
    (
        "macro-compétences",
        lambda _: par(macros(), "categorie"),
        {"Savoir-faire": 491, Competence.SAVOIR_ETRE: 16},
    ),
    (
        "savoirs ; catégories ; sous-catégories",
        lambda _: (
            n(m.Savoir),
            distincts(m.Savoir.objects, "categorie"),
            distincts(m.Savoir.objects, "categorie", "sous_categorie"),
        ),
        (15_354, 5, 27),
    ),
    (
        "contextes ; types",
        lambda _: (n(m.ContexteDeTravail), distincts(m.ContexteDeTravail.objects, "type")),
        (179, 6),
    ),
    (
        "liens vers savoir-faire / savoir-être",
        lambda _: (n(CompetenceRequise) - savoir_etre_requis().count(), savoir_etre_requis().count()),
        (49_440, 5_255),
    ),
    ("liens vers savoirs / contextes", lambda _: (n(SavoirRequis), n(m.ContexteDuMetier)), (35_861, 13_663)),
    ("cœur de métier : principale / émergente", lambda _: (coeurs("P"), coeurs("E")), (18_900, 1_731)),
    ("mobilités", lambda _: n(m.Mobilite), 14_912),
    (
        "RIASEC majeur des fiches",
        lambda _: par(fiches(), "riasec_majeur"),
        {"R": 568, "C": 261, "I": 259, "E": 239, "S": 170, "A": 87},
    ),
    ("fiches sans RIASEC mineur", lambda _: fiches().filter(riasec_mineur="").count(), 345),
    (
        "RIASEC des macro-compétences : sans majeur / sans mineur",
        lambda _: (macros(riasec_majeur="").count(), macros(riasec_mineur="").count()),
        (507 - 358, 388),
    ),
    (
        "centres d'intérêt ; liens ; principaux",
        lambda _: (n(m.CentreInteret), n(m.InteretDuMetier), n(m.InteretDuMetier, principal=True)),
        (30, 4_444, 1_584),
    ),
    ("secteurs ; sous-secteurs", lambda _: (n(m.Secteur), n(m.SousSecteur)), (35, 40)),
    (
        "liens vers secteurs ; principaux",
        lambda _: (n(m.SecteurDuMetier), n(m.SecteurDuMetier, principal=True)),
        (3_303, 1_584),
    ),
    (
        "thèmes ; liens ; fiches",
        lambda _: (n(m.Theme), n(Metier.themes.through), distincts(Metier.themes.through.objects, "metier")),
        (17, 1_348, 895),
    ),
    ("codes NAF ; liens", lambda _: (n(m.SecteurNaf), n(Metier.secteurs_naf.through)), (89, 2_920)),
]


@cache
def metiers_du_xml(dossier: Path) -> list[FicheMetier]:
    return lire(dossier / "onisep" / "5fe0808a2da6f_Ideo-Fiches_metiers_2024-06.zip", lire_fiches_metiers)


def rangees_de_la_liste(dossier: Path) -> int:
    """The table has a row for each publication."""
    return len(
        lire(
            dossier / "onisep" / "ideo-metiers_onisep_2025-01_csv.zip",
            lambda archive, nom, rejeter: lire_tableau(archive, nom, OBLIGATOIRES, FACULTATIVES, rejeter),
        )
    )


def associes_absents(dossier: Path) -> int:
    connus = {fiche.identifiant for fiche in metiers_du_xml(dossier)}
    return len({associe for fiche in metiers_du_xml(dossier) for associe in fiche.metiers_associes} - connus)


def codes_inconnus(dossier: Path) -> set[str]:
    cites = {code for fiche in metiers_du_xml(dossier) for code in fiche.codes_rome}
    return cites - set(fiches().values_list("code_rome", flat=True))


def de_la_liste() -> Any:
    return FicheOnisep.objects.exclude(version_liste=None)


ONISEP_XML = [
    ("métiers", lambda _: FicheOnisep.objects.exclude(version=None).count(), 928),
    ("synonymes", lambda _: n(m.AppellationOnisep, ancien_nom=False), 1_604),
    ("métiers associés", lambda d: tous(f.metiers_associes for f in metiers_du_xml(d))[0], 2_238),
    ("métiers associés sans fiche", associes_absents, 197),
    ("liens ROME ; codes distincts", lambda d: tous(f.codes_rome for f in metiers_du_xml(d)), (882, 389)),
    ("métiers avec ROME", lambda d: sum(bool(f.codes_rome) for f in metiers_du_xml(d)), 842),
    ("métiers sans ROME", lambda d: sum(not f.codes_rome for f in metiers_du_xml(d)), 86),
    ("métiers de plusieurs ROME", lambda d: sum(len(f.codes_rome) > 1 for f in metiers_du_xml(d)), 27),
    ("codes absents du ROME v60", codes_inconnus, {"A15"}),
    ("formations minimum requises", lambda _: n(m.FormationRequiseOnisep), 6_066),
    ("secteurs ; distincts", lambda d: tous(f.secteurs for f in metiers_du_xml(d)), (2_050, 49)),
    (
        "centres d'intérêt ; distincts",
        lambda d: tous(f.centres_interet for f in metiers_du_xml(d)),
        (2_341, 27),
    ),
]
ONISEP_CSV = [
    ("lignes", rangees_de_la_liste, 1_366),
    ("métiers", lambda _: de_la_liste().count(), 958),
    ("liens ROME", lambda _: n(m.LienOnisepRome, fiche__in=de_la_liste()), 903),
    ("métiers sans ROME", lambda _: de_la_liste().filter(liens_rome=None).count(), 92),
    ("métiers aussi dans le XML de 06/2024", lambda _: de_la_liste().exclude(version=None).count(), 924),
    (
        "métiers liés par le XML et gardés",
        lambda _: FicheOnisep.metiers_associes.through.objects.count(),
        2_238 - 232,
    ),
]


def nationales() -> Any:
    return m.TensionDeFamille.objects.filter(niveau="nat")


def passages(nomenclature: str) -> Any:
    return m.PassageFapRome.objects.filter(famille__nomenclature=nomenclature)


def secretes(champ: str) -> int:
    return n(m.ProjetsDeRecrutement, **{champ: None})


def televendeurs() -> Any:
    return m.ProjetsDeRecrutement.objects.filter(famille__code="R1X67")


DARES = [
    ("tensions", lambda _: n(m.TensionDeFamille), 31_034),
    ("nationales / régionales / départementales", lambda _: par(m.TensionDeFamille.objects, "niveau"),
     {"nat": 263, "reg": 4_471, "dep": 26_300}),
    ("FAP 225 / FAP 87", lambda _: par(nationales(), "famille__nomenclature"), {"fap-225": 186, "fap-87": 77}),
    ("sans catégorie", lambda _: n(m.TensionDeFamille, categorie=None), 13_891),
    ("nationales sans catégorie", lambda _: nationales().filter(categorie=None).count(), 0),
    ("liens FAP – ROME ; codes", lambda _: (passages("fap-225").count(), distincts(passages("fap-225"), "code_rome")),
     (749, 531)),
    ("professions (PCS) ; FAP", lambda _: (n(m.ProfessionDeFamille), distincts(m.ProfessionDeFamille.objects, "famille")), (486, 225)),
    ("codes de plusieurs FAP", lambda _: sum(fois > 1 for fois in par(passages("fap-225"), "code_rome").values()), 201),
    ("familles de D1401", lambda _: sorted(passages("fap-225").filter(code_rome="D1401").values_list("famille__code", flat=True)),
     ["L0Z60", "L3Z80"]),
    # Three of the 654 rows have no amount (NA).
    ("salaires médians ; tranches", lambda _: (n(m.SalaireDeFamille), n(m.TrancheDeSalaire)), (654 - 3, 1_645)),
    ("liens FAP 2021 – ROME", lambda _: passages("fap-2021").count(), 33),
    ("catégorie de L0Z60", lambda _: nationales().get(famille__code="L0Z60").categorie, 2),
]  # fmt: skip
BMO = [
    ("lignes", lambda _: n(m.ProjetsDeRecrutement), 50_076),
    ("métiers", lambda _: distincts(m.ProjetsDeRecrutement.objects, "famille"), 217),
    ("bassins", lambda _: distincts(m.ProjetsDeRecrutement.objects, "code_bassin"), 406),
    ("départements", lambda _: distincts(m.ProjetsDeRecrutement.objects, "code_departement"), 101),
    ("régions", lambda _: distincts(m.ProjetsDeRecrutement.objects, "code_region"), 18),
    ("secret statistique", lambda _: [secretes(champ) for champ in ("projets", "difficiles", "saisonniers")],
     [11_452, 21_720, 36_972]),
    ("R1X67 : lignes ; secrètes", lambda _: (televendeurs().count(), televendeurs().filter(projets=None).count()), (183, 47)),
    ("R1X67 : projets publiés", lambda _: televendeurs().aggregate(n=Sum("projets"))["n"], 12_507),
]  # fmt: skip


@lignes(
    {
        "ROME v60": ROME,
        "Onisep métiers 06/2024": ONISEP_XML,
        "Onisep métiers 01/2025": ONISEP_CSV,
        "Dares": DARES,
        "BMO 2025": BMO,
    }
)
def test_imported_files_hold(tout, donnees_officielles, compte, attendu):
    assert compte(donnees_officielles) == attendu


@pytest.mark.parametrize(
    ("code", "attendus", "riasec"),
    [
        ("D1415", [4, 22, 3, 19, 10, 10], "CS"),
        ("D1408", [9, 17, 4, 25, 8, 9], "SC"),
        ("D1401", [10, 61, 3, 24, 9, 10], "CS"),
    ],
)
def test_fiche_holds_its_appellations_skills_contexts_and_mobilites(tout, code, attendus, riasec):
    metier = fiches().get(code_rome=code)
    requises = metier.competences_requises

    comptes = [
        metier.appellations.count(),
        requises.exclude(competence__categorie=Competence.SAVOIR_ETRE).count(),
        requises.filter(competence__categorie=Competence.SAVOIR_ETRE).count(),
        metier.savoirs_requis.count(),
        metier.contextes_du_metier.count(),
        metier.mobilites.count(),
    ]

    assert (comptes, metier.riasec_majeur + metier.riasec_mineur) == (attendus, riasec)


def test_d1415_is_whole(tout):
    metier = fiches().select_related("parent").get(code_rome="D1415")

    secteurs = list(
        metier.secteurs_du_metier.filter(principal=True).values_list("secteur__libelle", flat=True)
    )

    assert (metier.libelle, metier.code_ogr, metier.temoin, metier.parent.code_rome) == (
        "Chargé / Chargée de relation client",
        "488868",
        "488946",
        "D1401",
    )
    assert (metier.secteurs_du_metier.count(), metier.interets_du_metier.count(), secteurs) == (
        3,
        3,
        ["Commerce et distribution"],
    )
    assert len(metier.definition.splitlines()) + len(metier.acces_metier.splitlines()) == 7
    assert metier.mobilites_entrantes.count() == 24
