"""The two shapes in which editors type: paragraphs, and lists with one item a line."""

import re


def paragraphes(texte: str) -> list[str]:
    """A blank line separates them; a simple line break is a space."""
    return [" ".join(p.split("\n")).strip() for p in re.split(r"\n\s*\n", _unifie(texte)) if p.strip()]


def lignes(texte: str) -> list[str]:
    return [ligne.strip() for ligne in _unifie(texte).split("\n") if ligne.strip()]


def _unifie(texte: str) -> str:
    """Forms send « \\r\\n »."""
    return texte.replace("\r\n", "\n").replace("\r", "\n")
