"""The enjeux named by the fiches in JSON: written, and brought under those of the tree when a table or a tree has them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.text import slugify

from catalogue.ecriture import modifier
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.models import Competence, Enjeu

CODE_MAX = 60


def ecrire_enjeux(enjeux: Mapping[str, str], version: VersionReferentiel) -> tuple[Bilan, Bilan]:
    """Give each savoir-faire (by OGR number) the enjeu of this label; return what enjeux and savoir-faire took."""
    du_rome = _codes_du_rome()
    codes = {
        libelle: du_rome.get(_nom(libelle)) or _nom(libelle) for libelle in dict.fromkeys(enjeux.values())
    }
    sans_code = {code: libelle for libelle, code in reversed(codes.items()) if code not in du_rome.values()}
    bilan = synchroniser(
        Enjeu.objects.filter(domaine=None),
        ({"code": code, "libelle": libelle} for code, libelle in sans_code.items()),
        cle=("code",),
        absents=Absents.GARDER,
        version=version,
    )
    connus = dict(Competence.objects.values_list("pk", "enjeu_id"))
    changes = [(ogr, (codes[e],)) for ogr, e in enjeux.items() if ogr in connus and connus[ogr] != codes[e]]
    modifier(Competence, ["enjeu_id"], changes)
    return bilan, Bilan(modifies=len(changes), inchanges=len(enjeux) - len(changes))


def rattacher_enjeux() -> int:
    """Enjeux known by their label alone give way to those of the tree with the same label; return how many."""
    du_rome = _codes_du_rome()
    partis = 0
    for enjeu in Enjeu.objects.publies().filter(domaine=None):
        code = du_rome.get(_nom(enjeu.libelle))
        if code is not None:
            Competence.objects.filter(enjeu=enjeu).update(enjeu=code)
        if code is not None or not enjeu.competences.exists():
            Enjeu.objects.filter(pk=enjeu.pk).update(retire_le=timezone.localdate())
            partis += 1
    return partis


def _codes_du_rome() -> dict[str, str]:
    """The codes the ROME gives, by what the label comes down to."""
    connus = Enjeu.objects.publies().filter(domaine__isnull=False).order_by("-code")
    return {_nom(libelle): code for code, libelle in connus.values_list("code", "libelle")}


def _nom(libelle: str) -> str:
    return slugify(libelle)[:CODE_MAX] or "enjeu"
