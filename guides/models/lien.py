"""Links from the editors' words to métiers, each tied to the job it was confirmed for."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F


class LienQuerySet(models.QuerySet):
    """Adjectives of a link to a métier."""

    def confirmes(self) -> Self:
        """An editor said yes."""
        return self.exclude(confirme_pour="")

    def affichables(self) -> Self:
        """Confirmed for the job that the métier, still in force, is today."""
        return self.confirmes().filter(confirme_pour=F("metier__temoin"), metier__retire_le__isnull=True)

    def a_reconfirmer(self) -> Self:
        """Confirmed for a job that the métier no longer is: kept, not shown."""
        return self.confirmes().exclude(confirme_pour=F("metier__temoin"), metier__retire_le__isnull=True)

    def for_detail(self) -> Self:
        return self.select_related("metier__domaine__grand_domaine").order_by("metier__libelle", "pk")

    def suivre_les_renumerotations(self) -> int:
        """Follow a principal appellation that changed number under an unchanged title; return how many links did.

        Where the title changed too the fiche may describe another job: the link waits for an editor.
        """
        liens: list[Any] = list(
            self.confirmes()
            .filter(confirme_pour_libelle=F("metier__libelle"))
            .exclude(confirme_pour=F("metier__temoin"))
            .exclude(metier__temoin="")
            .select_related("metier")
        )
        for lien in liens:
            lien.confirme_pour = lien.metier.temoin
        self.model._default_manager.bulk_update(liens, ["confirme_pour"], batch_size=200)
        return len(liens)


class LienConfirme(models.Model):
    """A link to a métier, shown only while the métier is the job it was confirmed for.

    A ROME code is an address: from one version to the next it may be given to another job. `confirme_pour` keeps the
    OGR number of the principal appellation at the time of the confirmation; empty, nothing was confirmed.
    """

    # Declared by each concrete link: `metier` is required in one, optional in the other.
    metier: Any
    metier_id: int | None

    confirme_pour = models.CharField("code OGR du métier confirmé", max_length=10, blank=True, editable=False)
    confirme_pour_libelle = models.CharField("métier confirmé", max_length=300, blank=True, editable=False)

    class Meta:
        abstract = True

    def confirmer(self) -> None:
        """Tie the link to the job that the métier is today."""
        self.confirme_pour, self.confirme_pour_libelle = self.metier.temoin, self.metier.libelle

    def oublier(self) -> None:
        """Untie it: nothing is confirmed any more."""
        self.confirme_pour = self.confirme_pour_libelle = ""

    @property
    def est_affichable(self) -> bool:
        return bool(
            self.metier_id
            and self.confirme_pour
            and self.confirme_pour == self.metier.temoin
            and not self.metier.est_retire
        )

    @property
    def est_a_reconfirmer(self) -> bool:
        return bool(self.confirme_pour) and not self.est_affichable


class LienRoleMetierQuerySet(LienQuerySet):
    def for_metier(self) -> Self:
        """What a fiche métier shows of the dossiers that speak of it: the role, the dossier, the reason."""
        return (
            self.affichables()
            .filter(role__famille__dossier__publie=True)
            .select_related("role__famille__dossier")
            .order_by("role__famille__dossier__titre", "role__famille__ordre", "role__ordre", "pk")
        )


class LienRoleMetier(LienConfirme):
    """A role of a dossier is a métier of the ROME: suggested, or confirmed by an editor.

    A suggestion is a working paper of the editors, never shown as a fact.
    """

    class Statut(models.TextChoices):
        SUGGERE = "suggere", "Suggéré"
        CONFIRME = "confirme", "Confirmé"

    role = models.ForeignKey("guides.Role", models.CASCADE, related_name="liens_metiers", verbose_name="rôle")
    metier = models.ForeignKey(
        "metiers.Metier", models.PROTECT, related_name="liens_roles", verbose_name="métier"
    )
    statut = models.CharField("statut", max_length=10, choices=Statut, default=Statut.SUGGERE)
    raison = models.CharField("raison", max_length=300, help_text="Ce qui rapproche ce rôle de ce métier.")

    objects = LienRoleMetierQuerySet.as_manager()

    class Meta:
        verbose_name = "lien vers un métier"
        verbose_name_plural = "liens vers les métiers"
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "metier"],
                name="lien_role_metier_unique",
                violation_error_message="Ce rôle est déjà rapproché de ce métier.",
            ),
            models.CheckConstraint(
                condition=models.Q(statut="confirme") | models.Q(confirme_pour=""),
                name="lien_suggere_non_confirme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} → {self.metier}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.statut == self.Statut.SUGGERE:
            self.oublier()
        elif not self.confirme_pour:
            self.confirmer()
        super().save(*args, **kwargs)
