"""Write many rows at once, given as values rather than as objects.

Django's `bulk_create` and `bulk_update` spend most of a large import in making objects and in composing statements with
thousands of parameters. Here one statement is prepared once per table: `executemany` on SQLite, `COPY` on PostgreSQL.
Values that need it still go through the fields of the model, so that both databases store what Django would have stored.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction

Conversion = Callable[[Any], Any]
_TELS_QUELS = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def inserer(modele: type[models.Model], attributs: Sequence[str], rangees: Iterable[Sequence[Any]]) -> None:
    """Insert rows of these attributes (`metier_id`, not `metier`); the other columns get their default, the same for all.

    As with `bulk_create`, neither `save()` nor its signals run.
    """
    donnes = [_champ(modele, attribut) for attribut in attributs]
    # The automatic key is left to the database; a default is computed once.
    autres = [
        champ
        for champ in modele._meta.concrete_fields
        if champ not in donnes and not isinstance(champ, models.AutoField) and not champ.generated
    ]
    exemple = modele()
    defauts = [champ.get_db_prep_save(champ.pre_save(exemple, True), connection) for champ in autres]
    converties = _convertir(donnes, rangees, tuple(defauts))
    table = _citer(modele._meta.db_table)
    colonnes = ", ".join(_citer(champ.column) for champ in (*donnes, *autres))
    with transaction.atomic(savepoint=False), connection.cursor() as curseur:
        if connection.vendor == "postgresql":
            with (
                connection.wrap_database_errors,
                curseur.copy(f"COPY {table} ({colonnes}) FROM STDIN") as copie,
            ):
                for rangee in converties:
                    copie.write_row(rangee)
        else:
            trous = ", ".join(["%s"] * (len(donnes) + len(autres)))
            curseur.executemany(f"INSERT INTO {table} ({colonnes}) VALUES ({trous})", list(converties))  # noqa: S608


def modifier(
    modele: type[models.Model], attributs: Sequence[str], rangees: Iterable[tuple[Any, Sequence[Any]]]
) -> None:
    """Write these attributes in the rows of these keys: couples of a key and the values, in the order of `attributs`."""
    champs = [_champ(modele, attribut) for attribut in attributs]
    cle = modele._meta.pk
    colonnes = ", ".join(f"{_citer(champ.column)} = %s" for champ in champs)
    requete = f"UPDATE {_citer(modele._meta.db_table)} SET {colonnes} WHERE {_citer(cle.column)} = %s"  # noqa: S608
    with transaction.atomic(savepoint=False), connection.cursor() as curseur:
        converties = _convertir([*champs, cle], ((*valeurs, pk) for pk, valeurs in rangees))
        curseur.executemany(requete, list(converties))


def derniere_cle(modele: type[models.Model]) -> int:
    """The highest automatic key of a table, 0 when it is empty: rows inserted from now on have higher ones."""
    return modele._default_manager.aggregate(pk=models.Max("pk"))["pk"] or 0


def _citer(nom: str | None) -> str:
    return connection.ops.quote_name(str(nom))


def _champ(modele: type[models.Model], attribut: str) -> models.Field:
    return next(c for c in modele._meta.concrete_fields if attribut in (c.attname, c.name))


def _convertir(
    champs: Sequence[models.Field], rangees: Iterable[Sequence[Any]], suite: tuple = ()
) -> Iterator[Sequence[Any]]:
    """The rows as the database takes them, followed by `suite`; most columns hold what they store, and are left alone."""
    conversions = [(rang, c) for rang, champ in enumerate(champs) if (c := _conversion(champ)) is not None]
    if not conversions and not suite:
        yield from rangees
        return
    for rangee in rangees:
        valeurs = [*rangee, *suite]
        for rang, convertir in conversions:
            if (valeur := valeurs[rang]) is not None:
                valeurs[rang] = convertir(valeur)
        yield valeurs


def _conversion(champ: models.Field) -> Conversion | None:
    """What Django does to a value of this field before it is stored; None when a text, a number or a truth stays itself.

    A null stays null, in a column of JSON too: no model here stores the word null of JSON.
    """
    vise = champ.target_field if isinstance(champ, models.ForeignKey) else champ
    if isinstance(vise, _TELS_QUELS):
        return None
    if type(vise) is models.DateField:  # Django has taught its drivers to write a day
        return None
    if type(vise) is models.JSONField and vise.encoder is None:
        return json.dumps

    def preparer(valeur: Any) -> Any:
        return champ.get_db_prep_save(valeur, connection)

    return preparer
