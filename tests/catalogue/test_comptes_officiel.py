"""Every count that a list shows is what counting one by one gives: on the whole ROME."""

from __future__ import annotations

from catalogue.facettes import NON_RENSEIGNE
from metiers.filters import MetierFilterSet
from metiers.models import Metier
from tests.catalogue.test_comptes import adresse, brute, comptes_de, fiche_d_un_metier


def test_counts_on_the_whole_rome_equal_a_recount(rome_v60):
    choix = {nom: [] for nom, _ in MetierFilterSet.base_filters.items() if nom != "q"}
    choix |= {"domaine": ["D"], "niveau": ["5"], "sans_contexte": ["2"]}

    filtre = MetierFilterSet(adresse(choix), Metier.objects.publies().for_list())
    fiches = [
        fiche_d_un_metier(
            {
                **{c: getattr(m, c) for c in ("niveau_acces", "score_acces", "riasec_majeur")},
                **{c: getattr(m, c) for c in ("transition_ecologique", "transition_numerique")},
                "emploi_reglemente": m.emploi_reglemente,
                "domaine": m.domaine_id,
                "interet": [i.centre_interet_id for i in m.interets_du_metier.all()],
                "secteur": [s.secteur_id for s in m.secteurs_du_metier.all()],
                "contexte": [],
                "tension": [],
                "salaire": [],
            }
        )
        | {
            "contexte": (
                types := {
                    v for c in m.contextes_du_metier.all() for v in (c.contexte_id, c.contexte.code_type)
                }
            )
            or {NON_RENSEIGNE},
            "sans_contexte": types,
        }
        for m in Metier.objects.publies().prefetch_related(
            "interets_du_metier", "secteurs_du_metier", "contextes_du_metier__contexte"
        )
    ]

    assert len(fiches) == 1_584
    nombre, comptes = brute(fiches, choix, ("sans_contexte",))
    assert (filtre.total, comptes_de(filtre, ("sans_contexte",))) == (nombre, comptes)
