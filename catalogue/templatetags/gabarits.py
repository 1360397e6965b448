"""Components written in Jinja2, in Django's templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.utils.safestring import SafeString

from catalogue import gabarits
from catalogue.pagination import Pages

register = template.Library()


@register.simple_tag
def composant(nom: str, /, **arguments: Any) -> SafeString:
    """`{% composant "carte_metier" metier=metier niveau_titre=3 %}`: the macro of that name."""
    return gabarits.composant(nom, **arguments)


@register.simple_tag
def fixe(nom: str, /, **options: str) -> SafeString:
    """The same for what never changes, written once: the head and the foot of every page."""
    return gabarits.fixe(nom, **options)


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page) -> SafeString:
    """The numbered pages of this address."""
    return gabarits.composant("pagination", pages=Pages(page, context["request"].GET))
