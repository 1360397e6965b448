"""What a métier asks of whoever wants in: niveau, expérience, durée, and the score they make.

For each input an editor's value comes first, then Onisep's, then what tested rules read in the ROME's « accès au
métier » text, then nothing. The origin of the niveau is kept, for the page says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from metiers.acces import Acces, Experience, lire_acces
from metiers.scores.acces import ScoreDAcces, facilite_acces

if TYPE_CHECKING:
    from metiers.models import FicheEditoriale, FicheOnisep, Metier

EDITEUR, ONISEP, ROME = "editeur", "onisep", "rome"


@dataclass(frozen=True, slots=True)
class Facilite:
    niveau: int | None
    origine: str
    """« editeur », « onisep », « rome », or '' when there is no niveau."""
    experience: Experience | None
    duree_formation_mois: int | None
    technicite: int | None
    acces: Acces
    """What the rules read in the ROME's text, kept whole so that the page can quote the words read."""
    score: ScoreDAcces | None


def facilite(
    metier: Metier,
    fiche: FicheEditoriale | None,
    fiches_onisep: list[FicheOnisep],
    nb_savoir_faire: int,
) -> Facilite:
    """`nb_savoir_faire` is the number of savoir-faire that the ROME requires; 0 counts as unknown."""
    lu = lire_acces(metier.acces_metier)
    niveau, origine = None, ""
    niveaux_onisep = [f.niveau_acces for f in fiches_onisep if f.niveau_acces is not None]
    if fiche and fiche.niveau_acces is not None:
        niveau, origine = fiche.niveau_acces, EDITEUR
    elif niveaux_onisep:
        # Several fiches of Onisep may describe one ROME code: the shortest way in is the one to tell.
        niveau, origine = min(niveaux_onisep), ONISEP
    elif lu.niveau is not None:
        niveau, origine = int(lu.niveau), ROME
    experience = Experience(fiche.experience) if fiche and fiche.experience else lu.experience
    # 0 month of training is an answer, as niveau 0 is.
    saisie = fiche.duree_formation_mois if fiche else None
    duree = lu.duree_formation_mois if saisie is None else saisie
    technicite = fiche.technicite if fiche else None
    redaction, rome = "la rédaction du portail", "le texte d'accès du ROME"
    origines = {
        "niveau": {EDITEUR: redaction, ONISEP: "Onisep, Idéo", ROME: rome}.get(origine, ""),
        "experience": redaction if fiche and fiche.experience else rome,
        "duree_formation": rome if saisie is None else redaction,
        "technicite": redaction,
        "nb_competences": "la fiche du ROME",
    }
    return Facilite(
        niveau=niveau,
        origine=origine,
        experience=experience,
        duree_formation_mois=duree,
        technicite=technicite,
        acces=lu,
        score=facilite_acces(
            niveau=niveau,
            experience=experience,
            duree_formation_mois=duree,
            technicite=technicite,
            nb_competences=nb_savoir_faire or None,
            origines=origines,
        ),
    )
