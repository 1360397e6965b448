"""What a command writes for the operator, who may stop reading before its end (`importer_tout … | head`)."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.core.management.base import OutputWrapper


class Sortie(OutputWrapper):
    """Standard output, line by line as it is written; once nobody reads it any more, the command goes on in silence."""

    def write(  # type: ignore[override]  # as in OutputWrapper itself
        self,
        msg: str = "",
        style_func: Callable[[str], str] | None = None,
        ending: str | None = None,
    ) -> None:
        try:
            super().write(msg, style_func, ending)
            self.flush()
        except BrokenPipeError:
            self._se_taire()

    def _se_taire(self) -> None:
        """Python flushes its standard output when it ends, too: what is left must have somewhere to go."""
        rien = os.open(os.devnull, os.O_WRONLY)
        os.dup2(rien, self.fileno())
        os.close(rien)
