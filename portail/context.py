"""What every page shows of the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from catalogue.models import VersionReferentiel


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, tagline and contact, from the settings; `mentions`, the attribution of the last edition of each source."""
    return {
        "site_nom": settings.SITE_NOM,
        "site_accroche": settings.SITE_ACCROCHE,
        "site_contact": settings.SITE_CONTACT,
        "mentions": SimpleLazyObject(dernieres_editions),
    }


def dernieres_editions() -> list[VersionReferentiel]:
    """The edition loaded last of each source, in one query."""
    dernieres: dict[str, VersionReferentiel] = {}
    for edition in VersionReferentiel.objects.select_related("source").order_by("dernier_import", "pk"):
        dernieres[edition.source_id] = edition
    return [dernieres[code] for code in sorted(dernieres)]
