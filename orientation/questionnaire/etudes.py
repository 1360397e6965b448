"""How far studies lead in so many years: the usual lengths, full time, from one niveau to the next.

A CAP takes two years after the collège, a bac professionnel two more, a BTS two years after the bac, a licence one
more, a master two, a doctorat three. Usual, not certain: dispenses, VAE and shorter titles exist, and pages say so.
"""

from __future__ import annotations

from catalogue.niveaux import Niveau

DUREES = (
    (Niveau.CAP, 2),
    (Niveau.BAC, 2),
    (Niveau.BAC_2, 2),
    (Niveau.BAC_3_OU_4, 1),
    (Niveau.BAC_5, 2),
    (Niveau.DOCTORAT, 3),
)
"""Years from the niveau before to this one."""


def atteignable(niveau: int, annees: int) -> int:
    """The highest niveau usually reached within `annees` years by someone who has `niveau`."""
    atteint, reste = niveau, annees
    for suivant, duree in DUREES:
        if suivant > niveau:
            reste -= duree
            if reste < 0:
                break
            atteint = int(suivant)
    return atteint
