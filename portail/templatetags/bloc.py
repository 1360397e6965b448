"""`{% reprendre "titre" %}`: a block of the page, written a second time (title and description, for Open Graph)."""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag(takes_context=True)
def reprendre(context: Context, nom: str) -> SafeString:
    """What the page itself puts in that block; Django lets a block be written only once."""
    rendu = context.render_context
    blocs = rendu.get(BLOCK_CONTEXT_KEY) if rendu is not None else None
    bloc = blocs.get_block(nom) if blocs is not None else None
    return mark_safe(bloc.render(context).strip()) if bloc is not None else SafeString("")  # noqa: S308 -- already rendered
