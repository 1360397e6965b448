"""The sources this package loads; `catalogue.Source` rows are made from them the first time."""

_LICENCE_OUVERTE = {
    "licence": "Licence Ouverte 2.0",
    "url_licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}

DECOUPAGE = {
    "code": "insee-communes",
    "nom": "Découpage administratif",
    "producteur": "Insee, La Poste",
    "url": "https://www.insee.fr/",
    "note": "Communes, départements et régions, rassemblés par Etalab (découpage administratif).",
}
HEXASMAL = {
    "code": "hexasmal",
    "nom": "Base officielle des codes postaux",
    "producteur": "La Poste",
    "url": "https://www.data.gouv.fr/fr/datasets/base-officielle-des-codes-postaux/",
    "note": "Coordonnées des centres de communes, et codes postaux de celles qui n'en ont pas ailleurs.",
}
MON_COMPTE_FORMATION = {
    "code": "mon-compte-formation",
    "nom": "Mon Compte Formation",
    "producteur": "Caisse des Dépôts",
    "url": "https://opendata.caissedesdepots.fr/",
    **_LICENCE_OUVERTE,
    "note": "L'offre finançable par le compte personnel de formation. Le lieu s'arrête au département, sans date.",
}
LHEO = {
    "code": "lheo",
    "nom": "Offre de formation au format LHÉO",
    "note": "Fichiers remis au format LHÉO : la licence est celle de qui les diffuse.",
}
PARCOURSUP = {
    "code": "parcoursup",
    "nom": "Parcoursup",
    "producteur": "Ministère de l'Enseignement supérieur et de la Recherche",
    "url": "https://data.enseignementsup-recherche.gouv.fr/",
    **_LICENCE_OUVERTE,
    "note": "Places, vœux et admissions, session par session.",
}
APPRENTISSAGE = {
    "code": "apprentissage",
    "nom": "Catalogue des formations en apprentissage",
    "note": "Formations en apprentissage publiées par leur catalogue ; les autres ne sont pas montrées.",
}
