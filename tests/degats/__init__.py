"""Ways to damage an official file, for whoever wants to know what an import makes of it.

Each is a function of the bytes of a file and of a source of chance, which gives other bytes; a seed makes them again.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

Degat = Callable[[bytes, Random], bytes]
