"""The memo about money: dated notes, said to be old when they are; and its administration."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalogue.models import VersionCatalogue
from guides.models import NoteDeFinancement
from guides.models.financement import date_limite
from tests.formulaires import saisie


def note(**champs) -> NoteDeFinancement:
    return NoteDeFinancement.objects.create(
        **{"dispositif": "CPF", "public": "Toute personne", "source": "Mon Compte Formation", **champs}
    )


@pytest.mark.parametrize(
    ("jour", "limite"),
    [
        (date(2026, 11, 26), date(2026, 5, 26)),
        (date(2026, 3, 31), date(2025, 9, 28)),
        (date(2026, 6, 1), date(2025, 12, 1)),
    ],
)
def test_six_months_before_a_day(jour, limite):
    assert date_limite(jour) == limite


@pytest.mark.django_db
def test_a_note_says_when_it_was_checked_and_that_it_is_old(client):
    hier = timezone.localdate() - timedelta(days=1)
    note(date_verification=hier, a_demander="Quels droits ?\n\nQui complète ?")
    note(dispositif="AIF", date_verification=date(2020, 1, 31), ordre=1)
    note(dispositif="POEI", ordre=2)
    note(dispositif="Brouillon", publie=False)

    reponse = client.get("/financements/")

    page = reponse.content.decode()
    assert [n.dispositif for n in reponse.context["notes"]] == ["CPF", "AIF", "POEI"]
    assert reponse.context["nombre_a_reverifier"] == 2
    assert f"Vérifié le {hier:%d/%m/%Y}." in page
    assert "Vérifié le 31/01/2020, <strong>il y a plus de 6 mois : à revérifier</strong>." in page
    assert "Date de vérification non renseignée : à vérifier." in page
    assert page.count("À confirmer par un conseiller.") == 3
    assert reponse.context["notes"][0].questions == ["Quels droits ?", "Qui complète ?"]


@pytest.mark.django_db
def test_an_empty_memo_says_so(client):
    assert "Aucune note n'est publiée." in client.get("/financements/").content.decode()


@pytest.mark.django_db
def test_the_administration_warns_keeps_history_and_advances_the_catalogue(admin_client):
    ancienne = note(date_verification=date(2020, 1, 1))
    liste = reverse("admin:guides_notedefinancement_changelist")
    fiche = reverse("admin:guides_notedefinancement_change", args=[ancienne.pk])
    version = VersionCatalogue.courante()

    avant = admin_client.get(liste).content.decode()
    a_refaire = admin_client.get(f"{liste}?verification=a_refaire").context["cl"].result_count
    recentes = admin_client.get(f"{liste}?verification=recente").context["cl"].result_count
    envoi = admin_client.post(
        fiche, saisie(admin_client.get(fiche), date_verification=timezone.localdate().isoformat())
    )

    assert "Notes publiées à revérifier : 1." in avant
    assert (a_refaire, recentes, envoi.status_code) == (1, 0, 302)
    assert "Notes publiées à revérifier" not in admin_client.get(liste).content.decode()
    assert VersionCatalogue.courante() == version + 1
    assert ancienne.history.count() == 2
