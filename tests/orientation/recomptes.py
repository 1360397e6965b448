"""The counts of the comparison and of the gap asked again in plain SQL, which borrows no word of our own querysets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

# Every skill that a métier asks for, diplomas left out: what the ROME files under « Certifications » among savoirs.
ITEMS = """
WITH item AS (
    SELECT m.code_rome AS code, 'competence ' || r.competence_id AS cle, r.coeur_metier AS coeur,
        CASE WHEN c.categorie = 'Savoir-être professionnel' THEN 'savoir-être' ELSE 'savoir-faire' END AS famille
    FROM metiers_competencerequise r JOIN metiers_metier m ON m.id = r.metier_id
    JOIN metiers_competence c ON c.code_ogr = r.competence_id
    UNION ALL
    SELECT m.code_rome, 'savoir ' || r.savoir_id, r.coeur_metier, 'savoir'
    FROM metiers_savoirrequis r JOIN metiers_metier m ON m.id = r.metier_id
    JOIN metiers_savoir s ON s.code_ogr = r.savoir_id
    WHERE COALESCE(NULLIF(s.categorie_editoriale, ''), NULLIF(s.sous_categorie, ''), s.categorie) <> 'Certifications'
)
"""
# Certifications not ended that lead to the métier, or to its parent: the parameters are the day and the code.
MENANT_A = """
    SELECT DISTINCT d.certification_id AS numero
    FROM certifications_debouche d JOIN certifications_certification c ON c.numero = d.certification_id
    JOIN metiers_metier m ON d.metier_id IN (m.id, m.parent_id)
    WHERE c.retire_le IS NULL AND (c.date_fin_enregistrement >= %s
        OR c.date_fin_enregistrement IS NULL AND COALESCE(c.active_selon_source, TRUE)) AND m.code_rome = %s
"""


def lignes(requete: str, *parametres: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(requete, parametres)
        return list(curseur.fetchall())


def nombre(requete: str, *parametres: Any) -> int:
    """The first column of the only row; 0 for a sum of nothing."""
    ((valeur,),) = lignes(requete, *parametres)
    return int(valeur or 0)


def _marques(codes: Sequence[str]) -> str:
    return ", ".join("%s" for _ in codes)


def demandes(famille: str, code: str) -> tuple[int, int]:
    """What a métier asks for in a family: how many, how many of them in the cœur de métier."""
    requete = f"{ITEMS} SELECT COUNT(*), COUNT(CASE WHEN coeur = 'P' THEN 1 END) FROM item WHERE famille = %s AND code = %s"
    return lignes(requete, famille, code)[0]


def propres(famille: str, code: str, codes: Sequence[str]) -> tuple[int, int]:
    """What no other of `codes` asks for, and how many of them in the cœur de métier."""
    requete = f"""{ITEMS} SELECT COUNT(*), COUNT(CASE WHEN i.coeur = 'P' THEN 1 END) FROM item i
        WHERE i.famille = %s AND i.code = %s AND NOT EXISTS (
            SELECT 1 FROM item j WHERE j.cle = i.cle AND j.code <> i.code AND j.code IN ({_marques(codes)}))"""
    return lignes(requete, famille, code, *codes)[0]


def partages(famille: str, codes: Sequence[str]) -> tuple[int, int]:
    """What all of `codes` ask for; what several ask for, and not all."""
    requete = f"""{ITEMS} SELECT porteurs, COUNT(*) FROM (
            SELECT cle, COUNT(DISTINCT code) AS porteurs FROM item WHERE famille = %s AND code IN ({_marques(codes)}) GROUP BY cle
        ) AS p GROUP BY porteurs"""
    par_nombre = dict(lignes(requete, famille, *codes))
    return par_nombre.get(len(codes), 0), sum(n for k, n in par_nombre.items() if 1 < k < len(codes))


def contextes(type_: str, code: str) -> int:
    return nombre(
        """SELECT COUNT(*) FROM metiers_contextedumetier l JOIN metiers_contextedetravail c ON c.code_ogr = l.contexte_id
        JOIN metiers_metier m ON m.id = l.metier_id WHERE c.type = %s AND m.code_rome = %s""",
        type_,
        code,
    )


def interets(code: str) -> int:
    return nombre(
        """SELECT COUNT(*) FROM metiers_interetdumetier l JOIN metiers_metier m ON m.id = l.metier_id
        WHERE m.code_rome = %s""",
        code,
    )


def riasec(code: str) -> int:
    return nombre(
        """SELECT COUNT(NULLIF(riasec_majeur, '')) + COUNT(NULLIF(riasec_mineur, '')) FROM metiers_metier
        WHERE code_rome = %s""",
        code,
    )


def mobilites(code: str) -> int:
    return nombre(
        """SELECT COUNT(*) FROM metiers_mobilite l JOIN metiers_metier m ON m.id = l.metier_id
        JOIN metiers_metier c ON c.id = l.cible_id WHERE m.code_rome = %s AND c.retire_le IS NULL""",
        code,
    )


def certifications(code: str, jour: date) -> int:
    return nombre(f"SELECT COUNT(*) FROM ({MENANT_A}) AS menant", jour, code)


def formations(code: str) -> int:
    """Linked to the métier by one origin or several."""
    return nombre(
        """SELECT COUNT(DISTINCT l.formation_id) FROM formations_lienformationmetier l
        JOIN formations_formation f ON f.identifiant = l.formation_id JOIN metiers_metier m ON m.id = l.metier_id
        WHERE m.code_rome = %s AND f.retire_le IS NULL""",
        code,
    )


def colonne(nom: str, code: str) -> int:
    """1 when the fiche of the métier fills the column in."""
    return nombre(
        f"SELECT COUNT(*) FROM metiers_metier WHERE code_rome = %s AND {nom} IS NOT NULL AND CAST({nom} AS TEXT) <> ''",
        code,
    )


def indicateurs(theme: str, code: str) -> int:
    return nombre(
        """SELECT COUNT(*) FROM metiers_indicateur i JOIN metiers_natureindicateur n ON n.code = i.nature_id
        JOIN metiers_metier m ON m.id = i.metier_id WHERE n.theme = %s AND m.code_rome = %s""",
        theme,
        code,
    )


def manques(famille: str, de: str, vers: str) -> tuple[int, int]:
    """What `vers` asks for and `de` does not, and how many of them in the cœur de métier."""
    return propres(famille, vers, [de])


def points(vers: str, tenus_par: str = "") -> int:
    """Two for the cœur de métier, one for the rest; of what `tenus_par` asks for too when it is given."""
    requete = f"{ITEMS} SELECT SUM(CASE WHEN i.coeur = 'P' THEN 2 ELSE 1 END) FROM item i WHERE i.code = %s"
    if not tenus_par:
        return nombre(requete, vers)
    return nombre(
        f"{requete} AND EXISTS (SELECT 1 FROM item j WHERE j.cle = i.cle AND j.code = %s)", vers, tenus_par
    )


def diplomes(code: str) -> int:
    return nombre(
        """SELECT COUNT(*) FROM metiers_savoirrequis r JOIN metiers_savoir s ON s.code_ogr = r.savoir_id
        JOIN metiers_metier m ON m.id = r.metier_id WHERE m.code_rome = %s AND s.sous_categorie = 'Certifications'""",
        code,
    )


COUVERTS = f"""{ITEMS}, couvert AS (
    SELECT b.code AS bloc, b.certification_id AS numero, i.cle AS cle
    FROM orientation_couverturedebloc v JOIN certifications_blocdecompetences b ON b.id = v.bloc_id
    JOIN item i ON i.cle IN ('competence ' || v.competence_id, 'savoir ' || v.savoir_id)
    WHERE v.statut <> 'refuse' AND b.retire_le IS NULL AND b.certification_id IN ({MENANT_A}) AND i.code = %s
        AND NOT EXISTS (SELECT 1 FROM item j WHERE j.cle = i.cle AND j.code = %s)
)
"""
"""What blocs cover of what is missing; the parameters are the day, `vers`, `vers` and `de`."""


def couverts_par_bloc(de: str, vers: str, jour: date) -> dict[str, int]:
    requete = f"{COUVERTS} SELECT bloc, COUNT(*) FROM couvert GROUP BY bloc"
    return dict(lignes(requete, jour, vers, vers, de))


def sans_bloc(de: str, vers: str, jour: date) -> int:
    """What is missing and that no bloc covers."""
    requete = f"""{COUVERTS} SELECT COUNT(*) FROM item i WHERE i.code = %s
        AND NOT EXISTS (SELECT 1 FROM item j WHERE j.cle = i.cle AND j.code = %s)
        AND i.cle NOT IN (SELECT cle FROM couvert)"""
    return nombre(requete, jour, vers, vers, de, vers, de)


PAR_CERTIFICATION = {
    "Blocs de compétences": """SELECT COUNT(*) FROM certifications_blocdecompetences
        WHERE retire_le IS NULL AND certification_id = %s""",
    "Voies d'accès ouvertes": """SELECT COUNT(*) FROM certifications_voiedaccescertification
        WHERE ouverte AND certification_id = %s""",
    "Certificateurs": "SELECT COUNT(*) FROM certifications_certificateur WHERE certification_id = %s",
    "Métiers visés": "SELECT COUNT(*) FROM certifications_debouche WHERE certification_id = %s",
}
"""By row of the comparison of certifications; the parameter is the number of the fiche."""


def formations_par_certification(numero: str) -> int:
    return nombre(
        "SELECT COUNT(*) FROM formations_formation WHERE certification_id = %s AND retire_le IS NULL", numero
    )


def couverts_par_la_certification(numero: str, vers: str) -> int:
    """What the métier asks for and that some bloc of the certification covers."""
    requete = f"""{ITEMS} SELECT COUNT(DISTINCT i.cle) FROM orientation_couverturedebloc v
        JOIN certifications_blocdecompetences b ON b.id = v.bloc_id
        JOIN item i ON i.cle IN ('competence ' || v.competence_id, 'savoir ' || v.savoir_id)
        WHERE v.statut <> 'refuse' AND b.retire_le IS NULL AND b.certification_id = %s AND i.code = %s"""
    return nombre(requete, numero, vers)
