"""The kinds of figures declared for imports, and those of the demonstration."""

import json

from django.conf import settings

from metiers.natures import DE_FAMILLE


def test_the_demonstration_words_them_alike():
    fixture = json.loads((settings.BASE_DIR / "fixtures" / "10_natures_indicateurs.json").read_text())
    demonstration = {nature["pk"]: nature["fields"] for nature in fixture}

    declarees = {
        n.code: {"libelle": n.libelle, "theme": n.theme, "aide": n.aide, "ordre": n.ordre} for n in DE_FAMILLE
    }

    assert {code: demonstration[code] for code in declarees} == declarees
