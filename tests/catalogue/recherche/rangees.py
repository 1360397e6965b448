"""Rows of documents, as the columns of the index are made from."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st


class Document(NamedTuple):
    """The columns of a row that are read."""

    pk: int
    cle: str
    mots: str
    nb_mots: int
    poids: int = 0
    appellation: str = ""
    niveau: int | None = None

    @property
    def titre(self) -> list[str]:
        """The words that are compared."""
        return self.mots.split()[: self.nb_mots]

    def tient(self, mot: str) -> bool:
        """Whether it holds this word, or one that begins so (« scolair* »)."""
        tous = self.mots.split()
        return any(m.startswith(mot[:-1]) for m in tous) if mot.endswith("*") else mot in tous


MOTS = ["agent", "agenda", "agricol", "bloc", "bts", "chef", "infirmier", "rncp1", "2316", "vent"]
mots_distincts = st.lists(st.sampled_from(MOTS), min_size=1, max_size=5, unique=True)
documents = st.lists(
    st.builds(
        lambda cle, mots, montres, poids, appellation, niveau: Document(
            0, cle, " ".join(mots), min(montres, len(mots)), poids, appellation, niveau
        ),
        st.sampled_from(["A1101", "B1101", "É-2", "x"]),
        mots_distincts,
        st.integers(1, 5),
        st.integers(0, 2),
        st.sampled_from(["", "un autre nom"]),
        st.sampled_from([None, 0, 3, 8]),
    ),
    max_size=20,
).map(lambda rangees: [rangee._replace(pk=numero) for numero, rangee in enumerate(rangees, start=10)])
