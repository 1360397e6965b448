"""`import_rome`: the official version 60, whole."""

from __future__ import annotations

from django.db.models import Count

from catalogue.models import ImportEffectue, VersionReferentiel
from metiers import models
from metiers.models import Appellation, Competence, Metier
from tests.livraisons import importer, totaux
from tests.rome_en_json import ecrire_fiches, fiches_en_json, lignes_du_zip


def test_official_version_60(rome_v60, donnees_officielles, tmp_path):
    """Every count of the official version 60, from its tables, then from the same in JSON."""
    archive = donnees_officielles / "rome" / "open-data-rome-v460-csv.zip"
    fiches = fiches_en_json(lignes_du_zip(archive), lambda ogr: f"Enjeu {int(ogr) % 31} du cœur")

    en_json = importer("import_rome", ecrire_fiches(tmp_path, fiches))
    troisieme = importer("import_rome", archive)

    assert "Aucun rejet." in rome_v60
    # The enjeux, and nothing else: 31 of them, for the 16,740 savoir-faire that fiches ask for.
    assert "Aucun rejet." in en_json
    assert (totaux(en_json)[0:2], totaux(en_json)[3]) == ([31, 16740], 0)
    assert Competence.objects.exclude(enjeu=None).count() == 16740
    assert (totaux(troisieme)[0:2], totaux(troisieme)[3]) == ([0, 0], 0)
    assert str(VersionReferentiel.objects.get()) == "ROME 4.0, version 60 du 18/09/2025"
    assert ImportEffectue.objects.count() == 3

    def compter(modele, **filtres):
        return modele.objects.filter(**filtres).count()

    fiches = Metier.objects.publies()
    assert (compter(models.GrandDomaine), compter(models.DomaineProfessionnel)) == (14, 110)
    assert (fiches.count(), fiches.filter(parent=None).count(), fiches.exclude(parent=None).count()) == (
        1584,
        532,
        1052,
    )
    assert [
        compter(Metier, **{drapeau: True})
        for drapeau in (
            "emploi_cadre",
            "emploi_reglemente",
            "transition_numerique",
            "transition_demographique",
        )
    ] == [507, 241, 170, 70]
    assert dict(fiches.values_list("transition_ecologique").annotate(n=Count("pk"))) == {
        "Emploi Blanc": 1194,
        "Emploi stratégique pour la Transition écologique": 261,
        "Emploi Vert": 96,
        "Emploi Brun": 33,
    }
    assert (
        compter(Appellation),
        compter(Appellation, principale=True),
        compter(Appellation, peu_usitee=True),
    ) == (13120, 1584, 199)
    assert [
        sum(len(texte.splitlines()) for texte in fiches.values_list(champ, flat=True))
        for champ in ("definition", "acces_metier")
    ] == [9602, 2378]
    assert fiches.filter(definition="").count() + fiches.filter(acces_metier="").count() == 0
    macros = Competence.objects.filter(est_macro=True)
    savoir_etre = macros.filter(categorie=Competence.SAVOIR_ETRE)
    assert (
        Competence.objects.count() - macros.count(),
        macros.count(),
        savoir_etre.count(),
        macros.exclude(riasec_majeur="").count(),
    ) == (17810, 507, 16, 358)
    assert (
        compter(models.Savoir),
        models.Savoir.objects.values("categorie").distinct().order_by().count(),
        models.Savoir.objects.values("sous_categorie").distinct().order_by().count(),
    ) == (15354, 5, 27)
    assert (
        compter(models.ContexteDeTravail),
        models.ContexteDeTravail.objects.values("type").distinct().order_by().count(),
    ) == (179, 6)
    requises = models.CompetenceRequise
    assert (
        requises.objects.exclude(competence__categorie=Competence.SAVOIR_ETRE).count(),
        compter(requises, competence__categorie=Competence.SAVOIR_ETRE),
        compter(models.SavoirRequis),
        compter(models.ContexteDuMetier),
    ) == (49440, 5255, 35861, 13663)
    assert [
        compter(requises, coeur_metier=coeur) + compter(models.SavoirRequis, coeur_metier=coeur)
        for coeur in "PE"
    ] == [18900, 1731]
    assert compter(models.Mobilite) == 14912
    assert (
        fiches.exclude(riasec_majeur="").count(),
        fiches.filter(riasec_mineur="").count(),
        dict(fiches.values_list("riasec_majeur").annotate(n=Count("pk"))),
    ) == (1584, 345, {"R": 568, "C": 261, "I": 259, "E": 239, "S": 170, "A": 87})
    assert (
        compter(models.CentreInteret),
        compter(models.InteretDuMetier),
        compter(models.InteretDuMetier, principal=True),
    ) == (30, 4444, 1584)
    assert (
        compter(models.Secteur),
        compter(models.SousSecteur),
        compter(models.SecteurDuMetier),
        compter(models.SecteurDuMetier, principal=True),
    ) == (35, 40, 3303, 1584)
    assert (
        compter(models.Theme),
        Metier.themes.through.objects.count(),
        fiches.exclude(themes=None).distinct().count(),
    ) == (17, 1348, 895)
    assert (compter(models.SecteurNaf), Metier.secteurs_naf.through.objects.count()) == (89, 2920)

    d1415 = Metier.objects.get(code_rome="D1415")
    assert (d1415.libelle, d1415.code_ogr, d1415.temoin, d1415.parent.code_rome) == (
        "Chargé / Chargée de relation client",
        "488868",
        "488946",
        "D1401",
    )
    assert d1415.mobilites_entrantes.count() == 24
    # Read in the sentences of « accès au métier »: a fiche that names no diploma has no level.
    assert fiches.exclude(niveau_acces=None).count() == 1405
