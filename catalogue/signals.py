"""How a package learns that data it depends on have changed, without being known to the package that changed them."""

from django.dispatch import Signal

# Sent inside the transaction of an import, once its own tables are written: keyword `version` (a
# VersionReferentiel). Receivers refresh what they derive from that source; if one fails, nothing is imported.
donnees_importees = Signal()

# Sent once, still inside that transaction, when everything is written and something has changed: keyword `versions`.
# Receivers make anew what is read from several tables at once.
donnees_changees = Signal()
