"""Rows of any model, for tests that go through every model: the values mean nothing, the constraints hold.

The row numbered n hangs on the related rows numbered n, made on the way and made once; optional foreign keys are
filled too, so that a page that reads one row at a time shows it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import models

from certifications.models import Certification, Filiation
from metiers.models import Competence, FicheEditoriale, Metier, Mobilite

PAQUETS = ("catalogue", "metiers", "certifications", "formations", "guides")


def exemplaire(modele: type[models.Model], numero: int, **champs: Any) -> models.Model:
    """The row numbered `numero` (1 to 99) of the model; `champs` make it another row, hanging where they say."""
    if not champs:
        present = modele.objects.filter(pk=_cle(modele, numero)).first()
        if present is not None:
            return present
    valeurs = dict(champs)
    propre = numero + 500 if champs else numero  # another row than the one of that number
    for champ in modele._meta.concrete_fields:
        if champ.name not in valeurs and not champ.primary_key and not champ.generated:
            valeur = _valeur(modele, champ, numero if champ.is_relation else propre)
            if valeur is not None:
                valeurs[champ.name] = valeur
    cle = modele._meta.pk
    if not (champs and isinstance(cle, models.AutoField)):
        valeurs[cle.name] = _cle(modele, propre)
    return modele.objects.create(**valeurs)


def _cle(modele: type[models.Model], numero: int) -> Any:
    cle = modele._meta.pk
    if modele is Certification:
        return f"RNCP{numero}"
    return 1_000 + numero if isinstance(cle, models.AutoField) else _texte(cle, numero)


def _valeur(modele: type[models.Model], champ: models.Field, numero: int) -> Any:
    particulieres = {
        (Certification, "type"): "RNCP",
        (Competence, "est_macro"): True,
        (Filiation, "ancienne"): f"RNCP{numero}",
        (Metier, "code_rome"): f"D{numero:04}",
        (FicheEditoriale, "ecrit_pour"): f"{numero}",
        (FicheEditoriale, "technicite"): None,
    }
    if (modele, champ.name) in particulieres:
        return particulieres[modele, champ.name]
    if (modele, champ.name) == (Mobilite, "cible"):
        return exemplaire(Metier, numero + 100)
    if isinstance(champ, models.ForeignKey):
        return None if champ.related_model is modele else exemplaire(champ.related_model, numero)
    if champ.choices:
        valeurs = [valeur for valeur, _ in champ.flatchoices]
        return valeurs[numero % len(valeurs)]
    if isinstance(champ, (models.CharField, models.TextField)):
        return "" if isinstance(champ, models.URLField) else _texte(champ, numero)
    if champ.name == "valeur" or (isinstance(champ, models.IntegerField) and not champ.null):
        return numero
    if isinstance(champ, models.DateField) and not (
        champ.null or champ.has_default() or champ.auto_now or champ.auto_now_add
    ):
        return date(2026, 1, 1) + timedelta(days=numero)
    return None


def _texte(champ: models.Field, numero: int) -> str:
    return chr(ord("A") + numero) if champ.max_length == 1 else f"{numero:03}"
