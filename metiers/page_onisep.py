"""A fiche métier of Onisep, made ready for its own page: kept apart from the ROME's, and attributed (ODbL)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from catalogue import niveaux
from catalogue.jsonld import Noeud, fil_dariane
from catalogue.templatetags.texte import chapitres
from metiers.models import FicheOnisep, Metier

ATTRIBUTION_SANS_EDITION = "Onisep, Idéo, édition non renseignée, ODbL 1.0"


@dataclass(frozen=True)
class FormationRequise:
    """A formation that Onisep names, and its page when it is loaded here."""

    identifiant: str
    libelle: str
    url: str
    niveau: str


class PageOnisep:
    """What the page shows; built on a fiche fetched with its `liens_rome`, `synonymes` and `formations_requises`."""

    def __init__(self, fiche: FicheOnisep) -> None:
        self.fiche = fiche

    @property
    def titre(self) -> str:
        return self.fiche.nom[:1].upper() + self.fiche.nom[1:]

    @property
    def au_feminin_et_au_masculin(self) -> list[str]:
        return [forme for forme in (self.fiche.libelle_feminin, self.fiche.libelle_masculin) if forme]

    @property
    def niveau(self) -> str:
        """Our word for the level the source names, when it is one."""
        return niveaux.libelle(self.fiche.niveau_acces) if self.fiche.niveau_acces is not None else ""

    @property
    def autres_noms(self) -> list[Any]:
        return list(self.fiche.synonymes.all())

    @property
    def metiers(self) -> list[Any]:
        """Links to ROME métiers: those in force, and the codes that designate none."""
        return list(self.fiche.liens_rome.all())

    @cached_property
    def formations(self) -> list[FormationRequise]:
        requises = list(self.fiche.formations_requises.all())
        formation: Any = Metier._meta.get_field("formations").related_model
        chargees = formation.objects.publies().in_bulk([requise.identifiant for requise in requises])
        return [
            FormationRequise(
                r.identifiant,
                r.libelle,
                chargees[r.identifiant].get_absolute_url() if r.identifiant in chargees else "",
                niveaux.libelle(chargees[r.identifiant].niveau_sortie) if r.identifiant in chargees else "",
            )
            for r in requises
        ]

    @property
    def textes(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """(anchor, title, chapters) of the texts that are there, in the order of the source."""
        f = self.fiche
        parties = (
            ("presentation", "Présentation", f.resume if f.resume != f.accroche else ""),
            ("en-bref", "En bref", f.format_court),
            ("travail", "Le travail", f.nature_travail),
            ("competences", "Les compétences", f.competences),
            ("conditions", "Les conditions de travail", f.condition_travail),
            ("vie", "La vie professionnelle", f.vie_professionnelle),
            ("acces", "L'accès au métier", f.acces_metier),
            ("duree", "La durée des études", f.duree_etudes),
        )
        return [(ancre, titre, chapitres(texte)) for ancre, titre, texte in parties if texte.strip()]

    @property
    def attribution(self) -> str:
        """Producer, work, edition, licence: what the ODbL asks to show."""
        version = self.fiche.version or self.fiche.version_liste
        return version.mention if version else ATTRIBUTION_SANS_EDITION

    def noeuds(self, adresse: str, racine: str) -> list[Noeud]:
        """Only what the page says; `adresse` is its canonical address, `racine` that of the site, both absolute."""
        return [
            {
                "@type": "WebPage",
                "@id": adresse,
                "url": adresse,
                "name": self.titre,
                "inLanguage": "fr",
                "license": "https://opendatacommons.org/licenses/odbl/1-0/",
                "mainEntity": {"@id": f"{adresse}#metier"},
            },
            {
                "@type": "Occupation",
                "@id": f"{adresse}#metier",
                "name": self.titre,
                "alternateName": [nom.nom for nom in self.autres_noms],
                "description": self.fiche.accroche,
                "educationRequirements": self.fiche.niveau_acces_libelle,
                "occupationalCategory": [
                    {"@type": "CategoryCode", "codeValue": lien.code_rome, "inCodeSet": "ROME"}
                    for lien in self.metiers
                ],
            },
            fil_dariane(
                [("Accueil", racine), ("Métiers", f"{racine}metiers/"), (self.fiche.identifiant, adresse)]
            ),
        ]
