"""What every page shows of the site itself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from catalogue.garde import par_version
from catalogue.models import VersionReferentiel
from certifications import sources
from certifications.priorite import Edition

_EN_PLUSIEURS_FORMES = {source["code"] for source in sources.PAR_TYPE.values()}


def site(request: HttpRequest) -> dict[str, Any]:
    """Name, tagline and contact, from the settings; `mentions`, the attribution of the last edition of each source."""
    return {
        "site_nom": settings.SITE_NOM,
        "site_accroche": settings.SITE_ACCROCHE,
        "site_contact": settings.SITE_CONTACT,
        "mentions": SimpleLazyObject(lambda: par_version("mentions", dernieres_editions)),
    }


def dernieres_editions() -> list[VersionReferentiel]:
    """The edition loaded last of each source, in one query; of the RNCP and the RS, the one believed first of their forms."""
    dernieres: dict[str, VersionReferentiel] = {}
    for edition in VersionReferentiel.objects.select_related("source").order_by("dernier_import", "pk"):
        avant = dernieres.get(edition.source_id)
        if (
            avant
            and edition.source_id in _EN_PLUSIEURS_FORMES
            and not Edition.de(edition).prime(Edition.de(avant))
        ):
            continue
        dernieres[edition.source_id] = edition
    return [dernieres[code] for code in sorted(dernieres)]
