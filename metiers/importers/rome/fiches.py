"""Domaines, fiches, appellations and mobilités."""

from collections import defaultdict
from collections.abc import Collection, Container
from operator import itemgetter

from metiers.importers.rome.controle import RIASEC, Controle
from metiers.importers.rome.records import Appellation, DomaineProfessionnel, Fiche, GrandDomaine, Mobilite
from metiers.importers.rome.tables import Tables


def lire_grands_domaines(tables: Tables, controle: Controle) -> list[GrandDomaine]:
    lus: dict[str, GrandDomaine] = {}
    for ligne in tables.lignes("grand_domaine"):
        code, libelle = ligne["code_grand_domaine"], ligne["libelle_grand_domaine"]
        if controle.nouvelle_cle("grand domaine", code, lus, libelle):
            lus[code] = GrandDomaine(code, libelle)
    return list(lus.values())


def lire_domaines(tables: Tables, controle: Controle, grands: set[str]) -> list[DomaineProfessionnel]:
    lus: dict[str, DomaineProfessionnel] = {}
    for ligne in tables.lignes("domaine_professionnel"):
        code, libelle = ligne["code_domaine_professionnel"], ligne["libelle_domaine_professionnel"]
        if controle.nouvelle_cle("domaine professionnel", code, lus, libelle) and controle.connu(
            "domaine professionnel", code, "grand domaine", code[0], grands
        ):
            lus[code] = DomaineProfessionnel(code, libelle, code[0])
    return list(lus.values())


def lire_fiches(tables: Tables, controle: Controle, domaines: set[str]) -> list[Fiche]:
    """The fiches, complete; a fiche whose domaine is unknown is left out.

    The domaine is read in the first three characters of the code: `cr_gd_dp` says the same for all.
    """
    gardees = _lignes_de_fiches(tables, controle, domaines)
    definitions, acces = _lire_textes(tables, controle, gardees)
    profils = _lire_profils(tables, controle, gardees)
    fiches = []
    for code, ligne in gardees.items():
        parent = ligne["code_rome_parent"]
        majeur, mineur = profils.get(code, ("", ""))
        fiches.append(
            Fiche(
                code_ogr=ligne["code_ogr"],
                code_fiche_metier=controle.court(
                    "fiche", code, "code_fiche_metier", ligne["code_fiche_metier"], 10
                ),
                code_rome=code,
                libelle=ligne["libelle_rome"],
                domaine=code[:3],
                code_rome_parent=controle.parmi("fiche", code, "code_rome_parent", parent, gardees),
                transition_ecologique=controle.court(
                    "fiche", code, "transition_eco", ligne["transition_eco"], 100
                ),
                transition_numerique=controle.drapeau(
                    "fiche", code, "transition_num", ligne["transition_num"]
                ),
                transition_demographique=controle.drapeau(
                    "fiche", code, "transition_demo", ligne["transition_demo"]
                ),
                emploi_reglemente=controle.drapeau(
                    "fiche", code, "emploi_reglemente", ligne["emploi_reglemente"]
                ),
                emploi_cadre=controle.drapeau("fiche", code, "emploi_cadre", ligne["emploi_cadre"]),
                definition=definitions.get(code, ""),
                acces_metier=acces.get(code, ""),
                riasec_majeur=majeur,
                riasec_mineur=mineur,
            )
        )
    return fiches


def _lignes_de_fiches(tables: Tables, controle: Controle, domaines: set[str]) -> dict[str, dict[str, str]]:
    gardees: dict[str, dict[str, str]] = {}
    ogr_vus: set[str] = set()
    for ligne in tables.lignes("referentiel_code_rome"):
        code = ligne["code_rome"]
        if not controle.code_rome("fiche", code):
            continue
        if not controle.nouvelle_cle("fiche", code, gardees, ligne["libelle_rome"]):
            continue
        if not controle.nouvel_ogr("fiche", ligne["code_ogr"], ogr_vus, ligne["libelle_rome"]):
            continue
        if not controle.connu("fiche", code, "domaine professionnel", code[:3], domaines):
            continue
        ogr_vus.add(ligne["code_ogr"])
        gardees[code] = ligne
    return gardees


def _lire_textes(
    tables: Tables, controle: Controle, codes: Container[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Définition and accès of each fiche, their sentences in order."""
    phrases: dict[str, dict[str, list[tuple[int, str]]]] = {
        "definition": defaultdict(list),
        "acces_metier": defaultdict(list),
    }
    for ligne in tables.lignes("texte"):
        code, genre, position = ligne["code_rome"], ligne["libelle_type_texte"], ligne["position_phrase"]
        cle = f"{code} {genre} {position}"
        if not controle.connu("texte", cle, "code ROME", code, codes):
            continue
        if genre not in phrases:
            controle.rejeter("texte", cle, f"type de texte inconnu ({genre[:60]})")
            continue
        rang = controle.rang("texte", cle, "position_phrase", position)
        if rang is None:
            continue
        # Two apostrophes stand for one in this table, and in no other.
        phrases[genre][code].append((rang, ligne["libelle_texte"].replace("''", "'")))
    definitions, acces = (
        {
            code: "\n".join(phrase for _, phrase in sorted(suite, key=itemgetter(0)) if phrase)
            for code, suite in textes.items()
        }
        for textes in phrases.values()
    )
    return definitions, acces


def _lire_profils(tables: Tables, controle: Controle, codes: Container[str]) -> dict[str, tuple[str, str]]:
    """RIASEC letters of each fiche; 345 fiches of version 60 have no mineur."""
    profils: dict[str, tuple[str, str]] = {}
    for ligne in tables.lignes("referentiel_code_rome_riasec"):
        code = ligne["code_rome"]
        if not controle.connu("profil RIASEC", code, "code ROME", code, codes):
            continue
        if code in profils:
            controle.rejeter("profil RIASEC", code, "code en double")
            continue
        profils[code] = (
            controle.parmi("profil RIASEC", code, "riasec_majeur", ligne["riasec_majeur"], RIASEC),
            controle.parmi("profil RIASEC", code, "riasec_mineur", ligne["riasec_mineur"], RIASEC),
        )
    return profils


def lire_appellations(tables: Tables, controle: Controle, codes: Collection[str]) -> list[Appellation]:
    """The appellations of known fiches; a fiche with no principale, or several, is reported."""
    lues: dict[str, Appellation] = {}
    principales: dict[str, str] = {}
    for ligne in tables.lignes("referentiel_appellation"):
        ogr, code = ligne["code_ogr"], ligne["code_rome"]
        if not controle.nouvel_ogr("appellation", ogr, lues, ligne["libelle_appellation_long"]):
            continue
        if not controle.connu("appellation", ogr, "code ROME", code, codes):
            continue
        classement = ligne["classification"]
        principale = classement == "PRINCIPALE"
        controle.parmi("appellation", ogr, "classification", classement, ("PRINCIPALE", "SYNONYME"))
        if principale and code in principales:
            raison = f"seconde appellation principale de {code}, après {principales[code]}"
            controle.rejeter("appellation", ogr, f"{raison} : gardée comme synonyme")
            principale = False
        elif principale:
            principales[code] = ogr

        lues[ogr] = Appellation(
            code_ogr=ogr,
            code_rome=code,
            libelle=ligne["libelle_appellation_long"],
            libelle_court=controle.court(
                "appellation", ogr, "libelle_appellation_court", ligne["libelle_appellation_court"], 300
            ),
            principale=principale,
            peu_usitee=controle.drapeau("appellation", ogr, "peu_usite", ligne["peu_usite"]),
            transition_ecologique=controle.court(
                "appellation", ogr, "transition_eco", ligne["transition_eco"], 100
            ),
            transition_numerique=controle.drapeau(
                "appellation", ogr, "transition_num", ligne["transition_num"]
            ),
            transition_demographique=controle.drapeau(
                "appellation", ogr, "transition_demo", ligne["transition_demo"]
            ),
            emploi_reglemente=controle.drapeau(
                "appellation", ogr, "emploi_reglemente", ligne["emploi_reglemente"]
            ),
            emploi_cadre=controle.drapeau("appellation", ogr, "emploi_cadre", ligne["emploi_cadre"]),
            code_rome_parent=controle.parmi(
                "appellation", ogr, "code_rome_parent", ligne["code_rome_parent"], codes
            ),
        )
    for code in codes:
        if code not in principales:
            controle.rejeter("fiche", code, "aucune appellation principale")
    return list(lues.values())


def lire_mobilites(tables: Tables, controle: Controle, codes: Container[str]) -> list[Mobilite]:
    lues: dict[tuple[str, str], Mobilite] = {}
    for ligne in tables.lignes("rubrique_mobilite"):
        code, cible, ordre = ligne["code_rome"], ligne["code_rome_cible"], ligne["numero_ordre"]
        cle = f"{code} → {cible}"
        if not controle.connu("mobilité", cle, "code ROME", code, codes):
            continue
        if not controle.connu("mobilité", cle, "code ROME", cible, codes):
            continue
        if code == cible:
            controle.rejeter("mobilité", cle, "une fiche ne mène pas à elle-même")
        elif (code, cible) in lues:
            controle.rejeter("mobilité", cle, "lien en double")
        elif (rang := controle.rang("mobilité", cle, "numero_ordre", ordre)) is not None:
            lues[code, cible] = Mobilite(code, cible, rang)
    return list(lues.values())
