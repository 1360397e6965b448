import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.templatetags.texte import insecable
from catalogue.texte import Element, Liste, Paragraphe, elements_de_liste, liens, structurer

ESPACES = (" ", "  ", "   ", "    ", "      ", "\n", "\xa0")
MARQUES = ("* ", "o ", "- ", "– ", "• ", "1. ", "1.1.1 ", "C3. ", "a) ")
MOTS = ("Accueillir", "un client", "après-vente", "2019 - 2020", "etc.", "ESN", "l’", "_")
SIGNES = ("…", " :", " ;", ".", "(", ")")
BRIQUES = st.sampled_from(ESPACES + MARQUES + MOTS + SIGNES)
TEXTES = st.one_of(st.lists(BRIQUES, max_size=40).map("".join), st.text(max_size=200))


def mots(texte: str) -> list[str]:
    """Words in order; a lone « o » is a bullet."""
    return [mot for mot in re.findall(r"\w+", texte) if mot != "o"]


def a_plat(blocs) -> str:
    lignes = []
    for bloc in blocs:
        if bloc.est_liste:
            for element in bloc.elements:
                lignes += [element.texte, *element.sous_elements]
        else:
            lignes.append(bloc.texte)
    return "\n".join(lignes)


def liste(*textes: str, numerotee: bool = False) -> Liste:
    return Liste(tuple(Element(texte) for texte in textes), numerotee)


@given(TEXTES)
@example("    * un            o deux      * trois    o o quatre")
@example("- un    o")
def test_structurer_keeps_every_word_in_order(texte):
    blocs = structurer(texte)

    assert mots(a_plat(blocs)) == mots(texte)


@given(TEXTES)
def test_structurer_is_stable_on_single_lines(texte):
    """A line that comes out holds no run of spaces that still means something."""
    lignes = [ligne for ligne in a_plat(structurer(texte)).split("\n") if ligne]

    assert [ligne for ligne in lignes if re.search(r"\s{2,}", ligne)] == []


@given(TEXTES)
def test_elements_de_liste_invents_nothing(texte):
    items = elements_de_liste(texte)

    reste = iter(mots(texte))
    assert all(mot in reste for item in items for mot in mots(item))


def test_structurer_of_a_blank_text():
    assert [structurer(texte) for texte in ("", "   ", "\n \n", "    * ", "…")] == [[], [], [], [], []]


def test_structurer_when_four_spaces_join_paragraphs():
    blocs = structurer("Il accueille les clients.    Il tient la caisse.      Il range. Puis il ferme.")

    assert blocs == [
        Paragraphe("Il accueille les clients."),
        Paragraphe("Il tient la caisse."),
        Paragraphe("Il range. Puis il ferme."),
    ]


def test_structurer_when_lines_are_real():
    assert structurer("Une phrase.\r\nUne autre.") == [Paragraphe("Une phrase."), Paragraphe("Une autre.")]


def test_structurer_of_two_levels():
    blocs = structurer("    * Protéger            o Recenser            o Identifier      * Préserver")

    assert blocs == [
        Liste((Element("Protéger", ("Recenser", "Identifier")), Element("Préserver"))),
    ]


@pytest.mark.parametrize("puce", ["-", "–", "•", "*", "o", "➢"])
def test_structurer_of_each_bullet(puce):
    blocs = structurer(f"Elle :    {puce} vend ;    {puce} achète.")

    assert blocs == [Paragraphe("Elle :"), liste("vend ;", "achète.")]


def test_structurer_when_two_spaces_join_items():
    blocs = structurer("- Analyser le dossier  - Proposer une   solution  - Comparer")

    assert blocs == [liste("Analyser le dossier", "Proposer une solution", "Comparer")]


def test_structurer_when_a_dash_follows_a_semicolon():
    assert structurer("- carrelages; - cloisons") == [liste("carrelages;", "cloisons")]


def test_structurer_of_numbered_items():
    blocs = structurer("1.1 Recueillir    1.1.1 Auditer    1.1.2. Formaliser    1.2  Rédiger")

    assert blocs == [
        Liste(
            (Element("1.1 Recueillir", ("1.1.1 Auditer", "1.1.2. Formaliser")), Element("1.2 Rédiger")), True
        )
    ]


def test_structurer_of_coded_items():
    assert structurer("A1C1. Évaluer    A1C2.Apprécier") == [
        liste("A1C1. Évaluer", "A1C2.Apprécier", numerotee=True)
    ]


def test_structurer_when_a_number_starts_a_title():
    blocs = structurer("1. La vente    * Accueillir    * Conseiller")

    assert blocs == [Paragraphe("1. La vente"), liste("Accueillir", "Conseiller")]


def test_structurer_when_an_item_is_cut_in_its_middle():
    blocs = structurer("- analyser les situations d’un prestataire de    services ;    - proposer")

    assert blocs == [liste("analyser les situations d’un prestataire de services ;", "proposer")]


def test_structurer_when_lines_have_no_bullet():
    blocs = structurer("Les fonctions sont :    Développeur web    Intégrateur      Web designer")

    assert blocs == [
        Paragraphe("Les fonctions sont :"),
        liste("Développeur web", "Intégrateur", "Web designer"),
    ]


def test_structurer_of_an_inline_enumeration():
    blocs = structurer("Assistant carrières et paie - Assistant de gestion – Gestionnaire de paie")

    assert blocs == [liste("Assistant carrières et paie", "Assistant de gestion", "Gestionnaire de paie")]


@pytest.mark.parametrize(
    "phrase",
    [
        "Le service de l’après-vente, promotion 2019 - 2020.",
        "Le CELTA - Certificat d’enseignement de l’anglais - est une certification.",
        "Valider – le cas échéant - les modalités",
        "Assistant - Adjoint",
        "Les compétences de l’étudiant·e dans un  projet, avec une   page web",
        "L’énergie.  En automatisant, il répond.",
        "Une épreuve de 1.5 h, 3 - 5 pages, note B2 du CECRL",
    ],
)
def test_structurer_leaves_a_sentence_alone(phrase):
    assert structurer(phrase) == [Paragraphe(" ".join(phrase.split()))]


def test_structurer_keeps_html_as_text():
    assert structurer("<b>gras</b> &amp; <script>") == [Paragraphe("<b>gras</b> &amp; <script>")]


def test_structurer_takes_a_time_proportional_to_the_text():
    texte = ("x" + " " * 3) * 20_000 + " " * 100_000 + "- " * 20_000

    debut = time.perf_counter()
    structurer(texte)

    assert time.perf_counter() - debut < 5


def test_elements_de_liste_of_bullets():
    texte = "Être capable de :    - vendre ;    - acheter ;    - …    - compter , "

    assert elements_de_liste(texte) == ["vendre", "acheter", "compter"]


def test_elements_de_liste_of_paragraphs():
    texte = "En situation :    Vendre un produit.    Tenir une caisse, seul.  Ranger. "

    assert elements_de_liste(texte) == ["Vendre un produit.", "Tenir une caisse, seul.", "Ranger."]


def test_elements_de_liste_of_two_levels():
    assert elements_de_liste("  * Protéger    o Recenser   * Préserver") == [
        "Protéger",
        "Recenser",
        "Préserver",
    ]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("", []),
        ("Voir notre site", []),
        ("https://a.fr/x    https://b.fr/y?z=1", ["https://a.fr/x", "https://b.fr/y?z=1"]),
        ("Le site www.exemple.fr, puis http://b.fr.", ["https://www.exemple.fr", "http://b.fr"]),
        (
            "(https://fr.wiki.org/A_(b)) ; https://a.fr;https://c.fr",
            ["https://fr.wiki.org/A_(b)", "https://a.fr", "https://c.fr"],
        ),
        ("https://a.frhttps://b.fr", ["https://a.fr", "https://b.fr"]),
        ("https://web.archive.org/web/2020/https://a.fr", ["https://web.archive.org/web/2020/https://a.fr"]),
        ("https://a.fr https://a.fr", ["https://a.fr"]),
        ("https://écoles.fr/é", ["https://écoles.fr/é"]),
        ("javascript:alert(1) ftp://a.fr contact@a.fr a.fr", []),
        ("https:// http://localhost https://a https://[::1]/ https://u:p@a.fr https://a.fr:99999/", []),
        ('<a href="https://a.fr">', ["https://a.fr"]),
    ],
)
def test_liens(texte, attendus):
    assert liens(texte) == attendus


@pytest.mark.parametrize(
    ("phrase", "attendue"),
    [
        ("Dit « oui » : pourquoi ?", "Dit «\u00a0oui\u00a0»\u00a0: pourquoi\u00a0?"),
        ("à 10 h ; 5 € ; 20 %", "à 10 h\u00a0; 5\u00a0€\u00a0; 20\u00a0%"),
        ("l'adresse http://exemple.fr", "l'adresse http://exemple.fr"),
    ],
)
def test_french_spaces_never_end_a_line(phrase, attendue):
    assert insecable(phrase) == attendue
