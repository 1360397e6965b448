"""Fetch an official file from its public address, whole or not at all.

The standard library is enough for it: one file at a time, streamed to disk, resumed where it was cut when the server
can tell that the file is still the same, started again otherwise. What comes back is only trusted as far as its
length; the readers of `catalogue.fichiers` check the rest, as they do for a file given by hand.
"""

from __future__ import annotations

import fnmatch
import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from pathlib import Path, PurePosixPath
from typing import IO, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings

from catalogue.fichiers.refus import FichierRefuse

TENTATIVES = 5
LISTE_MAX = 16 * 1024 * 1024
"""Bytes of one page of a list of files."""
PAGES_MAX = 10
_MORCEAU = 256 * 1024
_EXTENSIONS = {
    "application/zip": ".zip",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "text/csv": ".csv",
}


class _Definitif(Exception):
    """Trying again would change nothing; the message is a short clause in French."""


class _Passager(Exception):
    """Worth another attempt; the message is a short clause in French."""


class _RepriseRefusee(_Passager):
    """Worth another attempt, from the first byte."""


def est_une_adresse(chemin: str) -> bool:
    """Whether this is an address (`https://…`, or a scheme that will be refused) rather than a path."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", chemin) is not None


def telecharger(adresse: str, dossier: Path, dire: Callable[[str], None] = lambda phrase: None) -> Path:
    """Write what `adresse` gives in `dossier`, under its own name; return its path.

    An address that ends with « #pattern » is that of a data.gouv.fr list of resources: the newest file whose name fits
    is taken. « A | B » are the addresses of two forms of one file: the first that answers is taken, and each that does
    not is told to `dire`. Raises FichierRefuse with the addresses, the reasons, and what to do instead.
    """
    echecs: list[str] = []
    formes = [forme.strip() for forme in adresse.split("|")]
    for forme in formes:
        dire(f"Téléchargement de {forme}…")
        try:
            return _telecharger(forme, dossier)
        except (_Definitif, _Passager) as echec:
            echecs.append(f"de {forme} a échoué : {echec}")
            if len(echecs) < len(formes):
                dire(
                    f"Le téléchargement {echecs[-1]}. Ce fichier existe sous une autre forme, qui est essayée."
                )
    raise FichierRefuse(
        f"Le téléchargement {' ; celui '.join(echecs)}. Téléchargez le fichier par un autre moyen, et donnez "
        "son chemin à la commande."
    )


def _telecharger(adresse: str, dossier: Path) -> Path:
    page, motif = urldefrag(adresse)
    return _Telechargement(_choisir(page, motif) if motif else page, dossier).mener()


@dataclass
class _Telechargement:
    """One file on its way: what is already there, and what tells that the rest belongs to it."""

    adresse: str
    dossier: Path
    recus: int = 0
    total: int | None = None
    empreinte: str = (
        ""  # strong ETag or date; empty when the server gives neither, and nothing can be resumed
    )
    nom: str = ""

    def mener(self) -> Path:
        partiel = self.dossier / "telechargement.partiel"
        dernier = ""
        for essai in range(TENTATIVES):
            if essai:
                time.sleep(settings.SOURCES_PAUSE * 2 ** (essai - 1))
            try:
                self._continuer(partiel)
                return partiel.rename(self.dossier / self._nom_complet(partiel))
            except _RepriseRefusee as echec:
                dernier, self.recus = str(echec), 0
            except _Passager as echec:
                dernier = str(echec)
        raise _Definitif(f"{dernier}, {TENTATIVES} fois de suite")

    def _continuer(self, partiel: Path) -> None:
        entetes = {}
        if self.recus and self.empreinte:
            # If-Range: the rest if the file is still the same, else all of it again.
            entetes = {"Range": f"bytes={self.recus}-", "If-Range": self.empreinte}
        try:
            with _demander(self.adresse, entetes) as reponse:
                self._accueillir(reponse)
                with partiel.open("r+b" if self.recus else "wb") as fichier:
                    fichier.truncate(self.recus)
                    fichier.seek(self.recus)
                    self._recevoir(reponse, fichier)
        except (http.client.HTTPException, TimeoutError, ConnectionError, ssl.SSLError) as erreur:
            raise _Passager(_cause(erreur)) from erreur
        except OSError as erreur:
            raise _Definitif(f"le fichier ne peut pas être écrit ({erreur.strerror or erreur})") from erreur
        if self.total is not None and self.recus != self.total:
            raise _Passager(f"{self.recus} octets reçus sur {self.total} annoncés")
        if not self.recus:
            raise _Passager("la réponse est vide")

    def _accueillir(self, reponse: Any) -> None:
        """Where the bytes to come go, and how many there will be."""
        entetes: Message = reponse.headers
        if entetes.get("Content-Encoding", "identity").lower() != "identity":
            raise _Definitif("la réponse est compressée alors que ce n'était pas demandé")
        if entetes.get_content_type() in ("text/html", "application/xhtml+xml"):
            raise _Definitif("l'adresse donne une page web et non un fichier")
        annonce = entetes.get("Content-Length", "")
        longueur = int(annonce) if annonce.isdecimal() else None
        if reponse.status == http.client.PARTIAL_CONTENT:
            portee = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", entetes.get("Content-Range", ""))
            if portee is None or int(portee[1]) != self.recus:
                raise _RepriseRefusee("le serveur n'a pas repris là où il avait été interrompu")
            self.total = int(portee[2]) if portee[2] != "*" else None
        else:
            self.recus, self.total = 0, longueur
            etag = entetes.get("ETag", "")
            faible = etag.startswith("W/")
            self.empreinte = etag if etag and not faible else entetes.get("Last-Modified", "")
            self.nom = _nom(entetes, reponse.url)
        if self.total is not None:
            _verifier_taille(self.total)

    def _recevoir(self, reponse: Any, fichier: IO[bytes]) -> None:
        while morceau := reponse.read(_MORCEAU):
            if not self.recus and re.match(rb"\s*<(!doctype\s+html|html)", morceau[:200], re.IGNORECASE):
                raise _Definitif("l'adresse donne une page web et non un fichier")
            fichier.write(morceau)
            self.recus += len(morceau)
            _verifier_taille(self.recus)

    def _nom_complet(self, partiel: Path) -> str:
        """Addresses that end in « /csv » may give a zip."""
        if PurePosixPath(self.nom).suffix:
            return self.nom
        with partiel.open("rb") as fichier:
            return self.nom + (".zip" if fichier.read(4) == b"PK\3\4" else "")


def _verifier_taille(octets: int) -> None:
    if octets > settings.SOURCES_TAILLE_MAX:
        raise _Definitif(
            f"le fichier dépasse {settings.SOURCES_TAILLE_MAX // 1024**2} Mio (réglage SOURCES_TAILLE_MAX)"
        )


def _nom(entetes: Message, adresse: str) -> str:
    """The name the server gives, else the end of the address; never a path."""
    brut = entetes.get_filename() or unquote(PurePosixPath(urlsplit(adresse).path).name) or "fichier"
    nom = re.sub(r"[^\w.() -]", "_", re.split(r"[\\/]", brut)[-1]).lstrip(".")[-120:] or "fichier"
    if not PurePosixPath(nom).suffix:
        nom += _EXTENSIONS.get(entetes.get_content_type(), "")
    return nom


def _choisir(page: str, motif: str) -> str:
    """The address of the newest file of the list that fits: the names end with their date."""
    trouves: dict[str, str] = {}
    adresse = page
    for _ in range(PAGES_MAX):
        liste = _lire_json(adresse)
        for ressource in liste.get("data", []):
            url = str(ressource.get("url", ""))
            for nom in (str(ressource.get("title", "")), PurePosixPath(urlsplit(url).path).name):
                if url and fnmatch.fnmatch(nom.lower(), motif.lower()):
                    trouves[nom] = url
        if not liste.get("next_page"):
            break
        adresse = urljoin(page, str(liste["next_page"]))
    if not trouves:
        raise _Definitif(f"la liste ne contient aucun fichier « {motif} »")
    return trouves[max(trouves)]


def _lire_json(adresse: str) -> dict[str, Any]:
    dernier = ""
    for essai in range(TENTATIVES):
        if essai:
            time.sleep(settings.SOURCES_PAUSE * 2 ** (essai - 1))
        try:
            with _demander(adresse, {}) as reponse:
                octets = reponse.read(LISTE_MAX + 1)
            liste = json.loads(octets) if len(octets) <= LISTE_MAX else None
            if not isinstance(liste, dict):
                raise _Definitif("la liste des fichiers n'est pas celle que publie data.gouv.fr")
            return liste
        except (_Passager, http.client.HTTPException, TimeoutError, ConnectionError) as echec:
            dernier = _cause(echec)
        except ValueError as erreur:
            raise _Definitif("la liste des fichiers n'est pas du JSON") from erreur
    raise _Definitif(f"{dernier}, {TENTATIVES} fois de suite")


def _demander(adresse: str, entetes: dict[str, str]) -> Any:
    """An open response; raises _Passager or _Definitif."""
    _verifier_adresse(adresse)
    requete = urllib.request.Request(  # noqa: S310 - the scheme has been checked
        adresse, headers={"User-Agent": "portail-orientation", "Accept-Encoding": "identity", **entetes}
    )
    try:
        return urllib.request.build_opener(_Redirections).open(requete, timeout=settings.SOURCES_DELAI)
    except urllib.error.HTTPError as erreur:
        erreur.close()
        phrase = f"le serveur répond {erreur.code} {erreur.reason}".rstrip()
        if erreur.code == http.client.REQUESTED_RANGE_NOT_SATISFIABLE:
            raise _RepriseRefusee(phrase) from erreur
        if erreur.code >= 500 or erreur.code in (http.client.REQUEST_TIMEOUT, http.client.TOO_MANY_REQUESTS):
            raise _Passager(phrase) from erreur
        raise _Definitif(phrase) from erreur
    except urllib.error.URLError as erreur:
        raise _Passager(_cause(erreur.reason)) from erreur


def _cause(erreur: object) -> str:
    if isinstance(erreur, _Passager):
        return str(erreur)
    if isinstance(erreur, TimeoutError):
        return f"le serveur n'a rien envoyé pendant {settings.SOURCES_DELAI:g} secondes"
    if isinstance(erreur, ConnectionRefusedError):
        return "le serveur refuse la connexion"
    if isinstance(erreur, socket.gaierror):
        return "le nom du serveur est inconnu, ou le réseau ne répond pas"
    return f"la connexion a été coupée ({erreur or type(erreur).__name__})"


class _Redirections(urllib.request.HTTPRedirectHandler):
    """Followed, but held to the same rules as the first address."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        try:
            if urlsplit(req.full_url).scheme == "https" and urlsplit(newurl).scheme != "https":
                raise _Definitif("elle renvoie vers une adresse qui n'est pas en https")
            _verifier_adresse(newurl)
        except _Definitif:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _verifier_adresse(adresse: str) -> None:
    """http or https, towards a host of the public network unless SOURCES_HOTES_PRIVES says otherwise."""
    try:
        parties = urlsplit(adresse)
        hote, port = parties.hostname, parties.port
    except ValueError:
        raise _Definitif("cette adresse est mal formée") from None
    if parties.scheme not in ("http", "https"):
        raise _Definitif(f"seules les adresses http et https sont lues, pas « {parties.scheme} »")
    if not hote:
        raise _Definitif("cette adresse ne nomme aucun serveur")
    if settings.SOURCES_HOTES_PRIVES:
        return
    try:
        trouvees = {str(ip[4][0]) for ip in socket.getaddrinfo(hote, port or 443, proto=socket.IPPROTO_TCP)}
    except OSError:
        # Behind a proxy, names are often known to the proxy alone; without one, the connection will say it.
        return
    if not all(ipaddress.ip_address(ip.split("%")[0]).is_global for ip in trouvees):
        raise _Definitif(f"{hote} est une machine d'un réseau privé (réglage SOURCES_HOTES_PRIVES)")
