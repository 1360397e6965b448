"""What a reader says when it does not like a file or a line of it."""

from typing import NamedTuple


class FichierRefuse(Exception):
    """The file is not what it claims; nothing may be written from it.

    The message is one sentence in French, shown as it is to whoever ran the command.
    """


class Rejet(NamedTuple):
    """One record left out of an import, the others go on.

    `objet` is the kind of record in the singular (« appellation »), `cle` its key in the source,
    `raison` one short clause in French.
    """

    objet: str
    cle: str
    raison: str
