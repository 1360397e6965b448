"""Where each field of the five founding documents stands in the demonstration: the page, and the words or figures it shows.

One row per field. S1 is the fiche métier D1415, S2 the certification RNCP34809, S3 the dossier on the métiers de la relation
client, S4 Onisep's fiche MET.762, S5 the glossary article « Gestionnaire de relation ». A field left out on purpose is in
`OMIS`, with the reason, which docs/omissions.md gives too.
"""

from tests.acceptation.adresses import Ligne
from tests.acceptation.certification import S2
from tests.acceptation.guides import S3, S5
from tests.acceptation.metier import S1
from tests.acceptation.onisep import S4

CHAMPS: dict[str, Ligne] = S1 | S2 | S3 | S4 | S5

OMIS = {
    "S1-60": "Une promesse publicitaire de la source (trouver une formation en moins de cinq minutes), pas un fait sur le métier.",
    "S1-106": "Les titres en forme de questions sont ceux de la source ; nos rubriques ont les leurs, dans un ordre fixe.",
    "S3-34": "Deux renvois vers d'autres articles du blog, sans rapport avec ces métiers ; la page le dit.",
    "S3-35": "Une invitation à s'abonner, sans contenu ; la page le dit.",
    "S5-01": "Deux mots-clés anglais de classement, qui ne décrivent pas la notion.",
}

FAMILLES = {"S1": 106, "S2": 64, "S3": 35, "S4": 58, "S5": 19}
"""Number of fields of each document."""
