"""Facets: filters that count what each of their options would give.

OR inside a facet, AND across facets. An option's count is computed with every other filter but its own facet's:
what one would get by ticking it alone. « Non renseigné » is an option like the others. A criterion is declared
once, as one `Facette` of a `FacettesFilterSet`; filter, choices, labels and counts follow from that line.

`facette.py` says which records have a value, `filterset.py` reads an address, `memoire.py` counts in memory,
`affichage.py` is what templates are given.
"""

from catalogue.facettes.affichage import FacetteAffichee, Option, Puce, Retrait
from catalogue.facettes.facette import LIBELLE_NON_RENSEIGNE, NON_RENSEIGNE, Choix, Facette, Mots
from catalogue.facettes.filterset import FacettesFilterSet, Tri
from catalogue.facettes.memoire import FacettesEnMemoire

__all__ = [
    "LIBELLE_NON_RENSEIGNE",
    "NON_RENSEIGNE",
    "Choix",
    "Facette",
    "FacetteAffichee",
    "FacettesEnMemoire",
    "FacettesFilterSet",
    "Mots",
    "Option",
    "Puce",
    "Retrait",
    "Tri",
]
