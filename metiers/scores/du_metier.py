"""The scores of a métier, ready for its page: inputs gathered from what the page has already read.

At most three queries besides, whatever the métier: the amounts that its salaries are placed among.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from metiers import natures
from metiers.models import FamilleProfessionnelle, Indicateur, IndicateurEditorial, Metier, SalaireDeFamille
from metiers.scores import acces, attractivite, conditions, salaire, tension
from metiers.scores.score import SUR, Element, Score, en_francais

DECILES = ("salaire-p10", "salaire-p90")
SCORES_DES_SOURCES = {
    attractivite.NOM: ("attractivite",),
    tension.NOM: ("score-tension", "tension-france-travail", "tension-vocaneo", "tension-globale"),
    salaire.NOM: ("score-salaire",),
    conditions.NOM: ("score-conditions",),
    acces.NOM: ("score-accessibilite",),
}
"""In the order of the page: each score, and the kinds of figures by which a source says its own."""
_SANS_ENTREE = {
    attractivite.NOM: "Il faut au moins deux des trois scores : tension, salaire, conditions de travail.",
    tension.NOM: "Aucune catégorie de tension n'est connue pour ce métier.",
    salaire.NOM: "Aucun salaire daté ne peut être situé parmi ceux de sa source.",
    conditions.NOM: "Le ROME ne décrit pas les conditions de travail de ce métier.",
    acces.NOM: "Trop peu d'éléments connus.",
}


@dataclass(frozen=True, slots=True)
class ScoreAffiche:
    """A score as a page shows it: words, then the number, then why. Without inputs, words alone."""

    nom: str
    phrase: str
    """« Peu de contraintes signalées »; « Non renseigné » without a score."""
    valeur: Decimal | None
    """For a bar; None without a score."""
    valeur_en_clair: str
    """« 8,4 sur 10 », or empty."""
    sens: str
    """« 10 = aucune contrainte signalée »."""
    elements: tuple[Element, ...]
    manquants: tuple[str, ...]
    formule: str
    sources: tuple[str, ...]
    """Who brought the inputs, and of when, each once."""
    reserve: str
    """What the score leaves out, or why there is none."""
    selon_les_sources: tuple[Any, ...]
    """Figures by which sources say their own score: shown beside ours, never merged."""
    sur: int = SUR

    @property
    def renseigne(self) -> bool:
        return self.valeur is not None


def scores(metier: Metier, indicateurs: Iterable[Any], facilite: Score | None) -> list[ScoreAffiche]:
    """The five scores, always in the same order.

    `metier` comes from `for_detail()`; `indicateurs` are its `Indicateur` and `IndicateurEditorial`; `facilite` is its
    score of access.
    """
    indicateurs = list(indicateurs)
    du_marche = tension.tension(_categories(indicateurs))
    du_salaire = salaire.salaire(_salaires(indicateurs))
    des_conditions = _conditions(metier)
    calcules = (
        (attractivite.NOM, attractivite.attractivite(du_marche, du_salaire, des_conditions)),
        (tension.NOM, du_marche),
        (salaire.NOM, du_salaire),
        (conditions.NOM, des_conditions),
        (acces.NOM, facilite),
    )
    return [_afficher(nom, score, indicateurs) for nom, score in calcules]


def sans_doublons(indicateurs: Iterable[Any]) -> list[Any]:
    """Without the figures that an editor copied from an edition which an import has brought since."""
    indicateurs = list(indicateurs)
    importes = {_edition(i) for i in indicateurs if isinstance(i, Indicateur)}
    return [i for i in indicateurs if isinstance(i, Indicateur) or _edition(i) not in importes]


def _edition(indicateur: Any) -> tuple[str, str, str, str]:
    return indicateur.nature_id, indicateur.source_id, indicateur.millesime, indicateur.territoire


def _afficher(nom: str, score: Score | None, indicateurs: Sequence[Any]) -> ScoreAffiche:
    selon_les_sources = tuple(i for i in indicateurs if i.nature_id in SCORES_DES_SOURCES[nom])
    if score is None:
        return ScoreAffiche(
            nom=nom,
            phrase="Non renseigné",
            valeur=None,
            valeur_en_clair="",
            sens="",
            elements=(),
            manquants=(),
            formule="",
            sources=(),
            reserve=_SANS_ENTREE[nom],
            selon_les_sources=selon_les_sources,
        )
    return ScoreAffiche(
        nom=nom,
        phrase=score.phrase[0].upper() + score.phrase[1:],
        valeur=score.valeur,
        valeur_en_clair=f"{en_francais(score.valeur)} sur {score.sur}",
        sens=score.sens,
        elements=score.elements,
        manquants=score.manquants,
        formule=score.formule,
        sources=score.sources,
        reserve=score.reserve,
        selon_les_sources=selon_les_sources,
        sur=score.sur,
    )


def _conditions(metier: Metier) -> Score | None:
    contextes = (lien.contexte for lien in metier.contextes_du_metier.all())
    origine = f"{metier.version.source}, {metier.version.libelle}" if metier.version else "ROME"
    return conditions.conditions(
        (conditions.Contexte(c.code_ogr, c.code_type, c.libelle) for c in contextes), origine
    )


def _categories(indicateurs: Sequence[Any]) -> list[tension.Categorie]:
    """The national categories of the last year; what an import brought goes before what an editor copied."""
    lus = [
        i
        for i in indicateurs
        if i.nature_id == natures.TENSION
        and i.valeur is not None
        and 1 <= i.valeur <= tension.CATEGORIE_MAXIMALE
    ]
    lus = [i for i in lus if isinstance(i, Indicateur)] or lus
    derniere = max((i.millesime for i in lus), default="")
    return [
        tension.Categorie(_libelle(i), i.valeur, i.millesime, _origine(i))
        for i in lus
        if i.millesime == derniere
    ]


def _salaires(indicateurs: Sequence[Any]) -> list[salaire.Salaire]:
    """Medians of families first; else, of the last period, a source's own first and ninth déciles."""
    dates = [i for i in indicateurs if i.valeur is not None and i.millesime]
    familles = [
        i
        for i in dates
        if i.nature_id == natures.SALAIRE_MEDIAN and isinstance(i, Indicateur) and i.code_nomenclature
    ]
    if familles:
        medianes = SalaireDeFamille.objects.filter(
            famille__nomenclature=FamilleProfessionnelle.Nomenclature.FAP_225,
            periode=familles[0].millesime,
            source=familles[0].source_id,
        )
        reference = [Decimal(median) for median in medianes.values_list("median", flat=True)]
        return [_salaire(i, reference) for i in familles if i.millesime == familles[0].millesime]
    return _deciles(dates)


def _deciles(indicateurs: Sequence[Any]) -> list[salaire.Salaire]:
    par_edition: dict[tuple[str, str, str], dict[str, Any]] = defaultdict(dict)
    for i in indicateurs:
        if i.nature_id in DECILES:
            par_edition[i.millesime, i.source_id, i.unite].setdefault(i.nature_id, i)
    completes = [(edition, lus) for edition, lus in par_edition.items() if len(lus) == len(DECILES)]
    if not completes:
        return []
    (millesime, source, unite), lus = max(completes, key=lambda complete: complete[0])
    references: dict[str, list[Decimal]] = defaultdict(list)
    memes = {
        "nature__in": DECILES,
        "millesime": millesime,
        "source": source,
        "unite": unite,
    }
    for rangs in (
        Indicateur.objects.filter(**memes, metier__retire_le__isnull=True),
        IndicateurEditorial.objects.filter(**memes, fiche__publie=True),
    ):
        for nature, valeur in rangs.order_by().values_list("nature", "valeur"):
            if valeur is not None:
                references[nature].append(valeur)
    return [_salaire(lus[nature], references[nature]) for nature in DECILES]


def _salaire(indicateur: Any, reference: Sequence[Decimal]) -> salaire.Salaire:
    return salaire.Salaire(
        _libelle(indicateur),
        indicateur.valeur,
        indicateur.en_clair,
        indicateur.millesime,
        reference,
        _origine(indicateur),
    )


def _libelle(indicateur: Any) -> str:
    """« Salaire médian, famille professionnelle L0Z60 »."""
    groupe = indicateur.groupe if isinstance(indicateur, Indicateur) else ""
    return f"{indicateur.nature.libelle}, {groupe}" if groupe else indicateur.nature.libelle


def _origine(indicateur: Any) -> str:
    return f"{indicateur.source}, {indicateur.millesime_en_clair}"
