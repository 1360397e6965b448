"""What editors save while another writes can be found, and so can what the other wrote."""

from __future__ import annotations

import pytest
from django.db import transaction

from catalogue.recherche.index import actualiser
from catalogue.recherche.moteur import chercher
from tests.guides.ecrits import terme

UN_AUTRE = """
import time
from django.db import transaction
from catalogue.recherche.index import actualiser
from tests.guides.ecrits import terme
with transaction.atomic():
    terme("Autorisation", slug="autorisation")
    actualiser("terme")
    print("écrit", flush=True)
    time.sleep(1)
"""


@pytest.fixture
def un_autre(base):
    """Another process that has just written a term beside one that was there, and takes a second to be done with it."""
    with base.pour_django():
        terme("Accompagnement", slug="accompagnement")
        actualiser("terme")
    with base.lancer("shell", "--verbosity=0", "--command", UN_AUTRE) as processus:
        assert processus.stdout.readline() == "écrit\n"
        yield processus
        _, erreurs = processus.communicate(timeout=60)
        assert (processus.returncode, erreurs) == (0, "")


def test_titles_saved_at_once_by_two_editors_are_both_found(base, un_autre):
    titres = ("accompagnement", "autorisation", "bilan")
    with base.pour_django():
        with transaction.atomic():
            terme("Bilan", slug="bilan")
            actualiser("terme")

        trouves = [t.cle for titre in titres for t in chercher(titre).trouvailles]

    assert trouves == [*titres]
