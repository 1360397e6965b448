"""What a page says, for machines: schema.org nodes, and how to put them in a page without opening a breach."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# « </script> » in a title would end the block: the three characters that can are written as JSON escapes.
_ECHAPPEMENTS = (("&", "\\u0026"), ("<", "\\u003C"), (">", "\\u003E"))

Noeud = dict[str, Any]


def graphe(noeuds: list[Noeud]) -> SafeString:
    """One `@graph` for the page; empty values are left out, for an absent figure is not a zero."""
    return ecrire([_sans_vides(n) for n in noeuds])


def ecrire(noeuds: list[Noeud]) -> SafeString:
    """The same for nodes that have no empty value."""
    texte = json.dumps({"@context": "https://schema.org", "@graph": noeuds}, ensure_ascii=False)
    for caractere, echappement in _ECHAPPEMENTS:
        texte = texte.replace(caractere, echappement)
    return mark_safe(texte)  # noqa: S308 -- escaped just above


def fil_dariane(etapes: list[tuple[str, str]]) -> Noeud:
    """`etapes` are (name, absolute address), from home to the page."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": rang, "name": nom, "item": adresse}
            for rang, (nom, adresse) in enumerate(etapes, start=1)
        ],
    }


def liste(nom: str, adresse: str, elements: list[tuple[str, str]], total: int, premier: int = 1) -> Noeud:
    """A page of a listing: `elements` are (name, absolute address), `premier` the rank of the first of them."""
    return {
        "@type": "ItemList",
        "@id": f"{adresse}#liste",
        "name": nom,
        "numberOfItems": total,
        "itemListElement": [
            {"@type": "ListItem", "position": rang, "name": libelle, "url": url}
            for rang, (libelle, url) in enumerate(elements, start=premier)
        ],
    }


def terme(nom: str, code: str = "", ensemble: str = "") -> Noeud:
    """A word of a controlled vocabulary."""
    return {"@type": "DefinedTerm", "name": nom, "termCode": code, "inDefinedTermSet": ensemble}


def _sans_vides(valeur: Any) -> Any:
    if isinstance(valeur, dict):
        return {
            cle: propre for cle, v in valeur.items() if (propre := _sans_vides(v)) not in ("", None, [], {})
        }
    if isinstance(valeur, list):
        return [propre for v in valeur if (propre := _sans_vides(v)) not in ("", None, [], {})]
    return valeur
