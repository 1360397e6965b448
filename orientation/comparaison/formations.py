"""The criteria of formations, in the order of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, prefetch_related_objects

from catalogue import niveaux
from catalogue.models.chiffre import nombre_en_francais
from formations.models import Formation, LienFormationMetier, Session
from orientation.comparaison.critere import Cellule, Critere, Ligne, textes

CITES = 6


class FormationComparee:
    """A formation with all that its column says; `offre` sums up its sessions."""

    def __init__(self, formation: Formation, offre: dict[str, Any], voies: list[str]) -> None:
        self.formation = formation
        self.offre = offre
        self.voies = voies

    @property
    def code(self) -> str:
        return self.formation.identifiant

    @property
    def libelle(self) -> str:
        return self.formation.intitule

    @property
    def url(self) -> str:
        return self.formation.get_absolute_url()


def charger(formations: Sequence[Formation]) -> list[FormationComparee]:
    """What the table shows of these formations, in a constant number of queries."""
    prefetch_related_objects(list(formations), "liens_metiers__metier")
    sessions = Session.objects.filter(formation__in=formations).order_by()
    offres: dict[str, Any] = {
        ligne["formation"]: ligne
        for ligne in sessions.values("formation").annotate(
            nombre=Count("pk"),
            departements=Count("lieu__departement", distinct=True),
            prix_bas=Min("prix"),
            prix_haut=Max("prix"),
            premiere=Min("debut"),
        )
    }
    voies: dict[str, list[str]] = {formation.pk: [] for formation in formations}
    for formation, voie in sessions.exclude(voie="").values_list("formation", "voie").distinct():
        voies[formation].append(Session.Voie(voie).label)
    return [FormationComparee(f, offres.get(f.pk, {}), sorted(voies[f.pk])) for f in formations]


def criteres(compares: Sequence[FormationComparee]) -> list[Critere]:
    quoi, pourrais_je, ou, suite = (
        "Qu'est-ce que c'est ?",
        "Est-ce que je pourrais ?",
        "Où, quand, à quel prix",
        "Où ça mène",
    )
    return [
        Critere(quoi, "Type", lambda f: textes(f.formation.type)),
        Critere(quoi, "Niveau de sortie", lambda f: _niveau(f.formation.niveau_sortie)),
        Critere(quoi, "Certification préparée", _certification),
        Critere(pourrais_je, "Niveau d'entrée", lambda f: _niveau(f.formation.niveau_entree)),
        Critere(pourrais_je, "Durée", _duree),
        Critere(pourrais_je, "Voies", lambda f: textes(*f.voies)),
        Critere(ou, "Sessions connues", _sessions),
        Critere(ou, "Prix", _prix),
        Critere(suite, "Métiers", _metiers),
        Critere(suite, "Source", lambda f: textes(f.formation.source.nom)),
    ]


def _niveau(niveau: int | None) -> Cellule:
    return () if niveau is None else textes(niveaux.libelle(niveau))


def _certification(f: FormationComparee) -> Cellule:
    certification = f.formation.certification
    if certification is None:
        return textes(f.formation.numero_certification)
    precision = f"{certification.numero}, {certification.etat().label.lower()}"
    return (Ligne(certification.intitule, precision, certification.get_absolute_url()),)


def _duree(f: FormationComparee) -> Cellule:
    heures = f.formation.duree_heures
    return textes(f.formation.duree, f"{nombre_en_francais(Decimal(heures))} heures" if heures else "")


def _sessions(f: FormationComparee) -> Cellule:
    nombre = f.offre.get("nombre", 0)
    if not nombre:
        return ()
    departements = f.offre["departements"]
    precision = f"dans {departements} département{'s' if departements > 1 else ''}" if departements else ""
    return (Ligne(f"{nombre} session{'s' if nombre > 1 else ''}", precision),)


def _prix(f: FormationComparee) -> Cellule:
    bas, haut = f.offre.get("prix_bas"), f.offre.get("prix_haut")
    if bas is None or haut is None:
        return ()
    if bas == haut:
        return (Ligne(f"{nombre_en_francais(bas)} €", "TTC"),)
    return (Ligne(f"De {nombre_en_francais(bas)} à {nombre_en_francais(haut)} €", "TTC, selon la session"),)


def _metiers(f: FormationComparee) -> Cellule:
    liens: list[LienFormationMetier] = [
        lien for lien in f.formation.liens_metiers.all() if not lien.metier.est_retire
    ]
    metiers = sorted({lien.metier for lien in liens}, key=lambda m: (m.libelle, m.pk))
    lignes = tuple(Ligne(m.libelle, m.code_rome, m.get_absolute_url()) for m in metiers[:CITES])
    reste = len(metiers) - CITES
    return (*lignes, Ligne(f"et {reste} autre{'s' if reste > 1 else ''}")) if reste > 0 else lignes
