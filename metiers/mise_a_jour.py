"""Apply a version of the ROME to the métiers: same jobs kept, moved codes remembered, doubtful ones put to editors.

Runs inside the transaction of `import_rome`. Official columns follow the source; editors' words never change, only the
identity they are tied to follows when the same job is numbered anew.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.identite import FicheAnnoncee, FicheConnue, Rapprochement, rapprocher
from metiers.importers.rome.records import Appellation as LigneAppellation
from metiers.importers.rome.records import Fiche
from metiers.models import AncienCode, Appellation, FicheEditoriale, InteretDuMetier, Metier
from metiers.questions import interroger_les_editeurs, porteur


def rapprocher_fiches(fiches: list[Fiche], appellations: list[LigneAppellation]) -> Rapprochement:
    """Match the fiches of the file with those of the database."""
    temoins = {a.code_rome: a.code_ogr for a in appellations if a.principale}
    return rapprocher(
        (
            FicheConnue(pk, ogr, code, libelle, temoin, retire_le is not None)
            for pk, ogr, code, libelle, temoin, retire_le in Metier.objects.values_list(
                "pk", "code_ogr", "code_rome", "libelle", "temoin", "retire_le"
            )
        ),
        (FicheAnnoncee(f.code_ogr, f.code_rome, f.libelle, temoins.get(f.code_rome, "")) for f in fiches),
    )


def ecrire_fiches(
    fiches: list[Fiche],
    rapprochement: Rapprochement,
    version: VersionReferentiel,
) -> tuple[Bilan, dict[str, int]]:
    """Write the fiches; return what it took and the primary key of each ROME code in force.

    New fiches are first created withdrawn: their code may still be held by a fiche about to move, their parent may not
    exist yet. The synchronisation then puts everything in force at once.
    """
    pk_par_ogr = {annoncee.code_ogr: connue.pk for connue, annoncee in rapprochement.paires}
    temoins = {
        a.code_ogr: a.temoin for a in [*rapprochement.nouvelles, *(a for _, a in rapprochement.paires)]
    }
    domaines = {fiche.code_ogr: fiche.domaine for fiche in fiches}
    nouvelles = Metier.objects.bulk_create(
        Metier(
            code_ogr=a.code_ogr,
            code_rome=a.code_rome,
            libelle=a.libelle,
            domaine_id=domaines[a.code_ogr],
            retire_le=timezone.localdate(),
        )
        for a in rapprochement.nouvelles
    )
    pk_par_ogr |= {metier.code_ogr: metier.pk for metier in nouvelles}
    pk_par_code = {fiche.code_rome: pk_par_ogr[fiche.code_ogr] for fiche in fiches}
    bilan = synchroniser(
        Metier.objects.all(),
        (
            {
                "id": pk_par_ogr[fiche.code_ogr],
                "code_ogr": fiche.code_ogr,
                "code_rome": fiche.code_rome,
                "code_fiche_metier": fiche.code_fiche_metier,
                "libelle": fiche.libelle,
                "temoin": temoins[fiche.code_ogr],
                "domaine_id": fiche.domaine,
                "parent_id": (
                    pk_par_code.get(fiche.code_rome_parent)
                    if fiche.code_rome_parent != fiche.code_rome
                    else None
                ),
                "definition": fiche.definition,
                "acces_metier": fiche.acces_metier,
                "transition_ecologique": fiche.transition_ecologique,
                "transition_numerique": fiche.transition_numerique,
                "transition_demographique": fiche.transition_demographique,
                "emploi_reglemente": fiche.emploi_reglemente,
                "emploi_cadre": fiche.emploi_cadre,
                "riasec_majeur": fiche.riasec_majeur,
                "riasec_mineur": fiche.riasec_mineur,
                "successeur_id": None,
            }
            for fiche in fiches
        ),
        cle=("id",),
        absents=Absents.RETIRER,
        version=version,
        echanges=True,
    )
    bilan.crees += len(nouvelles)
    bilan.modifies -= len(nouvelles)
    return bilan, pk_par_code


def ecrire_appellations(
    appellations: list[LigneAppellation], pk_par_code: dict[str, int], version: VersionReferentiel
) -> Bilan:
    from metiers.appellations import formes

    return synchroniser(
        Appellation.objects.all(),
        (
            {
                "code_ogr": a.code_ogr,
                "metier_id": pk_par_code[a.code_rome],
                "libelle": a.libelle,
                "libelle_court": a.libelle_court,
                "masculin": formes(a.libelle).masculin,
                "feminin": formes(a.libelle).feminin,
                "principale": a.principale,
                "peu_usitee": a.peu_usitee,
                "transition_ecologique": a.transition_ecologique,
                "transition_numerique": a.transition_numerique,
                "transition_demographique": a.transition_demographique,
                "emploi_reglemente": a.emploi_reglemente,
                "emploi_cadre": a.emploi_cadre,
                "code_rome_parent": a.code_rome_parent,
            }
            for a in appellations
        ),
        cle=("code_ogr",),
        absents=Absents.RETIRER,
        version=version,
        echanges=True,
    )


def suivre_les_metiers(
    rapprochement: Rapprochement,
    version: VersionReferentiel,
    rapport: Rapport,
) -> None:
    """Once fiches and appellations are written: old codes, successors, editors' words, questions to editors."""
    _retenir_les_anciens_codes(rapprochement, version, rapport)
    _designer_les_successeurs()
    for connue, annoncee in rapprochement.temoins_renumerotes:
        _suivre_le_temoin(connue, annoncee)
    for connue, annoncee in rapprochement.renommees:
        rapport.remarquer(
            f"Renommée : {annoncee.code_rome}, « {connue.libelle} » devient « {annoncee.libelle} »."
        )
    for connue, annoncee in rapprochement.reaffectees:
        rapport.remarquer(
            f"Réaffectée : {annoncee.code_rome}, « {connue.libelle} » devient « {annoncee.libelle} » "
            "sous une autre appellation principale."
        )
    retirees = Metier.objects.select_related("successeur").in_bulk([c.pk for c in rapprochement.retirees])
    for connue in rapprochement.retirees:
        successeur = retirees[connue.pk].successeur
        rapport.remarquer(
            f"Retirée : {connue.code_rome}, « {connue.libelle} »"
            + (f" ; son appellation principale est désormais dans {successeur}." if successeur else ".")
        )
    interroger_les_editeurs(version, rapport)


def oublier_l_ancien_metier(rapprochement: Rapprochement) -> None:
    """Of a fiche given to another job, drop the links that the JSON form does not bring: they told of the former job."""
    reaffectes = [connue.pk for connue, _ in rapprochement.reaffectees]
    if reaffectes:
        liens: tuple[Any, ...] = (InteretDuMetier, Metier.themes.through, Metier.secteurs_naf.through)
        for modele in liens:
            modele.objects.filter(metier__in=reaffectes).delete()


def _retenir_les_anciens_codes(
    rapprochement: Rapprochement, version: VersionReferentiel, rapport: Rapport
) -> None:
    for connue, annoncee in rapprochement.deplacees:
        AncienCode.objects.get_or_create(
            code_rome=connue.code_rome, metier_id=connue.pk, defaults={"version": version}
        )
        # A fiche that comes back to a code no longer needs to be found under it.
        AncienCode.objects.filter(code_rome=annoncee.code_rome, metier_id=connue.pk).delete()
        rapport.remarquer(
            f"Déplacée : « {annoncee.libelle} » passe de {connue.code_rome} à {annoncee.code_rome}."
        )


def _designer_les_successeurs() -> None:
    """A withdrawn fiche is succeeded by the fiche in force that now bears its principal appellation."""
    for metier in Metier.objects.retires():
        successeur = porteur(metier.temoin, metier.pk)
        if metier.successeur_id != (successeur.pk if successeur else None):
            metier.successeur = successeur
            metier.save(update_fields=["successeur"])


def _suivre_le_temoin(connue: FicheConnue, annoncee: FicheAnnoncee) -> None:
    """The same title under another number: the words written under that title follow.

    Words written under a former title do not: with the number gone too, nothing tells any more that this is the job
    they speak of.
    """
    textes = FicheEditoriale.objects.filter(metier_id=connue.pk)
    if not textes.filter(ecrit_pour=annoncee.temoin).exists():
        textes.filter(ecrit_pour=connue.temoin, ecrit_pour_libelle__in=["", annoncee.libelle]).update(
            ecrit_pour=annoncee.temoin
        )
