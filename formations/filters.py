"""The criteria by which formations are listed; each is declared once, here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import django_filters
from django.utils.safestring import SafeString

from catalogue.facettes import Choix, FacettesFilterSet, Mots, Puce, Retrait, Tri
from catalogue.facettes.filterset import libelles
from catalogue.garde import par_version
from catalogue.recherche.moteur import cles
from certifications.models import Certification
from formations.facettes import (
    ComptesADeplier,
    FacetteIndexee,
    FiltreParCode,
    choix_debuts,
    choix_regions,
    trouver_certification,
    trouver_commune,
    trouver_metier,
    trouver_organisme,
)
from formations.index import stock
from formations.index.contenu import Offre
from formations.index.criteres import (
    DESSOUS,
    DUREES,
    MOIS_ANNONCES,
    PRIX,
    mois_annonces,
)
from formations.index.selection import Selection, selectionner
from formations.models import Formation, Organisme, Session
from formations.proximite import RAYONS, Proximite
from formations.retenues import FormationsRetenues, SessionsRetenues
from metiers.filters import choix_domaines, choix_niveaux
from metiers.models import Metier

MOTS_PLAFOND = 10_000
"""Formations whose titles hold the words: beyond, the best ones only are listed and counted, and the page says so."""
NEUTRE = Tri("", "Ordre alphabétique", "Par ordre alphabétique.")
PROXIMITE = Tri("distance", "Distance", "De la plus proche à la plus éloignée, à vol d'oiseau.")


class FormationFilterSet(FacettesFilterSet):
    """Every criterion about sessions is met by one same session; « non renseigné » includes having none."""

    domaine = FacetteIndexee(
        choix=choix_domaines,
        libelle="Domaine des métiers visés",
        aide="Domaines ROME des métiers auxquels la formation est liée.",
    )
    niveau = FacetteIndexee(choix=choix_niveaux, libelle="Niveau de sortie")
    region = FacetteIndexee(
        choix=choix_regions,
        libelle="Région et département",
        aide="Une région par son code INSEE, un département par « d » et le sien (« d69 »).",
        libelle_non_renseigne="À distance ou non renseigné",
    )
    voie = FacetteIndexee(choix=[Choix(v.value, v.label) for v in Session.Voie], libelle="Voie")
    modalite = FacetteIndexee(choix=[Choix(m.value, m.label) for m in Session.Modalite], libelle="Modalité")
    debut = FacetteIndexee(
        choix=choix_debuts,
        libelle="Début",
        aide="Un mois (« 2026-09 ») dans l'année qui vient.",
    )
    duree = FacetteIndexee(
        choix=[Choix(b.valeur, b.libelle) for b in DUREES],
        libelle="Durée",
        aide="En heures de formation.",
    )
    prix = FacetteIndexee(
        choix=[Choix(b.valeur, b.libelle) for b in PRIX],
        libelle="Prix",
        aide="Toutes taxes comprises, avant toute aide.",
    )
    cpf = FacetteIndexee(
        choix=[Choix("oui", "Éligible"), Choix("non", "Non éligible")],
        libelle="Compte personnel de formation",
    )
    q = Mots("formation", "identifiant", "Mots de l'intitulé")
    metier = FiltreParCode(
        r"[A-Z][0-9]{4}", trouver_metier, libelle="Métier visé", aide="Un code ROME (« D1415 »)."
    )
    certification = FiltreParCode(
        r"(RNCP|RS)[0-9]{1,8}",
        trouver_certification,
        libelle="Certification préparée",
        aide="Un numéro de fiche (« RNCP34809 »).",
    )
    organisme = FiltreParCode(
        r"[1-9][0-9]{0,8}",
        trouver_organisme,
        libelle="Organisme",
        aide="Son numéro dans l'adresse de sa page.",
    )
    commune = FiltreParCode(
        r"[0-9][0-9AB][0-9]{3}",
        trouver_commune,
        libelle="Autour de cette commune",
        aide="Son code INSEE ; « rayon » dit jusqu'où.",
    )
    rayon = django_filters.ChoiceFilter(
        label="Kilomètres autour de la commune, à vol d'oiseau (20 par défaut)",
        choices=[(str(rayon), f"{rayon} km") for rayon in RAYONS],
        required=False,
    )

    class Meta:
        model = Formation
        fields: list[str] = []

    def lire_choix(self) -> Mapping[str, Sequence[Choix]]:
        """Read once for each version of the catalogue and each day: the months offered are those to come."""
        return par_version("FormationFilterSet", super().lire_choix)

    @cached_property
    def _libelles(self) -> Mapping[str, Mapping[str, str]]:
        return par_version("libellés de FormationFilterSet", lambda: libelles(self._choix))

    @property
    def cartes(self) -> dict[Any, SafeString]:
        return par_version("cartes de formations", dict)

    complement = "formations/proximite.jinja"
    """What the form asks besides the facets."""
    unite_sessions = False
    """Whether options say how many sessions they would give, rather than how many formations."""

    @cached_property
    def proximite(self) -> Proximite:
        return Proximite(self.data, self.chemin)

    @cached_property
    def selection(self) -> Selection:
        return self._selectionner(self.valeurs)

    def _selectionner(self, valeurs: Mapping[str, Sequence[str]], *, mots: bool = True) -> Selection:
        offre = stock.offre()
        mois = {f"{m:%Y-%m}": f"+{n}" for n, m in enumerate(mois_annonces(offre.mois))}
        choix = {**valeurs, "debut": [mois.get(v, v) for v in valeurs["debut"]]}
        organisme = self.codes.get("organisme")
        criteres: dict[str, Any] = {
            "cercle": self.proximite.cercle,
            "organisme": int(organisme) if organisme else None,
            "metier": self.codes.get("metier", ""),
            "en_sessions": self.unite_sessions,
        }
        if parmi := self._parmi(offre, mots):
            return Selection(offre, choix, parmi=parmi, **criteres)
        return selectionner(offre, choix, **criteres)

    def _parmi(self, offre: Offre, mots: bool) -> dict[str, Any]:
        """What the index does not know by itself: words, a certification, a commune that is on no map."""
        parmi: dict[str, Any] = {}
        if self.texte and mots:
            parmi["mots"] = offre.rangs(self._trouvees[:MOTS_PLAFOND])
        if "certification" in self.codes:
            preparent = Formation.objects.publies().filter(certification=self.codes["certification"])
            parmi["certification"] = offre.rangs(list(preparent.values_list("pk", flat=True)))
        if "commune" in self.codes and self.proximite.cercle is None and not self.proximite.texte:
            parmi["commune"] = []
        return parmi

    @cached_property
    def codes(self) -> dict[str, str]:
        """The codes asked for, as they are written."""
        lus = {
            nom: filtre.lire(self.data[nom])
            for nom, filtre in self.base_filters.items()
            if isinstance(filtre, FiltreParCode) and self.data.get(nom)
        }
        return {nom: code for nom, code in lus.items() if code}

    @cached_property
    def valeurs_ignorees(self) -> list[tuple[str, str]]:
        return super().valeurs_ignorees + [
            (str(filtre.label), self.data[nom][:60])
            for nom, filtre in self.base_filters.items()
            if isinstance(filtre, FiltreParCode) and self.data.get(nom) and nom not in self.codes
        ]

    @cached_property
    def _trouvees(self) -> list[str]:
        """The keys of the formations whose titles hold the words, the best first; one too many when there are more."""
        return cles(self.texte, "formation", MOTS_PLAFOND + 1)

    @property
    def mots_trop_larges(self) -> bool:
        """The words are in more titles than are read: counts are those of the best ones."""
        return bool(self.texte) and len(self._trouvees) > MOTS_PLAFOND

    @property
    def tris(self) -> Sequence[Tri]:  # type: ignore[override]  # distances are only known around a commune
        return (NEUTRE, PROXIMITE) if self.proximite.cercle else (NEUTRE,)

    @property
    def gardes(self) -> list[tuple[str, str]]:
        return super().gardes + [(nom, code) for nom, code in self.codes.items() if nom != "commune"]

    @property
    def est_particulier(self) -> bool:
        return super().est_particulier or bool(self.codes) or "lieu" in self.data

    @property
    def par_distance(self) -> bool:
        return self.tri is PROXIMITE

    @cached_property
    def resultats(self) -> FormationsRetenues:
        """The formations kept, as a sequence: by title, nearest first, or those that suit the words best first."""
        ordre = None
        if self.texte and self.tri not in self.tris:
            ordre = self.selection.parmi_gardees(self.selection.offre.rangs(self._trouvees[:MOTS_PLAFOND]))
        return FormationsRetenues(self.selection, par_distance=self.par_distance, ordre=ordre)

    @property
    def qs(self) -> FormationsRetenues:
        return self.resultats

    @property
    def total(self) -> int:
        return len(self.resultats)

    @property
    def nombre_sessions(self) -> int:
        """How many sessions meet every criterion."""
        return self.selection.retenue.nombre_sessions

    def compter(self, nom: str) -> Counter[str]:
        if nom in DESSOUS:
            return ComptesADeplier(self.selection, nom)
        comptes = Counter(self.selection.compter(nom))
        if nom == "debut":
            mois = mois_annonces(self.selection.offre.mois)
            comptes |= Counter({f"{mois[n]:%Y-%m}": comptes[f"+{n}"] for n in range(MOIS_ANNONCES)})
        return comptes

    def nombre_sans(self, nom: str, valeur: str) -> int:
        """How many formations there would be without this value of a facet, or without the words."""
        if nom == "q":
            return len(self._selectionner(self.valeurs, mots=False).retenue.formations)
        reste = {**self.valeurs, nom: [v for v in self.valeurs[nom] if v != valeur]}
        return len(self._selectionner(reste).retenue.formations)

    @cached_property
    def puces(self) -> list[Puce]:
        puces = list(super().puces)
        for nom, code in self.codes.items():
            if nom != "commune":
                filtre = self.base_filters[nom]
                objet = filtre.trouver(code)
                puces.append(
                    Puce(filtre.label, nom_court(objet) if objet else code, self._sans_parametre(nom))
                )
        if self.proximite.commune:
            libelle = f"À moins de {self.proximite.rayon} km de {self.proximite.commune.nom}"
            puces.append(Puce("Distance", libelle, self.proximite.url_sans))
        return puces

    @cached_property
    def retraits(self) -> list[Retrait]:
        retraits = list(super().retraits)
        if self.proximite.cercle and (nombre := len(self.selection.sans("cercle").formations)):
            retraits.append(Retrait("Distance", self.puces[-1].libelle, self.proximite.url_sans, nombre))
        return sorted(retraits, key=lambda retrait: -retrait.nombre)

    @property
    def est_filtre(self) -> bool:
        return super().est_filtre or bool(self.codes)

    def _sans_parametre(self, nom: str) -> str:
        reste = self.data.copy()
        for parti in (nom, "page"):
            reste.pop(parti, None)
        suite = reste.urlencode()
        return f"{self.chemin}?{suite}" if suite else self.chemin

    @property
    def url_reinitialiser(self) -> str:
        """The same list without any filter; the words and the order stay, unless it is that of distances."""
        reste = self.data.copy()
        for nom in ("page", "lieu", "ouvrir", *self.base_filters):
            if nom != "q":
                reste.pop(nom, None)
        if reste.get("tri") == "distance":
            reste.pop("tri")
        suite = reste.urlencode()
        return f"{self.chemin}?{suite}" if suite else self.chemin


def nom_court(objet: Metier | Certification | Organisme) -> str:
    if isinstance(objet, Metier):
        return objet.libelle
    return objet.intitule if isinstance(objet, Certification) else objet.nom


class SessionFilterSet(FormationFilterSet):
    """The same criteria, to list the sessions themselves: options say how many sessions they would give."""

    unite_sessions = True

    @cached_property
    def resultats(self) -> Any:
        return SessionsRetenues(self.selection)

    @property
    def qs(self) -> Any:
        return self.resultats
