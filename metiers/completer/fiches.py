"""Fiches, appellations and domaines of a JSON delivery, completed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from metiers import models
from metiers.identite import FicheAnnoncee, FicheConnue, Rapprochement, rapprocher
from metiers.importers.rome.controle import Controle
from metiers.importers.rome.domaines import DOMAINES, GRANDS_DOMAINES
from metiers.importers.rome.records import Appellation, DomaineProfessionnel, Fiche, GrandDomaine
from metiers.importers.rome_json import RomeDit
from metiers.importers.rome_json.records import AppellationDite, FicheDite

_TEXTES = {"transition_ecologique": "", "riasec_majeur": "", "riasec_mineur": ""}
_DRAPEAUX = ("transition_numerique", "transition_demographique", "emploi_reglemente", "emploi_cadre")


@dataclass
class FichesCompletes:
    """`dites` are the fiches of the file that are kept, by code; the others of `fiches` are « tues »: the file leaves them out.

    `code_par_pk` gives the code, in this version, of each métier already known; `reaffectes` are the primary keys of those
    given to another job.
    """

    grands_domaines: list[GrandDomaine]
    domaines: list[DomaineProfessionnel]
    fiches: list[Fiche] = field(default_factory=list)
    appellations: list[Appellation] = field(default_factory=list)
    dites: dict[str, FicheDite] = field(default_factory=dict)
    code_par_pk: dict[int, str] = field(default_factory=dict)
    reaffectes: set[int] = field(default_factory=set)

    @property
    def code_par_ogr(self) -> dict[str, str]:
        return {fiche.code_ogr: fiche.code_rome for fiche in self.fiches}


def completer_fiches(dit: RomeDit, controle: Controle) -> FichesCompletes:
    return _Completion(dit, controle).mener()


class _Completion:
    def __init__(self, dit: RomeDit, controle: Controle):
        self.dit = dit
        self.controle = controle
        self.connus = {m.pk: m for m in models.Metier.objects.select_related("version")}
        self.par_ogr = {m.code_ogr: m for m in self.connus.values()}
        self.appellations = {
            a.pk: a for a in models.Appellation.objects.select_related("version").order_by("pk")
        }
        self.dites_de: dict[str, list[AppellationDite]] = defaultdict(list)
        for appellation in dit.fiches.appellations.values():
            self.dites_de[appellation.code_rome].append(appellation)

    def mener(self) -> FichesCompletes:
        self.lues = FichesCompletes(*_domaines(self.dit))
        self._choisir()
        rapprochement = self._rapprocher()
        tus = self._tus(rapprochement)
        metier_de = {annoncee.code_rome: self.connus[connue.pk] for connue, annoncee in rapprochement.paires}
        self.lues.code_par_pk = {m.pk: code for code, m in metier_de.items()} | {
            m.pk: m.code_rome for m in tus
        }
        self.lues.reaffectes = {connue.pk for connue, _ in rapprochement.reaffectees}
        self.codes = {*self.lues.code_par_pk.values(), *self.lues.dites}
        for code, fiche in self.lues.dites.items():
            self.lues.fiches.append(self._fiche(fiche, metier_de.get(code)))
        self.lues.fiches += [self._fiche_tue(metier) for metier in tus]
        self._ecrire_appellations({m.pk: m.code_rome for m in tus})
        return self.lues

    def _choisir(self) -> None:
        """The fiches of the file that can be kept: in a known domaine, with a title or already one."""
        domaines = {domaine.code for domaine in self.lues.domaines}
        self.principales: dict[str, str] = {}
        for code, fiche in self.dit.fiches.fiches.items():
            connu = self.par_ogr.get(fiche.code_ogr)
            fiche.libelle = fiche.libelle or (connu.libelle if connu else "")
            if not fiche.libelle:
                self.controle.rejeter("fiche", code, "libellé absent")
            elif self.controle.connu("fiche", code, "domaine professionnel", code[:3], domaines):
                self.lues.dites[code] = fiche
                self.principales[code] = self._principale(fiche, connu)
                continue
            self.dit.fiches.rejetees.add(fiche.code_ogr)

    def _principale(self, fiche: FicheDite, connu: models.Metier | None) -> str:
        """The OGR number of the principal appellation: the one attributs to be, else the one that bears the fiche's title.

        Failing that, the one already known, as long as the title or the appellation itself is still there.
        """
        dites = self.dites_de[fiche.code_rome]
        temoin = connu.temoin if connu else ""
        candidates = [a.code_ogr for a in dites if a.principale] or [
            a.code_ogr for a in dites if _serre(self._titre(a)) == _serre(fiche.libelle)
        ]
        if candidates:
            return temoin if temoin in candidates else candidates[0]
        ailleurs = self.dit.fiches.appellations.get(temoin)
        if ailleurs is not None:
            return temoin if ailleurs.code_rome == fiche.code_rome else ""
        return temoin if connu is not None and connu.libelle == fiche.libelle else ""

    def _titre(self, appellation: AppellationDite) -> str:
        connue = self.appellations.get(appellation.code_ogr)
        return appellation.libelle or (connue.libelle if connue else "")

    def _rapprocher(self) -> Rapprochement:
        return rapprocher(
            (
                FicheConnue(m.pk, m.code_ogr, m.code_rome, m.libelle, m.temoin, m.est_retire)
                for m in self.connus.values()
            ),
            (
                FicheAnnoncee(f.code_ogr, code, f.libelle, self.principales[code])
                for code, f in self.lues.dites.items()
            ),
        )

    def _tus(self, rapprochement: Rapprochement) -> list[models.Metier]:
        """The métiers in force that the file leaves out and that stay: of its own version, or refused in it."""
        absents = (self.connus[connue.pk] for connue in rapprochement.retirees)
        return [
            metier
            for metier in absents
            if metier.code_rome not in self.lues.dites
            and (metier.code_ogr in self.dit.fiches.rejetees or _de_la_version(metier, self.dit))
        ]

    def _fiche(self, fiche: FicheDite, metier: models.Metier | None) -> Fiche:
        """What the file says, then what is known of the same job."""
        connu = metier if metier is not None and metier.pk not in self.lues.reaffectes else None
        attributs = fiche.attributs
        numero = fiche.numero if len(fiche.numero) <= 10 else ""
        return Fiche(
            code_ogr=fiche.code_ogr,
            code_fiche_metier=(metier.code_fiche_metier if metier else "") or numero,
            code_rome=fiche.code_rome,
            libelle=fiche.libelle,
            domaine=fiche.code_rome[:3],
            code_rome_parent=self._parent(fiche, connu),
            definition=_texte(fiche.definition, connu.definition if connu else ""),
            acces_metier=_texte(fiche.acces_metier, connu.acces_metier if connu else ""),
            **{nom: attributs.get(nom, getattr(connu, nom, vide)) for nom, vide in _TEXTES.items()},  # type: ignore[arg-type]
            **{nom: attributs.get(nom, getattr(connu, nom, None)) for nom in _DRAPEAUX},  # type: ignore[arg-type]
        )

    def _parent(self, fiche: FicheDite, connu: models.Metier | None) -> str:
        if "code_rome_parent" in fiche.attributs:
            parent = str(fiche.attributs["code_rome_parent"])
            return self.controle.parmi("fiche", fiche.code_rome, "code_rome_parent", parent, self.codes)
        if connu is None:
            return ""
        return self.lues.code_par_pk.get(connu.parent_id, "") if connu.parent_id else fiche.code_rome

    def _fiche_tue(self, metier: models.Metier) -> Fiche:
        return Fiche(
            code_ogr=metier.code_ogr,
            code_fiche_metier=metier.code_fiche_metier,
            code_rome=metier.code_rome,
            libelle=metier.libelle,
            domaine=metier.domaine_id,
            code_rome_parent=(
                self.lues.code_par_pk.get(metier.parent_id, "") if metier.parent_id else metier.code_rome
            ),
            definition=metier.definition,
            acces_metier=metier.acces_metier,
            **{nom: getattr(metier, nom) for nom in (*_TEXTES, *_DRAPEAUX)},
        )

    def _ecrire_appellations(self, code_du_tu: dict[int, str]) -> None:
        principales = {ogr for ogr in self.principales.values() if ogr}
        for dite in self.dit.fiches.appellations.values():
            if dite.code_rome not in self.lues.dites:
                continue
            if not self._titre(dite):
                self.controle.rejeter("appellation", dite.code_ogr, "libellé absent")
                continue
            self.lues.appellations.append(self._appellation(dite, dite.code_ogr in principales))
        ecrites = {appellation.code_ogr for appellation in self.lues.appellations}
        for connue in self.appellations.values():
            code = self.lues.code_par_pk.get(connue.metier_id)
            if code is None or connue.est_retire or connue.pk in ecrites:
                continue
            tue = connue.metier_id in code_du_tu
            muette = tue or "appellations" not in self.lues.dites[code].parties
            principale = self.principales.get(code) == connue.pk
            if muette or principale or _de_la_version(connue, self.dit):
                self.lues.appellations.append(
                    _appellation_connue(connue, code, connue.principale if tue else principale)
                )
        sans = set(self.lues.dites) - {a.code_rome for a in self.lues.appellations if a.principale}
        for code in sorted(sans):
            self.controle.rejeter("fiche", code, "aucune appellation principale")

    def _appellation(self, dite: AppellationDite, principale: bool) -> Appellation:
        connue = self.appellations.get(dite.code_ogr)
        attributs = dite.attributs
        noms = ("peu_usitee", *_DRAPEAUX)
        return Appellation(
            code_ogr=dite.code_ogr,
            code_rome=dite.code_rome,
            libelle=self._titre(dite),
            libelle_court=dite.libelle_court or (connue.libelle_court if connue else ""),
            principale=principale,
            transition_ecologique=attributs.get(
                "transition_ecologique", getattr(connue, "transition_ecologique", "")
            ),  # type: ignore[arg-type]
            code_rome_parent=self._parent_dit(dite, connue),
            **{nom: attributs.get(nom, getattr(connue, nom, None)) for nom in noms},  # type: ignore[arg-type]
        )

    def _parent_dit(self, dite: AppellationDite, connue: models.Appellation | None) -> str:
        if "code_rome_parent" not in dite.attributs:
            return connue.code_rome_parent if connue else ""
        parent = str(dite.attributs["code_rome_parent"])
        return self.controle.parmi("appellation", dite.code_ogr, "code_rome_parent", parent, self.codes)


def _appellation_connue(connue: models.Appellation, code: str, principale: bool) -> Appellation:
    return Appellation(
        code_ogr=connue.pk,
        code_rome=code,
        libelle=connue.libelle,
        libelle_court=connue.libelle_court,
        principale=principale,
        transition_ecologique=connue.transition_ecologique,
        code_rome_parent=connue.code_rome_parent,
        **{nom: getattr(connue, nom) for nom in ("peu_usitee", *_DRAPEAUX)},
    )


def _domaines(dit: RomeDit) -> tuple[list[GrandDomaine], list[DomaineProfessionnel]]:
    """Those of the file, else those in force, and the ones its codes call for under their usual label."""
    grands = {g.pk: g.libelle for g in models.GrandDomaine.objects.publies()}
    domaines = {d.pk: d.libelle for d in models.DomaineProfessionnel.objects.publies()}
    grands |= {g.code: g.libelle for g in dit.grands_domaines or ()}
    domaines |= {d.code: d.libelle for d in dit.domaines or ()}
    for code in sorted({code[:3] for code in dit.fiches.fiches}):
        if code not in domaines and code in DOMAINES:
            domaines[code] = DOMAINES[code]
        if code in domaines:
            grands.setdefault(code[0], GRANDS_DOMAINES.get(code[0], code[0]))
    return (
        [GrandDomaine(code, libelle) for code, libelle in grands.items()],
        [DomaineProfessionnel(code, libelle, code[0]) for code, libelle in domaines.items()],
    )


def _texte(dit: str | None, connu: str) -> str:
    """The text of the file, but for white space: the CSV form has one sentence per line, this one perhaps not."""
    if dit is None or "".join(dit.split()) == "".join(connu.split()):
        return connu
    return dit


def _serre(titre: str) -> str:
    return " ".join(titre.split()).casefold()


def _de_la_version(enregistrement: Any, dit: RomeDit) -> bool:
    version = enregistrement.version
    return version is not None and version.version == dit.version
