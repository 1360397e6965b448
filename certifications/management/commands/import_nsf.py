"""`manage.py import_nsf CHEMIN`: load the groups of the nomenclature of spécialités de formation (NSF)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from catalogue.importing import CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from certifications import sources
from certifications.importers.nsf import lire_nsf
from certifications.models import Nsf


class Command(CommandeImport):
    help = (
        "Importe la nomenclature des spécialités de formation (dictionnaire NSF de la grammaire LHÉO, XML)."
    )
    genres = ()

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        lue = lire_nsf(chemin, rapport.rejeter)
        en_place = Nsf.objects.de_la_nomenclature()
        disparus = en_place.exclude(code__in=lue.groupes)
        self.tolerer_retraits("groupes de spécialités", disparus.count(), en_place.count())
        edition = self.version(sources.NSF, lue.version, None)
        # Fiches still cite it: it keeps its label, which is theirs from now on.
        retires = disparus.update(version=None)
        nomenclature = "groupes de spécialités"
        rapport.noter(
            nomenclature,
            synchroniser(
                Nsf.objects.filter(code__in=lue.groupes),
                ({"code": code, "libelle": libelle} for code, libelle in lue.groupes.items()),
                cle=("code",),
                absents=Absents.GARDER,
                version=edition,
            ),
        )
        rapport.noter(nomenclature, Bilan(retires=retires))
        yield edition
