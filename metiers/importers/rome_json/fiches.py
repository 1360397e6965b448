"""The objects of `unix_fiche_emploi_metier_v<NNN>.json`, one per fiche.

    {"numero": 11, "rome": {"code_rome": "A1101", "intitule": "Conducteur … d'engins agricoles", "code_ogr": 6},
     "appellations": [{"libelle": "…", "libelle_court": "…", "code_ogr": 11987}],
     "definition": "…", "acces_metier": "…",
     "competences": {
       "savoir_faire": {"enjeux": [{"libelle": "…", "items": [{"libelle": "…", "code_ogr": 1, "coeur_metier": "Principale"}]}]},
       "savoir_etre_professionnel": {"enjeux": […]},
       "savoirs": {"categories": [{"libelle": "…", "items": […]}]}},
     "contextes_travail": [{"libelle": "…", "items": [{"libelle": "…", "code_ogr": 300779}]}],
     "secteurs_activite": [{"code": 79, "libelle": "…", "principal": true}],
     "mobilites": [{"rome_cible": "A1414 - …", "code_org_rome_cible": 28, "ordre_mobilite": 1}]}

`code_org_rome_cible` is the file's own spelling: the OGR number of the fiche one may move to.
"""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

from metiers.importers.rome.controle import Controle
from metiers.importers.rome.records import Mobilite
from metiers.importers.rome_json import valeurs
from metiers.importers.rome_json.records import (
    AppellationDite,
    CompetenceDite,
    ContexteDit,
    FicheDite,
    LienDit,
    SavoirDit,
    SecteurDit,
)

_CIBLE = re.compile(r"\s*([A-N][0-9]{4})\b")


class _Cible(NamedTuple):
    code_rome: str
    rome_cible: str
    code_org: str
    ordre: str


class Fiches:
    """What the fiches read so far say, and the records they cite, each once."""

    def __init__(self, controle: Controle):
        self._controle = controle
        self.fiches: dict[str, FicheDite] = {}
        self.rejetees: set[str] = set()
        self.appellations: dict[str, AppellationDite] = {}
        self.competences: dict[str, CompetenceDite] = {}
        self.savoirs: dict[str, SavoirDit] = {}
        self.contextes: dict[str, ContexteDit] = {}
        self.secteurs: dict[str, str] = {}
        self.liens_competences: list[LienDit] = []
        self.liens_savoirs: list[LienDit] = []
        self.liens_contextes: list[LienDit] = []
        self.liens_secteurs: list[SecteurDit] = []
        self._cibles: list[_Cible] = []
        self._ogr: dict[str, str] = {}
        self._deux_enjeux: set[str] = set()

    def lire(self, objet: dict[str, Any], rang: int) -> bool:
        """Take one object; False when it is no fiche at all."""
        rome = objet.get("rome")
        if not isinstance(rome, dict) or "code_rome" not in rome:
            self._controle.rejeter("fiche", f"n° {rang}", "objet sans rome.code_rome")
            return False
        fiche = self._fiche(objet, rome)
        if fiche is None:
            if ogr := valeurs.code(rome.get("code_ogr")):
                self.rejetees.add(ogr)
            return True
        self._appellations(fiche, objet.get("appellations"))
        competences = objet.get("competences")
        if isinstance(competences, dict):
            self._competences(fiche, competences)
        self._contextes(fiche, objet.get("contextes_travail"))
        self._secteurs(fiche, objet.get("secteurs_activite"))
        self._mobilites(fiche, objet.get("mobilites"))
        return True

    def mobilites(self, departs: Container[str], code_par_ogr: Mapping[str, str]) -> list[Mobilite]:
        """Once all fiches are read: the moves from one of `departs` to a fiche, by its code or else its OGR number."""
        codes = set(code_par_ogr.values())
        lues: dict[tuple[str, str], Mobilite] = {}
        for depart, rome_cible, org, ordre in self._cibles:
            if depart not in departs:
                continue
            trouve = _CIBLE.match(rome_cible)
            cible = trouve[1] if trouve and trouve[1] in codes else code_par_ogr.get(org, "")
            cle = f"{depart} → {cible or rome_cible[:60] or org}"
            if not self._controle.connu("mobilité", cle, "code ROME", cible or rome_cible[:60], codes):
                continue
            if depart == cible:
                self._controle.rejeter("mobilité", cle, "une fiche ne mène pas à elle-même")
            elif (depart, cible) in lues:
                self._controle.rejeter("mobilité", cle, "lien en double")
            elif (rang := self._controle.rang("mobilité", cle, "ordre_mobilite", ordre)) is not None:
                lues[depart, cible] = Mobilite(depart, cible, rang)
        return list(lues.values())

    def _fiche(self, objet: dict[str, Any], rome: dict[str, Any]) -> FicheDite | None:
        code, ogr = valeurs.code(rome["code_rome"]), valeurs.code(rome.get("code_ogr"))
        if not self._controle.code_rome("fiche", code):
            return None
        titre = valeurs.libelle(self._controle, "fiche", code, rome.get("intitule"), "intitulé")
        # A title that cannot be read is not a title missing: the one already known may do.
        dit = valeurs.code(rome.get("intitule"))[:60]
        if not self._controle.nouvelle_cle("fiche", code, self.fiches, dit):
            return None
        if not self._controle.nouvel_ogr("fiche", ogr, self._ogr, code):
            return None
        self._ogr[ogr] = code
        self.fiches[code] = FicheDite(
            code_ogr=ogr,
            code_rome=code,
            libelle=titre,
            numero=self._controle.court("fiche", code, "numero", valeurs.code(objet.get("numero")), 10),
            definition=valeurs.prose(self._controle, code, "definition", objet.get("definition")),
            acces_metier=valeurs.prose(self._controle, code, "acces_metier", objet.get("acces_metier")),
            attributs=valeurs.attributs(self._controle, "fiche", code, objet, rome),
        )
        return self.fiches[code]

    def _appellations(self, fiche: FicheDite, liste: Any) -> None:
        if not isinstance(liste, list):
            return
        fiche.parties.add("appellations")
        for rang, item in valeurs.dictionnaires(self._controle, "appellation", fiche.code_rome, liste):
            ogr, titre = valeurs.code(item.get("code_ogr")), item.get("libelle")
            cle = ogr or f"{fiche.code_rome}, n° {rang}"
            if self._controle.nouvel_ogr("appellation", ogr, self.appellations, valeurs.code(titre)[:60]):
                self.appellations[ogr] = AppellationDite(
                    ogr,
                    fiche.code_rome,
                    valeurs.libelle(self._controle, "appellation", cle, titre),
                    valeurs.libelle(
                        self._controle, "appellation", cle, item.get("libelle_court"), "libellé court"
                    ),
                    valeurs.code(item["classification"]) == "PRINCIPALE"
                    if "classification" in item
                    else None,
                    valeurs.attributs(self._controle, "appellation", cle, item),
                )

    def _competences(self, fiche: FicheDite, competences: dict[str, Any]) -> None:
        vues: set[str] = set()
        for partie, cle in (("savoir_faire", "savoir_faire"), ("savoir_etre", "savoir_etre_professionnel")):
            groupes = valeurs.groupes(competences.get(cle), "enjeux")
            if groupes is None:
                continue
            fiche.parties.add(partie)
            for titre, items in groupes:
                enjeu = ""
                if partie == "savoir_faire":
                    enjeu = valeurs.libelle(self._controle, "enjeu", fiche.code_rome, titre)
                for ogr, item in self._items(fiche, "compétence", items, vues):
                    self._competence(ogr, item, partie == "savoir_etre", enjeu)
                    self.liens_competences.append(
                        LienDit(fiche.code_rome, ogr, self._coeur(fiche, ogr, item))
                    )
        groupes = valeurs.groupes(competences.get("savoirs"), "categories")
        if groupes is None:
            return
        fiche.parties.add("savoirs")
        vus: set[str] = set()
        for titre, items in groupes:
            categorie = valeurs.libelle(
                self._controle, "savoir", fiche.code_rome, titre, "catégorie", maximum=200
            )
            for ogr, item in self._items(fiche, "savoir", items, vus):
                if ogr not in self.savoirs or not self.savoirs[ogr].libelle:
                    self.savoirs[ogr] = SavoirDit(
                        valeurs.libelle(self._controle, "savoir", ogr, item.get("libelle")), categorie
                    )
                self.liens_savoirs.append(LienDit(fiche.code_rome, ogr, self._coeur(fiche, ogr, item)))

    def _competence(self, ogr: str, item: dict[str, Any], savoir_etre: bool, enjeu: str) -> None:
        connue = self.competences.get(ogr)
        if connue is None:
            connue = self.competences[ogr] = CompetenceDite("", savoir_etre=savoir_etre, enjeu=enjeu)
        if not connue.libelle:
            connue.libelle = valeurs.libelle(self._controle, "compétence", ogr, item.get("libelle"))
        if not connue.enjeu:
            connue.enjeu = enjeu
        elif enjeu and enjeu != connue.enjeu and ogr not in self._deux_enjeux:
            self._deux_enjeux.add(ogr)
            self._controle.rejeter(
                "enjeu", ogr, f"rangée sous « {connue.enjeu} » et sous « {enjeu} » : le premier est gardé"
            )

    def _contextes(self, fiche: FicheDite, valeur: Any) -> None:
        groupes = valeurs.groupes(valeur)
        if groupes is None:
            return
        fiche.parties.add("contextes")
        vus: set[str] = set()
        for titre, items in groupes:
            type_ = valeurs.libelle(
                self._controle, "contexte de travail", fiche.code_rome, titre, "type", maximum=100
            )
            for ogr, item in self._items(fiche, "contexte de travail", items, vus):
                if ogr not in self.contextes or not self.contextes[ogr].libelle:
                    libelle = valeurs.libelle(self._controle, "contexte de travail", ogr, item.get("libelle"))
                    self.contextes[ogr] = ContexteDit(libelle, type_)
                self.liens_contextes.append(LienDit(fiche.code_rome, ogr, None))

    def _secteurs(self, fiche: FicheDite, liste: Any) -> None:
        if not isinstance(liste, list):
            return
        fiche.parties.add("secteurs")
        vus: set[str] = set()
        for rang, item in valeurs.dictionnaires(self._controle, "lien secteur", fiche.code_rome, liste):
            code = valeurs.code(item.get("code"))
            cle = f"{fiche.code_rome} – {code or f'n° {rang}'}"
            if not self._controle.nouvelle_cle("lien secteur", code, vus, cle):
                continue
            if len(code) > 10:
                self._controle.rejeter("lien secteur", cle[:60], "code trop long")
                continue
            vus.add(code)
            if not self.secteurs.get(code):
                self.secteurs[code] = valeurs.libelle(
                    self._controle, "secteur", code, item.get("libelle"), maximum=200
                )
            principal = None
            if "principal" in item:
                principal = valeurs.drapeau(
                    self._controle, "lien secteur", cle, "principal", item["principal"]
                )
            self.liens_secteurs.append(SecteurDit(fiche.code_rome, code, principal))

    def _mobilites(self, fiche: FicheDite, liste: Any) -> None:
        if not isinstance(liste, list):
            return
        fiche.parties.add("mobilites")
        for rang, item in valeurs.dictionnaires(self._controle, "mobilité", fiche.code_rome, liste):
            # The list is in order: its own rank says as much when the number is missing.
            ordre = valeurs.code(item["ordre_mobilite"]) if item.get("ordre_mobilite") is not None else rang
            self._cibles.append(
                _Cible(
                    fiche.code_rome,
                    valeurs.code(item.get("rome_cible")),
                    valeurs.code(item.get("code_org_rome_cible", item.get("code_ogr_rome_cible"))),
                    str(ordre),
                )
            )

    def _items(
        self, fiche: FicheDite, objet: str, items: list[Any], vus: set[str]
    ) -> Iterable[tuple[str, dict[str, Any]]]:
        """The items of one list with their OGR number, once each in a fiche."""
        for rang, item in valeurs.dictionnaires(self._controle, f"lien {objet}", fiche.code_rome, items):
            ogr = valeurs.code(item.get("code_ogr"))
            cle = f"{fiche.code_rome} – {ogr or f'n° {rang}'}"
            if ogr in vus:
                self._controle.rejeter(f"lien {objet}", cle, "lien en double")
            elif self._controle.nouvel_ogr(objet, ogr, (), cle):
                vus.add(ogr)
                yield ogr, item

    def _coeur(self, fiche: FicheDite, ogr: str, item: dict[str, Any]) -> str | None:
        return valeurs.coeur(self._controle, f"{fiche.code_rome} – {ogr}", item)
