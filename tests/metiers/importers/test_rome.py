"""The reader of ROME, on a small delivery and on variants of it."""

import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.fichiers.refus import FichierRefuse, Rejet
from metiers.importers.rome import Rome, lire_rome
from metiers.importers.rome.records import (
    Appellation,
    ArborescenceCompetence,
    CentreInteret,
    Competence,
    DomaineProfessionnel,
    Fiche,
    LienNaf,
    LienSavoir,
    LienSecteur,
    Mobilite,
    SecteurNaf,
)
from metiers.importers.rome.tables import FACULTATIVES, OBLIGATOIRES

ROME = Path(__file__).parents[2] / "data" / "rome"
Modifier = Callable[[str, str, str], None]


@pytest.fixture
def livraison(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROME, tmp_path / "rome"))


@pytest.fixture
def modifier(livraison: Path) -> Modifier:
    """Replace, in one table, some text that is there once."""

    def modifier_table(table: str, avant: str, apres: str) -> None:
        chemin = livraison / nom(table)
        contenu = chemin.read_bytes()
        assert contenu.count(avant.encode()) == 1
        chemin.write_bytes(contenu.replace(avant.encode(), apres.encode()))

    return modifier_table


def nom(table: str, version: str = "460") -> str:
    return f"unix_{table}_v{version}_utf8.csv"


def lire(chemin: Path) -> tuple[Rome, list[Rejet]]:
    rejets: list[Rejet] = []
    return lire_rome(chemin, rejets.append), rejets


def refus(chemin: Path) -> str:
    with pytest.raises(FichierRefuse) as erreur:
        lire(chemin)
    return str(erreur.value)


def test_coherent_delivery_gives_no_rejet(livraison):
    rome, rejets = lire(livraison)

    comptes = {
        champ: len(valeur) for champ in rome.__slots__ if isinstance(valeur := getattr(rome, champ), list)
    }

    assert rejets == []
    assert (rome.version, rome.date_publication) == ("60", date(2025, 9, 18))
    assert comptes == {
        "grands_domaines": 3,
        "domaines": 3,
        "fiches": 5,
        "appellations": 9,
        "competences": 7,
        "savoirs": 3,
        "contextes": 3,
        "liens_competences": 11,
        "liens_savoirs": 5,
        "liens_contextes": 4,
        "mobilites": 5,
        "centres_interet": 3,
        "liens_centres_interet": 6,
        "secteurs": 2,
        "sous_secteurs": 2,
        "liens_secteurs": 4,
        "themes": 2,
        "liens_themes": 2,
        "secteurs_naf": 3,
        "liens_naf": 4,
    }


def test_zip_reads_like_its_folder(livraison, tmp_path):
    with zipfile.ZipFile(tmp_path / "rome.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for fichier in livraison.iterdir():
            archive.write(fichier, f"v460/{fichier.name}")

    rome, _ = lire(tmp_path / "rome.zip")

    assert rome == lire(livraison)[0]


def test_records_hold_what_the_tables_say(livraison):
    rome, _ = lire(livraison)

    assert rome.domaines[0] == DomaineProfessionnel("D14", "Force de vente", "D")
    assert rome.fiches[0] == Fiche(
        code_ogr="500001",
        code_fiche_metier="90001",
        code_rome="D1491",
        libelle="Conseiller / Conseillère en boutique",
        domaine="D14",
        code_rome_parent="D1491",
        transition_ecologique="Emploi Blanc",
        transition_numerique=True,
        transition_demographique=None,
        emploi_reglemente=False,
        emploi_cadre=False,
        definition=(
            "Accueille la clientèle et l'aide à choisir.\n"
            "Présente les articles et encaisse les achats.\n"
            "Tient la vitrine."
        ),
        acces_metier="Ce métier s'apprend avec un CAP ou un bac professionnel de la vente.",
        riasec_majeur="S",
        riasec_mineur="C",
    )
    assert rome.appellations[4] == Appellation(
        code_ogr="510005",
        code_rome="D1492",
        libelle="Vendeur / Vendeuse en vrac",
        libelle_court="Vendeur(se) en vrac",
        principale=False,
        peu_usitee=False,
        transition_ecologique="Emploi Vert",
        transition_numerique=None,
        transition_demographique=None,
        emploi_reglemente=None,
        emploi_cadre=None,
        code_rome_parent="N4191",
    )
    assert rome.competences[4] == Competence(
        code_ogr="600001",
        libelle="Servir la clientèle",
        definition="",
        macro=True,
        categorie="Savoir-faire",
        sous_categorie="Technique",
        code_ogr_macro="",
        transition_ecologique=None,
        transition_numerique=None,
        riasec_majeur="S",
        riasec_mineur="E",
    )
    assert rome.liens_savoirs[2] == LienSavoir("D1492", "620002", "Émergente")
    assert rome.mobilites[4] == Mobilite("M1692", "M1691", 12)
    assert rome.liens_secteurs[3] == LienSecteur("N4191", "82", "", True)
    assert rome.centres_interet is not None
    assert rome.centres_interet[2] == CentreInteret("3", "J'aime l'ordre", "Ranger, classer,\nretrouver.")


def test_fiche_without_text_or_mineur_has_empty_ones(livraison):
    rome, _ = lire(livraison)

    vides = [(fiche.code_rome, fiche.acces_metier, fiche.riasec_mineur) for fiche in rome.fiches[3:]]

    assert vides == [
        ("M1692", "Une licence est demandée, ou un concours de la fonction publique.", ""),
        ("N4191", "", "C"),
    ]


def test_naf_links_are_read_in_spite_of_their_encoding(livraison):
    rome, _ = lire(livraison)

    assert rome.liens_naf is not None
    assert rome.liens_naf[3] == LienNaf("N4191", "53")
    assert rome.secteurs_naf is not None
    assert rome.secteurs_naf[2] == SecteurNaf("53", "Poste, courrier et main-d'œuvre de livraison")


@pytest.mark.parametrize(("table", "champs"), [
    ("arborescence_secteur_naf", ("secteurs_naf", "liens_naf")),
    ("themes", ("themes", "liens_themes")),
    ("sous_secteur_activite", ("secteurs", "sous_secteurs", "liens_secteurs")),
    ("centre_interet", ("centres_interet", "liens_centres_interet")),
])  # fmt: skip
def test_group_without_one_of_its_tables_is_unknown(livraison, table, champs):
    (livraison / nom(table)).unlink()

    rome, rejets = lire(livraison)

    assert {getattr(rome, champ) for champ in champs} == {None}
    assert {rejet.raison for rejet in rejets} == {f"laissée de côté, car il manque {table}"}


def test_optional_tables_all_absent_are_unknown(livraison):
    for table in FACULTATIVES:
        (livraison / nom(table)).unlink(missing_ok=True)

    rome, rejets = lire(livraison)

    assert rejets == []
    assert rome.profils_de_macros is False
    assert {c.riasec_majeur for c in rome.competences} == {None}
    assert rome.arborescence_competences is rome.themes is rome.liens_secteurs is None


def test_arborescence_is_read_when_present(livraison):
    (livraison / nom("arborescence_competences")).write_text(
        '"code_domaine_competence","domaine_competence","code_enjeu","enjeu","code_objectif","objectif",'
        '"code_macro_competence","code_ogr_macro_competence","code_ogr_competence"\n'
        '"9","Relation client","9A","Vendre","9A1","Servir","9A101","600001","610001"\n'
        '"9","Relation client","9A","Vendre","9A1","Servir","9A101","600001","610002"\n'
        '"9","Relation client","9A","Vendre","9A2","Autre","9A101","600001","610002"\n'
        '"9","Relation client","9A","Vendre","9A1","Servir","9A999","699999","610003"\n'
    )

    rome, rejets = lire(livraison)

    assert rome.arborescence_competences == [
        ArborescenceCompetence("9", "Relation client", "9A", "Vendre", "9A1", "Servir", "600001")
    ]
    assert rejets == [
        Rejet("arborescence de compétence", "600001", "rangée à deux endroits : le premier est gardé"),
        Rejet("arborescence de compétence", "699999", "macro-compétence introuvable (699999)"),
    ]


def test_version_comes_from_the_names_without_version_txt(livraison):
    (livraison / "version.txt").unlink()
    for fichier in list(livraison.iterdir()):
        fichier.rename(livraison / fichier.name.replace("_v460_", "_v4101_"))

    rome, _ = lire(livraison)

    assert (rome.version, rome.date_publication) == ("101", None)


def test_version_txt_is_preferred_to_the_names(livraison):
    (livraison / "version.txt").write_text("Numero de version : 61\nDate de publication : 31/02/2026\n")

    rome, rejets = lire(livraison)

    assert (rome.version, rome.date_publication) == ("61", None)
    assert rejets == [
        Rejet("version", "version.txt", "date impossible (Date de publication : 31/02/2026)"),
        Rejet("version", "version.txt", "il annonce la version 61, les tables la 60"),
    ]


def test_tables_of_two_versions_are_refused(livraison):
    (livraison / nom("themes")).rename(livraison / nom("themes", "461"))

    reponse = refus(livraison)

    assert reponse == "rome mélange des tables de plusieurs versions du ROME : v460, v461."


def test_older_rome_is_refused(livraison):
    for fichier in list(livraison.iterdir()):
        fichier.rename(livraison / fichier.name.replace("_v460_", "_v346_"))

    reponse = refus(livraison)

    assert reponse == "rome n’est pas un export du ROME 4.0 : ses tables sont en v346."


def test_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "autre.csv").write_text("a,b\n")

    reponse = refus(tmp_path)

    assert reponse == (
        f"{tmp_path.name} n’est pas un export du ROME 4.0 : aucune table unix_…_v4NN_utf8.csv, ni fiches unix_fiche_emploi_metier_v4NN.json."
    )


def test_all_missing_tables_are_named_at_once(livraison):
    (livraison / nom("texte")).unlink()
    (livraison / nom("coherence_item")).unlink()

    reponse = refus(livraison)

    assert reponse == "rome est incomplet : tables absentes, texte, coherence_item."


@pytest.mark.parametrize(("table", "message"), [
    ("referentiel_code_rome", "rome ne contient aucune fiche métier valable."),
    ("referentiel_appellation", "rome ne contient aucune appellation valable."),
])  # fmt: skip
def test_table_without_rows_is_refused(livraison, table, message):
    (livraison / nom(table)).write_text(",".join(OBLIGATOIRES[table]) + "\n")

    reponse = refus(livraison)

    assert reponse == message


@pytest.mark.parametrize(("table", "avant", "apres", "attendus"), [
    ("grand_domaine", '"D","Commerce, Vente et Grande distribution"\n',
     '"D","Commerce, Vente et Grande distribution"\n"D","Bis"\n"","Sans code"\n"Z",""\n',
     [Rejet("grand domaine", "D", "code en double"),
      Rejet("grand domaine", "", "code absent (Sans code)"),
      Rejet("grand domaine", "Z", "libellé absent")]),
    ("domaine_professionnel", '"M16"', '"Z16","Perdu"\n"M16"',
     [Rejet("domaine professionnel", "Z16", "grand domaine introuvable (Z)")]),
    ("referentiel_code_rome", '"D1491","90001"',
     '"d1491","1","1","x","","","","","",""\n"D1999","1","abc","x","","","","","",""\n"E1101","1","2","x","","","","","",""\n"D1491","90001"',
     [Rejet("fiche", "d1491", "code ROME mal formé"),
      Rejet("fiche", "abc", "code OGR qui n’est pas un nombre"),
      Rejet("fiche", "E1101", "domaine professionnel introuvable (E11)")]),
    ("referentiel_code_rome", '"Emploi Blanc","O","","N","N","D1491"', '"Emploi Blanc","X","","N","N","D1400"',
     [Rejet("fiche", "D1491", "valeur inconnue de code_rome_parent, laissée vide (D1400)"),
      Rejet("fiche", "D1491", "valeur inconnue de transition_num, laissée vide (X)")]),
    ("referentiel_code_rome_riasec", '"D1491","S","C"', '"D1491","Z","C"\n"D1491","S","C"\n"D1999","S","C"',
     [Rejet("profil RIASEC", "D1491", "valeur inconnue de riasec_majeur, laissée vide (Z)"),
      Rejet("profil RIASEC", "D1491", "code en double"),
      Rejet("profil RIASEC", "D1999", "code ROME introuvable (D1999)")]),
    ("texte", '"D1491","3","definition","10"', '"D1491","9","note","1","x"\n"D1491","3","definition","dix"',
     [Rejet("texte", "D1491 note 1", "type de texte inconnu (note)"),
      Rejet("texte", "D1491 definition dix", "position_phrase qui n’est pas un rang (dix)")]),
    ("referentiel_appellation", '"","","","","","SYNONYME","","D1491","O"', '"","","","","","PRINCIPALE","","D1491","O"',
     [Rejet("appellation", "510003",
            "seconde appellation principale de D1491, après 510001 : gardée comme synonyme")]),
    ("referentiel_appellation", '"Emploi Brun","","","","","PRINCIPALE"', '"Emploi Brun","","","","","AUTRE"',
     [Rejet("appellation", "510008", "valeur inconnue de classification, laissée vide (AUTRE)"),
      Rejet("fiche", "N4191", "aucune appellation principale")]),
    ("referentiel_competence", '"610003","Compétence"', '"610003","Aptitude"',
     [Rejet("compétence", "610003", "nature inconnue (Aptitude)"),
      Rejet("lien compétence", "M1691 – 610003", "compétence introuvable (610003)"),
      Rejet("lien compétence", "M1692 – 610003", "compétence introuvable (610003)"),
      Rejet("cœur de métier", "M1691 – 610003", "« Principale » pour un lien qui n’existe pas")]),
    ("liens_rome_referentiels", '"D1491","6","","630001"',
     '"D1491","6","","630001"\n"D1491","6","","630001"\n"D1999","6","","630001"\n"D1491","5","9","1"',
     [Rejet("lien contexte", "D1491 – 630001", "lien en double"),
      Rejet("lien contexte", "D1999 – 630001", "code ROME introuvable (D1999)"),
      Rejet("lien", "D1491 – 1", "bloc et rubrique inconnus (5, 9)")]),
    ("coherence_item", '"N4191","610004","Émergente"', '"N4191","610004","Rare"',
     [Rejet("cœur de métier", "N4191 – 610004", "valeur inconnue de coeur_metier, laissée vide (Rare)")]),
    ("rubrique_mobilite", '"D1491","M1691","2"',
     '"D1491","M1691","2"\n"D1491","M1691","3"\n"D1491","D1491","4"\n"D1491","D1999","5"\n"D1491","N4191",""',
     [Rejet("mobilité", "D1491 → M1691", "lien en double"),
      Rejet("mobilité", "D1491 → D1491", "une fiche ne mène pas à elle-même"),
      Rejet("mobilité", "D1491 → D1999", "code ROME introuvable (D1999)"),
      Rejet("mobilité", "D1491 → N4191", "numero_ordre qui n’est pas un rang ()")]),
    ("arborescence_secteur_activite", '"82","Transport et logistique","",', '"82","Transport et logistique","999",',
     [Rejet("lien secteur", "N4191 – 82", "sous-secteur introuvable (999)")]),
    ("arborescence_thematique", '"500005","N4191"', '"500005",""',
     [Rejet("lien thème", " – 001", "sans code ROME")]),
    ("grand_domaine", '"D","Commerce, Vente et Grande distribution"\n',
     f'"D","Commerce, Vente et Grande distribution"\n"DD","Bis"\n"Z","{"z" * 201}"\n',
     [Rejet("grand domaine", "DD", "code de 2 caractères, au plus 1"),
      Rejet("grand domaine", "Z", "libellé de 201 caractères, au plus 200")]),
    ("referentiel_appellation", '"Vendeur(se) en boutique","D1491","Emploi Blanc"',
     f'"{"v" * 301}","D1491","{"b" * 101}"',
     [Rejet("appellation", "510002", "libelle_appellation_court de 301 caractères, au plus 300 : laissé vide"),
      Rejet("appellation", "510002", "transition_eco de 101 caractères, au plus 100 : laissé vide")]),
])  # fmt: skip
def test_bad_rows_are_reported_and_the_others_kept(livraison, modifier, table, avant, apres, attendus):
    modifier(table, avant, apres)

    rome, rejets = lire(livraison)

    assert rejets == attendus
    assert len(rome.fiches) == 5


def test_unknown_coeur_metier_keeps_its_link(livraison, modifier):
    modifier("coherence_item", '"N4191","620003","Principale"', '"N4191","620003","Rare"')

    rome, _ = lire(livraison)

    assert rome.liens_savoirs[4] == LienSavoir("N4191", "620003", "")


@settings(max_examples=60)
@given(st.data())
def test_damaged_delivery_is_read_or_refused(tmp_path_factory, donnees):
    livraison = Path(shutil.copytree(ROME, tmp_path_factory.mktemp("rome") / "rome"))
    fichier = donnees.draw(st.sampled_from(sorted(ROME.iterdir()))).name
    contenu = (livraison / fichier).read_bytes()
    coupure = donnees.draw(st.integers(0, len(contenu)))
    (livraison / fichier).write_bytes(contenu[:coupure] + donnees.draw(st.binary(max_size=6)))

    try:
        rome, _ = lire(livraison)
        versions = {rome.version}
    except FichierRefuse:
        versions = set()

    assert all(version.isdecimal() for version in versions)
