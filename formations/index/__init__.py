"""The sessions of the whole offer in memory, as columns of small integers, to count facets exactly and at once.

A formation answers when one same session of it answers every criterion about sessions. `criteres` names the values of
each column, `construction` reads the database into a `contenu`, `stock` keeps it in the database and in the process,
`selection` filters and counts.
"""
