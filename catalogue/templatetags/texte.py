"""Structure of long official texts, in templates."""

from __future__ import annotations

import re

from django import template

from catalogue.texte import Liste, Paragraphe
from catalogue.texte import structurer as structurer_texte

register = template.Library()
_AVANT, _APRES = re.compile(r" (?=[»:;?!%€](?:\W|$))"), re.compile(r"« ")


@register.filter
def structurer(texte: str) -> list[Paragraphe | Liste]:
    """The paragraphs and lists of a flattened text, for `composants/texte.html`."""
    return structurer_texte(texte)


@register.filter
def chapitres(texte: str) -> list[tuple[str, str]]:
    """A text cut at its « ## » lines: (heading, text); the heading is empty for what stands before the first one."""
    avant, *suites = f"\n{texte or ''}".split("\n## ")
    morceaux = [("", avant), *((titre, suite) for titre, _, suite in (s.partition("\n") for s in suites))]
    return [(titre.strip(), suite.strip()) for titre, suite in morceaux if titre.strip() or suite.strip()]


@register.filter(is_safe=True)
def insecable(phrase: str) -> str:
    """A sentence whose French spaces (« », : ; ? !) never end a line."""
    return _APRES.sub("«\u00a0", _AVANT.sub("\u00a0", str(phrase)))
