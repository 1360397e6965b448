"""Numbered pages, each with its address: the filters stay in it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import QueryDict

PARAMETRE = "page"


class Pages:
    """What stands under a list, as a template is given it."""

    def __init__(self, page: Page, demande: QueryDict) -> None:
        self._page = page
        reste = [(nom, v) for nom, valeurs in demande.lists() if nom != PARAMETRE for v in valeurs]
        self._debut = f"?{urlencode([*reste, (PARAMETRE, '')])}"
        self.presente = page.number
        self.plusieurs = page.has_other_pages()
        self.precedente = self._adresse(page.number - 1) if page.has_previous() else ""
        self.suivante = self._adresse(page.number + 1) if page.has_next() else ""

    @property
    def liens(self) -> Iterator[tuple[int | None, str]]:
        """(number, address) of the first, the last, and those around this one; no number where some are left out."""
        paginateur = self._page.paginator
        for numero in paginateur.get_elided_page_range(self.presente, on_each_side=1, on_ends=1):
            if isinstance(numero, int):
                yield numero, self._adresse(numero)
            else:
                yield None, ""

    def _adresse(self, numero: int) -> str:
        return f"{self._debut}{numero}"
