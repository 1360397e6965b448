"""The statements of the search, in the words of each database: FTS5 on SQLite, `tsvector` and GIN on PostgreSQL.

Both indexes are made by migrations 0002 and 0004 from the same words, without any parser of theirs, so that they answer alike.
The statements are written out: composing them with the ORM took four times as long as the database takes to answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from catalogue.niveaux import Niveau
from catalogue.recherche.classement import Ligne
from catalogue.recherche.requete import Lecture

TABLE = "catalogue_documentderecherche"
TABLES_FTS = {False: "catalogue_recherche_fts", True: "catalogue_recherche_nombreux_fts"}
"""SQLite's full-text tables, of the numerous genres or of the others; PostgreSQL has a column and partial indexes."""
COLONNES = "d.id, d.genre, d.cle, d.debut, d.nb_mots, d.poids, d.appellation = '', "
LES_PLUS_COURTS = "d.nb_mots, d.id"
ORDRE_D_ECRITURE = "d.id"
"""Numerous genres are written the shortest titles first."""
PAR_LES_MOTS = "d.id + 0"
"""The same order, which PostgreSQL has to sort: it then goes by the words. It cannot guess how rare the beginning of a
word is, and would read the whole table in order to find nothing."""


class Demande(NamedTuple):
    """What the documents must say: one of the readings, and what the diploma asks for."""

    lectures: Sequence[Lecture]
    niveau: Niveau | None = None
    diplome: tuple[str, ...] = ()
    """Words of the diploma's name: a document that holds them is as good as one of its niveau."""
    courante: bool = False
    """Whether so many documents match that the first ones are found at once by reading them all in order."""


class Selection(NamedTuple):
    """Documents, in SQL: what stands after FROM, and its parameters."""

    sql: str
    parametres: tuple[Any, ...]
    ordre: str = LES_PLUS_COURTS


class Lues(NamedTuple):
    """What was read of the small genres and of the numerous ones, and whether there is more."""

    lignes: list[Ligne]
    nombreuses: list[Ligne]
    il_en_reste: bool
    il_en_reste_de_nombreuses: bool


RIEN = Lues([], [], False, False)


def lire(
    demande: Demande, plafond: int, plafond_nombreux: int, *, mots: bool = False, titres: bool = False
) -> Lues:
    """The first documents, at most so many of each selection; one statement.

    `mots` and `titres` say whether their words and their titles are needed: they are most of what is read.
    """
    colonnes = COLONNES + ("d.mots" if mots else "''")
    colonnes += ", d.titre, d.appellation, d.url" if titres else ", '', '', ''"
    plafonds: list[tuple[bool, int]] = []
    morceaux: list[str] = []
    parametres: list[Any] = []
    for nombreux, limite in ((False, plafond), (True, plafond_nombreux)):
        for selection in _selections(demande, nombreux=nombreux):
            rang = len(morceaux)
            morceaux.append(
                f"SELECT {colonnes}, {rang} AS rang {selection.sql} ORDER BY {selection.ordre} LIMIT {limite}"
            )
            parametres += selection.parametres
            plafonds.append((nombreux, limite))
    lues = list(map(Ligne._make, _executer(" UNION ALL ".join(map(_a_part, morceaux)), parametres)))
    par_genre: dict[bool, list[Ligne]] = {False: [], True: []}
    reste = {False: False, True: False}
    for rang, (nombreux, limite) in enumerate(plafonds):
        lignes = [ligne for ligne in lues if ligne[-1] == rang]
        par_genre[nombreux] += lignes
        reste[nombreux] |= len(lignes) == limite
    return Lues(par_genre[False], par_genre[True][:plafond_nombreux], reste[False], reste[True])


def compter(demande: Demande) -> dict[str, int]:
    """How many things of each genre the small genres have in all."""
    selections = _selections(demande, nombreux=False)
    rangees = " UNION ".join(f"SELECT d.genre, d.cle {selection.sql}" for selection in selections)
    return dict(
        _executer(
            f"SELECT genre, COUNT(DISTINCT cle) FROM ({rangees}) AS r GROUP BY genre",  # noqa: S608
            [p for selection in selections for p in selection.parametres],
        )
    )


def cles(demande: Demande, genre: str, limite: int | None) -> list[str]:
    """The keys of one genre, the shortest titles first."""
    trouvees: list[str] = []
    for nombreux in (False, True):
        for selection in _selections(demande, nombreux=nombreux):
            sql = f"SELECT d.cle {selection.sql} AND d.genre = %s ORDER BY d.nb_mots, d.id"
            suite = "" if limite is None else f" LIMIT {limite}"
            trouvees += [cle for (cle,) in _executer(sql + suite, [*selection.parametres, genre])]
    return trouvees


def titres(pks: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """(genre, key, official title, other title, address) of each document."""
    liste = ", ".join(str(int(pk)) for pk in pks)
    if not liste:
        return {}
    sql = f"SELECT id, genre, cle, titre, appellation, url FROM {TABLE} WHERE id IN ({liste})"  # noqa: S608
    return {pk: tuple(reste) for pk, *reste in _executer(sql, ())}


def _selections(demande: Demande, *, nombreux: bool) -> list[Selection]:
    """The documents asked for, those of each selection in no other."""
    if demande.niveau is None:
        lectures = demande.lectures or [[[mot] for mot in demande.diplome]]
        return [_correspondants(lectures, nombreux=nombreux, courante=demande.courante)]
    niveau = (demande.niveau,)
    selections = [
        _correspondants(
            demande.lectures,
            Selection("d.niveau = %s", niveau),
            nombreux=nombreux,
            courante=demande.courante,
        )
        if demande.lectures
        else Selection(
            f"FROM {TABLE} d WHERE {_nombreux(nombreux)} AND d.niveau = %s",
            niveau,
            ORDRE_D_ECRITURE if nombreux else LES_PLUS_COURTS,
        )
    ]
    if demande.diplome:
        nomme: Lecture = [[mot] for mot in demande.diplome]
        lectures = [[*nomme, *lecture] for lecture in demande.lectures] or [nomme]
        autre_niveau = Selection("(d.niveau IS NULL OR d.niveau <> %s)", niveau)
        selections.append(_correspondants(lectures, autre_niveau, nombreux=nombreux))
    return selections


def _correspondants(
    lectures: Sequence[Lecture],
    condition: Selection | None = None,
    *,
    nombreux: bool,
    courante: bool = False,
) -> Selection:
    """The documents that hold one alternative of each group of one of the readings."""
    suite, parametres = (f" AND {condition.sql}", condition.parametres) if condition else ("", ())
    if connection.vendor == "postgresql":
        ordre = ORDRE_D_ECRITURE if courante else PAR_LES_MOTS
        return Selection(
            f"FROM {TABLE} d WHERE {_nombreux(nombreux)} AND d.mots_tsv @@ %s::tsquery{suite}",
            (expression(lectures, " & ", " | ", "'{}'", "'{}':*"), *parametres),
            ordre if nombreux else LES_PLUS_COURTS,
        )
    fts = TABLES_FTS[nombreux]
    # CROSS JOIN keeps the order: the index is read first, and gives its rows in the order of their number.
    return Selection(
        f"FROM {fts} f CROSS JOIN {TABLE} d ON d.id = f.rowid WHERE f.{fts} MATCH %s{suite}",
        (expression(lectures, " AND ", " OR ", '"{}"', '"{}"*'), *parametres),
        "f.rowid" if nombreux else LES_PLUS_COURTS,
    )


def _a_part(selection: str) -> str:
    """As SQLite asks for a selection that has an order to be written in a union; PostgreSQL plans it longer than in parentheses."""
    return f"({selection})" if connection.vendor == "postgresql" else f"SELECT * FROM ({selection})"  # noqa: S608


def _nombreux(nombreux: bool) -> str:
    """As the partial indexes say it."""
    return "d.nombreux" if nombreux else "NOT d.nombreux"


def expression(lectures: Sequence[Lecture], et: str, ou: str, mot_entier: str, debut: str) -> str:
    """Words hold letters and digits only (catalogue.recherche.mots): nothing to escape."""

    def mot(texte: str) -> str:
        return debut.format(texte[:-1]) if texte.endswith("*") else mot_entier.format(texte)

    def lecture(groupes: Lecture) -> str:
        return et.join(f"({ou.join(mot(texte) for texte in groupe)})" for groupe in groupes)

    return ou.join(f"({lecture(groupes)})" for groupes in lectures)


def _executer(sql: str, parametres: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(sql, parametres)
        return curseur.fetchall()
