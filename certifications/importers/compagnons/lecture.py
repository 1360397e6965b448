"""Gather what the tables of a delivery say of each fiche; what every form has in common is here."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from certifications.importers.compagnons.tables import Table, Trouvee, exiger, rangees, trouver
from certifications.importers.compagnons.valeurs import Rangee, Rejeter, Textes, voie
from certifications.importers.rncp.fiche import (
    PARTIES,
    Bloc,
    Certificateur,
    Debouche,
    Fiche,
    Filiation,
    Nsf,
    Voie,
)
from certifications.importers.rncp.valeurs import NUMERO

INFO = "fiches"
_CODE_ROME = re.compile(r"[A-Z]\d{0,4}", re.ASCII)
_VIDES: dict[str, Any] = {
    champ: () if champ in PARTIES else [] if type_ == list[int] else "" if type_ is str else None
    for champ, type_ in Fiche.__annotations__.items()
}


class Parties:
    """The parts of the fiches, by fiche then by name of `Fiche`, the first one of each key."""

    def __init__(self, rejeter: Rejeter) -> None:
        self._rejeter = rejeter
        self._parties: dict[str, dict[str, dict[Any, Any]]] = {}
        self.doubles: Counter[str] = Counter()

    def ajouter(self, numero: str, nom: str, cle: Any, partie: Any) -> None:
        """A row that says again what another said is counted; one that says something else is rejected."""
        deja = self._parties.setdefault(numero, {}).setdefault(nom, {})
        if cle not in deja:
            deja[cle] = partie
        elif deja[cle] == partie:
            self.doubles[nom] += 1
        else:
            self._rejeter(
                Rejet(_NOMS[nom][0], f"{numero}, {cle}", "en double dans la fiche, avec d'autres valeurs")
            )

    def de(self, numero: str, nom: str) -> Mapping[Any, Any]:
        """The parts of this name of one fiche, by key."""
        return self._parties.get(numero, {}).get(nom, {})

    def retirer(self, numero: str) -> dict[str, tuple[Any, ...]]:
        """The parts of this fiche, which are no longer kept here."""
        return {nom: tuple(parties.values()) for nom, parties in self._parties.pop(numero, {}).items()}

    def orphelines(self) -> Iterator[tuple[str, int]]:
        """The fiches that parts speak of and that no row describes, with how many parts each has."""
        for numero, parties in self._parties.items():
            yield numero, sum(map(len, parties.values()))


class Lecture:
    """The fiches of a delivery in tables, read once; made by `lire_export_csv()` and `lire_kit()`.

    `edition` is its name beside its date (« CSV », « kit v1.4 »), `date_export` its date or None, `rubriques` what it
    speaks of: columns and parts of `Fiche`. After an iteration, `lues` are the rows read of each table, and `constats` the
    sentences worth an operator's reading.
    """

    TABLES: tuple[Table, ...]
    COLONNES: frozenset[str]
    """Columns of `Fiche` that the first table of this form has."""
    PARTIES_DES_TABLES: Mapping[str, str]
    """The part of `Fiche` that each other table holds."""
    QUOI: str
    """The table without which there is nothing to read, for the message that says so."""

    edition: str
    date_export: date | None

    def __init__(self, chemin: Path, rejeter: Rejeter):
        self.chemin = chemin
        self._rejeter = rejeter
        self._textes = Textes()
        self.constats: list[str] = []
        self.lues: Counter[str] = Counter()
        with ouvrir(chemin) as dossier:
            self.trouvees: dict[str, Trouvee] = trouver(dossier, self.TABLES)
            exiger(dossier, self.trouvees, INFO, self.QUOI)
        presentes = {partie for table, partie in self.PARTIES_DES_TABLES.items() if table in self.trouvees}
        self.rubriques: frozenset[str] = self.COLONNES | presentes

    def __iter__(self) -> Iterator[Fiche]:
        self.constats.clear()
        self.lues.clear()
        parties = Parties(self._rejeter)
        with ouvrir(self.chemin) as dossier:
            for table in self.PARTIES_DES_TABLES:
                if table in self.trouvees:
                    lire = getattr(self, f"_{table}")
                    for numero, valeurs in self._rangees(dossier, table):
                        lire(numero, self._rangee(valeurs, numero), parties)
            yield from self._fiches(dossier, parties)
        for numero, combien in parties.orphelines():
            self._rejeter(Rejet("fiche", numero, f"citée par {combien} ligne(s), décrite par aucune"))
        nombres = ", ".join(
            f"{self.lues[table.nom]} {table.nom}" for table in self.TABLES if table.nom in self.trouvees
        )
        self.constats.append(f"Lignes lues : {nombres}.")
        for nom, combien in parties.doubles.items():
            self.constats.append(
                f"{combien} ligne(s) répétée(s) à l'identique ({_NOMS[nom][1]}), lue(s) une fois."
            )

    @abstractmethod
    def _fiches(self, dossier: Dossier, parties: Parties) -> Iterator[Fiche]:
        """The fiches of the first table, in its order, with their parts."""

    def _rangees(self, dossier: Dossier, table: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The rows of one table under a sound number; the others are rejected, all of them refuse the file."""
        voulue = next(t for t in self.TABLES if t.nom == table)
        bonnes = mauvaises = 0
        for valeurs in rangees(dossier, self.trouvees[table], voulue.colonnes, self._rejeter):
            numero = valeurs["numero"].strip().upper()
            if NUMERO.fullmatch(numero):
                bonnes += 1
                self.lues[table] += 1
                yield numero, valeurs
            else:
                mauvaises += 1
                self._rejeter(
                    Rejet("fiche", numero[:40] or "sans numéro", "numéro de fiche mal formé ou absent")
                )
        if mauvaises > bonnes:
            raise FichierRefuse(
                f"Le fichier {self.trouvees[table].fichier} n'a pas le format attendu : "
                f"{mauvaises} lignes sur {bonnes + mauvaises} sont sans numéro de fiche."
            )

    def _rangee(self, valeurs: Mapping[str, str], cle: str) -> Rangee:
        return Rangee(valeurs, cle, self._textes, self._rejeter)

    # One method for each table, named after it.

    def _blocs(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        code = self.code_de_bloc(rangee.ligne("code", 40))
        # « … à l'omnicanal : » announces a list that tables do not give.
        libelle = rangee.libelle("libelle", "", 1000).rstrip(" :")
        if code and libelle:
            parties.ajouter(numero, "blocs", code, Bloc(code, libelle))
        else:
            rangee.rejeter("bloc", "intitulé absent" if code else "code absent")

    def code_de_bloc(self, code: str) -> str:
        return code

    def _certificateurs(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        nom = rangee.ligne("nom", 500)
        if not nom:
            rangee.rejeter("certificateur", "nom absent")
            return
        rangee.cle = f"{numero}, certificateur {nom[:80]}"
        siret = rangee.siret("siret")
        deja = parties.de(numero, "certificateurs").get(siret or nom)
        ordre = deja.ordre if deja else len(parties.de(numero, "certificateurs"))
        parties.ajouter(numero, "certificateurs", siret or nom, Certificateur(ordre, siret, nom))

    def _rome(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        code = rangee.code("code")
        if not _CODE_ROME.fullmatch(code):
            rangee.rejeter("code ROME", f"code mal formé : « {code[:20]} »" if code else "code absent")
            return
        parties.ajouter(numero, "debouches", code, Debouche(code, rangee.libelle("libelle", code, 300)))

    def _nsf(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        if code := rangee.ligne("code", 10):
            parties.ajouter(numero, "nsf", code, Nsf(code, rangee.libelle("libelle", code, 300)))
        else:
            rangee.rejeter("code NSF", "code absent")

    def _voies(self, numero: str, rangee: Rangee, parties: Parties) -> None:
        """The table lists the ways that are open; the others are not said to be closed."""
        if trouvee := voie(rangee.code("code")) or voie(rangee.code("libelle")):
            parties.ajouter(numero, "voies", trouvee, Voie(trouvee, ouverte=True))
        else:
            rangee.rejeter("voie d'accès", f"voie inconnue : « {rangee.code('libelle')[:60]} »")

    def filiation(self, ancienne: str, nouvelle: str, numero: str, parties: Parties) -> None:
        """`numero` says that one replaces the other; an empty number says nothing."""
        ancienne, nouvelle = (texte.strip().upper() for texte in (ancienne, nouvelle))
        if not ancienne or not nouvelle:
            return
        if ancienne == nouvelle:
            self._rejeter(Rejet("filiation", numero, "la fiche se remplacerait elle-même"))
        elif not (NUMERO.fullmatch(ancienne) and NUMERO.fullmatch(nouvelle)):
            self._rejeter(
                Rejet("filiation", f"{ancienne[:40]} → {nouvelle[:40]}", "numéro de fiche invalide")
            )
        else:
            parties.ajouter(numero, "filiations", (ancienne, nouvelle), Filiation(ancienne, nouvelle, numero))

    def assembler(self, numero: str, parties: Mapping[str, tuple[Any, ...]], **colonnes: Any) -> Fiche:
        """A fiche that says this, and nothing of the rest."""
        type_ = "RNCP" if numero.startswith("RNCP") else "RS"
        return Fiche(**{**_VIDES, "numero": numero, "type": type_, **colonnes, **parties})


_NOMS = {
    "blocs": ("bloc", "blocs"),
    "certificateurs": ("certificateur", "certificateurs"),
    "partenaires": ("partenaire", "partenaires"),
    "debouches": ("code ROME", "codes ROME"),
    "nsf": ("code NSF", "spécialités NSF"),
    "formacodes": ("formacode", "formacodes"),
    "conventions": ("convention collective", "conventions collectives"),
    "voies": ("voie d'accès", "voies d'accès"),
    "filiations": ("filiation", "filiations"),
}
"""Each part in French: one of them, several of them."""
