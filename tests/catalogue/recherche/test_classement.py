"""The order of what is found, against the plainest writing of what it is said to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.recherche import classement
from catalogue.recherche.classement import Bareme, Trouves, classer, classer_elargi, poids
from catalogue.recherche.colonnes import construire
from catalogue.recherche.diplomes import Diplome
from catalogue.recherche.requete import Requete
from catalogue.recherche.selection import Demande, choisir
from catalogue.recherche.titres import Titres
from catalogue.recherche.vocabulaire import Vocabulaire
from tests.catalogue.recherche.rangees import Document

# Few, so that titles often say the same.
MOTS = ["agent", "agenda", "bac", "pro", "a1101"]


def _document(cle: str, mots: list[str], montres: int, lourd: int, appellation: str) -> Document:
    return Document(0, cle, " ".join(mots), min(montres, len(mots)), lourd, appellation)


listes = st.lists(st.sampled_from(MOTS), min_size=1, max_size=3, unique=True)
documents = st.lists(
    st.builds(
        _document,
        st.sampled_from(["a1101", "A1101", "B1101"]),
        listes,
        st.integers(1, 3),
        st.integers(0, 1),
        st.sampled_from(["", "un autre nom"]),
    ),
    min_size=1,
    max_size=15,
).map(lambda rangees: [rangee._replace(pk=numero) for numero, rangee in enumerate(rangees)])
genres = st.dictionaries(st.sampled_from([*classement.GENRES, "inconnu"]), documents, min_size=1, max_size=3)


@st.composite
def requetes(draw: Any) -> Requete:
    mots = draw(listes)
    lectures = [[[mot] for mot in mots]]
    if draw(st.booleans()):
        lectures[0][-1] = [mots[-1], f"{mots[-1]}*"]
    if draw(st.booleans()):
        lectures.append([[mot] for mot in draw(listes)])
    if lectures[1:] == lectures[:1]:
        lectures.pop()
    return Requete(
        texte="",
        mots=mots,
        tous_les_mots=draw(st.sampled_from([mots, ["pro", *mots]])),
        lectures=lectures,
        diplome=draw(st.sampled_from([None, Diplome("bac pro", None, ("bac", "pro"))])),
        genres_nommes=draw(st.sampled_from([(), ("certification", "formation")])),
    )


def justesse(document: Document, requete: Requete) -> int:
    """How well a title says it, from the best: the very title typed, then the words and no other, in order or not, …"""
    titre = " ".join(document.titre)
    entiers = [[groupe[0].rstrip("*") for groupe in lecture] for lecture in requete.lectures]
    inacheves = [
        " ".join(mots)
        for mots, lecture in zip(entiers, requete.lectures, strict=True)
        if lecture[-1][-1].endswith("*")
    ]
    commence = any(titre.startswith(texte) for texte in inacheves)
    nombre = len(document.titre)
    if requete.tous_les_mots != requete.mots and document.titre == requete.tous_les_mots:
        note = classement.TITRE_TAPE
    elif document.titre in entiers or [document.cle.lower()] in entiers:
        note = classement.ENTIER
    elif set(document.titre) in map(set, entiers):
        note = classement.DESORDRE
    elif commence and nombre in map(len, entiers):
        note = classement.ENTIER_PAR_DEBUT
    elif commence or any(titre.startswith(f"{' '.join(mots)} ") for mots in entiers):
        note = classement.COMMENCE
    elif nombre > 2 and nombre - 1 in map(len, entiers):
        note = classement.PRESQUE
    else:
        note = classement.CONTIENT
    nomme = requete.diplome is not None and all(map(document.tient, requete.diplome.mots))
    return note + classement.DIPLOME * nomme


def rang(genre: str) -> int:
    return [*classement.GENRES, "inconnu"].index(genre)


def par_chose(
    rangees: Sequence[Document], notes: dict[int, float]
) -> list[tuple[float, bool, int, int, Document]]:
    """(note, whether the official title is one of the best, number of the best, number of all, the one to show) of each."""
    choses = []
    for cle in {r.cle for r in rangees}:
        siens = [r for r in rangees if r.cle == cle]
        meilleure = max(notes[r.pk] for r in siens)
        justes = [r for r in siens if notes[r.pk] == meilleure]
        montre = min(justes, key=lambda r: (-r.poids, r.nb_mots, r.titre, r.pk))
        officiel = any(not r.appellation for r in justes)
        choses.append((meilleure, officiel, len(justes), len(siens), montre))
    return choses


def dans_l_ordre(trouves: Sequence[Trouves]) -> list[tuple[str, int]]:
    tous = [
        (ordre, siens.genre, pk)
        for siens in trouves
        for ordre, pk in zip(siens.ordre.tolist(), siens.titres.pk[siens.documents].tolist(), strict=True)
    ]
    return [(genre, pk) for _, genre, pk in sorted(tous)]


@settings(max_examples=400)
@given(genres, requetes())
def test_what_holds_every_word_is_in_the_order_that_is_said(rangees_par_genre, requete):
    trouves, attendus = [], []
    for genre, rangees in rangees_par_genre.items():
        titres = Titres(construire(rangees))
        tenus = choisir(titres, Demande(requete.lectures))
        if len(tenus):
            trouves.append(classer(genre, titres, tenus, requete, Bareme(requete)))
        tous = [
            r
            for r in rangees
            if any(all(any(map(r.tient, groupe)) for groupe in lecture) for lecture in requete.lectures)
        ]
        notes = {r.pk: justesse(r, requete) for r in tous}
        for note, officiel, justes, nombre, montre in par_chose(tous, notes):
            seule = note % classement.DIPLOME
            attendus.append(
                (
                    note < classement.DIPLOME,
                    genre not in requete.genres_nommes and seule != classement.TITRE_TAPE,
                    -seule,
                    rang(genre) if seule >= classement.ENTIER_PAR_DEBUT else 0,
                    not officiel,
                    -justes,
                    -nombre,
                    rang(genre),
                    -montre.poids,
                    montre.nb_mots,
                    montre.titre,
                    montre.cle,
                    (genre, montre.pk),
                )
            )

    assert dans_l_ordre(trouves) == [reste[-1] for reste in sorted(attendus)]


@settings(max_examples=400)
@given(genres, requetes())
def test_what_holds_some_words_is_in_the_order_of_what_they_are_worth(rangees_par_genre, requete):
    lus = {genre: Titres(construire(rangees)) for genre, rangees in rangees_par_genre.items()}
    connus = Vocabulaire(lus.values(), {})
    groupes = [groupe for lecture in requete.lectures for groupe in lecture]
    tenus = {
        genre: (titres, choisir(titres, Demande([[g] for g in groupes]))) for genre, titres in lus.items()
    }
    tenus = {genre: siens for genre, siens in tenus.items() if len(siens[1])}

    trouves = classer_elargi(tenus, requete, connus) if tenus else []

    attendus = []
    for genre, rangees in rangees_par_genre.items():
        tous = [r for r in rangees if any(any(map(r.tient, groupe)) for groupe in groupes)]
        notes = {
            r.pk: max(
                round(
                    sum(
                        poids(place, groupe, connus)
                        for place, groupe in enumerate(lecture)
                        if any(map(r.tient, groupe))
                    ),
                    6,
                )
                for lecture in requete.lectures
            )
            for r in tous
        }
        for note, _, justes, nombre, montre in par_chose(tous, notes):
            attendus.append(
                (
                    -note,
                    genre not in requete.genres_nommes,
                    -justes,
                    -nombre,
                    rang(genre),
                    -montre.poids,
                    montre.nb_mots,
                    montre.titre,
                    montre.cle,
                    (genre, montre.pk),
                )
            )
    assert dans_l_ordre(trouves) == [reste[-1] for reste in sorted(attendus)]


def test_more_titles_than_are_told_apart_count_as_the_most():
    nombres = Counter({"A1101": 600, "B1101": 700, "C1101": 3})
    rangees = [
        Document(pk, cle, f"chef {pk}", 2, 0, "x")
        for pk, cle in enumerate(cle for cle, n in nombres.items() for _ in range(n))
    ]
    titres = Titres(construire(rangees))
    requete = Requete(texte="chef", mots=["chef"], tous_les_mots=["chef"], lectures=[[["chef"]]])

    trouves = classer("metier", titres, choisir(titres, Demande(requete.lectures)), requete, Bareme(requete))

    assert trouves.cles() == ["A1101", "B1101", "C1101"]
    assert trouves.cles(1) == ["A1101"]


def test_a_fiche_comes_first_when_more_of_its_titles_say_it_so_well_not_when_more_hold_it():
    """The generalist job before its specialisations."""
    generaliste = [Document(1, "B1101", "agent bac", 2, 0, "x"), Document(2, "B1101", "agent pro", 2, 0, "x")]
    specialise = [
        Document(3, "A1101", "agent vent", 2, 0, "x"),
        *(Document(pk, "A1101", f"chef agent {pk}", 3, 0, "x") for pk in range(4, 7)),
    ]
    titres = Titres(construire([*generaliste, *specialise]))
    requete = Requete(texte="agent", mots=["agent"], tous_les_mots=["agent"], lectures=[[["agent"]]])

    trouves = classer("metier", titres, choisir(titres, Demande(requete.lectures)), requete, Bareme(requete))

    assert trouves.cles() == ["B1101", "A1101"]
