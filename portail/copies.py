"""Copies of public pages, ready to send: the same page asked for again costs one query and no rendering.

A copy is known by the mark of the page (version of the catalogue, day, version of the code), its address, and the
compression accepted: nothing has to be removed, what is out of date is no longer asked for. Pages are the same for
everyone; whatever sets a cookie or depends on one is never kept, nor is the search, which counts what it did not find.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase

TAILLE_MAX = 500_000
"""Bytes of the largest page that is kept, compressed or not."""
VARIATIONS = frozenset({"accept-encoding", "hx-request"})
"""What a page kept may vary on; the first is in the key, and the parts that htmx asks for are not kept."""
SANS_COPIE = ("/admin/", "/api/", "/recherche/", "/static/")


def cle_de(request: HttpRequest, marque: str) -> str:
    """Where the copy of this page is; empty for what is never kept."""
    if request.method != "GET" or request.path.startswith(SANS_COPIE) or "HX-Request" in request.headers:
        return ""
    gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    adresse = (
        f"{marque} {gzip} {request.scheme} {request.META.get('HTTP_HOST', '')} {request.get_full_path()}"
    )
    return blake2b(adresse.encode(), digest_size=20).hexdigest()


def lire(cle: str) -> HttpResponse | None:
    gardee: tuple[bytes, dict[str, str]] | None = caches["pages"].get(cle) if cle else None
    if gardee is None:
        return None
    contenu, entetes = gardee
    return HttpResponse(contenu, headers=entetes)


def garder(cle: str, reponse: HttpResponseBase) -> None:
    """Keep this page if it is the same for everyone."""
    varie = {nom.strip().lower() for nom in reponse.get("Vary", "").split(",") if nom.strip()}
    if not cle or reponse.status_code != 200 or reponse.streaming or reponse.cookies or varie - VARIATIONS:
        return
    contenu: Any = getattr(reponse, "content", b"")
    if len(contenu) <= TAILLE_MAX:
        caches["pages"].set(cle, (contenu, dict(reponse.items())))
