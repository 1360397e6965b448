"""ROME 4.0 (France Travail), official JSON delivery: a file in, what it says out.

It says less than the CSV tables of the same version (no flag, no RIASEC, no theme in the fiches themselves), and one
thing more: the enjeu under which each savoir-faire stands.
"""

from metiers.importers.rome_json.lecture import RomeDit, lire_livraison

__all__ = ["RomeDit", "lire_livraison"]
