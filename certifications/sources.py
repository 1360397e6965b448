"""The sources this package loads; `catalogue.Source` rows are made from them the first time."""

from certifications.models import Certification

_FRANCE_COMPETENCES = {
    "producteur": "France compétences",
    "licence": "Licence Ouverte 2.0",
    "url_licence": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
    "url": "https://www.data.gouv.fr/fr/datasets/repertoire-national-des-certifications-professionnelles-et-repertoire-specifique/",
}

PAR_TYPE = {
    Certification.Type.RNCP: {"code": "rncp", "nom": "RNCP", **_FRANCE_COMPETENCES},
    Certification.Type.RS: {"code": "rs", "nom": "RS", **_FRANCE_COMPETENCES},
}

NSF = {
    "code": "nsf",
    "nom": "Nomenclature des spécialités de formation (NSF)",
    "note": "Les groupes de spécialités du décret 94-522 du 21 juin 1994 : une nomenclature publique, dans le dictionnaire "
    "diffusé avec la grammaire LHÉO.",
}
