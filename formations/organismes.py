"""Finding an organisme by SIRET or UAI, whichever source names it, and writing what that source says of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from catalogue.fichiers.refus import Rejet
from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Bilan
from formations.importers.offre_lue import OrganismeLu
from formations.models import Organisme

Cle = tuple[str, str]
"""SIRET and UAI as a line gives them, one of them possibly ""."""


class RegistreDesOrganismes:
    """The organismes met in one file. The first line that names one describes it.

    The SIRET decides; the UAI does when the SIRET is missing or unknown and that UAI has no other SIRET. The columns
    belong to the source that brought the organisme, and are not emptied; other sources fill those that are empty.
    """

    def __init__(self, edition: VersionReferentiel, rapport: Rapport):
        self._edition = edition
        self._rapport = rapport
        self._connus: dict[Cle, int] = {}

    def inscrire(self, lus: Iterable[OrganismeLu]) -> dict[Cle, int]:
        """SIRET and UAI → pk, for those of `lus` that have one of them; created, completed or left as they are."""
        nouveaux: dict[Cle, OrganismeLu] = {}
        voulus: set[Cle] = set()
        for lu in lus:
            cle = (lu.siret, lu.uai)
            if any(cle):
                voulus.add(cle)
                if cle not in self._connus:
                    nouveaux.setdefault(cle, lu)
        if nouveaux:
            self._ecrire(nouveaux)
        return {cle: self._connus[cle] for cle in voulus}

    def _ecrire(self, lus: dict[Cle, OrganismeLu]) -> None:
        sirets = {siret for siret, _ in lus if siret}
        uais = {uai for _, uai in lus if uai}
        trouves = list(Organisme.objects.filter(Q(siret__in=sirets) | Q(uai__in=uais)))
        par_siret = {o.siret: o for o in trouves if o.siret}
        par_uai = {o.uai: o for o in trouves if o.uai}
        bilan, a_creer, a_modifier = Bilan(), [], {}
        for cle, lu in lus.items():
            organisme = par_siret.get(lu.siret) if lu.siret else None
            if organisme is None and lu.uai in par_uai and not (lu.siret and par_uai[lu.uai].siret):
                organisme = par_uai[lu.uai]
            uai = lu.uai
            if uai and par_uai.get(uai, organisme) is not organisme:
                self._rapport.rejeter(
                    Rejet("UAI", uai, f"déjà celui d'un autre organisme que le SIRET {lu.siret}")
                )
                uai = ""
            if organisme is None:
                organisme = Organisme(source_id=self._edition.source_id, version=self._edition)
                self._decrire(organisme, lu._replace(uai=uai))
                a_creer.append(organisme)
                bilan.crees += 1
            elif self._decrire(organisme, lu._replace(uai=uai)):
                if organisme.pk:
                    a_modifier[organisme.pk] = organisme
                bilan.modifies += 1
            else:
                bilan.inchanges += 1
            if organisme.siret:
                par_siret[organisme.siret] = organisme
            if organisme.uai:
                par_uai[organisme.uai] = organisme
            lus[cle] = lu._replace(siret=organisme.siret, uai=organisme.uai)
        Organisme.objects.bulk_create(a_creer)
        champs = [*OrganismeLu._fields, "version", "retire_le"]
        Organisme.objects.bulk_update(a_modifier.values(), champs, batch_size=200)
        self._rapport.noter("organismes", bilan)
        for cle, lu in lus.items():
            self._connus[cle] = (par_siret.get(lu.siret) or par_uai[lu.uai]).pk

    def _decrire(self, organisme: Organisme, lu: OrganismeLu) -> bool:
        """Write what may be written; whether a column changed."""
        sienne = organisme.source_id == self._edition.source_id
        change = False
        for champ, valeur in lu._asdict().items():
            actuelle: Any = getattr(organisme, champ)
            remplace = sienne and champ not in ("siret", "uai")
            if valeur and valeur != actuelle and (remplace or not actuelle):
                setattr(organisme, champ, valeur)
                change = True
        if organisme.retire_le is not None:
            organisme.retire_le = None
            change = True
        return change
