"""Fill in a form of the administration as a browser would: what the page shows, then what the editor changes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse


def saisie(page: HttpResponse, **changements: Any) -> dict[str, Any]:
    """What the page would post if only `changements` were typed in; names of inlines hold a dash: use a dict."""
    contexte = page.context
    donnees = _valeurs(contexte["adminform"].form)
    for inline in contexte["inline_admin_formsets"]:
        donnees |= _valeurs(inline.formset.management_form)
        if inline.has_change_permission:
            for formulaire in inline.formset.initial_forms:
                donnees |= _valeurs(formulaire)
    return donnees | changements


def _valeurs(formulaire: Any) -> dict[str, Any]:
    valeurs = {champ.html_name: champ.value() for champ in formulaire}
    return {nom: valeur for nom, valeur in valeurs.items() if valeur is not None and valeur is not False}
