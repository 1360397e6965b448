"""Templates written in Jinja2: what a page repeats thirty or two hundred times (docs/decisions.md, « Two languages of templates »).

A component is a macro in a file of its own name: `templates/composants/tuile.jinja` defines `tuile`. Other components import it,
Django's templates call it with `{% composant "tuile" lettre="D" %}`. A name that is missing is an error, not an empty text.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import jinja2
from django.contrib.humanize.templatetags.humanize import intcomma
from django.template import defaultfilters as filtres
from django.template import engines
from django.templatetags.static import static
from django.urls import get_script_prefix
from django.utils.safestring import SafeString

from catalogue.adresses import adresse

MOTEUR = "jinja2"
"""The alias of the engine in TEMPLATES."""


def environnement(**options: Any) -> jinja2.Environment:
    """With the filters of Django that these templates need, under their names there."""
    env = jinja2.Environment(  # noqa: S701 -- Django's backend asks for autoescape
        **{"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined, **options}
    )
    env.globals |= {"url": adresse, "static": static}
    env.filters |= {
        "capfirst": filtres.capfirst,
        "date": filtres.date,
        "floatformat": filtres.floatformat,
        "intcomma": lru_cache(maxsize=5_000)(intcomma),
        "pluralize": filtres.pluralize,
    }
    return env


def composant(nom: str, /, *arguments: Any, **options: Any) -> SafeString:
    """What a component writes."""
    gabarit = _environnement().get_template(f"composants/{nom}.jinja")
    return SafeString(getattr(gabarit.module, nom)(*arguments, **options))


def fixe(nom: str, /, **options: str) -> SafeString:
    """What a component writes that depends on these words and on the code alone: written once."""
    return _fixe(get_script_prefix(), nom, tuple(sorted(options.items())))


@lru_cache(maxsize=500)
def _fixe(prefixe: str, nom: str, options: tuple[tuple[str, str], ...]) -> SafeString:
    return composant(nom, **dict(options))


def rendre(gabarit: str, contexte: dict[str, Any]) -> SafeString:
    """A whole template, safe to show."""
    return SafeString(_environnement().get_template(gabarit).render(contexte))


def _environnement() -> jinja2.Environment:
    env: jinja2.Environment = engines[MOTEUR].env  # type: ignore[attr-defined]  # the backend of Jinja2
    return env
