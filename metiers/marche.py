"""What the labour market's families say of each métier: rows of `Indicateur`, derived and quoting the family.

A figure of a family is attached to every métier that a crosswalk puts in it, national figures only, most recent vintage
only. A métier of several families has the figures of each, side by side. A métier that no crosswalk knows takes the
families of its ROME parent, and its figures say so. Derived again, in the same transaction, by each import of the ROME,
of the Dares or of the BMO.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Max

from catalogue.models import VersionCatalogue, VersionReferentiel
from catalogue.models.chiffre import nombre_en_francais
from catalogue.sync import Absents, Bilan, synchroniser
from metiers import natures, sources
from metiers.models import (
    FamilleProfessionnelle,
    Indicateur,
    Metier,
    PassageFapRome,
    ProfessionDeFamille,
    ProjetsDeRecrutement,
    SalaireDeFamille,
    TensionDeFamille,
)

FAP_225, FAP_2021 = FamilleProfessionnelle.Nomenclature.FAP_225, FamilleProfessionnelle.Nomenclature.FAP_2021
PROFESSIONS_CITEES = 3
SENS_TENSION = "Plus la catégorie est haute, plus les employeurs ont du mal à recruter."


class Rattachement(NamedTuple):
    """A métier in a family; `par_le_parent` is the code of the parent it comes through, else empty."""

    metier_id: int
    passage: PassageFapRome
    par_le_parent: str


def actualiser() -> Bilan:
    """Derive every figure again; rows that no longer hold go, the others keep their key."""
    natures.assurer()
    return synchroniser(
        Indicateur.objects.filter(
            nature__in=[n.code for n in natures.DE_FAMILLE], code_territoire="FR"
        ).exclude(code_nomenclature=""),
        _indicateurs(),
        cle=("metier_id", "nature_id", "source_id", "millesime", "code_territoire", "code_nomenclature"),
        absents=Absents.EFFACER,
    )


def suivre_le_rome(version: VersionReferentiel, **_: Any) -> None:
    """Receiver of `donnees_importees`: a new edition of the ROME has other métiers, other parents."""
    if version.source_id == sources.ROME["code"] and actualiser().a_change:
        VersionCatalogue.avancer()


def rattachements() -> Iterator[Rattachement]:
    """Every métier in force in each of its families, nomenclature by nomenclature."""
    passages: dict[str, dict[str, list[PassageFapRome]]] = defaultdict(lambda: defaultdict(list))
    for passage in PassageFapRome.objects.select_related("famille").order_by("code_rome", "famille__code"):
        passages[passage.famille.nomenclature][passage.code_rome].append(passage)
    metiers = list(
        Metier.objects.publies().order_by("code_rome").values_list("pk", "code_rome", "parent__code_rome")
    )
    for par_code in passages.values():
        for pk, code, parent in metiers:
            if code in par_code:
                yield from (Rattachement(pk, passage, "") for passage in par_code[code])
            elif parent in par_code:
                yield from (Rattachement(pk, passage, parent) for passage in par_code[parent])


def _indicateurs() -> Iterator[dict[str, Any]]:
    chiffres = _chiffres_de_fap_225() | _chiffres_de_fap_2021()
    libelles = {
        (nomenclature, code): libelle
        for nomenclature, code, libelle in FamilleProfessionnelle.objects.values_list(
            "nomenclature", "code", "libelle"
        )
    }
    groupes: dict[tuple[int, tuple[str, str]], list[Rattachement]] = defaultdict(list)
    for rattachement in rattachements():
        famille = rattachement.passage.famille
        # The BMO counts R1X62 whole where the crosswalk splits it (R1X62b, R1X62d).
        groupes[rattachement.metier_id, (famille.nomenclature, famille.code[:5])].append(rattachement)
    professions = _professions()
    for (metier_id, cle), groupe in groupes.items():
        for chiffre in chiffres.get(cle, ()):
            provenance = _provenance(cle[1], libelles.get(cle, ""), professions.get(cle, ""), groupe)
            yield chiffre | {"metier_id": metier_id, "methode": f"{provenance} {chiffre['methode']}"}


def _professions() -> dict[tuple[str, str], str]:
    """« Secrétaires ; Dactylos »: what a family without a label is made of, its first professions when it has many."""
    par_famille: dict[tuple[str, str], list[str]] = defaultdict(list)
    for profession in ProfessionDeFamille.objects.select_related("famille").order_by("famille_id", "code"):
        famille = profession.famille
        par_famille[famille.nomenclature, famille.code].append(profession.libelle)
    return {cle: " ; ".join(_premieres(libelles)) for cle, libelles in par_famille.items()}


def _premieres(libelles: list[str]) -> list[str]:
    reste = len(libelles) - PROFESSIONS_CITEES
    suite = [f"et {reste} autre{'s' if reste > 1 else ''}"] if reste > 0 else []
    return libelles[:PROFESSIONS_CITEES] + suite


def _provenance(code: str, libelle: str, professions: str, groupe: list[Rattachement]) -> str:
    """Which family, and by which way this métier is in it."""
    passages = [rattachement.passage for rattachement in groupe]
    phrase = f"Famille professionnelle {code} ({passages[0].famille.get_nomenclature_display()})"
    if libelle:
        phrase += f" : {libelle}"
    elif professions:
        phrase += f", qui réunit : {professions}"
    phrase += ". Le chiffre vaut pour toute la famille, dont ce métier n'est qu'une partie"
    if parties := [passage.famille.code for passage in passages if passage.famille.code != code]:
        phrase += f" ({' et '.join(parties)})"
    phrase += "."
    if qualifications := [q for passage in passages if (q := passage.qualifications_en_clair)]:
        phrase += f" Qualifications concernées : {' ; '.join(qualifications)}."
    if parent := groupe[0].par_le_parent:
        phrase += (
            f" Ce métier n'est pas dans la table de passage : il y entre par sa fiche parente, {parent}."
        )
    return phrase


def _chiffre(nature: str, famille: str, source: str, millesime: Any, **champs: Any) -> dict[str, Any]:
    """The columns of an `Indicateur`; all rows of a synchronisation have the same ones."""
    return {
        "nature_id": nature,
        "source_id": source,
        "millesime": str(millesime),
        "code_territoire": "FR",
        "code_nomenclature": famille,
        "territoire": "France",
        "valeur": None,
        "valeur_texte": "",
        "unite": "",
        "echelle": None,
        "sens": "",
        "methode": "",
        **champs,
    }


def _chiffres_de_fap_225() -> dict[tuple[str, str], list[dict[str, Any]]]:
    chiffres = defaultdict(list)
    salaires = SalaireDeFamille.objects.filter(famille__nomenclature=FAP_225)
    # One period for all the families: an amount of 2005 beside one of 2019 would mislead.
    periode = salaires.aggregate(derniere=Max("periode"))["derniere"]
    for salaire in salaires.filter(periode=periode).select_related("famille"):
        chiffres[FAP_225.value, salaire.famille.code].append(
            _chiffre(
                natures.SALAIRE_MEDIAN,
                salaire.famille.code,
                salaire.source_id,
                salaire.periode,
                valeur=salaire.median,
                unite=natures.EUROS_NETS,
                methode="Salaires mensuels nets des salariés à temps complet, sans les apprentis ni les stagiaires.",
            )
        )
    tensions = TensionDeFamille.objects.filter(
        famille__nomenclature=FAP_225, niveau=TensionDeFamille.Niveau.NATIONAL
    )
    annee = tensions.aggregate(derniere=Max("annee"))["derniere"]
    for tension in tensions.filter(annee=annee).select_related("famille"):
        code, lus = tension.famille.code, chiffres[FAP_225.value, tension.famille.code]
        if tension.categorie is not None:
            lus.append(
                _chiffre(
                    natures.TENSION,
                    code,
                    tension.source_id,
                    annee,
                    valeur=tension.categorie,
                    echelle=5,
                    sens=SENS_TENSION,
                    methode="La catégorie résume un indice calculé par la Dares.",
                )
            )
        if tension.emploi_moyen is not None:
            lus.append(
                _chiffre(
                    natures.EMPLOIS,
                    code,
                    tension.source_id,
                    annee,
                    valeur=tension.emploi_moyen,
                    unite="personnes",
                    methode="Emploi moyen, arrondi par la Dares.",
                )
            )
    return chiffres


def _chiffres_de_fap_2021() -> dict[tuple[str, str], list[dict[str, Any]]]:
    chiffres = defaultdict(list)
    annee = ProjetsDeRecrutement.objects.aggregate(derniere=Max("annee"))["derniere"]
    cumuls = ProjetsDeRecrutement.objects.filter(annee=annee).cumuler("famille__code", "source_id")
    for cumul in cumuls.order_by("famille__code"):
        for nature, mesure in ((natures.PROJETS, "projets"), (natures.PROJETS_DIFFICILES, "difficiles")):
            chiffres[FAP_2021.value, cumul["famille__code"]].append(
                _chiffre(
                    nature,
                    cumul["famille__code"],
                    cumul["source_id"],
                    annee,
                    **cumul_en_clair(cumul[f"somme_{mesure}"], cumul[f"secrets_{mesure}"], cumul["cellules"]),
                )
            )
    return chiffres


def cumul_en_clair(somme: int | None, secrets: int, cellules: int) -> dict[str, Any]:
    """The columns of a `Chiffre` for a sum of published cells: a total only when no cell is secret."""
    if somme is None:
        return {
            "valeur_texte": ProjetsDeRecrutement.MASQUE,
            "methode": f"Les {cellules} lignes publiées pour ce territoire sont toutes masquées.",
        }
    if not secrets:
        return {
            "valeur": somme,
            "unite": "projets",
            "methode": f"Somme des {cellules} lignes publiées, une par bassin d'emploi et département.",
        }
    return {
        "valeur": somme,
        "valeur_texte": f"au moins {nombre_en_francais(somme)} projets",
        "unite": "projets",
        "methode": (
            f"Somme des lignes publiées, une par bassin d'emploi et département. Sur {cellules}, {secrets} "
            f"{'est masquée' if secrets == 1 else 'sont masquées'} par le secret statistique : "
            "le total réel peut être plus élevé."
        ),
    }
