"""Any sequence of versions of the ROME: no crash, no word lost, none shown on a job it was not written for."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.importing import Rapport
from metiers.importers.rome.records import Appellation as LigneAppellation
from metiers.importers.rome.records import Fiche
from metiers.mise_a_jour import ecrire_appellations, ecrire_fiches, rapprocher_fiches, suivre_les_metiers
from metiers.models import FicheEditoriale, Metier, Reaffectation
from tests import objets

CODES = ("D1401", "D1402", "D1403")


def fiche(code, ogr, libelle):
    return Fiche(ogr, "", code, libelle, code[:3], code, "", None, None, None, None, "", "", "", "")


def appellation(ogr, code, libelle, principale):
    return LigneAppellation(ogr, code, libelle, "", principale, None, "", None, None, None, None, "")


@st.composite
def versions(tirer):
    """Three fiches at most, dealt from few numbers, titles and appellations so that everything gets exchanged."""
    codes = tirer(st.lists(st.sampled_from(CODES), unique=True, min_size=1))
    numeros = tirer(st.permutations(["501", "502", "503", "504"]))
    appellations = tirer(st.permutations(["11", "12", "13", "14", "15"]))
    fiches = [
        fiche(code, ogr, tirer(st.sampled_from(["Vendeur", "Coiffeur", "Pilote"])))
        for code, ogr in zip(codes, numeros, strict=False)
    ]
    lignes = [
        appellation(ogr, f.code_rome, f.libelle, tirer(st.sampled_from([True, True, True, False])))
        for f, ogr in zip(fiches, appellations, strict=False)
    ]
    lignes += [
        appellation(ogr, tirer(st.sampled_from(codes)), "Autre titre", False)
        for ogr in appellations[len(fiches) :]
        if tirer(st.booleans())
    ]
    return fiches, lignes


def charger(numero, fiches, appellations):
    version = objets.version(numero=str(numero))
    rapprochement = rapprocher_fiches(fiches, appellations)
    _, pk_par_code = ecrire_fiches(fiches, rapprochement, version)
    ecrire_appellations(appellations, pk_par_code, version)
    suivre_les_metiers(rapprochement, version, Rapport())


def montrees():
    """The identity of the job under which each text is shown, by text."""
    return {
        texte: (temoin, libelle)
        for texte, temoin, libelle in FicheEditoriale.objects.affichables()
        .filter(metier__retire_le__isnull=True)
        .values_list("en_clair", "metier__temoin", "metier__libelle")
    }


class TestAnySequenceOfVersions(TestCase):
    @settings(max_examples=50)
    @given(st.lists(versions(), min_size=2, max_size=5))
    def test_words_are_kept_shown_under_their_job_or_asked_about(self, suite):
        objets.domaine("D14")
        ecrits, identites = set(), {}
        for numero, (fiches, appellations) in enumerate(suite, start=60):
            charger(numero, fiches, appellations)

            en_vigueur = {f.code_rome: (f.code_ogr, f.libelle) for f in fiches}
            assert en_vigueur == {
                code: (ogr, libelle)
                for code, ogr, libelle in Metier.objects.publies().values_list(
                    "code_rome", "code_ogr", "libelle"
                )
            }
            assert set(FicheEditoriale.objects.values_list("en_clair", flat=True)) == ecrits
            for texte, (temoin, libelle) in montrees().items():
                # Each step keeps the principal appellation or the title: else the job may be another.
                assert temoin == identites[texte][0] or libelle == identites[texte][1]
                identites[texte] = (temoin, libelle)
            assert questions() == attentes()

            for metier in Metier.objects.publies():
                if not metier.fiches_editoriales.filter(ecrit_pour=metier.temoin).exists():
                    texte = f"{len(ecrits)} : {metier.libelle}"
                    FicheEditoriale.objects.create(metier=metier, en_clair=texte)
                    ecrits.add(texte)
                    identites[texte] = (metier.temoin, metier.libelle)


def questions():
    """The texts an open question is about, with the identity it proposes."""
    return sorted(
        (question.textes().en_clair, question.nouveau_temoin, question.nouveau_libelle)
        for question in Reaffectation.objects.a_trancher()
    )


def attentes():
    """The texts that no page shows though a fiche could take them, with the identity of that fiche."""
    attendues = []
    for textes in FicheEditoriale.objects.exclude(en_clair__in=list(montrees())):
        metier = textes.metier
        if metier.est_retire:
            metier = (
                Metier.objects.publies()
                .filter(appellations__pk=textes.ecrit_pour or "-", appellations__retire_le__isnull=True)
                .first()
                or Metier.objects.publies().filter(code_rome=metier.code_rome).first()
            )
        if metier is not None:
            attendues.append((textes.en_clair, metier.temoin, metier.libelle))
    return sorted(attendues)
