"""From the elements of LHÉO to plain records. Codes are those of the dictionaries of the grammar 2.3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from catalogue import niveaux
from catalogue.fichiers.refus import Rejet
from formations.importers import valeurs
from formations.importers.offre_lue import FormationLue, LieuLu, OrganismeLu, SessionLue

PARCOURS = {
    "1": "En groupe (non personnalisable)",
    "2": "Individualisé",
    "3": "Modularisé",
    "4": "Mixte",
}
MODALITES = {"0": "presentiel", "1": "mixte", "2": "distance"}
RECRUTEMENTS = {"1": "ouvert", "2": "ferme", "3": "suspendu"}
ALTERNANCES = {"1": "apprentissage", "2": "professionnalisation"}
OUI_NON = {"0": False, "1": True}
SANS_NUMERO_ACTIVITE = "99999999999"
_VIDES = {"", "-", "--", "0", "aucun", "aucune", "néant", "sans objet"}


class NoeudLheo:
    """An element of the grammar, its children by their names without namespace. A missing one reads as empty."""

    __slots__ = ("_element", "_espace")

    def __init__(self, element: Element | None, espace: str):
        self._element = element
        self._espace = espace

    def __bool__(self) -> bool:
        return self._element is not None

    def tous(self, balise: str) -> Iterator[NoeudLheo]:
        if self._element is not None:
            for enfant in self._element.findall(f"{{{self._espace}}}{balise}"):
                yield NoeudLheo(enfant, self._espace)

    def premier(self, *chemin: str) -> NoeudLheo:
        """The first one down this path of names."""
        noeud = self
        for balise in chemin:
            trouve = (
                noeud._element.find(f"{{{self._espace}}}{balise}") if noeud._element is not None else None
            )
            noeud = NoeudLheo(trouve, self._espace)
        return noeud

    def partout(self, balise: str) -> Iterator[NoeudLheo]:
        """At any depth: extras are nested at will."""
        if self._element is not None:
            for trouve in self._element.iter(f"{{{self._espace}}}{balise}"):
                yield NoeudLheo(trouve, self._espace)

    def attribut(self, nom: str) -> str:
        return (self._element.get(nom) or "").strip() if self._element is not None else ""

    @property
    def brut(self) -> str:
        return (self._element.text or "").strip() if self._element is not None else ""

    def texte(self, *chemin: str) -> str:
        return valeurs.texte(self.premier(*chemin).brut)

    def ligne(self, maximum: int, *chemin: str) -> str:
        return valeurs.ligne(self.premier(*chemin).brut, maximum)

    def codes(self, balise: str) -> list[str]:
        return list(dict.fromkeys(noeud.brut for noeud in self.tous(balise) if noeud.brut not in _VIDES))


def organisme(noeud: NoeudLheo) -> OrganismeLu | None:
    """The organisme responsable; None without SIRET nor UAI."""
    siret = valeurs.siret(noeud.premier("SIRET-organisme-formation", "SIRET").brut)
    uai = valeurs.uai(noeud.premier("code-UAI-organisme-formation").brut)
    if not siret and not uai:
        return None
    numero = noeud.premier("numero-activite").brut
    coordonnees = noeud.premier("coordonnees-organisme", "coordonnees")
    nom, raison = noeud.ligne(300, "nom-organisme"), noeud.ligne(300, "raison-sociale")
    return OrganismeLu(
        siret=siret,
        uai=uai,
        nom=nom or raison or f"SIRET {siret}",
        raison_sociale=raison,
        numero_activite=numero if numero.isdigit() and numero != SANS_NUMERO_ACTIVITE else "",
        site_internet=valeurs.adresse_web(coordonnees.premier("web", "urlweb").brut),
        telephone=coordonnees.ligne(40, "telfixe", "numtel") or coordonnees.ligne(40, "portable", "numtel"),
    )


def formation(noeud: NoeudLheo, identifiant: str, rejeter: Callable[[Rejet], None]) -> FormationLue | None:
    """None without a title."""
    intitule = noeud.ligne(500, "intitule-formation")
    if not intitule:
        return None
    domaine = noeud.premier("domaine-formation")
    certification, certifinfo = _certification(noeud)
    return FormationLue(
        identifiant=identifiant,
        intitule=intitule,
        numero_certification=certification,
        code_certifinfo=certifinfo,
        niveau_sortie=_niveau(noeud, "code-niveau-sortie", identifiant, rejeter),
        niveau_entree=_niveau(noeud, "code-niveau-entree", identifiant, rejeter),
        certifiante=OUI_NON.get(noeud.premier("certifiante").brut),
        objectif=noeud.texte("objectif-formation"),
        contenu=noeud.texte("contenu-formation"),
        resultats_attendus=noeud.texte("resultats-attendus"),
        parcours=PARCOURS.get(noeud.premier("parcours-de-formation").brut, ""),
        contact=_contact(noeud.premier("contact-formation", "coordonnees")),
        url=valeurs.adresse_web(noeud.premier("url-formation", "urlweb").brut),
        codes_rome=[code.upper() for code in domaine.codes("code-ROME")],
        codes_nsf=domaine.codes("code-NSF"),
        formacodes=domaine.codes("code-FORMACODE"),
    )


def _certification(noeud: NoeudLheo) -> tuple[str, str]:
    """The first RNCP or RS number, with its prefix, and the first code CertifInfo: up to five are allowed."""
    numero = certifinfo = ""
    for certification in noeud.tous("certification"):
        for type_ in ("RNCP", "RS"):
            chiffres = certification.premier(f"code-{type_}").brut.upper().removeprefix(type_).strip()
            if not numero and chiffres.isascii() and chiffres.isdigit() and 0 < int(chiffres) < 10**8:
                numero = f"{type_}{int(chiffres)}"
        if not certifinfo:
            code = certification.premier("code-CERTIFINFO").brut
            certifinfo = "" if code in _VIDES else code[:20]
    return numero, certifinfo


def _niveau(noeud: NoeudLheo, balise: str, identifiant: str, rejeter: Callable[[Rejet], None]) -> int | None:
    try:
        return niveaux.depuis_lheo(noeud.premier(balise).brut)
    except ValueError as erreur:
        rejeter(Rejet("niveau", f"{identifiant}, {balise}", str(erreur)))
        return None


def _contact(coordonnees: NoeudLheo) -> str:
    """An office: its telephone and its address; the names of persons are not kept."""
    telephone = coordonnees.ligne(40, "telfixe", "numtel") or coordonnees.ligne(40, "portable", "numtel")
    adresse = _adresse_en_ligne(coordonnees.premier("adresse"))
    return valeurs.ligne(" – ".join(part for part in (adresse, telephone) if part), 500)


def _adresse_en_ligne(adresse: NoeudLheo) -> str:
    lignes = [valeurs.ligne(ligne.brut, 200) for ligne in adresse.tous("ligne")]
    ville = f"{adresse.premier('codepostal').brut} {adresse.ligne(100, 'ville')}".strip(" -")
    return ", ".join(part for part in (*lignes, ville) if part)


def lieu(action: NoeudLheo) -> LieuLu | None:
    """The first place of the action; None when it has none, as remote ones do."""
    coordonnees = action.premier("lieu-de-formation", "coordonnees")
    adresse = coordonnees.premier("adresse")
    if not adresse:
        return None
    point = valeurs.point(
        adresse.premier("geolocalisation", "latitude").brut,
        adresse.premier("geolocalisation", "longitude").brut,
    )
    insee = valeurs.code_insee(adresse.premier("code-INSEE-commune").brut)
    noms = [valeurs.ligne(ligne.brut, 200) for ligne in coordonnees.tous("ligne")]
    rues = [valeurs.ligne(ligne.brut, 200) for ligne in adresse.tous("ligne")]
    return LieuLu(
        nom=valeurs.ligne(adresse.ligne(200, "denomination") or " ".join(filter(None, noms)), 300),
        adresse=valeurs.ligne(", ".join(rue for rue in rues if rue), 500),
        code_postal=valeurs.code_postal(adresse.premier("codepostal").brut),
        ville=adresse.ligne(100, "ville"),
        code_insee=insee,
        code_departement=valeurs.code_departement(adresse.premier("departement").brut),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


def session(action: NoeudLheo, une: NoeudLheo, identifiant: str) -> SessionLue:
    entrees = {"0": False, "1": True}.get(action.premier("modalites-entrees-sorties").brut)
    return SessionLue(
        identifiant=identifiant,
        debut=valeurs.jour(une.premier("periode", "debut").brut),
        fin=valeurs.jour(une.premier("periode", "fin").brut),
        entrees_permanentes=entrees,
        voie=_voie(action, une),
        modalite=MODALITES.get(action.premier("modalites-enseignement").brut, ""),
        duree_heures=valeurs.positif(action.premier("nombre-heures-total").brut),
        duree=action.ligne(100, "duree-indicative"),
        prix=valeurs.montant(action.premier("prix-total-TTC").brut),
        prix_note=_prix_note(action),
        url=valeurs.adresse_web(une.premier("url-session", "urlweb").brut)
        or valeurs.adresse_web(action.premier("url-action", "urlweb").brut),
        etat_recrutement=RECRUTEMENTS.get(une.premier("etat-recrutement").brut, ""),
        rythme=action.ligne(300, "rythme-formation"),
        alternance=action.texte("modalites-alternance"),
        conditions=_conditions(action),
        publics_vises=action.codes("code-public-vise"),
        prise_en_charge=OUI_NON.get(action.premier("prise-en-charge-frais-possible").brut),
        inscription=valeurs.ligne(_adresse_en_ligne(une.premier("adresse-inscription", "adresse")), 500),
    )


def _voie(action: NoeudLheo, une: NoeudLheo) -> str:
    """Said by the cycle (2.3) or by Onisep's own extra; else not known, since LHÉO carries every voie."""
    for alternance in une.partout("type-alternance"):
        if alternance.brut in ALTERNANCES:
            return ALTERNANCES[alternance.brut]
    for cycle in une.partout("type-cycle"):
        if cycle.brut in ("0", "1"):
            return "scolaire" if cycle.brut == "0" else "apprentissage"
    for extra in action.partout("extra"):
        if extra.attribut("info") == "formation-initiale" and extra.brut == "1":
            return "scolaire"
    return ""


def _prix_note(action: NoeudLheo) -> str:
    horaire = action.ligne(20, "prix-horaire-TTC")
    frais = action.ligne(200, "frais-restants")
    morceaux = [f"{horaire} € de l'heure" if horaire.strip("0.,") else ""]
    morceaux.append(f"frais restants : {frais}" if frais.lower() not in _VIDES else "")
    return valeurs.ligne(" ; ".join(filter(None, morceaux)), 300)


def _conditions(action: NoeudLheo) -> str:
    """The conditions, and that the level of entry is required when it is: one is nothing without the other."""
    conditions = action.texte("conditions-specifiques")
    conditions = "" if conditions.lower().rstrip(".") in _VIDES else conditions
    if action.premier("niveau-entree-obligatoire").brut == "1":
        return "\n".join(filter(None, ("Le niveau d'entrée est obligatoire.", conditions)))
    return conditions
