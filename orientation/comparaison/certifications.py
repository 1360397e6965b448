"""The criteria of certifications, in the order of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects

from catalogue.texte import Liste, Paragraphe, structurer
from certifications.fiche import FicheCertification
from certifications.models import Certification, Debouche
from orientation.comparaison.critere import Cellule, Critere, Ligne, textes

CITES = 6


class CertificationComparee:
    """A certification with all that its column says."""

    def __init__(self, certification: Certification, formations: int) -> None:
        self.certification = certification
        self.fiche = FicheCertification(certification)
        self.nombre_formations = formations

    @property
    def code(self) -> str:
        return self.certification.numero

    @property
    def libelle(self) -> str:
        return self.fiche.titre

    @property
    def url(self) -> str:
        return self.certification.get_absolute_url()


def charger(certifications: Sequence[Certification]) -> list[CertificationComparee]:
    """What the table shows of these certifications, in a constant number of queries."""
    prefetch_related_objects(
        list(certifications),
        "editorial",
        "blocs",
        "certificateurs",
        "voies",
        "statistiques",
        Prefetch("debouches", Debouche.objects.select_related("metier").order_by("code_rome")),
    )
    formations = dict(
        Certification.objects.filter(pk__in=[c.pk for c in certifications])
        .annotate(nombre=Count("formations", filter=Q(formations__retire_le__isnull=True)))
        .values_list("pk", "nombre")
    )
    return [CertificationComparee(c, formations[c.pk]) for c in certifications]


def criteres(compares: Sequence[CertificationComparee]) -> list[Critere]:
    quoi, pourrais_je, comment, resultats, suite = (
        "Qu'est-ce que c'est ?",
        "Est-ce que je pourrais ?",
        "Comment l'obtenir",
        "Ce qu'elle a donné",
        "Où ça mène",
    )
    return [
        Critere(quoi, "État", lambda c: textes(c.fiche.etat_en_clair)),
        Critere(quoi, "Répertoire", lambda c: textes(c.certification.get_type_display())),
        Critere(
            quoi, "Niveau", lambda c: textes("" if c.fiche.niveau == "Non renseigné" else c.fiche.niveau)
        ),
        Critere(quoi, "Certificateurs", lambda c: textes(*map(str, c.certification.certificateurs.all()))),
        Critere(pourrais_je, "Prérequis à l'entrée en formation", _prerequis),
        Critere(comment, "Voies d'accès ouvertes", _voies),
        Critere(comment, "Blocs de compétences", _blocs),
        Critere(comment, "Formations connues", _formations),
        Critere(resultats, "Certifiés", lambda c: _statistique(c, "certifies", "personnes")),
        Critere(
            resultats,
            "En emploi à 6 mois",
            lambda c: _statistique(c, "taux_insertion_6_mois", "%"),
        ),
        Critere(
            resultats,
            "Dans le métier visé à 2 ans",
            lambda c: _statistique(c, "taux_metier_2_ans", "%"),
        ),
        Critere(suite, "Métiers visés", _metiers),
    ]


def _prerequis(c: CertificationComparee) -> Cellule:
    texte = " ".join(_en_clair(partie) for partie in structurer(c.certification.prerequis_entree_formation))
    return textes(
        texte if len(texte) <= 300 else f"{texte[:300].rsplit(' ', 1)[0]}… (la suite est dans la fiche)"
    )


def _en_clair(partie: Paragraphe | Liste) -> str:
    """A list of the source becomes a sentence: a cell has no room for its bullets."""
    if isinstance(partie, Paragraphe):
        return partie.texte
    return " ; ".join(
        f"{element.texte} {', '.join(element.sous_elements)}".strip() for element in partie.elements
    )


def _voies(c: CertificationComparee) -> Cellule:
    return textes(*(voie.get_voie_display() for voie in c.certification.voies.all() if voie.ouverte))


def _blocs(c: CertificationComparee) -> Cellule:
    blocs = [bloc for bloc in c.certification.blocs.all() if not bloc.est_retire]
    return tuple(Ligne(bloc.libelle, bloc.code, bloc.get_absolute_url()) for bloc in blocs)


def _formations(c: CertificationComparee) -> Cellule:
    return textes(str(c.nombre_formations) if c.nombre_formations else "")


def _statistique(c: CertificationComparee, champ: str, unite: str) -> Cellule:
    """The last year that gives the figure, with the number of people behind a rate."""
    for annee in c.certification.statistiques.all():
        valeur: Any = getattr(annee, champ)
        if valeur is not None:
            effectif = "effectif non renseigné" if annee.certifies is None else f"{annee.certifies} certifiés"
            nombre = str(valeur).rstrip("0").rstrip(".") if "." in str(valeur) else str(valeur)
            precision = f"France compétences, promotion {annee.annee}"
            return (
                Ligne(
                    f"{nombre.replace('.', ',')} {unite}",
                    precision if champ == "certifies" else f"{precision}, {effectif}",
                ),
            )
    return ()


def _metiers(c: CertificationComparee) -> Cellule:
    liens = list(c.certification.debouches.all())
    lignes = tuple(
        Ligne(lien.metier.libelle, lien.metier.code_rome, lien.metier.get_absolute_url())
        if lien.metier and not lien.metier.est_retire
        else Ligne(lien.libelle_source or lien.code_rome, lien.code_rome)
        for lien in liens[:CITES]
    )
    reste = len(liens) - CITES
    return (*lignes, Ligne(f"et {reste} autre{'s' if reste > 1 else ''}")) if reste > 0 else lignes
