"""The number that says whether anything a visitor can read has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.conf import settings
from django.db import connection, models
from django.db.models import F

Etat = tuple[int, object]

_retenu: ContextVar[list[Etat] | None] = ContextVar("etat_du_catalogue", default=None)
_recente: tuple[float, Etat] | None = None
"""When a page last read it, on the clock of this process."""


class VersionCatalogue(models.Model):
    """A single row: it advances with each import and each editorial save, and makes the pages' ETag."""

    numero = models.PositiveBigIntegerField(default=1)
    modifie_le = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="version_catalogue_unique")]

    def __str__(self) -> str:
        return str(self.numero)

    @classmethod
    def courante(cls) -> int:
        return cls.etat()[0]

    @classmethod
    def etat(cls) -> Etat:
        """The number and when it was reached, as the database writes it: two databases, or two tries of an import, share numbers.

        Written out, since each page and each search begins with it: composing it took ten times as long as answering it.
        """
        global _recente
        retenu = _retenu.get()
        if retenu:
            return retenu[0]
        with connection.cursor() as curseur:
            curseur.execute("SELECT numero, modifie_le FROM catalogue_versioncatalogue WHERE id = 1")
            etat: Etat = curseur.fetchone() or (0, None)
        if retenu is not None:
            retenu.append(etat)
            _recente = (monotonic(), etat)
        return etat

    @classmethod
    @contextmanager
    def lue_une_fois(cls) -> Iterator[bool]:
        """Within, the first reading stands for the others: a page is of one version. Gives whether it is known beforehand.

        It also stands for the pages that this process begins within FRAICHEUR seconds. What a page then reads may be newer
        than the version says; it is never older.
        """
        lue = _recente
        connue = [lue[1]] if lue and monotonic() - lue[0] < settings.FRAICHEUR else []
        jeton = _retenu.set(connue)
        try:
            yield bool(connue)
        finally:
            _retenu.reset(jeton)

    @classmethod
    def avancer(cls) -> None:
        """Advance within the caller's transaction, so that the pages change when the data do."""
        from django.utils import timezone

        global _recente
        if not cls.objects.filter(pk=1).update(numero=F("numero") + 1, modifie_le=timezone.now()):
            cls.objects.get_or_create(pk=1)
        _recente = None
        if retenu := _retenu.get():
            retenu.clear()
