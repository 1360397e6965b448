"""One import at a time: each replaces what it knows of, and two at once would each undo the other."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError, connection

# Any number will do, as long as nothing else of the portal uses it.
_NUMERO = 7_402_611


def attendre_son_tour(dire: Callable[[str], None]) -> None:
    """Hold the right to import until the end of the transaction under way; `dire` is told when it has to be waited for.

    On SQLite there is nothing left to do: the transaction itself (IMMEDIATE) is that right. It waits as long as the
    database's `timeout`, then raises the error that `est_occupee` recognises.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_try_advisory_xact_lock(%s)", [_NUMERO])
        (libre,) = curseur.fetchone()
        if not libre:
            dire("Un autre import est en cours : celui-ci attend qu'il finisse.")
            curseur.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMERO])


def est_occupee(erreur: Exception) -> bool:
    """Whether SQLite gave up waiting for the one that writes."""
    return isinstance(erreur, OperationalError) and "database is locked" in str(erreur)
