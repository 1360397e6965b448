"""The glossary, made ready for its pages: the alphabet, and the article of a term."""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass

from guides.liens import cle_de_mot
from guides.models import Terme
from guides.textes import lignes, paragraphes

# Terms that start with a figure or a sign.
AUTRES = "0-9"


@dataclass(frozen=True)
class Lettre:
    """A letter of the glossary, with its terms; without any, it leads nowhere."""

    lettre: str
    termes: tuple[Terme, ...]

    @property
    def ancre(self) -> str:
        return f"lettre-{self.lettre.lower()}"


@dataclass(frozen=True)
class Partie:
    """A titled part of an article."""

    titre: str
    paragraphes: tuple[str, ...]


class PageTerme:
    """What the page shows; built on a term fetched with `for_detail()`."""

    def __init__(self, terme: Terme) -> None:
        self.terme = terme
        self.titre = terme.terme
        self.definition_courte = terme.definition_courte
        self.definition = paragraphes(terme.definition)
        self.note = paragraphes(terme.note)
        self.autres_noms = lignes(terme.autres_noms)
        self.types_introduction = paragraphes(terme.types_introduction)
        self.phrase_cle = terme.phrase_cle
        self.points_forts = lignes(terme.points_forts)
        self.source = terme.source

    @property
    def comprendre(self) -> list[Partie]:
        """The parts that are written, in the order of the article."""
        parties = (
            ("Les compétences", self.terme.competences),
            ("Les diplômes", self.terme.diplomes),
            ("Le travail d'équipe", self.terme.equipe),
            ("L'analyse", self.terme.analyse),
        )
        return [Partie(titre, tuple(paragraphes(texte))) for titre, texte in parties if texte.strip()]

    @property
    def types(self) -> list[Partie]:
        return [Partie(t.titre, tuple(paragraphes(t.texte))) for t in self.terme.types.all()]

    @property
    def termes_lies(self) -> list[Terme]:
        return dans_l_ordre(self.terme.termes_lies.all())

    @property
    def est_un_article(self) -> bool:
        """Whether there is more to read than the short definition."""
        return bool(self.definition or self.comprendre or self.types or self.points_forts)


def presenter(terme: Terme) -> PageTerme:
    return PageTerme(terme)


def dans_l_ordre(termes: Iterable[Terme]) -> list[Terme]:
    """The order of a dictionary, accents and capitals aside; databases each have their own."""
    return sorted(termes, key=lambda t: (cle_de_tri(t.terme), t.pk))


def alphabet(termes: Iterable[Terme]) -> list[Lettre]:
    """The twenty-six letters, those without a term included; « 0-9 » only when it has one."""
    par_lettre: dict[str, list[Terme]] = {lettre: [] for lettre in string.ascii_uppercase}
    for terme in dans_l_ordre(termes):
        initiale = cle_de_tri(terme.terme)[:1].upper()
        par_lettre.setdefault(initiale if initiale in string.ascii_uppercase else AUTRES, []).append(terme)
    return [Lettre(lettre, tuple(liste)) for lettre, liste in sorted(par_lettre.items())]


def cle_de_tri(texte: str) -> str:
    """« Œuvre » → « oeuvre », « Écoute » → « ecoute »."""
    return " ".join(cle_de_mot(mot) for mot in texte.replace("'", " ").replace("’", " ").split())
