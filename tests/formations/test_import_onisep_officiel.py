"""Onisep's official files: their counts, and one métier followed from the ROME to the RNCP."""

from __future__ import annotations

import pytest
from django.db.models import Count

from formations.models import Formation, LienFormationMetier, Lieu, MetierCite, Organisme, Passage, Session
from metiers.models import FicheOnisep, Metier
from tests.livraisons import importer, totaux
from tests.objets import certification

pytestmark = pytest.mark.django_db


@pytest.fixture
def onisep(donnees_officielles):
    return donnees_officielles / "onisep"


def test_formations_and_passage(onisep):
    fiches = onisep / "5fe07a9ecc960_Ideo-Fiches_formations_2024-06.zip"
    liste = onisep / "ideo-formations_initiales_en_france_2022_csv.zip"
    passage = onisep / "table_de_passage_codes_certifications_et_formations_2025-10_xml.zip"

    importer("import_onisep_formations", fiches)

    assert (Formation.objects.count(), MetierCite.objects.count()) == (2164, 5934)
    sous_domaines = [nom for f in Formation.objects.all() for nom in f.sous_domaines]
    assert len(sous_domaines) == 7004
    assert dict(Formation.objects.order_by().values_list("niveau_sortie").annotate(n=Count("pk"))) == {
        7: 842,
        6: 387,
        4: 301,
        3: 230,
        5: 230,
        None: 174,
    }
    importer("import_onisep_formations", liste)
    listees = Formation.objects.exclude(version_liste=None)
    numerotees = listees.exclude(numero_certification="")
    assert (listees.count(), listees.exclude(version=None).count()) == (6086, 1574)
    assert (numerotees.count(), numerotees.values("numero_certification").distinct().count()) == (2993, 2691)
    importer("import_onisep_passage", passage)
    assert (
        Passage.objects.count(),
        Passage.objects.filter(numero_certification="").count(),
        Passage.objects.exclude(numero_certification="").values("numero_certification").distinct().count(),
        Passage.objects.exclude(identifiant_formation="").values("identifiant_formation").distinct().count(),
        Passage.objects.filter(identifiant_formation="").count(),
    ) == (4902, 62, 4606, 3263, 1619)
    assert dict(Passage.objects.order_by().values_list("statut").annotate(n=Count("pk"))) == {
        "identique": 4607,
        "mis à jour": 169,
        "créé": 115,
        "recréé": 11,
    }
    for commande, chemin in (("formations", fiches), ("formations", liste), ("passage", passage)):
        encore = totaux(importer(f"import_onisep_{commande}", chemin))
        assert (encore[:2], encore[3]) == ([0, 0], 0)


def test_offer(onisep):
    structures = onisep / "ideo-structures_d_enseignement.RECONSTRUIT-119.xml"
    actions = onisep / "ideo-actions_de_formation_initiale.RECONSTRUIT-120.xml"

    for chemin in (structures, actions):
        importer("import_onisep_offre", chemin)

    assert (Session.objects.count(), Formation.objects.count(), Lieu.objects.count()) == (120, 13, 119)
    assert (Organisme.objects.count(), Organisme.objects.filter(siret="").count()) == (119, 5)
    rennes = Session.objects.get(identifiant="AF.58685")
    assert (rennes.formation_id, rennes.organisme.uai, rennes.lieu.latitude) == (
        "FOR.269",
        "0350029S",
        48.1257,
    )
    for chemin in (structures, actions):
        encore = totaux(importer("import_onisep_offre", chemin))
        assert (encore[:2], encore[3]) == ([0, 0], 0)


def test_one_metier_from_the_rome_to_the_rncp(donnees_officielles, onisep):
    """D1408 ↔ MET.762 ↔ FOR.2316 ↔ RNCP38368, the ROME coming last but one."""
    importer(
        "import_onisep_passage",
        onisep / "table_de_passage_codes_certifications_et_formations_2025-10_xml.zip",
    )
    importer("import_onisep_formations", onisep / "5fe07a9ecc960_Ideo-Fiches_formations_2024-06.zip")
    importer("import_onisep_metiers", onisep / "5fe0808a2da6f_Ideo-Fiches_metiers_2024-06.zip")
    ndrc, mcv = certification("RNCP38368"), certification("RNCP38399")

    importer("import_rome", donnees_officielles / "rome" / "open-data-rome-v460-csv.zip")
    importer("import_onisep_metiers", onisep / "ideo-metiers_onisep_2025-01_csv.zip")
    Formation.objects.rattacher()

    metier = Metier.objects.publies().get(code_rome="D1408")
    bts = Formation.objects.get(pk="FOR.2316")
    assert [lien.fiche_id for lien in metier.liens_onisep.all()] == ["MET.762"]
    assert FicheOnisep.objects.get(pk="MET.762").nom == "conseiller / conseillère relation client à distance"
    assert (bts.certification, bts.code_certifinfo, bts.niveau_sortie) == (ndrc, "100357", 5)
    assert LienFormationMetier.objects.filter(formation=bts, metier=metier, origine="source").count() == 1
    assert sorted(mcv.formations.values_list("pk", flat=True)) == ["FOR.5762", "FOR.5839"]
    assert {"FOR.1354", "FOR.1774", "FOR.2316", "FOR.2317", "FOR.5762", "FOR.5839"} <= set(
        metier.formations.values_list("pk", flat=True)
    )
    cs = Formation.objects.get(pk="FOR.1774")
    assert (cs.numero_certification, cs.niveau_sortie, cs.niveau_etudes) == ("RNCP38402", 4, "Bac + 1")
    assert (metier.niveau_acces, metier.niveau_acces_origine) == (4, "onisep")
