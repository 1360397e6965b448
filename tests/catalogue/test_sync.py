"""What the synchronisation of a table promises, on tables of the catalogue it serves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from catalogue.fichiers.refus import Rejet
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.models import Metier, Mobilite, Savoir, Secteur, SecteurDuMetier
from tests import objets


def savoirs(lignes, **options):
    """Synchronise the table of savoirs with (code, label) couples."""
    return synchroniser(
        Savoir.objects.all(),
        [{"code_ogr": code, "libelle": libelle} for code, libelle in lignes],
        **{"cle": ("code_ogr",), "absents": Absents.RETIRER, **options},
    )


def en_vigueur():
    return dict(Savoir.objects.publies().values_list("pk", "libelle"))


@pytest.mark.django_db
class TestSynchroniser:
    def test_new_lines_are_created(self):
        bilan = savoirs([("1", "Droit"), ("2", "Paie")])

        assert bilan == Bilan(crees=2)
        assert en_vigueur() == {"1": "Droit", "2": "Paie"}

    def test_the_same_lines_again_change_nothing(self):
        savoirs([("1", "Droit"), ("2", "Paie")])

        bilan = savoirs([("2", "Paie"), ("1", "Droit")])

        assert bilan == Bilan(inchanges=2)
        assert bilan.a_change is False

    def test_another_value_is_written(self):
        savoirs([("1", "Droit"), ("2", "Paie")])

        bilan = savoirs([("1", "Droit du travail"), ("2", "Paie")])

        assert bilan == Bilan(modifies=1, inchanges=1)
        assert en_vigueur() == {"1": "Droit du travail", "2": "Paie"}

    def test_new_line_is_given_the_columns_deduced_from_it(self):
        deduction = {"categorie": lambda rangee: f"de {rangee[0]}"}
        savoirs([("1", "Droit")])

        bilan = savoirs([("1", "Droit du travail"), ("2", "Paie")], a_la_creation=deduction)

        assert bilan == Bilan(crees=1, modifies=1)
        assert dict(Savoir.objects.values_list("pk", "categorie")) == {"1": "", "2": "de 2"}

    def test_deduced_columns_are_not_compared(self):
        savoirs([("1", "Droit")])

        bilan = savoirs([("1", "Droit")], a_la_creation={"categorie": lambda rangee: "autre"})

        assert bilan == Bilan(inchanges=1)
        assert Savoir.objects.get().categorie == ""

    def test_only_the_given_columns_are_written(self):
        savoirs([("1", "Droit")])
        Savoir.objects.update(categorie_editoriale="Juridique", categorie="Ancienne")

        savoirs([("1", "Droit du travail")])

        savoir = Savoir.objects.get()
        assert (savoir.libelle, savoir.categorie, savoir.categorie_editoriale) == (
            "Droit du travail",
            "Ancienne",
            "Juridique",
        )

    def test_an_absent_record_is_withdrawn_once_and_keeps_its_values(self):
        savoirs([("1", "Droit"), ("2", "Paie")])

        premier, second = savoirs([("1", "Droit")]), savoirs([("1", "Droit")])

        assert (premier, second) == (Bilan(inchanges=1, retires=1), Bilan(inchanges=1))
        assert list(Savoir.objects.retires().values_list("pk", "libelle")) == [("2", "Paie")]

    def test_a_withdrawn_record_that_comes_back_is_in_force_again(self):
        savoirs([("1", "Droit")])
        savoirs([])
        Savoir.objects.update(categorie_editoriale="Juridique")

        bilan = savoirs([("1", "Droit")])

        assert bilan == Bilan(modifies=1)
        assert Savoir.objects.publies().get().categorie_editoriale == "Juridique"

    def test_absent_records_are_kept_when_the_file_is_partial(self):
        savoirs([("1", "Droit")])

        bilan = savoirs([("2", "Paie")], absents=Absents.GARDER)

        assert bilan == Bilan(crees=1)
        assert en_vigueur() == {"1": "Droit", "2": "Paie"}

    def test_absent_links_are_deleted(self):
        metier, cible, autre = (objets.metier(code) for code in ("D1401", "D1402", "D1403"))
        objets.mobilite(metier, cible)

        bilan = synchroniser(
            Mobilite.objects.all(),
            [{"metier_id": metier.pk, "cible_id": autre.pk, "ordre": 1}],
            cle=("metier_id", "cible_id"),
            absents=Absents.EFFACER,
        )

        assert bilan == Bilan(crees=1, retires=1)
        assert list(Mobilite.objects.values_list("metier", "cible")) == [(metier.pk, autre.pk)]

    def test_rows_outside_the_perimeter_are_left_alone(self):
        dedans, dehors = objets.metier("D1401"), objets.metier("D1402")
        objets.mobilite(dedans, dehors)
        objets.mobilite(dehors, dedans)

        bilan = synchroniser(
            Mobilite.objects.filter(metier=dedans), [], cle=("metier_id", "cible_id"), absents=Absents.EFFACER
        )

        assert bilan == Bilan(retires=1)
        assert list(Mobilite.objects.values_list("metier", flat=True)) == [dehors.pk]

    def test_a_second_line_with_the_same_key_is_rejected_and_the_first_one_kept(self):
        rejets = []

        bilan = savoirs([("1", "Droit"), ("1", "Paie")], rejeter=rejets.append)

        assert bilan == Bilan(crees=1)
        assert rejets == [Rejet("savoir", "1", "ligne en double")]
        assert en_vigueur() == {"1": "Droit"}

    def test_an_empty_part_of_a_key_is_a_value_like_another(self):
        metier, secteur = objets.metier(), Secteur.objects.create(code="1", libelle="Commerce")
        ligne = {"metier_id": metier.pk, "secteur_id": secteur.pk, "sous_secteur_id": None, "principal": True}
        cle = ("metier_id", "secteur_id", "sous_secteur_id")

        bilans = [
            synchroniser(SecteurDuMetier.objects.all(), [ligne], cle=cle, absents=Absents.EFFACER)
            for _ in range(2)
        ]

        assert bilans == [Bilan(crees=1), Bilan(inchanges=1)]

    def test_the_version_is_stamped_without_counting_as_a_modification(self):
        v60, v61 = objets.version(numero="60"), objets.version(numero="61")
        savoirs([("1", "Droit"), ("2", "Paie")], version=v60)

        bilan = savoirs([("1", "Droit")], version=v61)

        assert bilan == Bilan(inchanges=1, retires=1)
        assert dict(Savoir.objects.values_list("pk", "version")) == {"1": v61.pk, "2": v60.pk}

    def test_no_version_given_leaves_the_one_that_is_there(self):
        v60 = objets.version(numero="60")
        savoirs([("1", "Droit")], version=v60)

        savoirs([("1", "Droit du travail")])

        assert Savoir.objects.get().version == v60

    def test_more_lines_than_one_batch_are_all_written(self, monkeypatch):
        monkeypatch.setattr("catalogue.sync.LOT", 3)
        lignes = [(str(n), f"Savoir {n}") for n in range(10)]

        creation = savoirs(lignes)
        modification = savoirs([(code, f"{libelle} bis") for code, libelle in lignes[:8]])

        assert (creation, modification) == (Bilan(crees=10), Bilan(modifies=8, retires=2))
        assert en_vigueur() == {str(n): f"Savoir {n} bis" for n in range(8)}

    def test_two_rows_may_exchange_a_value_that_is_unique_among_rows_in_force(self):
        un, deux = objets.metier("D1401"), objets.metier("D1402")
        lignes = [{"id": un.pk, "code_rome": "D1402"}, {"id": deux.pk, "code_rome": "D1401"}]

        bilan = synchroniser(
            Metier.objects.all(), lignes, cle=("id",), absents=Absents.RETIRER, echanges=True
        )

        assert bilan == Bilan(modifies=2)
        assert dict(Metier.objects.publies().values_list("pk", "code_rome")) == {
            un.pk: "D1402",
            deux.pk: "D1401",
        }

    def test_a_row_may_take_the_unique_value_of_a_row_that_is_withdrawn(self):
        parti, arrive = objets.metier("D1401"), objets.metier("D1402")

        bilan = synchroniser(
            Metier.objects.all(),
            [{"id": arrive.pk, "code_rome": "D1401"}],
            cle=("id",),
            absents=Absents.RETIRER,
            echanges=True,
        )

        assert bilan == Bilan(modifies=1, retires=1)
        assert Metier.objects.publies().get().pk == arrive.pk
        assert Metier.objects.get(pk=parti.pk).code_rome == "D1401"


tables = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["Droit", "Paie", "É'\" %s\n", ""]))


class TestAnyTable(TestCase):
    @settings(max_examples=60)
    @given(st.lists(tables, min_size=1, max_size=4))
    def test_after_each_synchronisation_the_table_says_what_the_lines_say(self, editions):
        for edition in editions:
            avant = en_vigueur()
            connus = set(Savoir.objects.values_list("pk", flat=True))

            bilan = savoirs(edition.items())

            assert en_vigueur() == edition
            assert bilan == Bilan(
                crees=len(edition.keys() - connus),
                modifies=sum(code in connus and avant.get(code) != edition[code] for code in edition),
                inchanges=sum(avant.get(code) == edition[code] for code in edition),
                retires=len(avant.keys() - edition.keys()),
            )
            assert savoirs(edition.items()) == Bilan(inchanges=len(edition))

    @settings(max_examples=40)
    @given(st.permutations(range(4)), st.permutations(range(4)))
    def test_codes_may_be_dealt_again_in_any_way(self, avant, apres):
        codes = ["D1401", "D1402", "D1403", "D1404"]
        metiers = [objets.metier(codes[rang], code_ogr=f"e{rang}", temoin="") for rang in avant]

        for donne in (apres, avant):
            synchroniser(
                Metier.objects.all(),
                [{"id": m.pk, "code_rome": codes[rang]} for m, rang in zip(metiers, donne, strict=True)],
                cle=("id",),
                absents=Absents.RETIRER,
                echanges=True,
            )

            assert dict(Metier.objects.publies().values_list("pk", "code_rome")) == {
                m.pk: codes[rang] for m, rang in zip(metiers, donne, strict=True)
            }
