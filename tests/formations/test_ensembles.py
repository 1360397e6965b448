"""Sets of ranks are those of the masks they come from, whatever their density."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formations.index.ensembles import EN_BITS, TRANCHE, en_ensemble, en_rangs


@given(
    st.integers(0, 500).flatmap(
        lambda taille: st.tuples(st.just(taille), st.sets(st.integers(0, max(taille - 1, 0))))
    )
)
def test_ranks_of_a_set_are_those_of_its_mask(demande):
    taille, voulus = demande
    masque = np.zeros(taille, bool)
    masque[[v for v in voulus if v < taille]] = True

    ensemble = en_ensemble(masque)

    assert en_rangs(ensemble).tolist() == np.flatnonzero(masque).tolist()
    assert len(ensemble) == int(masque.sum())


@pytest.mark.parametrize("nombre", [1, EN_BITS - 1, EN_BITS, EN_BITS + 1, TRANCHE - 1, TRANCHE])
@pytest.mark.parametrize("tranche", [0, 2])
def test_a_slice_is_read_again_whether_its_ranks_are_few_or_many(nombre, tranche):
    """The slices before and after it are empty, the last one is not whole."""
    masque = np.zeros(3 * TRANCHE + 11, bool)
    masque[tranche * TRANCHE + np.arange(nombre)] = True

    ensemble = en_ensemble(masque)

    assert en_rangs(ensemble).tolist() == np.flatnonzero(masque).tolist()
    assert len(ensemble) == nombre


@pytest.mark.parametrize("un_sur", [1, 2, 9, 20, 1_000])
def test_sets_of_every_density_have_the_same_ranks_in_common_as_their_masks(un_sur):
    hasard = np.random.default_rng(un_sur)
    un, autre = hasard.random(200_011) < 1 / un_sur, hasard.random(200_011) < 1 / 3

    communs = en_ensemble(un) & en_ensemble(autre)

    assert en_rangs(communs).tolist() == np.flatnonzero(un & autre).tolist()
