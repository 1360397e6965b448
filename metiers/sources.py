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
