"""The links between formations and métiers that follow from what others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef

from catalogue.ecriture import inserer
from certifications.models import Debouche
from formations.models.formation import Formation, LienFormationMetier
from metiers.models import AncienCode, Metier

LOT = 500
ORIGINE = LienFormationMetier.Origine


def deriver_des_certifications() -> int:
    """One link for each métier attached to the certification that a formation prepares."""
    debouches = Debouche.objects.filter(
        metier=OuterRef("metier"), certification__formations=OuterRef("formation")
    )
    retires, _ = (
        LienFormationMetier.objects.filter(origine=ORIGINE.CERTIFICATION).exclude(Exists(debouches)).delete()
    )
    certifications = list(
        Formation.objects.filter(certification__isnull=False)
        .order_by("certification")
        .values_list("certification", flat=True)
        .distinct()
    )
    ajoutes = 0
    for debut in range(0, len(certifications), LOT):
        lot = certifications[debut : debut + LOT]
        # Compared here: in one query, Django would join the débouchés twice and pair each with those that have no métier.
        voulus = set(
            Debouche.objects.filter(certification__in=lot, metier__isnull=False).values_list(
                "certification", "metier"
            )
        )
        metiers: dict[str, list[int]] = {}
        for certification, metier in voulus:
            metiers.setdefault(certification, []).append(metier)
        en_place = set(
            LienFormationMetier.objects.filter(
                origine=ORIGINE.CERTIFICATION, formation__certification__in=lot
            ).values_list("formation", "metier")
        )
        paires = [
            (formation, metier)
            for formation, certification in Formation.objects.filter(certification__in=lot)
            .order_by("pk")
            .values_list("pk", "certification")
            for metier in metiers.get(certification, ())
            if (formation, metier) not in en_place
        ]
        ajoutes += _ajouter(paires, ORIGINE.CERTIFICATION)
    return retires + ajoutes


def deriver_des_codes() -> int:
    """One link for each métier that bears, or bore, a code ROME the source of the formation cites."""
    voulus = set(_paires_des_codes())
    en_place = set(
        LienFormationMetier.objects.filter(origine=ORIGINE.SOURCE)
        .exclude(formation__codes_rome=[])
        .values_list("formation", "metier")
    )
    perimes = en_place - voulus
    for formation, metier in perimes:
        LienFormationMetier.objects.filter(
            formation=formation, metier=metier, origine=ORIGINE.SOURCE
        ).delete()
    return len(perimes) + _ajouter(sorted(voulus - en_place), ORIGINE.SOURCE)


def _paires_des_codes() -> Iterator[tuple[str, int]]:
    anciens = AncienCode.objects.filter(metier__retire_le__isnull=True).order_by("pk")
    metiers = dict(anciens.values_list("code_rome", "metier"))
    metiers |= dict(Metier.objects.publies().values_list("code_rome", "pk"))
    citants = Formation.objects.exclude(codes_rome=[]).values_list("pk", "codes_rome")
    for formation, codes in citants.iterator(chunk_size=2_000):
        yield from ((formation, metiers[code]) for code in codes if code in metiers)


def _ajouter(paires: Iterable[tuple[str, int]], origine: str) -> int:
    liens = [(formation, metier, origine) for formation, metier in paires]
    inserer(LienFormationMetier, ("formation_id", "metier_id", "origine"), liens)
    return len(liens)
