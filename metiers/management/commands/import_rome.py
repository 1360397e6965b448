"""`manage.py import_rome CHEMIN`: load a version of ROME 4.0, from its CSV tables or its JSON fiches.

Both forms are official, and each brings what the other lacks: one updates what the other brought, and loses nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import REJETS_TOLERES, CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from metiers import mise_a_jour, models, sources
from metiers.completer import completer
from metiers.importers.rome import Rome
from metiers.importers.rome_json import lire_livraison
from metiers.mise_a_jour_referentiels import Referentiels

# Rows. Of a smaller table, an edition may well drop a large share on purpose.
GRANDE_TABLE = 1_000


class Command(CommandeImport):
    help = (
        "Importe une version du ROME 4.0 (France Travail) : le zip officiel, en CSV ou en JSON, un dossier de ses tables, "
        "ou les seules fiches en JSON (unix_fiche_emploi_metier_v4NN.json)."
    )

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        self.rapport = rapport
        tables, fiches = lire_livraison(chemin, rapport.rejeter)
        for lu in (tables, fiches):
            if lu is not None:
                self._refuser_plus_ancienne(lu.version)
        if tables is not None:
            yield self._importer_version(tables)
        if fiches is not None:
            complet = completer(fiches, rapport.rejeter)
            yield self._importer_version(complet.rome, complet.enjeux)

    def _importer_version(self, rome: Rome, enjeux: Mapping[str, str] | None = None) -> VersionReferentiel:
        """Write one version, whole; `enjeux` are those that the JSON form gives."""
        rapport = self.rapport
        rapprochement = mise_a_jour.rapprocher_fiches(rome.fiches, rome.appellations)
        en_vigueur = sum(not connue.retiree for connue, _ in rapprochement.paires) + len(
            rapprochement.retirees
        )
        self.tolerer_retraits("fiches en vigueur", len(rapprochement.retirees), en_vigueur)
        self._refuser_incoherente(rome, rapport)
        edition = self._edition(rome)
        referentiels = Referentiels(
            rome, edition, noter=self._noter, rejeter=rapport.rejeter, suivre=self.progression
        )
        referentiels.ecrire_domaines()
        bilan, metiers = mise_a_jour.ecrire_fiches(rome.fiches, rapprochement, edition)
        rapport.noter("métiers", bilan)
        self._noter("appellations", mise_a_jour.ecrire_appellations(rome.appellations, metiers, edition))
        mise_a_jour.suivre_les_metiers(rapprochement, edition, rapport)
        if enjeux is not None:
            mise_a_jour.oublier_l_ancien_metier(rapprochement)
        referentiels.ecrire(metiers, enjeux)
        # Noted, for a new way of computing changes the pages as much as a new file does.
        rapport.noter("niveaux d'accès", Bilan(modifies=models.Metier.objects.publies().recalculer_acces()))
        return edition

    def _edition(self, rome: Rome) -> VersionReferentiel:
        """The edition of this version: one and the same for both forms, whether or not the file says its date."""
        editions = VersionReferentiel.objects.filter(source=sources.ROME["code"], version=rome.version)
        if rome.date_publication is None:
            datee = editions.exclude(publiee_le=None).order_by("-publiee_le").first()
            return datee or self.version(sources.ROME, rome.version, None)
        if not editions.exclude(publiee_le=None).exists():
            editions.update(publiee_le=rome.date_publication)
        return self.version(sources.ROME, rome.version, rome.date_publication)

    def _refuser_plus_ancienne(self, version: str) -> None:
        chargees = VersionReferentiel.objects.filter(source=sources.ROME["code"]).values_list(
            "version", flat=True
        )
        derniere = max((int(v) for v in chargees if v.isdigit()), default=0)
        if int(version) < derniere and not self.forcer:
            raise FichierRefuse(
                f"La version {version} du ROME est plus ancienne que la version {derniere}, déjà chargée. "
                "Si c'est bien voulu, relancez avec --forcer."
            )

    def _refuser_incoherente(self, rome: Rome, rapport: Rapport) -> None:
        """A table cut at the end of a line looks whole: what the other tables say of it tells."""
        lues = sum(len(table) for champ in rome.__slots__ if isinstance(table := getattr(rome, champ), list))
        rejetees = len(rapport.rejets)
        if rejetees > REJETS_TOLERES * lues and not self.forcer:
            raise FichierRefuse(
                f"{rejetees} de ses lignes ne peuvent pas être gardées, pour {lues} qui peuvent l'être : une de ses "
                f"tables est sans doute incomplète. La première : {' '.join(rapport.rejets[0])}. "
                "Si c'est bien voulu, relancez avec --forcer."
            )

    def _noter(self, objet: str, bilan: Bilan) -> None:
        """Add to the report; a large table that loses a large share of its rows was more likely cut."""
        en_place = bilan.modifies + bilan.inchanges + bilan.retires
        if en_place >= GRANDE_TABLE:
            self.tolerer_retraits(objet, bilan.retires, en_place)
        self.rapport.noter(objet, bilan)
