"""Downloads, against a real server on this machine that fails in every way a server can."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalogue import sources_publiques
from catalogue.fichiers.refus import FichierRefuse
from catalogue.sources_publiques import est_une_adresse, telecharger
from metiers.models import Metier
from tests.livraisons import LivraisonRome, importer

CONTENU = bytes(range(256)) * 400
MOITIE = len(CONTENU) // 2


class Serveur(ThreadingHTTPServer):
    """Answers each request with the next of the `reponses` of its path, the last one over and over."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requete)
        self.reponses: dict[str, list[dict[str, Any]]] = {}
        self.demandes: list[tuple[str, str | None]] = []  # path, Range

    def adresse(self, chemin: str, *reponses: dict[str, Any]) -> str:
        self.reponses[chemin] = list(reponses)
        return f"http://127.0.0.1:{self.server_port}{chemin}"


class _Requete(BaseHTTPRequestHandler):
    server: Serveur

    def do_GET(self) -> None:
        portee = self.headers.get("Range")
        self.server.demandes.append((self.path, portee))
        file = self.server.reponses[self.path]
        reponse = file.pop(0) if len(file) > 1 else file[0]
        corps: bytes = reponse.get("corps", CONTENU)
        statut = reponse.get("statut", 200)
        entetes = {"Content-Type": "application/octet-stream", **reponse.get("entetes", {})}
        if portee and reponse.get("reprend", True) and statut == 200:
            debut = int(portee.removeprefix("bytes=").removesuffix("-"))
            entetes["Content-Range"] = f"bytes {debut}-{len(corps) - 1}/{len(corps)}"
            statut, corps = 206, corps[debut:]
        self.send_response(statut)
        for nom, valeur in {"Content-Length": str(len(corps)), **entetes}.items():
            self.send_header(nom, valeur)
        self.end_headers()
        self.wfile.write(corps[: reponse.get("coupe", len(corps))])
        self.wfile.flush()
        time.sleep(reponse.get("attend", 0))

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@pytest.fixture
def serveur(settings, monkeypatch) -> Iterator[Serveur]:
    settings.SOURCES_HOTES_PRIVES = True
    settings.SOURCES_PAUSE = 0
    settings.SOURCES_DELAI = 5
    # A proxy of the machine that runs the tests has nothing to do with them.
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    serveur = Serveur()
    fil = threading.Thread(target=serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    fil.start()
    yield serveur
    serveur.shutdown()
    serveur.server_close()
    fil.join()


def refus(adresse: str, dossier: Path) -> str:
    """Why the download failed, without the address before and the advice after, which every refusal gives."""
    with pytest.raises(FichierRefuse) as erreur:
        telecharger(adresse, dossier)
    debut, fin = (
        f"Le téléchargement de {adresse} a échoué : ",
        ". Téléchargez le fichier par un autre moyen, et donnez son chemin à la commande.",
    )
    phrase = str(erreur.value)
    assert phrase.startswith(debut)
    assert phrase.endswith(fin)
    return phrase.removeprefix(debut).removesuffix(fin)


def test_whole_file_is_written_under_the_name_of_its_address(serveur, tmp_path):
    fichier = telecharger(serveur.adresse("/a/fiches%202026.zip", {}), tmp_path)

    assert (fichier.name, fichier.read_bytes()) == ("fiches 2026.zip", CONTENU)


def test_name_the_server_gives_is_never_a_path(serveur, tmp_path):
    entetes = {"Content-Disposition": 'attachment; filename="../../etc/.secret.csv"'}

    fichier = telecharger(serveur.adresse("/x", {"entetes": entetes}), tmp_path)

    assert fichier == tmp_path / "secret.csv"


def test_zip_without_a_name_is_given_one(serveur, tmp_path):
    fichier = telecharger(serveur.adresse("/open-data/csv", {"corps": b"PK\3\4 et la suite"}), tmp_path)

    assert fichier.name == "csv.zip"


def test_download_cut_short_is_resumed_where_it_stopped(serveur, tmp_path):
    etag = {"ETag": '"v1"'}
    adresse = serveur.adresse("/f.zip", {"coupe": MOITIE, "entetes": etag}, {"entetes": etag})

    fichier = telecharger(adresse, tmp_path)

    assert fichier.read_bytes() == CONTENU
    assert serveur.demandes == [("/f.zip", None), ("/f.zip", f"bytes={MOITIE}-")]


def test_download_cut_short_starts_again_when_nothing_says_that_the_file_is_still_the_same(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {"coupe": MOITIE}, {})

    fichier = telecharger(adresse, tmp_path)

    assert fichier.read_bytes() == CONTENU
    assert serveur.demandes == [("/f.zip", None), ("/f.zip", None)]


def test_download_starts_again_when_the_file_has_changed_meanwhile(serveur, tmp_path):
    nouveau = b"une autre version"
    adresse = serveur.adresse(
        "/f.zip",
        {"coupe": MOITIE, "entetes": {"ETag": '"v1"'}},
        {"corps": nouveau, "reprend": False, "entetes": {"ETag": '"v2"'}},
    )

    assert telecharger(adresse, tmp_path).read_bytes() == nouveau


def test_server_that_stops_sending_is_left_and_the_download_resumed(serveur, settings, tmp_path):
    settings.SOURCES_DELAI = 0.3
    etag = {"ETag": '"v1"'}
    adresse = serveur.adresse("/f.zip", {"coupe": MOITIE, "attend": 1, "entetes": etag}, {"entetes": etag})

    assert telecharger(adresse, tmp_path).read_bytes() == CONTENU


def test_file_always_shorter_than_announced_is_refused_after_a_few_attempts(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {"coupe": 1_000, "reprend": False})

    assert refus(adresse, tmp_path) == f"1000 octets reçus sur {len(CONTENU)} annoncés, 5 fois de suite"
    assert len(serveur.demandes) == sources_publiques.TENTATIVES


def test_not_found_is_refused_at_once(serveur, tmp_path):
    assert refus(serveur.adresse("/f.zip", {"statut": 404}), tmp_path) == "le serveur répond 404 Not Found"
    assert len(serveur.demandes) == 1


def test_server_in_trouble_is_asked_again(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {"statut": 500}, {"statut": 503}, {})

    assert telecharger(adresse, tmp_path).read_bytes() == CONTENU


def test_server_always_in_trouble_is_refused(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {"statut": 500})

    assert refus(adresse, tmp_path) == "le serveur répond 500 Internal Server Error, 5 fois de suite"


@pytest.mark.parametrize(
    "reponse",
    [
        {"entetes": {"Content-Type": "text/html; charset=utf-8"}},
        {"corps": b"\n<!DOCTYPE html><p>Service indisponible"},
    ],
    ids=["said", "unsaid"],
)
def test_web_page_is_refused(serveur, tmp_path, reponse):
    adresse = serveur.adresse("/f.zip", reponse)

    assert refus(adresse, tmp_path) == "l'adresse donne une page web et non un fichier"


def test_file_larger_than_allowed_is_refused_before_it_is_read(serveur, settings, tmp_path):
    settings.SOURCES_TAILLE_MAX = 1024**2

    adresse = serveur.adresse("/f.zip", {"entetes": {"Content-Length": str(2 * 1024**2)}})

    assert refus(adresse, tmp_path) == "le fichier dépasse 1 Mio (réglage SOURCES_TAILLE_MAX)"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("adresse", ["ftp://example.org/f.zip", "file:///etc/passwd"])
def test_other_schemes_are_refused(tmp_path, adresse):
    schema = adresse.partition(":")[0]

    assert est_une_adresse(adresse)
    assert refus(adresse, tmp_path) == f"seules les adresses http et https sont lues, pas « {schema} »"


@pytest.mark.parametrize("hote", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]", "localhost"])
def test_private_networks_are_refused(tmp_path, hote):
    phrase = f"{hote.strip('[]')} est une machine d'un réseau privé (réglage SOURCES_HOTES_PRIVES)"

    assert refus(f"http://{hote}/f.zip", tmp_path) == phrase


def test_redirection_to_another_scheme_is_refused(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {"statut": 302, "entetes": {"Location": "ftp://example.org/f.zip"}})

    with pytest.raises(FichierRefuse):
        telecharger(adresse, tmp_path)


def test_redirection_to_a_private_network_is_refused(serveur, settings, monkeypatch, tmp_path):
    adresse = serveur.adresse("/f.zip", {"statut": 302, "entetes": {"Location": "http://10.0.0.1/f.zip"}})
    verifier = sources_publiques._verifier_adresse

    def verifier_ailleurs(vers: str) -> None:
        # The server of the tests is itself on a private network.
        settings.SOURCES_HOTES_PRIVES = vers == adresse
        verifier(vers)

    monkeypatch.setattr(sources_publiques, "_verifier_adresse", verifier_ailleurs)

    phrase = "10.0.0.1 est une machine d'un réseau privé (réglage SOURCES_HOTES_PRIVES)"
    assert refus(adresse, tmp_path) == phrase


def test_nobody_at_the_address_is_said(serveur, tmp_path):
    adresse = serveur.adresse("/f.zip", {})
    serveur.server_close()

    with pytest.raises(FichierRefuse, match=r"refuse la connexion|coupée|n'a rien envoyé"):
        telecharger(adresse, tmp_path)


class TestListe:
    """The list of resources of data.gouv.fr."""

    def liste(self, serveur: Serveur, *noms: str, **suite: str) -> dict[str, Any]:
        ressources = [
            {"title": nom, "url": serveur.adresse(f"/r/{nom}", {"corps": nom.encode()})} for nom in noms
        ]
        return {"corps": json.dumps({"data": ressources, **suite}).encode()}

    def test_newest_file_that_fits_is_taken(self, serveur, tmp_path):
        page = self.liste(
            serveur,
            "export-fiches-rncp-v4-1-2026-08-15.zip",
            "export-fiches-rncp-v4-1-2026-08-16.zip",
            "export-fiches-rs-v4-1-2026-08-17.zip",
            "export-fiches-csv-2026-08-17.zip",
        )

        fichier = telecharger(serveur.adresse("/liste", page) + "#export-fiches-rncp-v4-1-*.zip", tmp_path)

        assert (fichier.name, fichier.read_bytes()) == (
            "export-fiches-rncp-v4-1-2026-08-16.zip",
            b"export-fiches-rncp-v4-1-2026-08-16.zip",
        )

    def test_next_pages_are_read_too(self, serveur, tmp_path):
        seconde = serveur.adresse("/liste2", self.liste(serveur, "f-2026-08-16.zip"))
        page = self.liste(serveur, "f-2026-08-15.zip", next_page=seconde)

        assert telecharger(serveur.adresse("/liste", page) + "#f-*.zip", tmp_path).name == "f-2026-08-16.zip"

    def test_list_without_such_a_file_is_refused(self, serveur, tmp_path):
        adresse = serveur.adresse("/liste", self.liste(serveur, "autre.zip")) + "#f-*.zip"

        assert refus(adresse, tmp_path) == "la liste ne contient aucun fichier « f-*.zip »"

    def test_list_that_is_none_is_refused(self, serveur, tmp_path):
        adresse = serveur.adresse("/liste", {"corps": b"bonjour"}) + "#f-*.zip"

        assert refus(adresse, tmp_path) == "la liste des fichiers n'est pas du JSON"


@pytest.mark.django_db
class TestImport:
    @pytest.fixture
    def archive(self, tmp_path, serveur) -> dict[str, bytes]:
        chemin = shutil.make_archive(str(tmp_path / "rome"), "zip", LivraisonRome(tmp_path).chemin)
        return {"corps": Path(chemin).read_bytes()}

    def test_import_takes_an_address_in_place_of_a_path(self, serveur, archive):
        adresse = serveur.adresse("/rome.zip", archive)

        rapport = importer("import_rome", adresse)

        assert rapport.splitlines()[0] == f"Téléchargement de {adresse}…"
        assert Metier.objects.publies().count() > 0

    def test_import_without_a_path_takes_the_public_address(self, serveur, archive, settings):
        settings.SOURCES_PUBLIQUES = {"import_rome": [serveur.adresse("/open-data/csv", archive)]}

        call_command("import_rome", verbosity=0)

        assert Metier.objects.publies().count() > 0

    def test_other_form_is_taken_when_the_first_address_fails(self, serveur, archive, settings):
        csv = serveur.adresse("/open-data/csv", {"statut": 404})
        json = serveur.adresse("/open-data/json", archive)
        settings.SOURCES_PUBLIQUES = {"import_rome": [f"{csv} | {json}"]}
        sortie = StringIO()

        call_command("import_rome", stdout=sortie)

        assert sortie.getvalue().splitlines()[:3] == [
            f"Téléchargement de {csv}…",
            (
                f"Le téléchargement de {csv} a échoué : le serveur répond 404 Not Found. "
                "Ce fichier existe sous une autre forme, qui est essayée."
            ),
            f"Téléchargement de {json}…",
        ]
        assert Metier.objects.publies().count() > 0

    def test_both_addresses_are_named_when_both_fail(self, serveur, settings):
        csv, json = (serveur.adresse(f"/open-data/{forme}", {"statut": 404}) for forme in ("csv", "json"))
        settings.SOURCES_PUBLIQUES = {"import_rome": [f"{csv} | {json}"]}

        with pytest.raises(CommandError) as erreur:
            call_command("import_rome", verbosity=0)

        assert str(erreur.value) == (
            f"Fichier refusé, rien n'a été importé. Le téléchargement de {csv} a échoué : le serveur répond 404 Not Found ; "
            f"celui de {json} a échoué : le serveur répond 404 Not Found. Téléchargez le fichier par un autre moyen, et "
            "donnez son chemin à la commande."
        )

    def test_source_without_a_public_address_is_said(self):
        with pytest.raises(CommandError, match="Aucune adresse publique n'est connue pour cette source"):
            call_command("import_bmo")

    def test_download_that_fails_writes_nothing(self, serveur):
        adresse = serveur.adresse("/rome.zip", {"statut": 404})

        with pytest.raises(CommandError, match=r"rien n'a été importé. Le téléchargement de .* a échoué"):
            call_command("import_rome", adresse, verbosity=0)

        assert Metier.objects.count() == 0
