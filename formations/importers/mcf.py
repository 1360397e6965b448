"""Read the catalogue of Mon Compte Formation (Caisse des Dépôts).

`date_extract;nom_of;nom_departement;…;type_referentiel;code_inventaire;code_rncp;…;siret;numero_formation;…`, UTF-8.
One row stands for the actions and sessions of one formation in one département: no date, no address. RNCP rows have
code_inventaire -1, RS rows code_rncp -1. Files saved again with a spreadsheet have commas, a nameless first column
and decimals for codes (`35.0`, `4.0`: the zero of « 04 » is lost); some lack columns.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

from catalogue import niveaux
from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers import valeurs
from formations.importers.offre_lue import FormationLue, LieuLu, Offre, OrganismeLu, SessionLue
from formations.importers.tables import lire_lignes, table_unique

OBLIGATOIRES = (
    "siret",
    "nom_of",
    "type_referentiel",
    "code_rncp",
    "code_inventaire",
    "intitule_certification",
)
HEURES = ("nombre_heures_total_min", "nombre_heures_total_max", "nombre_heures_total_mean")
FRAIS = ("frais_ttc_tot_min", "frais_ttc_tot_max", "frais_ttc_tot_mean")
_FORMACODES = tuple(f"code_formacode_{i}" for i in range(1, 6))
_NSF = tuple(f"code_nsf_{i}" for i in range(1, 4))
# What tells two rows apart when formations have no number: everything but the day of the export.
_DISTINCTIVES = (
    *OBLIGATOIRES, "code_departement", "code_certifinfo", *HEURES, *FRAIS, *_FORMACODES,
    "nb_action", "nb_session_active", "nb_session_a_distance",
)  # fmt: skip
_AUTRES = (
    "date_extract", "nom_departement", "libelle_niveau_sortie_formation", *_NSF, "numero_formation",
    "intitule_formation", "points_forts", "objectif_formation",
)  # fmt: skip
_DE_LA_FORMATION = (
    "intitule_formation", "intitule_certification", "code_certifinfo", "libelle_niveau_sortie_formation",
    "objectif_formation", "points_forts", *_NSF, *_FORMACODES,
)  # fmt: skip
_dit_de_la_formation = itemgetter(*_DE_LA_FORMATION)
COLONNES = tuple(dict.fromkeys((*_DISTINCTIVES, *_AUTRES)))


class LectureMcf:
    """A file of Mon Compte Formation, opened. `publiee_le` is the day of extraction of its first row."""

    version = ""

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        self._chemin = chemin
        self._rejeter = rejeter
        self.lues = self.doublons = self.actions = self.sessions = 0
        self._derniere: tuple[tuple, FormationLue] | None = None
        self.publiee_le = self._premier_jour()

    def _premier_jour(self) -> date | None:
        premiere = next(self._rangees(lambda _: None), None)
        if premiere is None:
            raise FichierRefuse(f"{self._chemin.name} ne contient aucune ligne.")
        return valeurs.jour(premiere["date_extract"])

    def _rangees(self, rejeter: Callable[[Rejet], None]) -> Iterator[dict[str, str]]:
        with ouvrir(self._chemin) as dossier:
            yield from lire_lignes(
                dossier,
                table_unique(dossier),
                dict.fromkeys(COLONNES, ()),
                obligatoires=OBLIGATOIRES,
                rejeter=rejeter,
            )

    def __iter__(self) -> Iterator[Offre]:
        vues: dict[int, int | None] = {}
        for rangee in self._rangees(self._rejeter):
            self.lues += 1
            self.actions += valeurs.entier(rangee["nb_action"]) or 0
            self.sessions += valeurs.entier(rangee["nb_session_active"]) or 0
            offre = self._offre(rangee)
            if offre is None or offre.session is None:
                continue
            # Hashes in place of texts: a million rows must fit.
            contenu = hash(tuple(rangee.values()))
            deja = vues.setdefault(hash(offre.session.identifiant), None)
            if deja is not None and deja != contenu:
                # Not met so far: one number in one département, with two contents. Both are kept.
                marque = f"{offre.session.identifiant.removeprefix('MCF-')}-{_empreinte(rangee)}"
                offre.session.identifiant = valeurs.identifiant("MCF", marque, 120)
                deja = vues.setdefault(hash(offre.session.identifiant), None)
            if deja is not None:
                self.doublons += 1
                continue
            vues[hash(offre.session.identifiant)] = contenu
            yield offre

    def remarques(self) -> list[str]:
        doublons = f", dont {self.doublons} en double (gardée(s) une fois)" if self.doublons else ""
        return [
            f"{self.lues} lignes lues{doublons} : {self.actions} actions, {self.sessions} sessions annoncées."
        ]

    def _offre(self, rangee: dict[str, str]) -> Offre | None:
        siret = valeurs.siret(rangee["siret"])
        certification = numero_certification(rangee)
        if not siret or not certification:
            manque = "SIRET invalide" if certification else "ni numéro RNCP ni numéro RS"
            self._rejeter(Rejet("ligne", rangee["numero_formation"] or rangee["nom_of"][:60], manque))
            return None
        numero = rangee["numero_formation"].strip()
        formation = valeurs.identifiant("MCF", numero or f"{certification}-{siret}", 80)
        departement = valeurs.code_departement(rangee["code_departement"])
        # The longest number leaves room for the place, in the 120 characters of a session.
        session = f"{formation}-{departement or 'distance'}" + ("" if numero else f"-{_empreinte(rangee)}")
        nom = valeurs.ligne(rangee["nom_departement"], 100)
        return Offre(
            organisme=OrganismeLu(siret, "", valeurs.ligne(rangee["nom_of"], 300) or f"SIRET {siret}"),
            formation=self._formation(rangee, formation, certification),
            lieu=LieuLu(nom=f"{nom or departement}, adresse non renseignée", code_departement=departement)
            if departement
            else None,
            session=_session(rangee, session, departement),
        )

    def _formation(self, rangee: dict[str, str], identifiant: str, certification: str) -> FormationLue:
        """What the row says of the formation: often the very same as the row before, for another département."""
        dit = (identifiant, certification, *_dit_de_la_formation(rangee))
        if self._derniere is not None and self._derniere[0] == dit:
            return self._derniere[1]
        lue = self._lire_formation(rangee, identifiant, certification)
        # A niveau that cannot be read is to be told of each row.
        illisible = lue.niveau_sortie is None and rangee["libelle_niveau_sortie_formation"]
        self._derniere = None if illisible else (dit, lue)
        return lue

    def _lire_formation(self, rangee: dict[str, str], identifiant: str, certification: str) -> FormationLue:
        titre = rangee["intitule_formation"] or rangee["intitule_certification"]
        return FormationLue(
            identifiant=identifiant,
            intitule=valeurs.ligne(titre, 500) or certification,
            numero_certification=certification,
            code_certifinfo=valeurs.code(rangee["code_certifinfo"])[:20],
            niveau_sortie=self._niveau(rangee, identifiant),
            objectif=valeurs.texte(rangee["objectif_formation"]),
            points_forts=valeurs.texte(rangee["points_forts"]),
            codes_nsf=_codes(rangee, _NSF, 3),
            formacodes=_codes(rangee, _FORMACODES, 5),
        )

    def _niveau(self, rangee: dict[str, str], identifiant: str) -> int | None:
        libelle = rangee["libelle_niveau_sortie_formation"]
        try:
            return niveaux.depuis_mcf(libelle)
        except ValueError as erreur:
            self._rejeter(Rejet("niveau", identifiant, str(erreur)))
            return None


def numero_certification(rangee: dict[str, str]) -> str:
    """« RNCP37674 », « RS6204 », "" when the row has neither number; the other répertoire's is -1."""
    type_ = rangee["type_referentiel"].strip().upper()
    colonne = {"RNCP": "code_rncp", "RS": "code_inventaire"}.get(type_)
    numero = valeurs.code(rangee[colonne]) if colonne else ""
    return f"{type_}{int(numero)}" if numero.isascii() and numero.isdigit() and len(numero) <= 8 else ""


def _session(rangee: dict[str, str], identifiant: str, departement: str) -> SessionLue:
    heures = [valeurs.montant(rangee[colonne]) for colonne in HEURES]
    duree, duree_note = _fourchette(heures, "heures")
    frais = [valeurs.montant(rangee[colonne]) for colonne in FRAIS]
    prix, prix_note = _fourchette(frais, "€")
    return SessionLue(
        identifiant=identifiant,
        voie="continue",
        modalite=_modalite(rangee, departement),
        duree_heures=round(duree) if duree else None,
        duree=duree_note,
        prix=prix,
        prix_note=prix_note,
        eligible_cpf=True,
        sessions_regroupees=valeurs.entier(rangee["nb_session_active"]),
    )


def _modalite(rangee: dict[str, str], departement: str) -> str:
    """Remote when all sessions are; on the spot when none is and there is a département; else not said."""
    sessions = valeurs.entier(rangee["nb_session_active"])
    distance = valeurs.entier(rangee["nb_session_a_distance"])
    if distance and sessions and distance >= sessions:
        return "distance"
    return "presentiel" if distance == 0 and departement else ""


def _fourchette(montants: list[Decimal | None], unite: str) -> tuple[Decimal | None, str]:
    """The lowest value, and the range in words when there is one; files without min and max give the mean."""
    minimum, maximum, moyenne = montants
    bas = minimum or moyenne
    if bas is not None and maximum is not None and maximum > bas:
        return bas, f"de {_nombre(bas)} à {_nombre(maximum)} {unite}"
    return bas, ""


def _nombre(valeur: Decimal) -> str:
    texte = f"{valeur:,.2f}".removesuffix(".00")
    return texte.replace(",", "\u202f").replace(".", ",")


def _codes(rangee: dict[str, str], champs: tuple[str, ...], chiffres: int) -> list[str]:
    # Most of these columns are empty.
    lus = [valeurs.code(brut) for colonne in champs if (brut := rangee[colonne])]
    return list(dict.fromkeys([lu.zfill(chiffres) for lu in lus if lu.isascii() and lu.isdigit()]))


def _empreinte(rangee: dict[str, str]) -> str:
    return valeurs.empreinte(*(valeurs.code(rangee[colonne]) for colonne in _DISTINCTIVES))
