"""What is computed at import time and stored: nothing here is about a person."""

from orientation.models.couverture import CouvertureDeBloc, PoidsDeMot
from orientation.models.proximite import Proximite

__all__ = ["CouvertureDeBloc", "PoidsDeMot", "Proximite"]
