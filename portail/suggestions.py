"""Suggestions as they are shown: by kind, with the part that matches marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from catalogue.recherche.moteur import Resultats
from catalogue.recherche.mots import racine, sans_accents
from catalogue.recherche.requete import Requete
from portail.resultats import GENRES


@dataclass(frozen=True)
class Ligne:
    """One suggestion."""

    libelle: SafeString
    officiel: str
    """The official title, when the one that matches is another."""
    code: str
    url: str


@dataclass(frozen=True)
class Groupe:
    """The suggestions of one kind."""

    titre: str
    lignes: list[Ligne]


def groupes(resultats: Resultats) -> list[Groupe]:
    par_genre: dict[str, list[Ligne]] = {}
    for t in resultats.trouvailles:
        code = t.cle if t.genre in ("metier", "certification") else ""
        libelle = marquer(t.appellation or t.titre, resultats.requete)
        par_genre.setdefault(t.genre, []).append(
            Ligne(libelle, t.titre if t.appellation else "", code, t.url)
        )
    return [Groupe(GENRES[genre], lignes) for genre, lignes in par_genre.items()]


def marquer(titre: str, requete: Requete) -> SafeString:
    """The title, its words that match between <mark> (only their beginning, when that is what was typed)."""
    entiers = {mot for lecture in requete.lectures for groupe in lecture for mot in groupe if mot[-1] != "*"}
    prefixes = {
        mot[:-1] for lecture in requete.lectures for groupe in lecture for mot in groupe if mot[-1] == "*"
    }
    morceaux: list[SafeString] = []
    for morceau in re.split(r"(\w+)", titre):
        plat = sans_accents(morceau)
        debut = max((len(p) for p in prefixes if plat.startswith(p)), default=0)
        if morceau and racine(plat) in entiers:
            morceaux.append(format_html("<mark>{}</mark>", morceau))
        elif debut and len(plat) == len(morceau):
            morceaux.append(format_html("<mark>{}</mark>{}", morceau[:debut], morceau[debut:]))
        else:
            morceaux.append(conditional_escape(morceau))
    return mark_safe("".join(morceaux))  # noqa: S308 -- each piece is escaped above
