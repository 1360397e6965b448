"""Places: régions, départements, communes, and the address where a session is held."""

from __future__ import annotations

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from catalogue.ecriture import modifier


class Region(models.Model):
    code = models.CharField("code INSEE", primary_key=True, max_length=3)
    nom = models.CharField("nom", max_length=100)

    class Meta:
        verbose_name = "région"
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class Departement(models.Model):
    code = models.CharField("code INSEE", primary_key=True, max_length=3)
    nom = models.CharField("nom", max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, related_name="departements", verbose_name="région")

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class Epci(models.Model):
    """What communes do together: an établissement public de coopération intercommunale that levies taxes, or a métropole.

    Its name begins with the short form of what it is: « CC Faucigny - Glières ».
    """

    class Nature(models.TextChoices):
        COMMUNES = "CC", "Communauté de communes"
        AGGLOMERATION = "CA", "Communauté d'agglomération"
        URBAINE = "CU", "Communauté urbaine"
        METROPOLE = "METRO", "Métropole"
        LYON = "MET69", "Métropole de Lyon, collectivité à statut particulier"

    code = models.CharField("SIREN", primary_key=True, max_length=9)
    nom = models.CharField("nom", max_length=100)
    nature = models.CharField("nature", max_length=5, choices=Nature)

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["nom", "code"]

    def __str__(self) -> str:
        """« Communauté de communes Faucigny - Glières »; a métropole already bears its name in full."""
        abrege, _, reste = self.nom.partition(" ")
        return f"{self.get_nature_display()} {reste}" if abrege == self.nature and reste else self.nom


class Commune(models.Model):
    """A current commune, by its INSEE code: text, with its leading zero; never a postal code."""

    code = models.CharField("code INSEE", primary_key=True, max_length=5)
    nom = models.CharField("nom", max_length=100)
    departement = models.ForeignKey(
        Departement, models.PROTECT, related_name="communes", verbose_name="département"
    )
    epci = models.ForeignKey(
        Epci, models.SET_NULL, null=True, blank=True, related_name="communes", verbose_name="intercommunalité"
    )
    codes_postaux = models.JSONField("codes postaux", default=list, blank=True)
    latitude = models.FloatField(
        "latitude", null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        "longitude", null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta:
        verbose_name = "commune"
        ordering = ["nom", "code"]
        indexes = [models.Index(fields=["nom"], name="commune_par_nom")]

    def __str__(self) -> str:
        return f"{self.nom} ({self.departement_id})"


class PartieDeCommune(models.Model):
    """A code INSEE that designates part of a current commune: 75101 is in Paris (75056).

    A commune déléguée may bear the code of a current commune: the code alone identifies nothing.
    """

    class Type(models.TextChoices):
        ARRONDISSEMENT = "arrondissement-municipal", "Arrondissement municipal"
        DELEGUEE = "commune-deleguee", "Commune déléguée"
        ASSOCIEE = "commune-associee", "Commune associée"

    code = models.CharField("code INSEE", max_length=5)
    type = models.CharField("type", max_length=25, choices=Type)
    nom = models.CharField("nom", max_length=100)
    commune = models.ForeignKey(
        Commune, models.CASCADE, related_name="parties", verbose_name="commune actuelle"
    )

    class Meta:
        verbose_name = "partie de commune"
        verbose_name_plural = "parties de communes"
        ordering = ["code", "type"]
        constraints = [models.UniqueConstraint(fields=["code", "type"], name="partie_de_commune_unique")]

    def __str__(self) -> str:
        return f"{self.nom} ({self.code})"


class LieuQuerySet(models.QuerySet["Lieu"]):
    def rattacher(self) -> int:
        """Give each place without a commune the one its source's words designate; return how many were changed.

        Run after each import of places or of the offer. The rule is in `formations.rattachement`.
        """
        from formations.rattachement import Rattachement

        a_placer = self.filter(commune__isnull=True).filter(
            ~Q(code_insee="") | ~Q(ville="") | Q(latitude__isnull=False) | ~Q(code_departement="")
        )
        # A place known by its département only has nothing more to give.
        a_placer = a_placer.exclude(code_insee="", ville="", latitude__isnull=True, departement__isnull=False)
        regle = Rattachement()
        changes = []
        for lieu in a_placer.order_by("pk").iterator(chunk_size=2_000):
            avant = (lieu.commune_id, lieu.departement_id)
            lieu.commune_id, lieu.departement_id = regle.designer(lieu)
            if avant != (lieu.commune_id, lieu.departement_id):
                changes.append(lieu)
        modifier(
            self.model,
            ["commune_id", "departement_id"],
            ((lieu.pk, (lieu.commune_id, lieu.departement_id)) for lieu in changes),
        )
        return len(changes)

    def sans_commune(self) -> Self:
        """Whose source says where they are, more precisely than the département, and in vain."""
        return self.filter(commune__isnull=True).filter(
            ~Q(code_insee="") | ~Q(ville="") | Q(latitude__isnull=False)
        )


class Lieu(models.Model):
    """Where sessions are held. `commune` is null while the place is not matched: the source's words remain."""

    organisme = models.ForeignKey(
        "formations.Organisme",
        models.CASCADE,
        related_name="lieux",
        verbose_name="organisme",
        db_index=False,
    )
    uai = models.CharField(
        "UAI", max_length=8, blank=True, help_text="Quand la source le situe par son code d'établissement."
    )
    nom = models.CharField("nom", max_length=300, blank=True)
    adresse = models.CharField("adresse", max_length=500, blank=True)
    code_postal = models.CharField("code postal", max_length=5, blank=True)
    ville = models.CharField("ville selon la source", max_length=100, blank=True)
    code_insee = models.CharField("code INSEE selon la source", max_length=5, blank=True)
    code_departement = models.CharField("code du département selon la source", max_length=3, blank=True)
    commune = models.ForeignKey(
        Commune,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lieux",
        verbose_name="commune",
        db_index=False,
    )
    departement = models.ForeignKey(
        Departement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lieux",
        verbose_name="département",
        db_index=False,
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)

    objects = LieuQuerySet.as_manager()

    class Meta:
        verbose_name = "lieu"
        verbose_name_plural = "lieux"
        ordering = ["organisme", "ville", "pk"]
        indexes = [
            models.Index(fields=["commune"], name="lieu_par_commune"),
            models.Index(fields=["departement"], name="lieu_par_departement"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisme", "nom", "adresse", "code_postal", "ville"],
                name="lieu_unique_par_organisme",
            ),
            models.UniqueConstraint(fields=["uai"], condition=~Q(uai=""), name="lieu_uai_unique"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="coordonnees_plausibles",
            ),
        ]

    def __str__(self) -> str:
        return self.nom or f"{self.adresse} {self.code_postal} {self.ville}".strip()
