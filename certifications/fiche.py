"""The fiche of a certification, made ready for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from catalogue import niveaux
from catalogue.texte import Liste, Paragraphe, liens, structurer
from certifications.etat import Etat
from certifications.lignee import Lignee
from certifications.models import Certification
from certifications.nsf import Specialite, specialites
from certifications.provenance import AutreEdition, autres_editions
from metiers.models import Metier

# Below this number of people, a rate says little about anybody's chances.
PETIT_EFFECTIF = 30
PARTENAIRES_MONTRES = 10
DOMAINES_PROPOSES = 3


@dataclass(frozen=True)
class MetierVise:
    """A métier the certification leads to: cited, or reached through a cited parent code."""

    code_rome: str
    libelle_source: str
    metier: Metier | None
    herite_de: Metier | None = None

    @property
    def raison(self) -> str:
        """Why it is shown: cited, under which label then, or inherited."""
        if self.herite_de:
            return f"lien hérité du code parent {self.herite_de.code_rome}"
        if self.libelle_source and self.metier and self.libelle_source != self.metier.libelle:
            return f"Cité par la fiche sous le nom « {self.libelle_source} »"
        return "Cité par la fiche"


@dataclass(frozen=True)
class Rubrique:
    """A long text under its heading, with its paragraphs and lists."""

    ancre: str
    titre: str
    contenu: list[Paragraphe | Liste]


class FicheCertification:
    """What the page shows; built on a certification fetched with `for_detail()`."""

    def __init__(self, certification: Certification, partenaire: str = "") -> None:
        self.certification = certification
        self.partenaire_cherche = " ".join(partenaire.replace("\0", "").split())[:60]
        self.aujourdhui: date = timezone.localdate()

    @property
    def editorial(self) -> Any:
        return getattr(self.certification, "editorial", None)

    @property
    def titre(self) -> str:
        return (
            self.editorial.intitule
            if self.editorial and self.editorial.intitule
            else self.certification.intitule
        )

    @property
    def plus_large(self) -> list[tuple[str, str]]:
        """(words, address) of the lists that this certification is in: the domaines of its métiers, its niveau."""
        liste, niveau = reverse("certifications:liste"), self.certification.niveau
        domaines = {
            v.metier.domaine_id: v.metier.domaine for v in self.metiers if v.metier and not v.herite_de
        }
        liens = [
            (f"Toutes les certifications du domaine « {domaine.libelle} »", f"{liste}?domaine={code}")
            for code, domaine in list(domaines.items())[:DOMAINES_PROPOSES]
        ]
        if niveau is not None:
            liens.append(
                (
                    f"Toutes les certifications de {self.niveau[0].lower()}{self.niveau[1:]}",
                    f"{liste}?niveau={niveau}",
                )
            )
        return liens

    @cached_property
    def specialites(self) -> list[Specialite]:
        return specialites(self.certification.nsf.all())

    @property
    def niveau(self) -> str:
        if self.certification.niveau is None and self.certification.type == Certification.Type.RS:
            return "Sans objet (répertoire spécifique)"
        return niveaux.libelle(self.certification.niveau)

    @property
    def etat(self) -> Etat:
        return self.certification.etat(self.aujourdhui)

    @property
    def etat_en_clair(self) -> str:
        """« Active jusqu'au 01/07/2027 », « Enregistrement échu depuis le 23/07/2025 »…"""
        fin = self.certification.date_fin_enregistrement
        if fin is None:
            return self.etat.label
        jour = date_format(fin, "d/m/Y")
        if self.etat is Etat.EXPIREE:
            return f"Enregistrement échu depuis le {jour}"
        restants = (fin - self.aujourdhui).days
        if restants <= 180:
            return f"Active, échéance dans {restants} jour{'s' if restants > 1 else ''}, le {jour}"
        return f"Active jusqu'au {jour}"

    @cached_property
    def lignee(self) -> Lignee:
        """What it replaces, what replaces it, what it is worth."""
        return Lignee(self.certification)

    @cached_property
    def metiers(self) -> list[MetierVise]:
        """Cited métiers in the order of the fiche, each followed by those that inherit the link."""
        debouches = list(self.certification.debouches.all())
        cites = {d.metier_id for d in debouches}
        vises = []
        for debouche in debouches:
            vises.append(MetierVise(debouche.code_rome, debouche.libelle_source, debouche.metier))
            if debouche.metier:
                vises.extend(
                    MetierVise(enfant.code_rome, "", enfant, debouche.metier)
                    for enfant in debouche.metier.enfants.all()
                    if enfant.pk not in cites
                )
        return vises

    @property
    def _textes(self) -> tuple[tuple[str, str, str], ...]:
        """(anchor, title, text) in the order of an interview."""
        c = self.certification
        return (
            ("objectifs", "Objectifs et contexte", c.objectifs_contexte),
            ("activites", "Activités visées", c.activites_visees),
            ("competences", "Compétences attestées", c.capacites_attestees),
            ("evaluation", "Modalités d'évaluation", c.modalites_evaluation),
            ("maitrise", "Niveau de maîtrise des compétences", c.niveau_maitrise_competences),
            ("secteurs", "Secteurs d'activité", c.secteurs_activite),
            ("emplois", "Types d'emplois accessibles", c.type_emploi_accessibles),
            ("reglementation", "Réglementation de l'activité", c.reglementations_activites),
            ("prerequis-entree", "Prérequis à l'entrée en formation", c.prerequis_entree_formation),
            ("prerequis-validation", "Prérequis à la validation", c.prerequis_validation),
            ("validation-partielle", "Validation par blocs ou partielle", c.validation_partielle),
            ("perimetre", "Périmètre de la validation partielle", c.validation_partielle_perimetre),
            ("validite", "Durée de validité", c.duree_validite),
            ("renouvellement", "Modalités de renouvellement", c.modalites_renouvellement),
        )

    @cached_property
    def rubriques(self) -> list[Rubrique]:
        """The long texts that are there."""
        return [
            Rubrique(ancre, titre, structurer(texte)) for ancre, titre, texte in self._textes if texte.strip()
        ]

    @property
    def rubriques_absentes(self) -> list[str]:
        """The headings under which the source says nothing; no source loaded here gives the file of the last one."""
        vides = [titre for _, titre, texte in self._textes if not texte.strip()]
        return [*vides, "Référentiel d'activité, de compétences et d'évaluation (fichier)"]

    @property
    def dates(self) -> list[tuple[str, str]]:
        c = self.certification
        couples = (
            ("Échéance de l'enregistrement", c.date_fin_enregistrement),
            ("Décision", c.date_decision),
            ("Effet", c.date_effet),
            ("Dernier Journal officiel", c.date_dernier_jo),
            ("Publication de la fiche", c.date_publication),
            ("Limite de délivrance", c.date_limite_delivrance),
        )
        return [(nom, date_format(jour, "d/m/Y") if jour else "Non renseigné") for nom, jour in couples]

    @property
    def territoires(self) -> list[tuple[str, str]]:
        reponses = {True: "Oui", False: "Non", None: "Non renseigné"}
        c = self.certification
        return [
            ("Nouvelle-Calédonie", reponses[c.accessible_nouvelle_caledonie]),
            ("Polynésie française", reponses[c.accessible_polynesie_francaise]),
        ]

    @property
    def liens(self) -> list[str]:
        return liens(self.certification.lien_url_description)

    @property
    def jurys(self) -> list[tuple[str, list[str]]]:
        """Each composition of jury once, with the voies it serves: fiches repeat the same text for every voie."""
        par_texte: dict[str, list[str]] = {}
        for voie in self.certification.voies.all():
            if texte := " ".join(voie.composition_jury.split()):
                par_texte.setdefault(texte, []).append(voie.get_voie_display())
        return list(par_texte.items())

    @property
    def preuves_vae(self) -> list[tuple[str, list[str]]]:
        """(title of the bloc, proofs); the title is empty for those that serve the whole certification.

        Editors write one proof a line, after the code of its bloc when it has one: « RNCP34809BC01 : une étude ».
        """
        titres = {bloc.code: f"{bloc.code} {bloc.libelle}" for bloc in self.certification.blocs.all()}
        par_bloc: dict[str, list[str]] = {}
        for ligne in (self.editorial.preuves_vae if self.editorial else "").splitlines():
            code, deux_points, preuve = ligne.partition(" : ")
            du_bloc = deux_points and code in titres
            par_bloc.setdefault(titres[code] if du_bloc else "", []).append(preuve if du_bloc else ligne)
        return [(titre, preuves) for titre, preuves in par_bloc.items() if any(preuves)]

    @property
    def voies_ouvertes_en_clair(self) -> str:
        """« 4 sur 6 »; « 4 » where the source lists the open ones alone, and says nothing of the others."""
        voies = self.certification.voies.all()
        ouvertes = sum(voie.ouverte is True for voie in voies)
        return (
            str(ouvertes)
            if ouvertes == len(voies) < len(voies.model.Voie) - 1
            else f"{ouvertes} sur {len(voies)}"
        )

    @cached_property
    def autres_editions(self) -> list[AutreEdition]:
        """The editions that other rubriques come from than most of the fiche."""
        return autres_editions(self.certification)

    @property
    def edition_des_voies(self) -> str:
        return next((e.mention for e in self.autres_editions if "voies" in e.cles), "")

    @property
    def metiers_cites(self) -> int:
        return sum(vise.herite_de is None for vise in self.metiers)

    @cached_property
    def premiers_partenaires(self) -> list[Any]:
        """The first ones by name, among those looked for by name or SIRET: some fiches have hundreds."""
        return list(self._partenaires[:PARTENAIRES_MONTRES])

    @cached_property
    def nombre_partenaires_trouves(self) -> int:
        return self._partenaires.count() if self.partenaire_cherche else self.nombre_partenaires

    @property
    def partenaires_cherchables(self) -> bool:
        return self.nombre_partenaires > PARTENAIRES_MONTRES

    @property
    def _partenaires(self) -> Any:
        tous = self.certification.partenaires.all()
        mots = self.partenaire_cherche
        return (
            tous.filter(Q(nom__icontains=mots) | Q(siret__startswith=mots.replace(" ", ""))) if mots else tous
        )

    @cached_property
    def nombre_partenaires(self) -> int:
        return self.certification.partenaires.count()

    @cached_property
    def formations(self) -> Any:
        """The first formations that prepare for it, and how many there are (see `formations`)."""
        return self.certification.formations.for_certification(self.certification.numero)

    @property
    def statistiques(self) -> list[Any]:
        return list(self.certification.statistiques.all())

    @property
    def petit_effectif(self) -> bool:
        """At least one year's rates rest on few people."""
        return any(s.certifies is not None and s.certifies < PETIT_EFFECTIF for s in self.statistiques)

    @property
    def petit_effectif_seuil(self) -> int:
        return PETIT_EFFECTIF


def presenter(certification: Certification, partenaire: str = "") -> FicheCertification:
    """`partenaire`: what to look for among the partners."""
    return FicheCertification(certification, partenaire)
