"""The sources this package loads; `catalogue.Source` rows are made from them the first time."""

LICENCE_OUVERTE = {
    "licence": "Licence Ouverte 2.0",
    "url_licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

ROME = {
    "code": "rome",
    "nom": "ROME 4.0",
    "producteur": "France Travail",
    "url": "https://www.francetravail.org/opendata/repertoire-operationnel-des-meti.html",
    **LICENCE_OUVERTE,
}

ONISEP = {
    "code": "onisep",
    "nom": "Idéo",
    "producteur": "Onisep",
    "licence": "ODbL 1.0",
    "url_licence": "https://opendatacommons.org/licenses/odbl/1-0/",
    "url": "https://opendata.onisep.fr/",
    "note": (
        "Métiers, formations et établissements. La licence demande de citer l'Onisep et de partager aux mêmes "
        "conditions : ces données restent à part des autres."
    ),
}

# Neither producer's page was read for its licence: none is stated rather than a wrong one.
DARES_SALAIRES = {
    "code": "dares-portraits-metiers",
    "nom": "Portraits statistiques des métiers",
    "producteur": "Dares",
    "url": "https://dares.travail-emploi.gouv.fr/",
    "note": "Salaires médians et tranches de salaire par famille professionnelle (FAP), pas par métier.",
}

DARES_FAP_225 = {
    "code": "dares-fap-225",
    "nom": "Familles professionnelles (FAP 225), table de passage avec le ROME",
    "producteur": "Dares",
    "url": "https://dares.travail-emploi.gouv.fr/",
    "note": "Les codes ROME y sont ceux d'avant le ROME 4.0 : un code plus récent y entre par sa fiche parente.",
}

DARES_FAP_2021 = {
    "code": "dares-fap-2021",
    "nom": "Familles professionnelles 2021, table de passage avec le ROME",
    "producteur": "Dares",
    "url": "https://dares.travail-emploi.gouv.fr/",
    "note": "Les codes ROME y sont ceux d'avant le ROME 4.0 : un code plus récent y entre par sa fiche parente.",
}


def dares_tensions(annee: int) -> dict[str, str]:
    """The tensions of one year."""
    return {
        "code": f"dares-tensions-{annee}",
        "nom": f"Tensions sur le marché du travail en {annee}",
        "producteur": "Dares",
        "url": "https://dares.travail-emploi.gouv.fr/",
        "note": "Une note de 1 à 5 par famille professionnelle (FAP 225), pas par métier. "
        f"Elle décrit l'année {annee} et ne dit rien d'aujourd'hui.",
    }


def bmo(annee: int) -> dict[str, str]:
    """The survey « Besoins en main-d'œuvre » of one year."""
    return {
        "code": f"bmo-{annee}",
        "nom": f"Enquête Besoins en main-d'œuvre {annee}",
        "producteur": "France Travail",
        "url": "https://statistiques.francetravail.org/bmo",
        "note": "Les projets de recrutement déclarés par les employeurs, par famille de métiers (FAP 2021) et par bassin "
        "d'emploi. Les petits nombres sont masqués par le secret statistique.",
    }
