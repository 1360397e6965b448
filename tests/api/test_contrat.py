"""Requests made out of the published document, right and wrong: every answer keeps to it."""

from __future__ import annotations

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from portail.wsgi import application
from tests.api.conftest import remplir
from tests.api.test_documentation import ADRESSES

pytestmark = pytest.mark.django_db

CAS = int(os.environ.get("CAS_PAR_ADRESSE", "15"))
"""Requests made for each address and each mode: 300 in all; CAS_PAR_ADRESSE=100 makes 2,000."""


@pytest.fixture
def publie(db):
    remplir()
    # A request ends by closing a connection that is inside a transaction: here, the one that the test rolls back.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def sans_curseur(case) -> bool:
    """A cursor is opaque: made at random it is refused (see test_listes.py), however well formed."""
    return "curseur" not in (case.query or {})


# Nothing wrong can be asked of an address without parameters, nor of one whose parameter is any text.
JAMAIS_FAUSSES = ["/api/v1/referentiels", "/api/v1/formations/{identifiant}"]
CAS_POSSIBLES = [
    (adresse, mode)
    for adresse in ADRESSES
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or adresse not in JAMAIS_FAUSSES
]


@pytest.mark.parametrize(("adresse", "mode"), CAS_POSSIBLES, ids=str)
def test_answers_keep_to_the_published_document(publie, adresse, mode):
    requetes = publie[adresse]["GET"].as_strategy(generation_mode=mode).filter(sans_curseur)

    @settings(max_examples=CAS, suppress_health_check=list(HealthCheck))
    @given(case=requetes)
    def essayer(case) -> None:
        # The reader of schemathesis does not unzip what a WSGI application answers.
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    essayer()
