"""Read an offer in LHÉO 2.3 (`http://lheo.gouv.fr/2.3`) or 2.2 (`http://www.lheo.org/2.2`).

`lheo/offres/formation{domaine-formation, intitule-formation, …, action+{…, lieu-de-formation*, session+{periode{debut,
fin}, …}}, organisme-formation-responsable{SIRET-organisme-formation, …}}`. Fields are mandatory in the grammar, so
files are full of fillers: « - », 99999999999 for a missing numéro d'activité, 0 for a missing level. Texts may hold
HTML. Postal codes may be CEDEX. Numbers of RNCP fiches come without their prefix.
"""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.xml import elements
from formations.importers import valeurs
from formations.importers.lheo_elements import NoeudLheo, formation, lieu, organisme, session
from formations.importers.offre_lue import Offre

GRAMMAIRES = {"http://lheo.gouv.fr/2.3": "2.3", "http://www.lheo.org/2.2": "2.2"}
PROLOGUE_MAX = 64 * 1024


class LectureLheo:
    """A LHÉO file, opened. `version` is its grammar; it gives no date of its own, save in extras no one shares."""

    publiee_le: date | None = None

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        self._chemin = chemin
        self._rejeter = rejeter
        with ouvrir(chemin) as dossier:
            self._nom = _fichier_xml(dossier)
            with dossier.ouvrir(self._nom) as flux:
                self._espace = _espace_de_noms(flux, self._nom)
        self.version = f"LHÉO {GRAMMAIRES[self._espace]}"
        self.formations = self.actions = self.sessions = 0
        self._organismes: set[str] = set()

    def __iter__(self) -> Iterator[Offre]:
        def nom(balise: str) -> str:
            return f"{{{self._espace}}}{balise}"

        with ouvrir(self._chemin) as dossier, dossier.ouvrir(self._nom) as flux:
            lues = elements(
                flux,
                self._nom,
                racine=nom("lheo"),
                conteneur=nom("offres"),
                balise=nom("formation"),
                rejeter=self._rejeter,
            )
            for rang, element in enumerate(lues, start=1):
                yield from self._offres(element, rang)

    def remarques(self) -> list[str]:
        return [
            (
                f"Grammaire LHÉO {GRAMMAIRES[self._espace]} : {self.formations} formations, {self.actions} actions, "
                f"{self.sessions} sessions, {len(self._organismes)} organismes responsables."
            )
        ]

    def _offres(self, element: Element, rang: int) -> Iterator[Offre]:
        noeud = NoeudLheo(element, self._espace)
        responsable = organisme(noeud.premier("organisme-formation-responsable"))
        self.formations += 1
        if responsable is None:
            cle = noeud.attribut("numero") or f"n° {rang} du fichier"
            self._rejeter(Rejet("formation", cle, "SIRET de l’organisme responsable invalide ou absent"))
            return
        self._organismes.add(responsable.siret or responsable.uai)
        # A number is only unique for whoever gives it.
        numero = f"{responsable.siret or responsable.uai}-{noeud.attribut('numero') or _numero(noeud)}"
        lue = formation(noeud, valeurs.identifiant("LHEO", numero, 80), self._rejeter)
        if lue is None:
            self._rejeter(Rejet("formation", numero[:80], "intitulé absent"))
            return
        ecrites = 0
        for rang_action, action in enumerate(noeud.tous("action"), start=1):
            self.actions += 1
            place = lieu(action)
            for rang_session, une in enumerate(action.tous("session"), start=1):
                self.sessions += 1
                # The grammar lets numbers out: ranks then tell sessions of one formation apart.
                cle = (
                    f"{lue.identifiant.removeprefix('LHEO-')}-{action.attribut('numero') or rang_action}"
                    f"-{une.attribut('numero') or rang_session}"
                )
                identifiant = valeurs.identifiant("LHEO", cle, 120)
                yield Offre(responsable, lue, place, session(action, une, identifiant))
                ecrites += 1
        if not ecrites:
            yield Offre(responsable, lue)


def _numero(noeud: NoeudLheo) -> str:
    """Of a formation without number: its title and its certification."""
    titre = noeud.texte("intitule-formation")
    return valeurs.empreinte(titre, *(c.texte("code-RNCP") for c in noeud.tous("certification")))


def _fichier_xml(dossier: Dossier) -> str:
    fichiers = dossier.noms()
    if len(fichiers) > 1:
        fichiers = [nom for nom in fichiers if nom.lower().endswith(".xml")]
    if len(fichiers) != 1:
        raise FichierRefuse(
            f"{dossier.nom} doit contenir un seul fichier XML LHÉO ({len(fichiers)} trouvés)."
        )
    return fichiers[0]


class _Trouve(Exception):
    """Stops the reading at the root."""


def _espace_de_noms(flux: BinaryIO, nom: str) -> str:
    """The namespace of the root; FichierRefuse for what is not a grammar that is known."""
    racine = ""

    def debut(balise: str, _: object) -> None:
        nonlocal racine
        racine = balise
        raise _Trouve

    def doctype(*_: object) -> None:
        raise FichierRefuse(f"Le fichier {nom} contient un DOCTYPE : il est refusé par sécurité.")

    analyseur = expat.ParserCreate(namespace_separator="}")
    analyseur.StartElementHandler = debut
    analyseur.StartDoctypeDeclHandler = doctype
    try:
        analyseur.Parse(flux.read(PROLOGUE_MAX), True)
    except _Trouve:
        pass
    except (expat.ExpatError, LookupError, ValueError):
        raise FichierRefuse(f"Le fichier {nom} n’est pas un fichier XML lisible.") from None
    espace, _, balise = racine.rpartition("}")
    if balise != "lheo":
        raise FichierRefuse(f"Le fichier {nom} n’est pas au format LHÉO : sa racine est « {balise[:80]} ».")
    if espace not in GRAMMAIRES:
        raise FichierRefuse(
            f"Le fichier {nom} suit une grammaire LHÉO inconnue (« {espace[:80]} ») : seules 2.2 et 2.3 sont lues."
        )
    return espace
