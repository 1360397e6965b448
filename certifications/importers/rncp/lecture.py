"""Stream the fiches of an XML export of France compétences (RNCP, RS or both).

Documentation: open data « Répertoire national des certifications professionnelles et répertoire spécifique »,
flux V4.1 (export_fiches_RNCP_V4_1_AAAA-MM-JJ.xml, about 470 MB, and export_fiches_RS_V4_1_AAAA-MM-JJ.xml)::

    <FICHES>
      <VERSION_FLUX>4.1</VERSION_FLUX>
      <FICHE>
        <ID_FICHE>12345</ID_FICHE>
        <NUMERO_FICHE>RNCP12345</NUMERO_FICHE>
        <INTITULE>…</INTITULE>
        …
      </FICHE>
    </FICHES>

An optional tag is left out when it has nothing to say, and tags come in no sure order.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from xml.etree.ElementTree import Element

from catalogue.fichiers.dossier import Dossier, ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from catalogue.fichiers.xml import elements
from catalogue.niveaux import depuis_rncp
from certifications.importers.rncp import codes, parties
from certifications.importers.rncp.fiche import Fiche, Inchangee
from certifications.importers.rncp.relecture import Enfants, enfants, par_balise, premier
from certifications.importers.rncp.valeurs import NUMERO, Valeurs, ligne

VERSION_FLUX = "4.1"
_REPERTOIRE = re.compile(r"(?:^|[^A-Z])(?:RNCP|RS)(?:[^A-Z]|$)", re.IGNORECASE)
_DATE_DU_NOM = re.compile(r"(?<!\d)(20\d{2})[-_]?(\d{2})[-_]?(\d{2})(?!\d)", re.ASCII)


class LectureRncp:
    """The fiches of a delivery, read anew at each iteration; made by `lire_rncp()`.

    `noms` are the XML files read. `date_export` comes from their names, else from the delivery's: the oldest of the
    dates told, or None. `edition`, `rubriques` and `constats` are those of the other forms: the XML speaks of all.
    """

    edition = ""
    rubriques: frozenset[str] | None = None
    constats: tuple[str, ...] = ()

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None], connues: Mapping[str, str]):
        self._chemin = chemin
        self._rejeter = rejeter
        self._connues = connues
        with ouvrir(chemin) as dossier:
            self.noms = _noms_xml(dossier)
            for nom in self.noms:
                if next(_elements_de_fiche(dossier, nom), None) is None:
                    raise FichierRefuse(f"Le fichier {nom} ne contient aucune fiche.")
        dates = [jour for nom in self.noms if (jour := date_du_nom(nom))]
        self.date_export = min(dates) if dates else date_du_nom(chemin.name)

    def __iter__(self) -> Iterator[Fiche | Inchangee]:
        numeros: set[str] = set()
        rejets: list[Rejet] = []
        with ouvrir(self._chemin) as dossier:
            for nom in self.noms:
                for element in _elements_de_fiche(dossier, nom, rejets.append):
                    marque = empreinte(element)
                    numero = element.findtext("NUMERO_FICHE", "")
                    if not rejets and self._connues.get(numero) == marque and numero not in numeros:
                        numeros.add(numero)
                        yield Inchangee(numero, type_de(numero))
                        continue
                    fiche = lire_fiche(element, numeros, rejets.append)
                    if fiche is not None:
                        numeros.add(fiche.numero)
                        # What was rejected is to be told at each import: such a fiche is read each time.
                        yield fiche if rejets else fiche._replace(empreinte=marque)
                    for rejet in rejets:
                        self._rejeter(rejet)
                    rejets.clear()


def lire_rncp(
    chemin: Path, rejeter: Callable[[Rejet], None], connues: Mapping[str, str] = MappingProxyType({})
) -> LectureRncp:
    """Open an XML export V4.1, bare, zipped or in a folder; iterate over the result for its fiches.

    `connues` are the fingerprints of the fiches already written, by number: where one is met again, the fiche is not
    read but given as `Inchangee`. What cannot be kept is given to `rejeter` while iterating. Raises FichierRefuse: at
    once when there is no such file, when its VERSION_FLUX is another or when it holds no FICHE; while iterating when
    it is malformed or cut.
    """
    return LectureRncp(chemin, rejeter, connues)


def type_de(numero: str) -> str:
    return "RNCP" if numero.startswith("RNCP") else "RS"


@cache
def _marque_du_lecteur() -> bytes:
    """The reader's own text: when it changes, what it makes of a fiche may change, and all are read again."""
    textes = [Path(__file__).parents[2] / "mise_a_jour.py", *sorted(Path(__file__).parent.glob("*.py"))]
    return blake2b(b"".join(texte.read_bytes() for texte in textes if texte.is_file())).digest()


def empreinte(element: Element) -> str:
    """Of the tags and texts of a FICHE, in their order, as this version of the reader reads them."""
    # No text of XML may hold the character that separates them here.
    balises = "\x1f".join([descendant.tag for descendant in element.iter()])
    textes = "\x1f".join([descendant.text or "" for descendant in element.iter()])
    return blake2b(
        f"{balises}\x1f{textes}".encode("utf-8", "surrogatepass"), key=_marque_du_lecteur(), digest_size=16
    ).hexdigest()


def date_du_nom(nom: str) -> date | None:
    """The day in a name such as export-fiches-rncp-v4-1-2026-08-16.xml."""
    for annee, mois, jour in _DATE_DU_NOM.findall(nom):
        try:
            return date(int(annee), int(mois), int(jour))
        except ValueError:
            continue
    return None


def _noms_xml(dossier: Dossier) -> list[str]:
    tous = dossier.noms()
    if len(tous) == 1 and tous[0] == dossier.nom:
        return tous  # a bare file, whatever its name
    noms = [nom for nom in tous if nom.lower().endswith(".xml")]
    if len(noms) > 1:
        noms = [nom for nom in noms if _REPERTOIRE.search(nom)]
    if not noms:
        raise FichierRefuse(f"{dossier.nom} ne contient aucun export XML du RNCP ou du RS.")
    return noms


def _elements_de_fiche(
    dossier: Dossier, nom: str, rejeter: Callable[[Rejet], None] | None = None
) -> Iterator[Element]:
    """The FICHE elements, once VERSION_FLUX, which comes first, is known to be the right one."""
    version = None
    with dossier.ouvrir(nom) as flux:
        for element in elements(
            flux, nom, racine="FICHES", balise="FICHE", entete=("VERSION_FLUX",), rejeter=rejeter
        ):
            if element.tag == "VERSION_FLUX":
                version = ligne(element.text)
                if version != VERSION_FLUX:
                    raise FichierRefuse(
                        f"Le fichier {nom} est au format {version[:20] or 'non renseigné'} : "
                        f"seul le flux XML {VERSION_FLUX} est lu."
                    )
            elif version is None:
                raise FichierRefuse(f"Le fichier {nom} ne dit pas sa version (VERSION_FLUX).")
            else:
                yield element


def lire_fiche(element: Element, numeros: set[str], rejeter: Callable[[Rejet], None]) -> Fiche | None:
    """One FICHE; None, reported, without a sound number and a title, or with a number already in `numeros`."""
    numero = ligne(element.findtext("NUMERO_FICHE"))
    valeurs = Valeurs(element, numero, rejeter)
    if not NUMERO.fullmatch(numero):
        valeurs.cle = numero[:40] or f"ID_FICHE {ligne(element.findtext('ID_FICHE'))[:20] or 'absent'}"
        valeurs.rejeter("fiche", "numéro de fiche mal formé" if numero else "numéro de fiche absent")
        return None
    if numero in numeros:
        valeurs.rejeter("fiche", "numéro déjà lu dans cet export")
        return None
    intitule = valeurs.ligne("INTITULE", 800)
    if not intitule:
        valeurs.rejeter("fiche", "intitulé absent ou inutilisable")
        return None
    fiche = par_balise(element)
    abrege = _sous_valeurs(fiche, "ABREGE", numero, rejeter)
    return Fiche(
        numero=numero,
        type=type_de(numero),
        intitule=intitule,
        id_fiche=valeurs.ligne("ID_FICHE", 20),
        abrege_code=abrege.ligne("CODE", 60),
        abrege_libelle=abrege.ligne("LIBELLE", 300),
        etat_fiche=valeurs.ligne("ETAT_FICHE", 100),
        niveau=_niveau(fiche, valeurs),
        active_selon_source=valeurs.oui_non("ACTIF"),
        type_enregistrement=valeurs.ligne("TYPE_ENREGISTREMENT", 100),
        date_decision=valeurs.date("DATE_DECISION"),
        date_effet=valeurs.date("DATE_EFFET"),
        date_dernier_jo=valeurs.date("DATE_DERNIER_JO"),
        date_fin_enregistrement=valeurs.date("DATE_FIN_ENREGISTREMENT"),
        date_limite_delivrance=valeurs.date("DATE_LIMITE_DELIVRANCE"),
        date_publication=valeurs.date("DATE_DE_PUBLICATION"),
        duree_enregistrement=valeurs.entier("DUREE_ENREGISTREMENT", 99),
        annees_promotions_niveau=_annees(fiche, valeurs),
        objectifs_contexte=valeurs.texte("OBJECTIFS_CONTEXTE"),
        activites_visees=valeurs.texte("ACTIVITES_VISEES"),
        capacites_attestees=valeurs.texte("CAPACITES_ATTESTEES"),
        modalites_evaluation=valeurs.texte("MODALITES_EVALUATION"),
        secteurs_activite=valeurs.texte("SECTEURS_ACTIVITE"),
        type_emploi_accessibles=valeurs.texte("TYPE_EMPLOI_ACCESSIBLES"),
        reglementations_activites=valeurs.texte("REGLEMENTATIONS_ACTIVITES"),
        prerequis_entree_formation=valeurs.texte("PREREQUIS_ENTREE_FORMATION"),
        prerequis_validation=valeurs.texte("PREREQUIS_VALIDATION_CERTIFICATION"),
        niveau_maitrise_competences=valeurs.texte("NIVEAU_MAITRISE_COMPETENCES"),
        duree_validite=valeurs.ligne("DUREE_VALIDITE", 300),
        modalites_renouvellement=valeurs.texte("MODALITES_RENOUVELLEMENT"),
        validation_partielle=valeurs.texte("VALIDATION_PARTIELLE"),
        validation_partielle_perimetre=valeurs.texte("VALIDATION_PARTIELLE_PERIMETRE"),
        lien_url_description=valeurs.texte("LIEN_URL_DESCRIPTION"),
        codes_idcc=codes.codes_idcc(fiche),
        existence_partenaires=valeurs.oui_non("EXISTENCE_PARTENAIRES"),
        accessible_nouvelle_caledonie=valeurs.oui_non("ACCESSIBLE_NOUVELLE_CALEDONIE"),
        accessible_polynesie_francaise=valeurs.oui_non("ACCESSIBLE_POLYNESIE_FRANCAISE"),
        blocs=parties.blocs(fiche, numero, rejeter),
        certificateurs=parties.certificateurs(fiche, numero, rejeter),
        partenaires=parties.partenaires(fiche, numero, rejeter),
        debouches=codes.debouches(fiche, numero, rejeter),
        nsf=codes.nsf(fiche, numero, rejeter),
        formacodes=codes.formacodes(fiche, numero, rejeter),
        conventions=codes.conventions(fiche, numero, rejeter),
        voies=parties.voies(fiche, numero, rejeter),
        statistiques=parties.statistiques(fiche, numero, rejeter),
        publications=parties.publications(fiche, numero, rejeter),
        correspondances=parties.correspondances(fiche, numero, rejeter),
        filiations=parties.filiations(fiche, numero, rejeter),
    )


def _sous_valeurs(fiche: Enfants, balise: str, numero: str, rejeter: Callable[[Rejet], None]) -> Valeurs:
    enfant = premier(fiche, balise)
    return Valeurs(Element(balise) if enfant is None else enfant, f"{numero}, {balise}", rejeter)


def _niveau(fiche: Enfants, valeurs: Valeurs) -> int | None:
    code = next((ligne(e.text) for e in enfants(fiche, "NOMENCLATURE_EUROPE", "NIVEAU")), "")
    try:
        niveau = depuis_rncp(code)
    except ValueError:
        valeurs.rejeter("niveau", f"niveau inconnu : « {code[:40]} »")
        return None
    return None if niveau is None else int(niveau)


def _annees(fiche: Enfants, valeurs: Valeurs) -> list[int]:
    textes = [ligne(annee.text) for annee in enfants(fiche, "ANNEES_PROMOTIONS_NIVEAU", "ANNEE")]
    for texte in textes:
        if not re.fullmatch(r"\d{4}", texte, re.ASCII):
            valeurs.rejeter("année de promotion", f"année invalide : « {texte[:40]} »")
    return [int(texte) for texte in textes if re.fullmatch(r"\d{4}", texte, re.ASCII)]
