"""Search in everyday French, the same on SQLite and PostgreSQL.

`mots` turns text into comparable words; `index` stores what can be found, `colonnes` its index, which `repertoire` holds in
memory; `requete` understands what was typed; `moteur` answers. Callers see `index.declarer`, `index.reindexer`, `moteur.chercher` and `moteur.suggerer`: another
engine could take the place.
"""
