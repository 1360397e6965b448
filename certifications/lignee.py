"""The certifications that a certification follows, gives way to, or shares blocs with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from certifications.models import Certification, Correspondance, Filiation


@dataclass(frozen=True)
class Parente:
    """A certification before or after this one: its number, and the fiche when it is loaded here."""

    numero: str
    certification: Certification | None


@dataclass(frozen=True)
class Equivalence:
    """Blocs that, together, are worth blocs of another certification; no code stands for the whole."""

    blocs: tuple[str, ...]
    numero: str
    blocs_obtenus: tuple[str, ...]
    certification: Certification | None


class Lignee:
    """Of one certification."""

    def __init__(self, certification: Certification) -> None:
        self.certification = certification

    @property
    def anciennes(self) -> list[Parente]:
        """What it replaces, the nearest first."""
        return self._parentes(self._numeros[0])

    @cached_property
    def nouvelles(self) -> list[Parente]:
        """What replaces it: those in force first, whoever reads this wants one to register for."""
        return sorted(
            self._parentes(self._numeros[1]),
            key=lambda p: p.certification.etat().rang if p.certification else 1,
        )

    @cached_property
    def equivalences(self) -> list[Equivalence]:
        """The correspondances, each whole: the pairs of one `groupe` hold together only."""
        groupes: dict[tuple[int, str], list[Correspondance]] = {}
        for lien in self.certification.correspondances.all():
            groupes.setdefault((lien.groupe, lien.numero_destination), []).append(lien)
        return [
            Equivalence(
                tuple(dict.fromkeys(lien.bloc_source for lien in liens if lien.bloc_source)),
                numero,
                tuple(dict.fromkeys(lien.bloc_destination for lien in liens if lien.bloc_destination)),
                self._connues.get(numero),
            )
            for (_, numero), liens in groupes.items()
        ]

    def _parentes(self, numeros: list[str]) -> list[Parente]:
        return [Parente(numero, self._connues.get(numero)) for numero in numeros]

    @cached_property
    def _numeros(self) -> tuple[list[str], list[str]]:
        return Filiation.objects.lignee(self.certification.numero)

    @cached_property
    def _connues(self) -> dict[str, Certification]:
        """Those of the certifications named here that are loaded: a link to another would lead nowhere."""
        avant, apres = self._numeros
        equivalentes = (lien.numero_destination for lien in self.certification.correspondances.all())
        return Certification.objects.publies().in_bulk({*avant, *apres, *equivalentes})
