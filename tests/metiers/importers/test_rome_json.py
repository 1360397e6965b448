"""The reader of the JSON delivery of the ROME, on a small one and on variants of it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.rome.records import ArborescenceCompetence, DomaineProfessionnel, Mobilite
from metiers.importers.rome_json import RomeDit, lire_livraison
from metiers.importers.rome_json.records import (
    PARTIES,
    AppellationDite,
    CompetenceDite,
    ContexteDit,
    LienDit,
    SavoirDit,
    SecteurDit,
)

DONNEES = Path(__file__).parents[2] / "data" / "rome-json"
FICHES = "unix_fiche_emploi_metier_v460.json"
Lire = Callable[..., tuple[RomeDit, list[tuple[str, str, str]]]]


def lire(chemin: Path) -> tuple[RomeDit, list[Rejet]]:
    rejets: list[Rejet] = []
    tables, dit = lire_livraison(chemin, rejets.append)
    assert tables is None
    assert dit is not None
    return dit, rejets


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        lire(chemin)
    return str(erreur.value)


@pytest.fixture
def objets() -> list[dict[str, Any]]:
    """The two fiches, to be edited."""
    contenu = (DONNEES / FICHES).read_bytes().decode("iso-8859-15")
    return json.loads(contenu)


@pytest.fixture
def lire_objets(tmp_path) -> Lire:
    """Write fiches alone, in UTF-8, and read them."""

    def ecrire_et_lire(objets: Any, nom: str = FICHES) -> tuple[RomeDit, list[tuple[str, str, str]]]:
        (tmp_path / nom).write_text(json.dumps(objets, ensure_ascii=False))
        dit, rejets = lire(tmp_path / nom)
        return dit, [tuple(rejet) for rejet in rejets]

    return ecrire_et_lire


def test_whole_delivery_is_read():
    dit, rejets = lire(DONNEES)

    assert rejets == []
    assert (dit.version, dit.date_publication) == ("60", date(2025, 9, 18))
    vendeur, livreur = dit.fiches.fiches.values()
    assert (vendeur.code_rome, vendeur.code_ogr, vendeur.libelle, vendeur.numero) == (
        "D1491",
        "500001",
        "Conseiller / Conseillère en boutique",
        "901",
    )
    assert vendeur.definition == "Accueille la clientèle, avec cœur.\nConseille d'après les besoins."
    assert livreur.definition == "Livre des repas préparés à la demande."
    assert vendeur.parties == livreur.parties == set(PARTIES)
    assert vendeur.attributs == {
        "transition_ecologique": "Emploi Blanc",
        "transition_numerique": True,
        "transition_demographique": None,
        "emploi_reglemente": False,
        "emploi_cadre": None,
        "code_rome_parent": "D1491",
    }
    assert livreur.attributs == {}
    assert dit.fiches.appellations["510002"] == AppellationDite(
        "510002",
        "D1491",
        "Vendeur / Vendeuse en boutique",
        "Vendeur(se) en boutique",
        principale=False,
        attributs={
            "transition_numerique": True,
            "emploi_cadre": False,
            "code_rome_parent": "D1491",
            "peu_usitee": False,
        },
    )
    assert dit.fiches.competences["610001"] == CompetenceDite(
        "Conseiller un client en magasin", enjeu="Relation client", macro=False, code_ogr_macro="600001"
    )
    assert dit.fiches.competences["600003"] == CompetenceDite("Être à l'écoute", savoir_etre=True)
    assert dit.fiches.savoirs == {"620001": SavoirDit("Gammes de produits", "Domaines d'expertise")}
    assert dit.fiches.contextes == {
        "630001": ContexteDit("Station debout", "Conditions de travail et risques professionnels")
    }
    assert dit.fiches.liens_competences == [
        LienDit("D1491", "610001", "Principale"),
        LienDit("D1491", "610002", ""),
        LienDit("D1491", "600003", ""),
        LienDit("N4191", "610004", ""),
    ]
    assert dit.fiches.liens_savoirs == [LienDit("D1491", "620001", "Émergente")]
    assert dit.fiches.liens_secteurs == [SecteurDit("D1491", "81", True), SecteurDit("N4191", "82", True)]
    assert dit.domaines == [
        DomaineProfessionnel("D14", "Force de vente", "D"),
        DomaineProfessionnel("N41", "Personnel de conduite", "N"),
    ]
    assert dit.arborescence_competences == [
        ArborescenceCompetence(
            "5", "Développement économique", "5A", "Relation client", "5A1", "Vendre", "600001"
        ),
        ArborescenceCompetence("3", "Production", "3C", "Logistique", "3C1", "Entretenir", "600004"),
    ]


def test_zip_reads_like_the_folder_and_the_fiches_alone_say_their_version(tmp_path):
    archive = Path(shutil.make_archive(str(tmp_path / "rome"), "zip", DONNEES))

    du_zip, _ = lire(archive)
    seules, _ = lire(DONNEES / FICHES)

    assert du_zip.fiches.liens_competences == lire(DONNEES)[0].fiches.liens_competences
    assert (seules.version, seules.date_publication, seules.domaines, seules.arborescence_competences) == (
        "60",
        None,
        None,
        None,
    )


def test_codes_may_be_texts_and_labels_in_utf_8(objets, lire_objets):
    en_nombres = lire_objets(objets)
    en_textes = json.loads(json.dumps(objets), parse_int=str)

    assert lire_objets(en_textes)[0].fiches.fiches == en_nombres[0].fiches.fiches


def test_mobilites_are_resolved_by_code_then_by_number(objets, lire_objets):
    objets[0]["mobilites"] = [
        {"rome_cible": "N4191 - Livreur", "ordre_mobilite": 3},
        {"rome_cible": "Livreur", "code_org_rome_cible": 500005},
        {"rome_cible": "Z9999 - Personne", "code_org_rome_cible": 1, "ordre_mobilite": 2},
        {"rome_cible": "D1491 - Lui-même", "code_org_rome_cible": 500001, "ordre_mobilite": 4},
        "N4191",
    ]
    dit, rejets = lire_objets(objets)
    rejets.clear()

    mobilites = dit.fiches.mobilites(dit.fiches.fiches, {"500001": "D1491", "500005": "N4191"})

    assert mobilites == [Mobilite("D1491", "N4191", 3)]


@pytest.mark.parametrize(
    ("cle", "absente"),
    [
        ("contextes_travail", "contextes"),
        ("secteurs_activite", "secteurs"),
        ("mobilites", "mobilites"),
        ("appellations", "appellations"),
    ],
)
def test_missing_list_is_unknown_and_empty_one_is_none(objets, lire_objets, cle, absente):
    del objets[1][cle]
    objets[0][cle] = [] if cle != "appellations" else objets[0][cle]

    vide, sans = lire_objets(objets)[0].fiches.fiches.values()

    assert set(PARTIES) - sans.parties == {absente}
    assert vide.parties == set(PARTIES)


def test_missing_texts_and_cores_are_unknown(objets, lire_objets):
    del objets[0]["definition"]
    objets[0]["acces_metier"] = None
    del objets[0]["competences"]["savoir_faire"]["enjeux"][0]["items"][0]["coeur_metier"]

    dit, rejets = lire_objets(objets)

    fiche = dit.fiches.fiches["D1491"]
    assert (fiche.definition, fiche.acces_metier) == (None, None)
    assert dit.fiches.liens_competences[0] == LienDit("D1491", "610001", None)
    assert rejets == []


def test_older_layout_without_headings_is_read(objets, lire_objets):
    competences = objets[0]["competences"]
    competences["savoir_faire"] = competences["savoir_faire"]["enjeux"]
    competences["savoir_etre_professionnel"] = [{"libelle": "Être à l'écoute", "code_ogr": 600003}]

    dit, rejets = lire_objets(objets)

    assert dit.fiches.competences["610001"].enjeu == "Relation client"
    assert dit.fiches.competences["600003"].savoir_etre
    assert rejets == []


def test_text_that_lost_characters_is_left_aside_and_said(objets, lire_objets):
    objets[0]["appellations"][0]["libelle"] = "Chargé d?affaires"
    objets[1]["definition"] = "Livre des \ufffd."

    dit, rejets = lire_objets(objets)

    assert dit.fiches.appellations["510002"].libelle == ""
    assert dit.fiches.fiches["N4191"].definition is None
    assert [(objet, cle) for objet, cle, _ in rejets] == [
        ("appellation", "510002"),
        ("texte", "N4191 definition"),
    ]
    assert (
        rejets[0][2]
        == "libellé illisible, des caractères s’y sont perdus ('Charg\\xe9 d?affaires') : laissé de côté"
    )


def test_bad_records_are_said_with_their_key_and_the_others_go_on(objets, lire_objets):
    objets[0]["appellations"] += [{"libelle": "Sans code"}, 12, objets[0]["appellations"][0]]
    objets[0]["competences"]["savoir_faire"]["enjeux"].append(
        {"libelle": "Autre", "items": [{"code_ogr": "x"}]}
    )
    objets[0]["secteurs_activite"].append({"libelle": "Sans code"})
    objets += [
        {"rome": {"code_rome": "Z1", "intitule": "Rien", "code_ogr": 1}},
        {"rome": {"code_rome": "D1491", "intitule": "Double", "code_ogr": 2}},
        {"rome": {"code_rome": "A1101", "intitule": "", "code_ogr": 3}},
    ]

    dit, rejets = lire_objets(objets)

    assert rejets == [
        ("appellation", "", "code absent (Sans code)"),
        ("appellation", "D1491, n° 4", "ce n’est pas un objet"),
        ("appellation", "510002", "code en double"),
        ("compétence", "x", "code OGR qui n’est pas un nombre"),
        ("lien secteur", "", "code absent (D1491 – n° 2)"),
        ("fiche", "Z1", "code ROME mal formé"),
        ("fiche", "D1491", "code en double"),
        ("fiche", "A1101", "libellé absent"),
    ]
    assert dit.fiches.rejetees == {"1", "2", "3"}
    assert list(dit.fiches.fiches) == ["D1491", "N4191"]


def test_savoir_faire_under_two_enjeux_keeps_the_first(objets, lire_objets):
    objets[1]["competences"]["savoir_faire"]["enjeux"].append(
        {"libelle": "Vente", "items": [{"libelle": "Encaisser un achat", "code_ogr": 610002}]}
    )

    dit, rejets = lire_objets(objets)

    assert dit.fiches.competences["610002"].enjeu == "Relation client"
    assert rejets == [
        ("enjeu", "610002", "rangée sous « Relation client » et sous « Vente » : le premier est gardé")
    ]


@pytest.mark.parametrize(
    ("contenu", "phrase"),
    [
        ("[]", "{nom} ne contient aucune fiche métier valable."),
        ('[{"rome": {"code_rome"', "Le fichier {nom} est tronqué ou mal formé."),
        ("<xml/>", "Le fichier {nom} n’est pas un JSON d’objets."),
        (
            '[{"a": 1}, {"b": 2}]',
            "Le fichier {nom} n’a pas le format attendu : 2 de ses objets sur 2 ne sont pas des fiches métiers.",
        ),
        (
            '[{"rome": {"code_rome": ' + "9" * 5_000 + "}}]",
            "Le fichier {nom} est mal formé : un nombre y est trop long.",
        ),
        (
            '[{"rome": {"code_rome": "D1491", "intitule": "Seule", "code_ogr": 1}, "appellations": []}]',
            "{nom} ne contient aucune appellation valable.",
        ),
    ],
)
def test_file_that_is_not_one_is_refused_in_one_sentence(tmp_path, contenu, phrase):
    (tmp_path / FICHES).write_text(contenu)

    assert refus(tmp_path / FICHES) == phrase.format(nom=FICHES)


def test_name_without_a_version_is_refused(tmp_path):
    shutil.copyfile(DONNEES / FICHES, tmp_path / "fiches.json")

    assert refus(tmp_path / "fiches.json") == (
        "fiches.json n’est pas un export du ROME 4.0 : aucune table unix_…_v4NN_utf8.csv, "
        "ni fiches unix_fiche_emploi_metier_v4NN.json."
    )


def test_versions_side_by_side_are_refused(tmp_path):
    shutil.copytree(DONNEES, tmp_path / "rome")
    shutil.copyfile(DONNEES / FICHES, tmp_path / "rome" / FICHES.replace("460", "461"))

    assert refus(tmp_path / "rome") == "rome mélange des tables de plusieurs versions du ROME : v460, v461."


def test_tree_cut_short_is_refused(tmp_path):
    shutil.copytree(DONNEES, tmp_path / "rome")
    arbre = tmp_path / "rome" / "unix_arborescence_competence_v460.json"
    arbre.write_bytes(arbre.read_bytes()[:-30])

    assert refus(tmp_path / "rome") == f"Le fichier {arbre.name} est tronqué ou mal formé."


VALEURS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda enfants: st.lists(enfants, max_size=3) | st.dictionaries(st.text(max_size=8), enfants, max_size=3),
    max_leaves=6,
)


def chemins(valeur: Any, debut: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to each value of a JSON."""
    enfants = (
        valeur.items() if isinstance(valeur, dict) else enumerate(valeur) if isinstance(valeur, list) else ()
    )
    return [(*debut, cle) for cle, _ in enfants] + [
        chemin for cle, enfant in valeur_enfants(valeur) for chemin in chemins(enfant, (*debut, cle))
    ]


def valeur_enfants(valeur: Any) -> list[tuple[Any, Any]]:
    if isinstance(valeur, dict):
        return list(valeur.items())
    return list(enumerate(valeur)) if isinstance(valeur, list) else []


@given(data=st.data())
@settings(max_examples=150)
def test_any_value_put_anywhere_is_read_or_refused(tmp_path_factory, data):
    nom = data.draw(st.sampled_from(sorted(f.name for f in DONNEES.glob("*.json"))))
    racine = json.loads((DONNEES / nom).read_bytes().decode("iso-8859-15"))
    *vers, dernier = data.draw(st.sampled_from(chemins(racine)))
    parent = racine
    for cle in vers:
        parent = parent[cle]
    if data.draw(st.booleans()):
        parent[dernier] = data.draw(VALEURS)
    else:
        del parent[dernier]
    dossier = tmp_path_factory.mktemp("json")
    for fichier in DONNEES.glob("*.json"):
        (dossier / fichier.name).write_bytes(fichier.read_bytes())
    (dossier / nom).write_text(json.dumps(racine))

    try:
        dit, rejets = lire(dossier)
    except FichierRefuse:
        pass
    else:
        assert all(rejet.raison for rejet in rejets)
        assert {a.code_rome for a in dit.fiches.appellations.values()} <= set(dit.fiches.fiches)


@given(data=st.data())
@settings(max_examples=100)
def test_any_damage_to_the_bytes_is_read_or_refused(tmp_path_factory, data):
    octets = (DONNEES / FICHES).read_bytes()
    debut = data.draw(st.integers(0, len(octets)))
    fin = data.draw(st.integers(debut, min(len(octets), debut + 40)))
    abimes = octets[:debut] + data.draw(st.binary(max_size=10)) + octets[fin:]
    dossier = tmp_path_factory.mktemp("json")
    chemin = dossier / FICHES
    if data.draw(st.booleans()):
        chemin = dossier / "rome.zip"
        with zipfile.ZipFile(chemin, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(FICHES, abimes)
    else:
        chemin.write_bytes(abimes)

    with suppress(FichierRefuse):
        lire(chemin)
