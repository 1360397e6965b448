"""Read the parts of a fiche but its codes: blocs, people, ways, figures, texts of law, links to other fiches.

A part that cannot be kept, or that comes twice, is reported and dropped; the fiche goes on.
"""

from collections.abc import Callable, Hashable
from itertools import product
from typing import TypeVar

from catalogue.fichiers.refus import Rejet
from certifications.importers.rncp.fiche import (
    Bloc,
    Certificateur,
    Correspondance,
    Filiation,
    Partenaire,
    Publication,
    Statistique,
    Voie,
)
from certifications.importers.rncp.relecture import Enfants, enfants, premier, relire
from certifications.importers.rncp.valeurs import NUMERO, Valeurs, ligne

T = TypeVar("T")
Rejeter = Callable[[Rejet], None]

NOMBRE_MAX = 999_999_999
_HABILITATIONS = frozenset(["FORMER", "ORGANISER", "ORGA_FORM"])
_VOIES = {voie: f"SI_JURY_{voie}" for voie in ("FI", "CA", "FC", "CQ", "CL", "VAE")}
_NATURES = {
    "PUBLICATION_DECRET_GENERAL": "general",
    "PUBLICATION_DECRET_CREATION": "creation",
    "PUBLICATION_DECRET_AUTRE": "autre",
}


def _garder(parties: dict[Hashable, T], cle: Hashable, partie: T, objet: str, valeurs: Valeurs) -> None:
    """Add a part under its key in the fiche; of two with the same key, the first one stays."""
    if parties.setdefault(cle, partie) is not partie:
        valeurs.rejeter(objet, "en double dans la fiche")


def blocs(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Bloc, ...]:
    """BLOCS_COMPETENCES only: CORRESPONDANCES reuses the tag BLOC_COMPETENCES for bare codes."""
    trouves: dict[Hashable, Bloc] = {}
    for element in enfants(fiche, "BLOCS_COMPETENCES", "BLOC_COMPETENCES"):
        code = ligne(element.findtext("CODE"))
        valeurs = Valeurs(element, f"{numero}, bloc {code}" if code else numero, rejeter)
        libelle = valeurs.ligne("LIBELLE", 1000)
        if not valeurs.ligne("CODE", 40):
            valeurs.rejeter("bloc", "code absent")
        elif not libelle:
            valeurs.rejeter("bloc", "intitulé absent")
        else:
            bloc = Bloc(
                code=code,
                libelle=libelle,
                liste_competences=valeurs.texte("LISTE_COMPETENCES"),
                modalites_evaluation=valeurs.texte("MODALITES_EVALUATION"),
                prerequis_entree_formation=valeurs.texte("PREREQUIS_ENTREE_FORMATION_BLOC"),
                prerequis_validation=valeurs.texte("PREREQUIS_VALIDATION_BLOC"),
            )
            _garder(trouves, code, bloc, "bloc", valeurs)
    return tuple(trouves.values())


def certificateurs(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Certificateur, ...]:
    trouves: dict[Hashable, Certificateur] = {}
    for ordre, element in enumerate(enfants(fiche, "CERTIFICATEURS", "CERTIFICATEUR")):
        valeurs = Valeurs(element, numero, rejeter)
        nom = valeurs.nommer("certificateur", "NOM_CERTIFICATEUR", 500)
        if not nom:
            valeurs.rejeter("certificateur", "nom absent")
            continue
        siret = valeurs.siret("SIRET_CERTIFICATEUR")
        certificateur = Certificateur(
            ordre=ordre,
            siret=siret,
            nom=nom,
            nom_commercial=valeurs.ligne("NOM_COMMERCIAL", 500),
            site_internet=valeurs.ligne("SITE_INTERNET", 500),
            etat=valeurs.ligne("ETAT_CERTIFICATEUR", 60),
            date_etat=valeurs.date("DATE_DERNIERE_MODIFICATION_ETAT"),
        )
        _garder(trouves, (siret, nom), certificateur, "certificateur", valeurs)
    return tuple(trouves.values())


def partenaires(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Partenaire, ...]:
    """The key within a fiche is the SIRET, or the name of those that have none."""
    trouves: dict[Hashable, Partenaire] = {}
    for element in enfants(fiche, "PARTENAIRES", "PARTENAIRE"):
        partenaire = relire(element, _partenaire, numero, rejeter)
        if partenaire is None:
            continue
        cle = partenaire.siret or (partenaire.nom,)
        if cle in trouves:
            nom = f"{numero}, partenaire {partenaire.nom[:80]}"
            rejeter(Rejet("partenaire", nom, "en double dans la fiche"))
        else:
            trouves[cle] = partenaire
    return tuple(trouves.values())


def _partenaire(valeurs: Valeurs) -> Partenaire | None:
    nom = valeurs.nommer("partenaire", "NOM_PARTENAIRE", 500)
    if not nom:
        valeurs.rejeter("partenaire", "nom absent")
        return None
    siret = valeurs.siret("SIRET_PARTENAIRE")
    habilitation = valeurs.ligne("HABILITATION_PARTENAIRE", 60).removeprefix("HABILITATION_")
    if habilitation and habilitation not in _HABILITATIONS:
        valeurs.rejeter("habilitation", f"valeur inconnue : « {habilitation} »")
        habilitation = ""
    return Partenaire(
        siret,
        nom,
        habilitation,
        valeurs.ligne("ETAT_HABILITATION", 60),
        valeurs.date("DATE_ACTIF"),
        valeurs.date("DATE_DERNIERE_MODIFICATION_ETAT"),
    )


def voies(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Voie, ...]:
    trouvees = []
    for voie, balise in _VOIES.items():
        element = premier(fiche, balise)
        if element is not None:
            valeurs = Valeurs(element, f"{numero}, {balise}", rejeter)
            trouvees.append(
                Voie(
                    voie,
                    valeurs.oui_non("ACTIF"),
                    valeurs.texte("COMPOSITION"),
                    valeurs.date("DATE_DERNIERE_MODIFICATION"),
                )
            )
    return tuple(trouvees)


def statistiques(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Statistique, ...]:
    trouvees: dict[Hashable, Statistique] = {}
    for element in enfants(fiche, "STATISTIQUES_PROMOTIONS", "STATISTIQUES_PROMOTION"):
        valeurs = Valeurs(element, numero, rejeter)
        annee = valeurs.entier("ANNEE", 2999)
        if annee is None or annee < 1900:
            valeurs.rejeter("statistique", "année absente ou impossible")
            continue
        valeurs.cle = f"{numero}, promotion {annee}"
        statistique = Statistique(
            annee=annee,
            certifies=valeurs.entier("NOMBRE_CERTIFIES", NOMBRE_MAX),
            certifies_vae=valeurs.entier("NOMBRE_CERTIFIES_VAE", NOMBRE_MAX),
            taux_insertion_6_mois=valeurs.taux("TAUX_INSERTION_GLOBAL_6MOIS"),
            taux_metier_6_mois=valeurs.taux("TAUX_INSERTION_METIER_6MOIS"),
            taux_metier_2_ans=valeurs.taux("TAUX_INSERTION_METIER_2ANS"),
        )
        _garder(trouvees, annee, statistique, "statistique", valeurs)
    return tuple(trouvees.values())


def publications(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Publication, ...]:
    trouvees = []
    for balise, nature in _NATURES.items():
        for ordre, element in enumerate(enfants(fiche, balise, "PUBLICATION_JO")):
            valeurs = Valeurs(element, f"{numero}, {balise} n° {ordre + 1}", rejeter)
            titre, date_jo = ligne(valeurs.texte("TITRE")), valeurs.date("DATE_PUBLICATION_JO")
            if titre or date_jo:
                trouvees.append(Publication(nature, ordre, titre, date_jo))
    return tuple(trouvees)


def correspondances(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Correspondance, ...]:
    trouvees = []
    for groupe, element in enumerate(enfants(fiche, "CORRESPONDANCES", "CORRESPONDANCE"), start=1):
        destination = ligne(element.findtext("DESTINATION/NUMERO_FICHE"))
        sources = [ligne(code.text) for code in element.findall("SOURCE/BLOC_COMPETENCES/CODE")]
        cibles = [ligne(code.text) for code in element.findall("DESTINATION/BLOC_COMPETENCES/CODE")]
        if not NUMERO.fullmatch(destination):
            rejeter(Rejet("correspondance", numero, f"numéro de fiche invalide : « {destination[:40]} »"))
        elif any(not code or len(code) > 40 for code in sources + cibles):
            rejeter(Rejet("correspondance", f"{numero}, {destination}", "code de bloc absent ou trop long"))
        else:
            paires = product(dict.fromkeys(sources) or [""], dict.fromkeys(cibles) or [""])
            trouvees += [Correspondance(groupe, source, destination, cible) for source, cible in paires]
    return tuple(trouvees)


def filiations(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Filiation, ...]:
    """ID_FICHE_… holds a number such as RNCP34762, in spite of its name; the other fiche may be in no file here."""
    liens = [
        (numero, ligne(element.text))
        for lien in enfants(fiche, "NOUVELLES_CERTIFICATIONS", "NOUVELLE_CERTIFICATION")
        for element in lien.findall("ID_FICHE_NOUVELLE_CERTIFICATION")
    ]
    liens += [
        (ligne(element.text), numero)
        for lien in enfants(fiche, "ANCIENNES_CERTIFICATIONS", "ANCIENNE_CERTIFICATION")
        for element in lien.findall("ID_FICHE_ANCIENNE_CERTIFICATION")
    ]
    trouvees = []
    for ancienne, nouvelle in dict.fromkeys(liens):
        if ancienne == nouvelle:
            rejeter(Rejet("filiation", numero, "la fiche se remplacerait elle-même"))
        elif not (NUMERO.fullmatch(ancienne) and NUMERO.fullmatch(nouvelle)):
            rejeter(Rejet("filiation", f"{ancienne[:40]} → {nouvelle[:40]}", "numéro de fiche invalide"))
        else:
            trouvees.append(Filiation(ancienne, nouvelle, numero))
    return tuple(trouvees)
