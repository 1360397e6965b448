"""The two forms of a title, each complete."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metiers.appellations import formes
from metiers.importers.rome import lire_rome


@pytest.mark.parametrize(
    ("libelle", "masculin", "feminin"),
    [
        ("Journaliste", "Journaliste", "Journaliste"),
        (
            "Chargé / Chargée de relation client",
            "Chargé de relation client",
            "Chargée de relation client",
        ),
        ("Eleveur / Éleveuse de chevaux", "Eleveur de chevaux", "Éleveuse de chevaux"),
        (
            "Conseiller commercial / Conseillère commerciale",
            "Conseiller commercial",
            "Conseillère commerciale",
        ),
        ("Steward / Hôtesse de l'air", "Steward de l'air", "Hôtesse de l'air"),
        # What serves both forms may also come first.
        ("Artiste Plasticien / Plasticienne", "Artiste Plasticien", "Artiste Plasticienne"),
        (
            "Cadre Dirigeant / Dirigeante d'administration centrale",
            "Cadre Dirigeant d'administration centrale",
            "Cadre Dirigeante d'administration centrale",
        ),
        (
            "Médecin Anesthésiste Réanimateur / Réanimatrice (MAR)",
            "Médecin Anesthésiste Réanimateur (MAR)",
            "Médecin Anesthésiste Réanimatrice (MAR)",
        ),
        ("Homme sage-femme / Sage-femme", "Homme sage-femme", "Sage-femme"),
        # A slash without blanks separates no forms.
        (
            "Chef / Cheffe d'équipe en plastique/caoutchouc",
            "Chef d'équipe en plastique/caoutchouc",
            "Cheffe d'équipe en plastique/caoutchouc",
        ),
        ("", "", ""),
        ("Vendeur / ", "Vendeur / ", "Vendeur / "),
    ],
)
def test_both_forms_are_complete(libelle, masculin, feminin):
    assert formes(libelle) == (masculin, feminin)


mots = st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), min_size=1, max_size=4)


@given(gauche=mots, droite=mots)
def test_forms_keep_what_stands_on_their_side_of_the_slash(gauche, droite):
    masculin, feminin = formes(f"{' '.join(gauche)} / {' '.join(droite)}")

    assert masculin.split()[: len(gauche)] == gauche
    assert feminin.split()[-len(droite) :] == droite
    assert "/" not in masculin + feminin


@given(st.text())
def test_no_text_breaks_the_forms(texte):
    masculin, feminin = formes(texte)

    assert bool(masculin.strip()) == bool(feminin.strip()) == bool(texte.strip())


def test_every_title_of_the_rome_has_two_forms(donnees_officielles):
    rome = lire_rome(donnees_officielles / "rome" / "open-data-rome-v460-csv.zip", lambda rejet: None)

    titres = {a.libelle: formes(a.libelle) for a in rome.appellations}
    titres |= {fiche.libelle: formes(fiche.libelle) for fiche in rome.fiches}

    incomplets = [t for t, deux in titres.items() if not all(deux) or any(" / " in forme for forme in deux)]
    d_une_seule_forme = [t for t, deux in titres.items() if deux.masculin == deux.feminin]
    assert incomplets == []
    assert [titre for titre in d_une_seule_forme if " / " in titre] == ["Groupiste / Groupiste"]
    assert len(d_une_seule_forme) == 2_237
