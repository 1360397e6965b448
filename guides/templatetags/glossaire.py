"""`{% lier texte %}`: a text with a link on the first occurrence of each term of the glossary.

The first of the page, whatever the number of texts and of included templates: what is linked is kept on the request.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from guides.liens import Lieur, Segment, lexique
from guides.models import Terme

register = template.Library()


def lieur(request: HttpRequest, sauf: str = "") -> Lieur:
    """The one of this page; one query, made when the first text asks. `sauf`: the slug of a term never to be linked."""
    porteur: Any = request
    if not hasattr(porteur, "lieur_glossaire"):
        porteur.lieur_glossaire = Lieur(lexique(Terme.objects.entrees()))
    porteur.lieur_glossaire.deja_lies.add(sauf)
    return porteur.lieur_glossaire


@register.simple_tag(takes_context=True)
def lier(context: Context, texte: str | None, sauf: str = "") -> SafeString:
    """The text, escaped, with its terms linked; the text alone where the page has no request."""
    request = getattr(context, "request", None) or context.get("request")
    if not texte or request is None:
        return conditional_escape(texte or "")
    return format_html_join("", "{}", ((_rendu(s),) for s in lieur(request, sauf).segments(str(texte))))


def _rendu(segment: Segment) -> SafeString:
    if not segment.cle:
        return conditional_escape(segment.texte)
    adresse = reverse("glossaire:detail", args=[segment.cle])
    return format_html('<a class="terme" href="{}">{}</a>', adresse, segment.texte)
