"""Administration of the métiers: the ROME is read, the editors' texts are written."""

from metiers.admin import chiffres, competence, editorial, familles, interet, metier, onisep, reaffectation

__all__ = ["chiffres", "competence", "editorial", "familles", "interet", "metier", "onisep", "reaffectation"]
