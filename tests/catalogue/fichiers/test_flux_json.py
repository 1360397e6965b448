"""Objects of a JSON file, one at a time."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers import flux_json
from catalogue.fichiers.flux_json import objets
from catalogue.fichiers.refus import FichierRefuse

OBJETS = st.lists(
    st.dictionaries(st.text(max_size=5), st.text(max_size=20) | st.none() | st.integers(), max_size=4)
)


@given(OBJETS, st.sampled_from([None, 1]))
def test_objets_reads_what_json_wrote(voulus: list[dict], retrait: int | None) -> None:
    flux = io.BytesIO(json.dumps(voulus, indent=retrait, ensure_ascii=False).encode())

    lus = list(objets(flux, "f.json"))

    assert lus == voulus


def test_objets_reads_characters_cut_between_two_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux_json, "MORCEAU", 1)

    lus = list(objets(io.BytesIO('[{"nom": "é🙂"}, {"nom": "ü"}]'.encode()), "f.json"))

    assert lus == [{"nom": "é🙂"}, {"nom": "ü"}]


def test_objets_reads_one_object_per_line() -> None:
    lus = list(objets(io.BytesIO(b'{"a": 1}\n{"a": 2}\n'), "f.json"))

    assert lus == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b'[{"a": 1}, {"a"', "Le fichier f.json est tronqué ou mal formé."),
        (b'[{"a": 1}', "Le fichier f.json est tronqué."),
        (b"[1]", "Le fichier f.json n’a pas le format attendu : il ne contient pas que des objets."),
        (b"<xml/>", "Le fichier f.json n’est pas un JSON d’objets."),
        (b'[{"a": "\xff"}]', "Le fichier f.json n’est pas un texte en UTF-8."),
        (b'[{"a": NaN}]', "Le fichier f.json est mal formé : « NaN » n’est pas du JSON."),
        (b'[{"a":' + b"[" * 100_000, "Le fichier f.json est mal formé : trop d’objets emboîtés."),
    ],
)
def test_objets_refuses(octets: bytes, phrase: str) -> None:
    with pytest.raises(FichierRefuse) as refus:
        list(objets(io.BytesIO(octets), "f.json"))

    assert str(refus.value) == phrase
