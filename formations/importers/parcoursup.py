"""Read Parcoursup (fr-esr-parcoursup, MESR): one row per formation of an établissement, for one session (a year).

`;`, UTF-8. The export has technical column names (`cod_aff_form`, 118 in 2025) or, asked for, French labels; earlier
sessions have fewer columns. Position « 44.35624, 2.56417 » in one field, no code INSEE. Apprenticeships are not in it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from catalogue.fichiers.dossier import ouvrir
from catalogue.fichiers.refus import FichierRefuse, Rejet
from formations.importers import valeurs
from formations.importers.offre_lue import ChiffreLu, FormationLue, LieuLu, Offre, OrganismeLu, SessionLue
from formations.importers.tables import lire_lignes, table_unique

TITRES = {
    "session": (),
    "contrat_etab": (
        "Statut de l’établissement de la filière de formation (public, privé…)",
        "Statut de l’établissement",
    ),
    "cod_uai": ("Code UAI de l'établissement",),
    "g_ea_lib_vx": ("Établissement",),
    "dep": ("Code départemental de l’établissement",),
    "ville_etab": ("Commune de l’établissement",),
    # The label « Filière de formation » is that of two columns: the detailed one then tells.
    "lib_for_voe_ins": (),
    "lib_comp_voe_ins": ("Filière de formation détaillée",),
    "select_form": ("Sélectivité",),
    "fili": ("Filière de formation très agrégée",),
    "g_olocalisation_des_formations": ("Coordonnées GPS de la formation",),
    "capa_fin": ("Capacité de l’établissement par formation",),
    "voe_tot": ("Effectif total des candidats pour une formation",),
    "acc_tot": ("Effectif total des candidats ayant accepté la proposition de l’établissement (admis)",),
    "taux_acces_ens": ("Taux d’accès", "Taux d’accès des candidats"),
    "cod_aff_form": ("Code interne Parcoursup de la formation",),
    "lien_form_psup": ("Lien de la formation sur la plateforme Parcoursup",),
}
OBLIGATOIRES = ("session", "cod_uai", "g_ea_lib_vx", "cod_aff_form")
CHIFFRES = (
    ("places", "capa_fin", "places", "Capacité d'accueil de la formation."),
    (
        "voeux",
        "voe_tot",
        "vœux",
        "Candidats ayant fait un vœu pour la formation, phases principale et complémentaire.",
    ),
    ("admis", "acc_tot", "admis", "Candidats ayant accepté la proposition de l'établissement."),
    (
        "taux-acces",
        "taux_acces_ens",
        "%",
        "Part des candidats dont le vœu a été classé au plus au rang du dernier appelé, phase principale.",
    ),
)


class LectureParcoursup:
    """A file of Parcoursup, opened. `version` is the session, a year: a file holds one."""

    publiee_le: date | None = None

    def __init__(self, chemin: Path, rejeter: Callable[[Rejet], None]):
        self._chemin = chemin
        self._rejeter = rejeter
        self.lues = 0
        premiere = next(self._rangees(lambda _: None), None)
        if premiere is None:
            raise FichierRefuse(f"{chemin.name} ne contient aucune ligne.")
        self.version = valeurs.code(premiere["session"])
        if not (len(self.version) == 4 and self.version.isdigit()):
            raise FichierRefuse(f"{chemin.name} ne dit pas de quelle session (année) il est.")

    def _rangees(self, rejeter: Callable[[Rejet], None]) -> Iterator[dict[str, str]]:
        with ouvrir(self._chemin) as dossier:
            nom = table_unique(dossier)
            yield from lire_lignes(dossier, nom, TITRES, obligatoires=OBLIGATOIRES, rejeter=rejeter)

    def remarques(self) -> list[str]:
        return [f"Session {self.version} : {self.lues} formations lues."]

    def __iter__(self) -> Iterator[Offre]:
        for rangee in self._rangees(self._rejeter):
            self.lues += 1
            cle = valeurs.code(rangee["cod_aff_form"])
            if not cle.isascii() or not cle.isdigit():
                self._rejeter(Rejet("formation", cle[:40], "cod_aff_form invalide"))
            elif valeurs.code(rangee["session"]) != self.version:
                annee = rangee["session"].strip()[:20]
                self._rejeter(Rejet("formation", cle, f"session {annee}, et non {self.version}"))
            else:
                yield self._offre(rangee, f"PARCOURSUP-{cle}")

    def _offre(self, rangee: dict[str, str], identifiant: str) -> Offre:
        etablissement = valeurs.ligne(rangee["g_ea_lib_vx"], 300)
        point = valeurs.coordonnees(rangee["g_olocalisation_des_formations"])
        intitule = rangee["lib_for_voe_ins"] or rangee["lib_comp_voe_ins"].removeprefix(f"{etablissement} - ")
        return Offre(
            organisme=OrganismeLu(
                siret="",
                uai=valeurs.uai(rangee["cod_uai"]),
                nom=etablissement,
                statut=valeurs.ligne(rangee["contrat_etab"], 100),
            ),
            formation=FormationLue(
                identifiant=identifiant,
                intitule=valeurs.ligne(intitule, 500) or identifiant,
                type=valeurs.ligne(rangee["fili"], 150),
                acces=valeurs.ligne(rangee["select_form"], 200).capitalize(),
                url=valeurs.adresse_web(rangee["lien_form_psup"]),
            ),
            lieu=LieuLu(
                nom=etablissement,
                ville=valeurs.ligne(rangee["ville_etab"], 100),
                code_departement=valeurs.code_departement(rangee["dep"]),
                latitude=point[0] if point else None,
                longitude=point[1] if point else None,
            ),
            session=SessionLue(
                identifiant=identifiant,
                voie="scolaire",
                places=valeurs.positif(rangee["capa_fin"]),
                url=valeurs.adresse_web(rangee["lien_form_psup"]),
            ),
            chiffres=tuple(self._chiffres(rangee, identifiant)),
        )

    def _chiffres(self, rangee: dict[str, str], identifiant: str) -> Iterator[ChiffreLu]:
        """0 wish or 0 admitted is a figure; an empty field is none."""
        for nature, colonne, unite, methode in CHIFFRES:
            brut = rangee[colonne].strip().replace(",", ".")
            if not brut:
                continue
            try:
                valeur = Decimal(brut)
            except InvalidOperation:
                valeur = Decimal(-1)
            if not valeur.is_finite() or valeur < 0 or valeur > (100 if unite == "%" else 10**6):
                self._rejeter(
                    Rejet("chiffre", f"{identifiant}, {colonne}", f"valeur invalide : « {brut[:20]} »")
                )
                continue
            yield ChiffreLu(nature, valeur.quantize(Decimal("0.0001")), unite, methode)
