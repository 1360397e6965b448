"""Every count of every facet, against a recount in Python, record by record, over random catalogues and choices.

The filter sets count in memory and select in SQL: both are held to the same recount.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.facettes import NON_RENSEIGNE, FacettesFilterSet
from certifications.filters import CertificationFilterSet
from certifications.models import Certificateur, Certification, Nsf
from metiers.filters import SEUILS_DE_SALAIRE, TRANSITIONS, MetierFilterSet
from metiers.models import (
    CentreInteret,
    ContexteDeTravail,
    ContexteDuMetier,
    Indicateur,
    InteretDuMetier,
    Metier,
    Secteur,
    SecteurDuMetier,
)
from metiers.scores.acces import bande
from tests import objets

pytestmark = pytest.mark.django_db

BANDES = {"Très difficile": "1", "Difficile": "2", "Moyenne": "3", "Facile": "4", "Très facile": "5"}
Fiche = dict[str, set[str]]


def brute(
    fiches: list[Fiche], choix: dict[str, list[str]], exclues: tuple[str, ...] = ()
) -> tuple[int, dict[str, dict[str, int]]]:
    """(number of results, counts by facet and value); `exclues` are the facets that remove."""

    def gardee(fiche: Fiche, sauf: str = "") -> bool:
        return all(
            bool(set(valeurs) & fiche[nom]) is (nom not in exclues)
            for nom, valeurs in choix.items()
            if valeurs and nom != sauf
        )

    comptes: dict[str, dict[str, int]] = {nom: {} for nom in choix}
    for fiche in fiches:
        for nom in choix:
            if nom not in exclues and gardee(fiche, sauf=nom):
                for valeur in fiche[nom]:
                    comptes[nom][valeur] = comptes[nom].get(valeur, 0) + 1
    return sum(map(gardee, fiches)), comptes


def restants(fiches: list[Fiche], choix: dict[str, list[str]], exclue: str, valeur: str) -> int:
    """What would remain if this value were excluded too."""
    choix = {**choix, exclue: [*choix[exclue], valeur]}
    return brute(fiches, choix, (exclue,))[0]


def nombres(filtre: FacettesFilterSet, nom: str) -> dict[str, int]:
    (facette,) = [f for f in filtre.facettes if f.nom == nom]
    return {o.valeur: o.nombre for haute in facette.options for o in [haute, *haute.enfants] if o.nombre}


def comptes_de(filtre: FacettesFilterSet, exclues: tuple[str, ...] = ()) -> dict[str, dict[str, int]]:
    return {f.nom: {} if f.nom in exclues else nombres(filtre, f.nom) for f in filtre.facettes}


@contextmanager
def base_d_un_exemple():
    """Hypothesis runs many examples in one test: each leaves the database as it found it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def adresse(choix: dict[str, list[str]]) -> QueryDict:
    requete = QueryDict(mutable=True)
    for nom, valeurs in choix.items():
        requete.setlist(nom, valeurs)
    return requete


def quelques(*valeurs: Any):
    return st.lists(st.sampled_from(valeurs), max_size=2, unique=True)


# ── Métiers ────────────────────────────────────────────────────────────────────────────────────────────────────────

DOMAINES = ["D14", "D15", "G17"]
NIVEAUX = [None, 0, 5]
CONTEXTES = {"101": "1", "102": "1", "201": "2", "601": "6"}
"""Type of each context; those of type 6 are not to be avoided."""
MONTANTS = [1_399, 1_400, 2_999, 3_000]
OUI_NON = {True: "oui", False: "non", None: NON_RENSEIGNE}

metiers = st.fixed_dictionaries(
    {
        "domaine": st.sampled_from(DOMAINES),
        "niveau_acces": st.sampled_from(NIVEAUX),
        "score_acces": st.none() | st.decimals(0, 10, places=1),
        "riasec_majeur": st.sampled_from(["", "R", "S"]),
        "transition_ecologique": st.sampled_from(["", "Emploi Vert", "Emploi Brun"]),
        "transition_numerique": st.sampled_from([None, True, False]),
        "emploi_reglemente": st.sampled_from([None, True, False]),
        "interet": quelques("1", "2"),
        "secteur": quelques("79", "80"),
        "contexte": quelques(*CONTEXTES),
        "tension": quelques(1, 3, 5),
        "salaire": quelques(*MONTANTS),
        "salaire_brut": quelques(1_500),
    }
)
choix_de_metiers = st.fixed_dictionaries(
    {
        "domaine": quelques("D", "G", *DOMAINES),
        "niveau": quelques(NON_RENSEIGNE, "0", "5", "8"),
        "acces": quelques(NON_RENSEIGNE, *BANDES.values()),
        "riasec": quelques(NON_RENSEIGNE, "R", "S", "C"),
        "interet": quelques(NON_RENSEIGNE, "1", "2"),
        "secteur": quelques(NON_RENSEIGNE, "79", "80"),
        "tension": quelques(NON_RENSEIGNE, "1", "3", "4"),
        "salaire": quelques(NON_RENSEIGNE, "moins-1400", "1400-1600", "3000-plus"),
        "contexte": quelques(NON_RENSEIGNE, "1", "101", "201", "601"),
        "sans_contexte": quelques("1", "102", "201"),
        "transition_ecologique": quelques(NON_RENSEIGNE, "vert", "brun", "blanc"),
        "transition_numerique": quelques(NON_RENSEIGNE, "oui"),
        "reglemente": quelques(NON_RENSEIGNE, "non"),
    }
)


def tranche(montant: int) -> str:
    bornes = [s for s in SEUILS_DE_SALAIRE if s <= montant]
    if not bornes:
        return f"moins-{SEUILS_DE_SALAIRE[0]}"
    suivante = [s for s in SEUILS_DE_SALAIRE if s > montant]
    return f"{bornes[-1]}-{suivante[0]}" if suivante else f"{bornes[-1]}-plus"


def fiche_d_un_metier(champs: dict[str, Any]) -> Fiche:
    score = champs["score_acces"]
    contextes = {v for code in champs["contexte"] for v in (code, CONTEXTES[code])}
    ecologie = {ecrit: valeur for valeur, (ecrit, _) in TRANSITIONS.items()}
    inconnu = {NON_RENSEIGNE}
    return {
        "domaine": {champs["domaine"][0], champs["domaine"]},
        "niveau": inconnu if champs["niveau_acces"] is None else {str(champs["niveau_acces"])},
        "acces": inconnu if score is None else {BANDES[bande(score).libelle]},
        "riasec": {champs["riasec_majeur"] or NON_RENSEIGNE},
        "interet": set(champs["interet"]) or inconnu,
        "secteur": set(champs["secteur"]) or inconnu,
        "tension": set(map(str, champs["tension"])) or inconnu,
        "salaire": set(map(tranche, champs["salaire"])) or inconnu,
        "contexte": contextes or inconnu,
        "sans_contexte": {c for c in contextes if c[0] != "6"},
        "transition_ecologique": {ecologie.get(champs["transition_ecologique"], NON_RENSEIGNE)},
        "transition_numerique": {OUI_NON[champs["transition_numerique"]]},
        "reglemente": {OUI_NON[champs["emploi_reglemente"]]},
    }


def ecrire_metiers(catalogue: list[dict[str, Any]]) -> None:
    for code in DOMAINES:
        objets.domaine(code)
    CentreInteret.objects.bulk_create(CentreInteret(code=c, libelle=c) for c in "12")
    Secteur.objects.bulk_create(Secteur(code=c, libelle=c) for c in ("79", "80"))
    ContexteDeTravail.objects.bulk_create(
        ContexteDeTravail(code_ogr=code, libelle=code, code_type=type_, type=type_)
        for code, type_ in CONTEXTES.items()
    )
    colonnes = (
        *("niveau_acces", "score_acces", "riasec_majeur"),
        *("transition_ecologique", "transition_numerique", "emploi_reglemente"),
    )
    ecrits = Metier.objects.bulk_create(
        Metier(
            code_rome=f"{champs['domaine']}{rang:02}",
            code_ogr=str(rang),
            libelle=f"Métier {rang}",
            domaine_id=champs["domaine"],
            **{colonne: champs[colonne] for colonne in colonnes},
        )
        for rang, champs in enumerate(catalogue)
    )
    lus = list(zip(ecrits, catalogue, strict=True))
    InteretDuMetier.objects.bulk_create(
        InteretDuMetier(metier=m, centre_interet_id=code) for m, c in lus for code in c["interet"]
    )
    SecteurDuMetier.objects.bulk_create(
        SecteurDuMetier(metier=m, secteur_id=code) for m, c in lus for code in c["secteur"]
    )
    ContexteDuMetier.objects.bulk_create(
        ContexteDuMetier(metier=m, contexte_id=code) for m, c in lus for code in c["contexte"]
    )
    for nom, nature, unite in (
        ("tension", "tension-dares", ""),
        ("salaire", "salaire-median", "€ net par mois"),
        ("salaire_brut", "salaire-median", "€ brut par an"),
    ):
        objets.nature(nature)
        Indicateur.objects.bulk_create(
            Indicateur(
                metier=m,
                nature_id=nature,
                valeur=valeur,
                unite=unite,
                source=objets.source("dares"),
                code_nomenclature=f"F{rang}{unite[:6]}",
                echelle=5 if nom == "tension" else None,
                sens="5 = forte" if nom == "tension" else "",
            )
            for m, c in lus
            for rang, valeur in enumerate(c[nom])
        )


@settings(max_examples=60)
@given(catalogue=st.lists(metiers, max_size=5), choix=choix_de_metiers)
def test_every_count_of_metiers_equals_a_recount(catalogue, choix):
    exclues = ("sans_contexte",)
    fiches = [fiche_d_un_metier(champs) for champs in catalogue]
    with base_d_un_exemple():
        ecrire_metiers(catalogue)

        filtre = MetierFilterSet(adresse(choix), Metier.objects.publies().for_list())
        nombre, comptes = brute(fiches, choix, exclues)

        assert (filtre.total, filtre.qs.count(), len(list(filtre.resultats[:30]))) == (nombre,) * 3
        assert comptes_de(filtre, exclues) == comptes
        assert nombres(filtre, "sans_contexte") == {
            valeur: reste
            for valeur in ("1", "2", "101", "102", "201")
            if (reste := restants(fiches, choix, "sans_contexte", valeur))
        }
        assert {(r.libelle, r.nombre) for r in filtre.retraits} == {
            (filtre._libelles[nom][valeur], sans)
            for nom, valeurs in choix.items()
            for valeur in valeurs
            if (sans := brute(fiches, {**choix, nom: [v for v in valeurs if v != valeur]}, exclues)[0])
        }


# ── Certifications ─────────────────────────────────────────────────────────────────────────────────────────────────

VISES = ("D1401", "D1402", "D1501", "G1701")

certifications = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["RNCP", "RS"]),
        "niveau": st.sampled_from([None, 0, 5]),
        "active_selon_source": st.sampled_from([None, True, False]),
        "echeance": st.sampled_from([None, -1, 0, 1]),
        # None is a code that no métier bears.
        "metiers": quelques(None, *VISES),
        "nsf": quelques("31", "312t", "312", "326"),
        "voies": st.dictionaries(
            st.sampled_from(["FI", "CA", "VAE"]), st.sampled_from([None, True, False]), max_size=2
        ),
        "certificateurs": quelques("", "11111111111111", "22222222222222"),
    }
)
choix_de_certifications = st.fixed_dictionaries(
    {
        "niveau": quelques(NON_RENSEIGNE, "0", "5", "8"),
        "type": quelques("RNCP", "RS"),
        "etat": quelques("active", "expiree", "inactive", "inconnu"),
        "domaine": quelques(NON_RENSEIGNE, "D", "G", *DOMAINES),
        "nsf": quelques(NON_RENSEIGNE, "31", "312", "326", "11"),
        "voie": quelques(NON_RENSEIGNE, "FI", "CA", "FC"),
        "vae": quelques(NON_RENSEIGNE, "oui", "non"),
        "certificateur": quelques(NON_RENSEIGNE, "11111111111111", "22222222222222"),
    }
)


def fiche_d_une_certification(champs: dict[str, Any], etat: str) -> Fiche:
    inconnu = {NON_RENSEIGNE}
    return {
        "niveau": inconnu if champs["niveau"] is None else {str(champs["niveau"])},
        "type": {champs["type"]},
        "etat": {etat},
        "domaine": {v for code in champs["metiers"] if code for v in (code[0], code[:3])} or inconnu,
        "nsf": {v for code in champs["nsf"] for v in (code[:2], code[:3])} or inconnu,
        "voie": {v for v, ouverte in champs["voies"].items() if ouverte and v != "VAE"} or inconnu,
        "vae": {OUI_NON[champs["voies"].get("VAE")]},
        "certificateur": {siret for siret in champs["certificateurs"] if siret} or inconnu,
    }


@settings(max_examples=60)
@given(catalogue=st.lists(certifications, max_size=5), choix=choix_de_certifications)
def test_every_count_of_certifications_equals_a_recount(catalogue, choix):
    with base_d_un_exemple():
        for code in DOMAINES:
            objets.domaine(code)
        vises = {code: objets.metier(code) for code in VISES}
        Nsf.objects.bulk_create(Nsf(code=code, libelle=code) for code in ("31", "312", "312t", "326"))
        # A siret is a choice once a fiche in force bears it.
        temoin = objets.certification("RNCP99", type="RNCP")
        Certificateur.objects.bulk_create(
            Certificateur(certification=temoin, identite=f"{n}" * 14, siret=f"{n}" * 14, nom=f"Nom {n}")
            for n in "12"
        )
        fiches = [
            fiche_d_une_certification(
                {
                    "type": "RNCP",
                    "niveau": 5,
                    "metiers": [],
                    "nsf": [],
                    "voies": {},
                    "certificateurs": ["1" * 14, "2" * 14],
                },
                "active",
            )
        ]
        for rang, champs in enumerate(catalogue):
            echeance = champs["echeance"]
            certification = objets.certification(
                f"{champs['type']}{rang}",
                niveau=champs["niveau"],
                active_selon_source=champs["active_selon_source"],
                date_fin_enregistrement=(
                    None if echeance is None else timezone.localdate() + timedelta(days=echeance)
                ),
            )
            for code in champs["metiers"]:
                objets.debouche(certification, vises.get(code))
            certification.nsf.set(champs["nsf"])
            for voie, ouverte in champs["voies"].items():
                objets.voie(certification, voie, ouverte)
            Certificateur.objects.bulk_create(
                Certificateur(certification=certification, identite=siret or "Nom", siret=siret, nom="Nom")
                for siret in champs["certificateurs"]
            )
            fiches.append(fiche_d_une_certification(champs, certification.etat().value))

        filtre = CertificationFilterSet(
            adresse(choix), Certification.objects.publies().actives_dabord(), chemin="/certifications/"
        )
        nombre, comptes = brute(fiches, choix)

        assert (filtre.total, filtre.qs.count(), len(list(filtre.resultats[:30]))) == (nombre,) * 3
        assert comptes_de(filtre) == comptes
