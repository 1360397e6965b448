"""The nomenclature of spécialités de formation (NSF): its domaines and groups, whose labels no fiche gives in full.

Those of the decree 94-522 of 21 June 1994 stand here, for a portal to have them at once; an edition imported since
(`import_nsf`) is believed rather than them, and names no domaine. A fiche cites codes of two digits (a domaine), three (a group), or three and the
letter of a function (312t): its group is the first three, its domaine the first two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import CharField, Transform
from django.urls import reverse

from catalogue.facettes import Choix
from certifications.models import Nsf

DOMAINES = {
    "10": "Formations générales",
    "11": "Mathématiques et sciences",
    "12": "Sciences humaines et droit",
    "13": "Lettres et arts",
    "20": "Spécialités pluritechnologiques de production",
    "21": "Agriculture, pêche, forêt et espaces verts",
    "22": "Transformations",
    "23": "Génie civil, construction et bois",
    "24": "Matériaux souples",
    "25": "Mécanique, électricité, électronique",
    "30": "Spécialités plurivalentes des services",
    "31": "Échanges et gestion",
    "32": "Communication et information",
    "33": "Services aux personnes",
    "34": "Services à la collectivité",
    "41": "Capacités individuelles",
    "42": "Activités quotidiennes et de loisirs",
}
GROUPES = {
    "100": "Formations générales",
    "110": "Spécialités pluriscientifiques",
    "111": "Physique-chimie",
    "112": "Chimie-biologie, biochimie",
    "113": "Sciences naturelles (biologie-géologie)",
    "114": "Mathématiques",
    "115": "Physique",
    "116": "Chimie",
    "117": "Sciences de la terre",
    "118": "Sciences de la vie",
    "120": "Spécialités pluridisciplinaires Sciences humaines et droit",
    "121": "Géographie",
    "122": "Economie",
    "123": "Sciences sociales (y compris démographie, anthropologie)",
    "124": "Psychologie",
    "125": "Linguistique",
    "126": "Histoire",
    "127": "Philosophie, éthique et théologie",
    "128": "Droit, sciences politiques",
    "130": "Spécialités littéraires et artistiques plurivalentes",
    "131": "Français, littérature et civilisation française",
    "132": "Arts plastiques",
    "133": "Musique, arts du spectacle",
    "134": "Autres disciplines artistiques et spécialités artistiques plurivalentes",
    "135": "Langues et civilisations anciennes",
    "136": "Langues vivantes, civilisations étrangères et régionales",
    "200": "Technologies industrielles fondamentales (génie industriel et procédés de transformation, spécialités à dominante fonctionnelle)",
    "201": "Technologies de commandes des transformations industrielles (automatismes et robotique industriels, informatique industrielle)",
    "210": "Spécialités plurivalentes de l'agronomie et de l'agriculture",
    "211": "Productions végétales, cultures spécialisées et protection des cultures (horticulture, viticulture,arboriculture fruitière...)",
    "212": "Productions animales, élevage spécialisé, aquaculture, soins aux animaux (y compris vétérinaire)",
    "213": "Forêts, espaces naturels, faune sauvage, pêche",
    "214": "Aménagement paysager (parcs, jardins, espaces verts, terrains de sport)",
    "220": "Spécialités pluritechnologiques des transformations",
    "221": "Agro-alimentaire, alimentation, cuisine",
    "222": "Transformations chimiques et apparentées (y compris industrie pharmaceutique)",
    "223": "Métallurgie (y compris sidérurgie, fonderie, non-ferreux)",
    "224": "Matériaux de construction, verre, céramique",
    "225": "Plasturgie, matériaux composites",
    "226": "Papier, carton",
    "227": "Energie, génie climatique (y compris énergie nucléaire, thermique, hydraulique; utilités; froid, climatisation, chauffage)",
    "230": "Spécialités pluritechnologiques Génie civil, construction, bois",
    "231": "Mines et carrières, génie civil, topographie",
    "232": "Bâtiment: construction et couverture",
    "233": "Bâtiment: finitions",
    "234": "Travail du bois et de l'ameublement",
    "240": "Spécialités pluritechnologiques Matériaux souples",
    "241": "Textile",
    "242": "Habillement (y compris mode, couture)",
    "243": "Cuirs et peaux",
    "250": "Spécialités pluritechnologiques Mécanique-électricité (y compris maintenance mécano-électrique)",
    "251": "Mécanique générale et de précision, usinage",
    "252": "Moteurs et mécanique auto",
    "253": "Mécanique aéronautique et spatiale",
    "254": "Structures métalliques (y compris soudure, carrosserie, coque de bateau, cellule d'avion)",
    "255": "Electricité, électronique (non compris automatismes, productique)",
    "300": "Spécialités plurivalentes des services",
    "310": "Spécialités plurivalentes des échanges et de la gestion (y compris administration générale des entreprises et des collectivités)",
    "311": "Transports, manutention, magasinage",
    "312": "Commerce, vente",
    "313": "Finances, banque, assurances, immobilier",
    "314": "Comptabilité, gestion",
    "315": "Ressources humaines, gestion du personnel, gestion de l'emploi",
    "320": "Spécialités plurivalentes de la communication et de l'information",
    "321": "Journalisme et communication (y compris communication graphique et publicité)",
    "322": "Techniques de l'imprimerie et de l'édition",
    "323": "Techniques de l'image et du son, métiers connexes du spectacle",
    "324": "Secrétariat, bureautique",
    "325": "Documentation, bibliothèque, administration des données",
    "326": "Informatique, traitement de l'information, réseaux de transmission",
    "330": "Spécialités plurivalentes des services aux personnes",
    "331": "Santé",
    "332": "Travail social",
    "333": "Enseignement, formation",
    "334": "Accueil, hôtellerie, tourisme",
    "335": "Animation sportive, culturelle et de loisirs",
    "336": "Coiffure, esthétique et autres spécialités de services aux personnes",
    "340": "Spécialités plurivalentes des services à la collectivité",
    "341": "Aménagement du territoire, urbanisme",
    "342": "Développement et protection du patrimoine culturel",
    "343": "Nettoyage, assainissement, protection de l'environnement",
    "344": "Sécurité des biens et des personnes, police, surveillance",
    "345": "Application des droits et statuts des personnes",
    "346": "Spécialités militaires",
    "410": "Spécialités concernant plusieurs capacités",
    "411": "Pratiques sportives (y compris arts martiaux)",
    "412": "Développement des capacités mentales, apprentissage de base",
    "413": "Développement des capacités comportementales et relationnelles",
    "414": "Développement des capacités individuelles d'organisation",
    "415": "Développement des capacités d'orientation, d'insertion ou de réinsertion sociales et professionnelles",
    "421": "Jeux et activités spécifiques de loisirs",
    "422": "Economie et activités domestiques",
    "423": "Vie familiale, vie sociale et autres formations au développement personnel",
}


class DomaineNsf(Transform):
    lookup_name = "domaine_nsf"
    output_field = CharField()
    template = "SUBSTR(%(expressions)s, 1, 2)"


class GroupeNsf(Transform):
    lookup_name = "groupe_nsf"
    output_field = CharField()
    template = "SUBSTR(%(expressions)s, 1, 3)"


for _debut in (DomaineNsf, GroupeNsf):
    Nsf._meta.get_field("code").register_lookup(_debut)


class Specialite(NamedTuple):
    """A code as a fiche shows it. `groupe` is the label of what it belongs to, "" of a code that belongs to none; `url`
    lists the certifications of it."""

    code: str
    libelle: str
    groupe: str
    url: str


def groupes() -> dict[str, str]:
    """The label of each group, by its three digits: one query."""
    return GROUPES | dict(Nsf.objects.de_la_nomenclature().values_list("code", "libelle"))


def choix() -> list[Choix]:
    """The domaines, each with its groups."""
    connus = sorted(groupes().items())
    return [
        Choix(code, libelle, tuple(Choix(g, nom) for g, nom in connus if g.startswith(code)))
        for code, libelle in DOMAINES.items()
    ]


def specialites(nsf: Iterable[Nsf]) -> list[Specialite]:
    """These codes, each with its own label, else that of its group, else that of its domaine; one query."""
    plus_larges = DOMAINES | groupes()
    lues = []
    for une in nsf:
        groupe = une.groupe if une.groupe in plus_larges else une.code[:2]
        libelle_du_groupe = plus_larges.get(groupe, "")
        lues.append(
            Specialite(
                une.code,
                une.libelle or libelle_du_groupe,
                libelle_du_groupe,
                f"{reverse('certifications:liste')}?nsf={groupe}" if libelle_du_groupe else "",
            )
        )
    return lues
