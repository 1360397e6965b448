"""Whatever is asked, the API answers and keeps to what it publishes."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.django_db

ADRESSES = [
    "metiers",
    "metiers/D1400",
    "certifications",
    "certifications/RNCP100",
    "certifications/RNCP100/blocs",
    "formations",
    "formations/FOR.1",
    "formations/FOR.1/sessions",
    "sessions",
    "recherche",
    "suggestions",
    "referentiels",
    "openapi.json",
]
PARAMETRES = [
    "limite",
    "curseur",
    "format",
    "facettes",
    "domaine",
    "niveau",
    "etat",
    "type",
    "region",
    "debut",
    "commune",
    "rayon",
    "metier",
    "organisme",
    "q",
    "genre",
    "depuis",
]
VALEURS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["1", "100", "csv", "D14", "5", "non-renseigne", "metier", "active", "", "\0", "bac+2", "'\"*"]
    ),
    st.integers().map(str),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    adresse=st.sampled_from(ADRESSES),
    couples=st.lists(
        st.tuples(st.one_of(st.sampled_from(PARAMETRES), st.text(max_size=10)), VALEURS), max_size=4
    ),
)
def test_random_query_strings_are_answered_or_refused(client, trente, adresse, couples):
    requete = "&".join(f"{quote(nom, errors='replace')}={quote(v, errors='replace')}" for nom, v in couples)

    reponse = client.get(f"/api/v1/{adresse}?{requete}")
    b"".join(reponse)

    assert reponse.status_code in {200, 422}
    if reponse.status_code == 422:
        assert all(faute["message"] for faute in json.loads(reponse.content)["detail"])


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(octets=st.binary(max_size=40))
def test_random_bytes_are_answered_or_refused(client, trente, octets):
    requete = quote(octets, safe="&=%+")

    reponse = client.get(f"/api/v1/metiers?{requete}")
    b"".join(reponse)

    assert reponse.status_code in {200, 422}
