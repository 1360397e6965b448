"""Readers of Onisep's métiers: rich texts, vintages, fiches, list in its three shapes."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse
from metiers.importers.onisep import Millesime, lire_fiches_metiers, lire_liste_metiers, millesime, rang
from metiers.importers.onisep.texte import couper_duree, en_texte, sans_titre

FICHES = "Onisep_Ideo_Fiches_metiers_25062024.xml"
LISTE = "ideo-metiers_onisep_2025-01.csv"


def lire(lecteur, chemin):
    rejets = []
    with ouvrir(chemin) as dossier:
        (nom,) = dossier.noms()
        return list(lecteur(dossier, nom, rejets.append)), rejets


@pytest.mark.parametrize(
    ("html", "texte"),
    [
        ("<p>Un.</p><p>Deux.</p>", "Un.\n\nDeux."),
        ("<h5>Titre</h5><p>Suite  &amp; fin.</p>", "## Titre\nSuite & fin."),
        ("<ul><li>un</li><li><p>deux</p></li></ul><p>Après.</p>", "- un\n- deux\n\nAprès."),
        ("<p>Un<br>deux</p>", "Un\n\ndeux"),
        ("<p>Avant</p><script>alert(1)</script><p onclick='x'>après &lt;b&gt;</p>", "Avant\n\naprès <b>"),
        ("<p># pas un titre</p>", "pas un titre"),
        ("<p> </p>", ""),
        (None, ""),
    ],
)
def test_rich_text_becomes_plain(html, texte):
    assert en_texte(html) == texte


@given(st.text())
def test_any_text_becomes_plain_without_control_characters(html):
    texte = en_texte(html)

    assert [c for c in texte if ord(c) < 32 and c != "\n"] == []
    assert texte == texte.strip()


def test_duree_is_cut_from_the_text_before_it():
    assert couper_duree("En bref.\n\n## Durée des études\n## Après le bac\n2 ans.") == (
        "En bref.",
        "## Après le bac\n2 ans.",
    )


def test_heading_that_repeats_the_section_is_dropped():
    assert sans_titre("## Accès\nAprès un bac.", "Accès") == "Après un bac."
    assert sans_titre("## Autre\nAprès un bac.", "Accès") == "## Autre\nAprès un bac."


@pytest.mark.parametrize(
    ("noms", "attendu"),
    [
        (("Onisep_Ideo_Fiches_metiers_25062024.xml", "x_2024-06.zip"), Millesime(jour=date(2024, 6, 25))),
        (("ideo.csv", "ideo-metiers_onisep_2025-01_csv.zip"), Millesime(version="janvier 2025")),
        (("ideo-formations_2022_csv.zip",), Millesime(version="2022")),
        (("5fe0808a2da6f.zip",), Millesime()),
        (("x-31022024.xml", "x_2024-13"), Millesime(version="2024")),
    ],
)
def test_vintage_is_the_most_precise_of_the_names(noms, attendu):
    assert millesime(*noms) == attendu


def test_vintages_are_ordered():
    rangs = [rang("2022", None), rang("", date(2024, 6, 25)), rang("janvier 2025", None)]

    assert rangs == sorted(rangs)
    assert rang("", None) is None


def test_fiche_is_read_whole(petites_donnees):
    fiches, rejets = lire(lire_fiches_metiers, petites_donnees / "onisep" / FICHES)

    fiche = fiches[0]
    assert [f.identifiant for f in fiches] == ["MET.762", "MET.323"]
    assert [s.nom for s in fiche.synonymes] == ["téléacteur/trice"]
    assert fiche.competences == "## Écouter\nComprendre vite & répondre.\n\n- Patience\n- Clarté"
    assert (fiche.resume, fiche.format_court) == ("Un résumé.", "En bref.")
    assert fiche.duree_etudes == "## Après le bac\n2 ans pour un BTS."
    assert (fiche.niveau_acces_libelle, fiche.niveau_acces) == ("Bac ou équivalent", 4)
    assert (fiche.metier_transverse, fiches[1].metier_transverse) == (True, None)
    assert [identifiant for identifiant, _ in fiche.formations_requises] == ["FOR.2316", "FOR.1774"]
    assert fiche.sources_numeriques == [{"adresse": "http://www.exemple.fr", "commentaire": "Un site"}]
    assert fiches[1].codes_rome == ("A15",)
    assert [tuple(r) for r in rejets] == [("fiche métier", "762", "identifiant MET absent ou mal formé")]


def test_list_gives_each_metier_once(petites_donnees):
    metiers, rejets = lire(lire_liste_metiers, petites_donnees / "onisep" / LISTE)

    assert [(m.identifiant, m.codes_rome) for m in metiers] == [
        ("MET.762", ("D1408",)),
        ("MET.323", ()),
        ("MET.250", ("A1407", "A1409")),
    ]
    assert metiers[0].domaines == ["commerce/vente", "services/relation client"]
    assert [r.cle for r in rejets] == ["enregistrement 5"]


LIEN = "https://www.onisep.fr/http/redirection/metier/slug/MET.250"


@pytest.mark.parametrize(
    ("nom", "contenu"),
    [
        (
            "liste.xml",
            (
                f"<root><item><libelle_metier>éleveur / éleveuse</libelle_metier><lien_site_onisepfr>{LIEN}"
                "</lien_site_onisepfr><code_rome>A1407 | A1409</code_rome></item></root>"
            ),
        ),
        (
            "liste.json",
            json.dumps(
                [
                    {
                        "libelle_metier": "éleveur / éleveuse",
                        "lien_site_onisepfr": LIEN,
                        "code_rome": "A1407| A1409",
                    }
                ]
            ),
        ),
        (
            "liste.csv",
            f'code ROME,Lien site Onisep.fr,Libellé métier\n"A1407 | A1409",{LIEN},éleveur /éleveuse\n',
        ),
    ],
)
def test_list_is_read_in_its_other_shapes(tmp_path, nom, contenu):
    (tmp_path / nom).write_text(contenu, encoding="utf-8")

    metiers, rejets = lire(lire_liste_metiers, tmp_path / nom)

    assert rejets == []
    assert [tuple(m) for m in metiers] == [("MET.250", "éleveur / éleveuse", ("A1407", "A1409"), [])]


@pytest.mark.parametrize(
    "contenu",
    [
        "<root></root>",
        "<root><item><autre>x</autre></item></root>",
        "<fiches/>",
        "[]",
        "[1, 2]",
        '{"a": 1}',
        "[" * 10_000,
        "une;table\n1;2\n",
        "texte",
    ],
)
def test_what_is_no_list_is_refused(tmp_path, contenu):
    (tmp_path / "liste").write_text(contenu, encoding="utf-8")

    with pytest.raises(FichierRefuse):
        lire(lire_liste_metiers, tmp_path / "liste")
