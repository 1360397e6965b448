"""Bring the site up on this machine: `python -m tools.serve 8000`, or with `--dev` for a developer.

Updates the database, loads the demonstration data when there is none, gathers the static files, says where
the site is, then becomes the server: granian, or with `--dev` Django's own, which reloads itself. Plain http
on 127.0.0.1 only; docs/operations.md tells how to serve the public.
"""

import argparse
import os
import socket
import sys
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

HOST = "127.0.0.1"
# Each thread holds a connection to the database, and Python runs one of them at a time: granian's own
# default of 512 is for programs that wait on others.
THREADS = 4


class CannotServe(Exception):
    """The site cannot be served, for a reason that the message tells in one French sentence."""


def read_port(text: str) -> int:
    """The number written after PORT=."""
    try:
        return int(text)
    except ValueError:
        raise CannotServe(
            f"Le port « {text} » n'est pas un nombre : choisissez-en un de 1024 à 65535."
        ) from None


def check_port(port: int) -> None:
    """Refuse a port that another program listens on, or that this user may not open."""
    if not 1 <= port <= 65535:
        raise CannotServe(f"Le port {port} n'existe pas : choisissez un nombre de 1024 à 65535.")
    with socket.socket() as probe:
        # As the server does: a port left by a server that has just stopped can be taken again at once.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise CannotServe(
                f"Le port {port} est réservé au système : choisissez-en un au-delà de 1023."
            ) from None
        except OSError:
            raise CannotServe(
                f"Le port {port} est déjà utilisé. Choisissez-en un autre, par exemple : make run PORT={port + 1}"
            ) from None


def prepare(dev: bool) -> None:
    """Make the database and the static files those of this version of the code."""
    try:
        django.setup()
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        reason = str(error).strip().splitlines()[0].split(". ")[0]
        raise CannotServe(f"La base de données ne répond pas ; vérifiez DATABASE_URL ({reason}).") from None
    call_command("migrate", verbosity=0)
    call_command("charger_demo", si_vide=True)
    if not dev:
        call_command("collectstatic", interactive=False, verbosity=0)
    connection.close()


def become_server(port: int, dev: bool) -> NoReturn:
    """Replace this process by the server, so that Ctrl-C and SIGTERM reach the server itself."""
    if dev:
        arguments = ["manage.py", "runserver", f"{HOST}:{port}"]
    else:
        server = ["--interface", "wsgi", "--host", HOST, "--port", str(port)]
        server += ["--blocking-threads", str(THREADS), "--log-level", "warning"]
        arguments = ["-m", "granian", *server, "portail.wsgi:application"]
    os.execv(sys.executable, [sys.executable, *arguments])


def main() -> NoReturn:
    parser = argparse.ArgumentParser(description="Met le site en service sur cette machine.")
    parser.add_argument("port", nargs="?", default="8000")
    parser.add_argument("--dev", action="store_true", help="mode développement : rechargement, page d'erreur")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portail.settings")
    os.environ["HTTPS"] = "0"
    if options.dev:
        os.environ["DEBUG"] = "1"
    try:
        port = read_port(options.port)
        check_port(port)
        prepare(options.dev)
    except (CannotServe, CommandError) as error:
        sys.exit(str(error))
    address = f"http://{HOST}:{port}/"
    print(f"Le site est à l'adresse {address} (Ctrl-C pour l'arrêter).")
    print(
        f"Pour l'administrer : .venv/bin/python manage.py createsuperuser, puis {address}admin/", flush=True
    )
    become_server(port, options.dev)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
