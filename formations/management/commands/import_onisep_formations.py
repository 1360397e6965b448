"""`manage.py import_onisep_formations CHEMIN`: load Onisep's fiches formations (XML) or its list (CSV, XML, JSON)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from formations import mise_a_jour_onisep as mise_a_jour
from formations.importers.onisep import lire_fiches_formations, lire_liste_formations
from formations.importers.onisep.fiches import RACINE
from formations.models import Formation, LienFormationMetier
from metiers import sources
from metiers.importers.onisep import Millesime, rang
from metiers.importers.onisep.lecture import fichiers_de_donnees, millesime_de
from metiers.importers.onisep.tableau import racine


class Command(CommandeImport):
    help = (
        "Importe les formations de l'Onisep (Idéo) : les fiches formations en XML, ou la liste des formations "
        "initiales en CSV, XML ou JSON ; le fichier, nu ou dans un zip."
    )
    genres = ("formation",)

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        editions = []
        with ouvrir(chemin) as dossier:
            natures = {nom: racine(dossier, nom) for nom in fichiers_de_donnees(dossier)}
            for nom in sorted(natures, key=lambda nom: (natures[nom] != RACINE, nom)):
                importer = self._fiches if natures[nom] == RACINE else self._liste
                editions.append(importer(dossier, nom, rapport))
        rapport.noter("numéros de certification", mise_a_jour.appliquer_passage())
        rapport.noter("codes ROME des formations", Bilan(modifies=mise_a_jour.citer_les_codes()))
        rapport.noter("liens vers les métiers", Bilan(modifies=LienFormationMetier.objects.deriver()))
        yield from dict.fromkeys(editions)

    def _fiches(self, dossier: Dossier, nom: str, rapport: Rapport) -> VersionReferentiel:
        millesime = self._millesime(dossier, nom, "version")
        lues = list(self.progression(lire_fiches_formations(dossier, nom, rapport.rejeter), "fiches"))
        absentes = mise_a_jour.disparues("version", {f.identifiant for f in lues})
        self.tolerer_retraits("fiches formations", len(absentes), self._en_vigueur("version"))
        edition = self.version(sources.ONISEP, *millesime)
        mise_a_jour.ecrire_fiches(lues, mise_a_jour.connues(), edition, rapport)
        mise_a_jour.retirer("version", absentes, rapport)
        return edition

    def _liste(self, dossier: Dossier, nom: str, rapport: Rapport) -> VersionReferentiel:
        millesime = self._millesime(dossier, nom, "version_liste")
        lues = list(self.progression(lire_liste_formations(dossier, nom, rapport.rejeter), "formations"))
        absentes = mise_a_jour.disparues("version_liste", {f.identifiant for f in lues})
        self.tolerer_retraits("formations de la liste", len(absentes), self._en_vigueur("version_liste"))
        edition = self.version(sources.ONISEP, *millesime)
        mise_a_jour.ecrire_liste(lues, mise_a_jour.connues(), edition, rapport)
        mise_a_jour.retirer("version_liste", absentes, rapport)
        return edition

    def _en_vigueur(self, champ: str) -> int:
        return Formation.objects.publies().exclude(**{champ: None}).filter(source=mise_a_jour.SOURCE).count()

    def _millesime(self, dossier: Dossier, nom: str, champ: str) -> Millesime:
        """The vintage of the file, refused when an edition of the same publication that is later is loaded."""
        millesime = millesime_de(dossier, nom)
        derniere, lue = mise_a_jour.derniere_edition(champ), rang(*millesime)
        if derniere and lue and lue < derniere and not self.forcer:
            raise FichierRefuse(
                f"Cette édition ({lue:%m/%Y}) est plus ancienne que celle de {derniere:%m/%Y}, déjà chargée. "
                "Si c'est bien voulu, relancez avec --forcer."
            )
        return millesime
