"""The reader of faults finds each of them, and nothing in a sound page."""

import pytest

from tests.pages import VARIABLE_INCONNUE, fautes


@pytest.mark.parametrize(
    ("html", "attendues"),
    [
        ('<p id="a" class="b">Bonjour</p><script src="/x.js"></script>', []),
        ('<script type="application/ld+json">{"a": [], "b": {}}</script>', []),
        ("<script>alert()</script>", ["<script> dans la page"]),
        ("<style>p {}</style>", ["<style> dans la page"]),
        ('<p style="color: red">', ["attribut style de <p>"]),
        ('<p onclick="a()">', ["attribut onclick de <p>"]),
        ('<a href=" javascript:a()">', ["javascript: dans href de <a>"]),
        ('<p id="a"></p><p id="a"></p>', ["id « a » donné 2 fois"]),
        ("<p>None</p>", ["« None » affiché"]),
        (f"<p>{VARIABLE_INCONNUE % 'fiche.titre'}</p>", ["variable inconnue « fiche.titre »"]),
        ("<p>{{ fiche }}</p>", ["syntaxe de gabarit « {{ fiche }}</p> »"]),
    ],
)
def test_each_fault_is_found(html, attendues):
    assert fautes(html) == attendues
