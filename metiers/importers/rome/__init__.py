"""ROME 4.0 (France Travail), official CSV export: a file in, plain records out."""

from metiers.importers.rome.lecture import Rome, lire_rome

__all__ = ["Rome", "lire_rome"]
