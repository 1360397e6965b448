"""« Même métier ? »: the questions that a version of the ROME leaves to the editors, one for each text that waits.

They are asked of what the database holds, not of what has just changed: a question left open follows the later
versions, and disappears once the fiche is given back to the job the words were written for.
"""

from __future__ import annotations

from django.db.models import F, Q

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from metiers.models import FicheEditoriale, Metier, Reaffectation


def porteur(temoin: str, sauf: int) -> Metier | None:
    """The fiche in force, other than `sauf`, that bears the appellation numbered `temoin`."""
    if not temoin:
        return None
    return (
        Metier.objects.publies()
        .filter(appellations__code_ogr=temoin, appellations__retire_le__isnull=True)
        .exclude(pk=sauf)
        .first()
    )


def interroger_les_editeurs(version: VersionReferentiel, rapport: Rapport) -> None:
    """Ask where the words go that no page shows: their fiche became another job, or was withdrawn and followed."""
    posees = set()
    for textes in FicheEditoriale.objects.filter(
        Q(metier__retire_le__isnull=False) | ~Q(ecrit_pour=F("metier__temoin"))
    ).select_related("metier"):
        suivie = porteur(textes.ecrit_pour, textes.metier_id) or _reprise_du_code(textes.metier)
        designe = suivie if textes.metier.est_retire else textes.metier
        if designe is not None:
            posees.add(_interroger(textes, designe, suivie, version, rapport))
    Reaffectation.objects.a_trancher().exclude(pk__in=posees).delete()


def _reprise_du_code(metier: Metier) -> Metier | None:
    """The fiche in force under the code of a withdrawn one."""
    return Metier.objects.publies().filter(code_rome=metier.code_rome).first() if metier.est_retire else None


def _interroger(
    textes: FicheEditoriale,
    designe: Metier,
    suivie: Metier | None,
    version: VersionReferentiel,
    rapport: Rapport,
) -> int:
    """Ask, or bring up to date, the question about these words; an answer given for the same change still holds."""
    questions = Reaffectation.objects.filter(metier=textes.metier_id, ancien_temoin=textes.ecrit_pour)
    repondue = questions.filter(
        decision=Reaffectation.Decision.AUTRE_METIER, nouveau_temoin=designe.temoin
    ).first()
    if repondue is not None:
        return repondue.pk
    valeurs = {"nouveau_temoin": designe.temoin, "nouveau_libelle": designe.libelle, "fiche_suivie": suivie}
    ouverte = questions.a_trancher().first()
    if ouverte is not None:
        questions.filter(pk=ouverte.pk).update(**valeurs)
        return ouverte.pk
    question = Reaffectation.objects.create(
        metier=textes.metier,
        ancien_temoin=textes.ecrit_pour,
        ancien_libelle=textes.ecrit_pour_libelle or textes.metier.libelle,
        version=version,
        **valeurs,
    )
    rapport.remarquer(
        f"À trancher dans l'admin : les textes écrits pour « {question.ancien_libelle} » sont mis de côté, "
        "sans être affichés."
    )
    return question.pk
