"""`manage.py import_onisep_metiers CHEMIN`: load Onisep's fiches métiers (XML), or its list of métiers (CSV, XML, JSON)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from metiers import mise_a_jour_onisep as mise_a_jour
from metiers import sources
from metiers.importers.onisep import Millesime, lire_fiches_metiers, lire_liste_metiers, rang
from metiers.importers.onisep.fiches import RACINE
from metiers.importers.onisep.lecture import fichiers_de_donnees, millesime_de
from metiers.importers.onisep.tableau import racine
from metiers.models import FicheOnisep, LienOnisepRome, Metier

INCONNUS_AFFICHES = 30


class Command(CommandeImport):
    help = (
        "Importe les métiers de l'Onisep (Idéo) : les fiches métiers en XML, ou la liste des métiers en CSV, XML ou "
        "JSON ; le fichier, nu ou dans un zip."
    )

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        editions = []
        with ouvrir(chemin) as dossier:
            natures = {nom: racine(dossier, nom) for nom in fichiers_de_donnees(dossier)}
            # The fiches first: what a list of the same delivery adds comes after.
            for nom in sorted(natures, key=lambda nom: (natures[nom] != RACINE, nom)):
                importer = self._fiches if natures[nom] == RACINE else self._liste
                editions.append(importer(dossier, nom, rapport))
        rapport.noter("codes ROME rattachés", Bilan(modifies=LienOnisepRome.objects.rattacher()))
        rapport.noter("niveaux d'accès", Bilan(modifies=Metier.objects.publies().recalculer_acces()))
        self._signaler_codes_inconnus(rapport)
        yield from dict.fromkeys(editions)

    def _fiches(self, dossier: Dossier, nom: str, rapport: Rapport) -> VersionReferentiel:
        millesime = millesime_de(dossier, nom)
        self._refuser_plus_ancienne("version", millesime)
        lues = list(self.progression(lire_fiches_metiers(dossier, nom, rapport.rejeter), "fiches"))
        en_vigueur = FicheOnisep.objects.publies().exclude(version=None).count()
        absentes = mise_a_jour.disparues("version", (fiche.identifiant for fiche in lues))
        self.tolerer_retraits("fiches métiers", len(absentes), en_vigueur)
        edition = self.version(sources.ONISEP, *millesime)
        mise_a_jour.ecrire_fiches(lues, mise_a_jour.connues(), edition, rapport)
        mise_a_jour.retirer("version", absentes, rapport)
        return edition

    def _liste(self, dossier: Dossier, nom: str, rapport: Rapport) -> VersionReferentiel:
        millesime = millesime_de(dossier, nom)
        self._refuser_plus_ancienne("version_liste", millesime)
        lus = list(self.progression(lire_liste_metiers(dossier, nom, rapport.rejeter), "métiers"))
        en_vigueur = FicheOnisep.objects.publies().exclude(version_liste=None).count()
        absents = mise_a_jour.disparues("version_liste", (metier.identifiant for metier in lus))
        self.tolerer_retraits("métiers de la liste", len(absents), en_vigueur)
        edition = self.version(sources.ONISEP, *millesime)
        mise_a_jour.ecrire_liste(lus, mise_a_jour.connues(), edition, rapport)
        mise_a_jour.retirer("version_liste", absents, rapport)
        return edition

    def _refuser_plus_ancienne(self, champ: str, millesime: Millesime) -> None:
        derniere: date | None = mise_a_jour.derniere_edition(champ)
        lue = rang(*millesime)
        if derniere and lue and lue < derniere and not self.forcer:
            raise FichierRefuse(
                f"Cette édition ({lue:%m/%Y}) est plus ancienne que celle de {derniere:%m/%Y}, déjà chargée. "
                "Si c'est bien voulu, relancez avec --forcer."
            )

    def _signaler_codes_inconnus(self, rapport: Rapport) -> None:
        inconnus = LienOnisepRome.objects.inconnus().filter(fiche__retire_le__isnull=True)
        exemples = [
            f"{code} ({pk})"
            for code, pk in inconnus.order_by("code_rome", "fiche").values_list("code_rome", "fiche")
        ]
        if exemples:
            suite = " …" if len(exemples) > INCONNUS_AFFICHES else ""
            rapport.remarquer(
                f"{len(exemples)} code(s) ROME inconnu(s) ou retiré(s), gardé(s) sans métier : "
                f"{', '.join(exemples[:INCONNUS_AFFICHES])}{suite}."
            )
