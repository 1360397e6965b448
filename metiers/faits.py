"""The quick facts of a métier: a label, words before the figure, and where they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from catalogue import niveaux
from catalogue.models import Source
from metiers.facilite import Facilite
from metiers.models import FicheEditoriale, OrigineDuNiveau

NON_RENSEIGNE = "Non renseigné"


@dataclass(frozen=True)
class Fait:
    libelle: str
    valeur: str
    precision: str = ""
    renseigne: bool = True


def faits_acces(acces: Facilite) -> list[Fait]:
    """Niveau, facilité d'accès, expérience: said in words, « non renseigné » when unknown."""
    return [_niveau(acces), _facilite(acces), _experience(acces)]


def _niveau(acces: Facilite) -> Fait:
    origine = f"Niveau {OrigineDuNiveau(acces.origine).label}." if acces.origine else ""
    return Fait(
        "Niveau d'études pour y accéder", niveaux.libelle(acces.niveau), origine, acces.niveau is not None
    )


def _facilite(acces: Facilite) -> Fait:
    if acces.score is None:
        return Fait("Facilité d'accès", NON_RENSEIGNE, "Trop peu d'éléments connus.", renseigne=False)
    phrase = acces.score.bande.phrase
    valeur = str(acces.score.valeur).replace(".", ",")
    return Fait(
        "Facilité d'accès",
        phrase[0].upper() + phrase[1:],
        f"{valeur} sur 10, où 10 est le plus facile d'accès.",
    )


def _experience(acces: Facilite) -> Fait:
    if acces.experience is None:
        return Fait("Expérience", NON_RENSEIGNE, renseigne=False)
    return Fait("Expérience", acces.experience.libelle)


def duree(acces: Facilite, editorial: FicheEditoriale | None) -> Fait:
    """Months up to two years, then whole years; from the editors, else as read in the ROME."""
    mois = acces.duree_formation_mois
    if mois is None:
        return Fait("Durée de formation", NON_RENSEIGNE, renseigne=False)
    annees, reste = divmod(mois, 12)
    valeur = f"{mois} mois" if reste or annees < 2 else f"{annees} ans"
    par_la_redaction = editorial and editorial.duree_formation_mois
    return Fait(
        "Durée de formation",
        valeur,
        "Durée typique retenue par la rédaction." if par_la_redaction else "Durée lue dans le texte du ROME.",
    )


def tension(score: Any) -> Fait:
    """The tension of the market in words, from our score (`ScoreAffiche`); else what a source gives, without a direction."""
    if score.renseigne:
        return Fait(score.nom, score.phrase, f"{score.valeur_en_clair}, {score.sens}.")
    if score.selon_les_sources:
        chiffre = score.selon_les_sources[0]
        sens = "" if chiffre.sens else " Sens non précisé par la source."
        precision = f"{chiffre.en_clair} selon {nom(chiffre.source)}, {chiffre.millesime_en_clair}. {chiffre.sens}{sens}"
        return Fait(score.nom, NON_RENSEIGNE, precision.strip(), renseigne=False)
    return Fait(score.nom, NON_RENSEIGNE, score.reserve, renseigne=False)


def salaire(chiffres: Iterable[Any]) -> Fait:
    """First to ninth décile when one source gives both, else its first figure; never a mix of sources.

    `chiffres` are the figures of the theme « salaire », in their order.
    """
    premier = None
    par_source: dict[str, dict[str, Any]] = {}
    for chiffre in chiffres:
        premier = premier or chiffre
        par_source.setdefault(chiffre.source_id, {}).setdefault(chiffre.nature_id, chiffre)
    for lus in par_source.values():
        bas, haut = lus.get("salaire-p10"), lus.get("salaire-p90")
        if bas and haut:
            meme_unite = bas.unite == haut.unite
            debut = bas.en_clair.removesuffix(bas.unite).strip() if meme_unite else bas.en_clair
            precision = f"Huit personnes sur dix gagnent entre ces montants. {_origine(bas)}"
            return Fait("Salaire", f"De {debut} à {haut.en_clair}", precision)
    if premier:
        return Fait(premier.nature.libelle, premier.en_clair, _origine(premier))
    return Fait("Salaire", NON_RENSEIGNE, renseigne=False)


def nom(source: Source) -> str:
    """Who says so, in a word: a heading has no room for the title of the work."""
    return source.producteur or source.nom


def _origine(chiffre: Any) -> str:
    return f"Selon {nom(chiffre.source)}, {chiffre.millesime_en_clair}."
