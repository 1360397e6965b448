"""Records that an official source owns."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class OfficielQuerySet(models.QuerySet[M]):
    """Adjectives of an official record."""

    def publies(self) -> Self:
        """Still held by the last edition of its source that was loaded: what visitors see."""
        return self.filter(retire_le__isnull=True)

    def retires(self) -> Self:
        """Withdrawn: held by an earlier edition, no longer by the last one."""
        return self.filter(retire_le__isnull=False)


class Officiel(models.Model):
    """A record written by imports only; editors' words live elsewhere.

    `version` is the last edition in which the source held the record. `retire_le` is the day an import found it
    gone; nothing is deleted, a record that comes back is simply in force again.
    """

    version = models.ForeignKey(
        "catalogue.VersionReferentiel",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="version de la source",
    )
    retire_le = models.DateField("retiré le", null=True, blank=True, editable=False)

    objects = OfficielQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def est_retire(self) -> bool:
        return self.retire_le is not None
