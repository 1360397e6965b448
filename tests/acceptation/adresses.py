"""The pages of the demonstration that show the founding documents, and the shape of a row."""

D1415 = "/metiers/D1415-charge-de-relation-client/"
RNCP = "/certifications/RNCP34809-charge-de-clientele/"
BC01 = "/certifications/RNCP34809/blocs/RNCP34809BC01/"
BC02 = "/certifications/RNCP34809/blocs/RNCP34809BC02/"
BC03 = "/certifications/RNCP34809/blocs/RNCP34809BC03/"
DOSSIER = "/dossiers/metiers-de-la-relation-client/"
MET762 = "/metiers/onisep/MET.762/"
GESTIONNAIRE = "/glossaire/gestionnaire-de-relation/"
SOURCES = "/sources/"

Ligne = tuple[str, tuple[str, ...]]


def lignes(
    serie: str, page: str, *textes: tuple[int, str] | tuple[int, str, str] | tuple
) -> dict[str, Ligne]:
    """(number of the field, text, text…) on one page."""
    return {f"{serie}-{numero:02}": (page, attendus) for numero, *attendus in textes}
