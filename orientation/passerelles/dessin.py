"""The map as boxes and lines: coordinates only, the template draws.

Two drawings of the same tree, of which the style sheet shows one: three columns where there is room, one column with
indents on a telephone. Text does not wrap in SVG: lines are cut here, on a width of letters that no system font
exceeds on average, and each box is as high as its lines, so that nothing overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

LETTRE = 8.2
"""Units for a letter of a title (15 units high), capitals and narrow letters together, and to spare."""
LETTRE_DE_NOTE = 7.0
"""The same for a reason (12.5 units high)."""
LIGNE, LIGNE_DE_NOTE = 19, 16
MARGE = 12
ECART = 10
"""Between two boxes."""
MINIMUM = 44
"""Height of a box: what a finger needs."""


@dataclass(frozen=True, slots=True)
class Noeud:
    """What a box says. `domaine` is the letter of its grand domaine."""

    titre: str
    url: str
    domaine: str
    raison: str = ""
    suites: Sequence[Noeud] = ()


@dataclass(frozen=True, slots=True)
class LigneDeTexte:
    texte: str
    y: float
    est_note: bool = False


@dataclass(frozen=True, slots=True)
class Boite:
    noeud: Noeud
    etape: int
    """0 for the origin, 1 and 2 for the steps."""
    x: float
    y: float
    largeur: float
    hauteur: float
    lignes: tuple[LigneDeTexte, ...]

    @property
    def texte_x(self) -> float:
        return self.x + MARGE + 4

    @property
    def milieu(self) -> float:
        return self.y + self.hauteur / 2


@dataclass(frozen=True, slots=True)
class Dessin:
    largeur: int
    hauteur: float
    boites: tuple[Boite, ...]
    traits: tuple[str, ...]
    """Paths (the « d » of SVG), from a box to the next step."""

    @property
    def cadre_largeur(self) -> float:
        """Room is left around for the thicker line of the box that has the focus."""
        return self.largeur + 6

    @property
    def cadre_hauteur(self) -> float:
        return self.hauteur + 6


@dataclass(frozen=True, slots=True)
class Disposition:
    largeur: int
    colonnes: tuple[tuple[int, int], ...]
    """For each step: left edge and width."""
    en_colonnes: bool


LARGE = Disposition(1000, ((0, 230), (300, 300), (680, 320)), en_colonnes=True)
ETROITE = Disposition(320, ((0, 320), (18, 302), (40, 280)), en_colonnes=False)


def dessiner(origine: Noeud, disposition: Disposition) -> Dessin:
    return _en_colonnes(origine, disposition) if disposition.en_colonnes else _en_pile(origine, disposition)


def couper(texte: str, largeur: float, lettre: float) -> list[str]:
    """Lines that hold in `largeur` units."""
    return wrap(texte, max(8, int((largeur - 2 * MARGE) / lettre)), break_long_words=True) or [""]


def _boite(noeud: Noeud, etape: int, y: float, disposition: Disposition) -> Boite:
    x, largeur = disposition.colonnes[etape]
    titres = couper(noeud.titre, largeur, LETTRE)
    notes = couper(noeud.raison, largeur, LETTRE_DE_NOTE) if noeud.raison else []
    contenu = len(titres) * LIGNE + len(notes) * LIGNE_DE_NOTE
    hauteur = max(MINIMUM, contenu + MARGE)
    haut = y + (hauteur - contenu) / 2
    lignes = [LigneDeTexte(texte, haut + LIGNE * rang + 14) for rang, texte in enumerate(titres)]
    haut += LIGNE * len(titres)
    lignes += [
        LigneDeTexte(texte, haut + LIGNE_DE_NOTE * rang + 12, True) for rang, texte in enumerate(notes)
    ]
    return Boite(noeud, etape, x, y, largeur, hauteur, tuple(lignes))


def _en_pile(origine: Noeud, disposition: Disposition) -> Dessin:
    """One under the other, each step further right; a line runs down the left edge of the step before."""
    boites: list[Boite] = []
    traits: list[str] = []

    def poser(noeud: Noeud, etape: int, mere: Boite | None) -> None:
        y = boites[-1].y + boites[-1].hauteur + ECART if boites else 0
        boite = _boite(noeud, etape, y, disposition)
        boites.append(boite)
        if mere:
            depart = mere.x + 8
            traits.append(f"M{depart:g} {mere.y + mere.hauteur:g}V{boite.milieu:g}H{boite.x:g}")
        for suite in noeud.suites:
            poser(suite, etape + 1, boite)

    poser(origine, 0, None)
    return Dessin(disposition.largeur, boites[-1].y + boites[-1].hauteur, tuple(boites), tuple(traits))


def _en_colonnes(origine: Noeud, disposition: Disposition) -> Dessin:
    """One column a step; a box stands beside the middle of those it leads to, the origin beside the first."""
    boites: list[Boite] = []
    traits: list[str] = []
    premieres: list[Boite] = []
    y = 0.0
    for noeud in origine.suites:
        suites: list[Boite] = []
        bas = y
        for suite in noeud.suites:
            boite = _boite(suite, 2, bas, disposition)
            suites.append(boite)
            bas = boite.y + boite.hauteur + ECART
        hauteur_des_suites = bas - ECART - y if suites else 0.0
        seule = _boite(noeud, 1, y, disposition)
        decalage = max(0.0, (hauteur_des_suites - seule.hauteur) / 2)
        premiere = _boite(noeud, 1, y + decalage, disposition)
        premieres.append(premiere)
        boites += [premiere, *suites]
        traits += [_courbe(premiere, suite) for suite in suites]
        y = max(bas, premiere.y + premiere.hauteur + ECART) + ECART
    depart = _boite(origine, 0, 0.0, disposition)
    if premieres:
        depart = _boite(origine, 0, max(0.0, premieres[0].milieu - depart.hauteur / 2), disposition)
    traits = [_equerre(depart, premiere) for premiere in premieres] + traits
    bas = max(boite.y + boite.hauteur for boite in (depart, *boites))
    return Dessin(disposition.largeur, bas, (depart, *boites), tuple(traits))


def _equerre(de: Boite, vers: Boite) -> str:
    """From the origin, which stands at the top: across, down, across."""
    gauche, droite = de.x + de.largeur, vers.x
    return f"M{gauche:g} {de.milieu:g}H{(gauche + droite) / 2:g}V{vers.milieu:g}H{droite:g}"


def _courbe(de: Boite, vers: Boite) -> str:
    gauche, droite = de.x + de.largeur, vers.x
    milieu = (gauche + droite) / 2
    return f"M{gauche:g} {de.milieu:g}C{milieu:g} {de.milieu:g} {milieu:g} {vers.milieu:g} {droite:g} {vers.milieu:g}"
