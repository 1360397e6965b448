"""The same offer for Datasette: `python -m benchmarks.temoin PORTAIL.sqlite3 TEMOIN.sqlite3`.

Datasette facets the columns of one table, so it is given what spares it every join: one row per session with the title,
the level and the first domaine of its formation, its région by name; one row per métier. Each facet column has its index, and the
file is opened as immutable, which lets Datasette count its rows once for all.
"""

from __future__ import annotations

import sqlite3
import sys

FACETTES_SESSIONS = ("niveau", "voie", "modalite", "region")
FACETTES_METIERS = ("domaine", "niveau", "acces", "riasec")

SESSIONS = """
CREATE TABLE sessions AS
SELECT s.id, f.intitule, f.identifiant AS formation, f.niveau_sortie AS niveau, s.voie, s.modalite, r.nom AS region,
       s.debut, s.prix, s.eligible_cpf, o.nom AS organisme
FROM portail.formations_session s
JOIN portail.formations_formation f ON f.identifiant = s.formation_id
JOIN portail.formations_organisme o ON o.id = s.organisme_id
LEFT JOIN portail.formations_lieu l ON l.id = s.lieu_id
LEFT JOIN portail.formations_departement d ON d.code = l.departement_id
LEFT JOIN portail.formations_region r ON r.code = d.region_id
ORDER BY f.intitule, f.identifiant
"""
METIERS = """
CREATE TABLE metiers AS
SELECT m.code_rome, m.libelle, g.libelle AS domaine, m.niveau_acces AS niveau, m.bande_acces AS acces,
       m.riasec_majeur AS riasec
FROM portail.metiers_metier m
JOIN portail.metiers_domaineprofessionnel d ON d.code = m.domaine_id
JOIN portail.metiers_granddomaine g ON g.code = d.grand_domaine_id
WHERE m.retire_le IS NULL ORDER BY m.libelle
"""


def copier(portail: str, temoin: str) -> None:
    with sqlite3.connect(temoin) as base:
        base.execute("ATTACH ? AS portail", [portail])
        base.execute(SESSIONS)
        base.execute(METIERS)
        for table, facettes in (("sessions", FACETTES_SESSIONS), ("metiers", FACETTES_METIERS)):
            for colonne in facettes:
                base.execute(f"CREATE INDEX {table}_{colonne} ON {table} ({colonne})")
        base.execute("CREATE INDEX sessions_intitule ON sessions (intitule)")
        base.commit()
        base.execute("ANALYZE main")


if __name__ == "__main__":
    copier(*sys.argv[1:3])
