"""Write the référentiels of a version of the ROME, and what links the métiers to them: everything but fiches and appellations.

What the version read does not speak of is None there, and stays as it is here. Runs inside the transaction of `import_rome`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from catalogue.fichiers.refus import Rejet
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers import models
from metiers.enjeux import ecrire_enjeux, rattacher_enjeux
from metiers.importers.rome import Rome, records
from metiers.models.competence import CoeurDeMetier

T = TypeVar("T")
COEURS = {"": "", "Principale": CoeurDeMetier.PRINCIPALE.value, "Émergente": CoeurDeMetier.EMERGENTE.value}
THEMES_DES_METIERS: Any = models.Metier.themes.through
NAF_DES_METIERS: Any = models.Metier.secteurs_naf.through


class Referentiels:
    """Those of one version. Rows are tuples, in the order of the columns named with them; the first one is the key.

    `noter` adds to the report of the import and may refuse the file; `suivre` shows how far a long table is.
    """

    def __init__(
        self,
        rome: Rome,
        edition: VersionReferentiel,
        *,
        noter: Callable[[str, Bilan], None],
        rejeter: Callable[[Rejet], None],
        suivre: Callable[[Iterable[tuple], str], Iterable[tuple]],
    ):
        self._rome = rome
        self._edition = edition
        self._noter = noter
        self._rejeter = rejeter
        self._suivre = suivre

    def ecrire_domaines(self) -> None:
        """Before the fiches, which are in them."""
        self._officiels(
            "grands domaines",
            models.GrandDomaine,
            self._rome.grands_domaines,
            records.GrandDomaine._fields,
        )
        self._officiels(
            "domaines",
            models.DomaineProfessionnel,
            self._rome.domaines,
            ("code", "libelle", "grand_domaine_id"),
        )

    def ecrire(self, metiers: Mapping[str, int], enjeux: Mapping[str, str] | None) -> None:
        """Once the fiches are written: `metiers` gives the primary key of each code, `enjeux` what the JSON form says."""
        self._metiers = metiers
        self._competences()
        self._enjeux(enjeux)
        self._savoirs_et_contextes()
        self._mobilites()
        self._centres_interet()
        self._secteurs()
        self._themes_et_naf()

    def _officiels(
        self,
        objet: str,
        modele: type[Model],
        lignes: Iterable[tuple],
        champs: Sequence[str],
        **perimetre: Any,
    ) -> None:
        """A table of records with an identity: what the source no longer holds is withdrawn."""
        bilan = synchroniser(
            modele._default_manager.filter(**perimetre),
            self._suivre(lignes, objet),
            cle=champs[:1],
            champs=champs[1:],
            absents=Absents.RETIRER,
            version=self._edition,
            rejeter=self._rejeter,
        )
        self._noter(objet, bilan)

    def _liens(
        self,
        objet: str,
        modele: type[Model],
        lignes: Iterable[tuple],
        cle: Sequence[str],
        champs: Sequence[str] = (),
    ) -> None:
        """A table that links the fiches in force to something: it follows the source. Lines begin with the code ROME."""
        perimetre: QuerySet = modele._default_manager.filter(metier__retire_le__isnull=True)
        bilan = synchroniser(
            perimetre,
            self._suivre(((self._metiers[ligne[0]], *ligne[1:]) for ligne in lignes), objet),
            cle=("metier_id", *cle),
            champs=champs,
            absents=Absents.EFFACER,
            rejeter=self._rejeter,
        )
        self._noter(objet, bilan)

    def _competences(self) -> None:
        objectifs = self._arborescence()
        champs = [*records.Competence._fields[:-2], "objectif_id"]
        champs[champs.index("macro")] = "est_macro"
        champs[champs.index("code_ogr_macro")] = "macro_id"
        # A table missing from the file says nothing: what an earlier edition brought stays.
        if self._rome.profils_de_macros:
            champs += ["riasec_majeur", "riasec_mineur"]
        self._officiels(
            "compétences", models.Competence, self._lignes_de_competences(objectifs, len(champs)), champs
        )
        self._liens(
            "savoir-faire et savoir-être",
            models.CompetenceRequise,
            _avec_coeur(self._rome.liens_competences),
            ("competence_id",),
            ("coeur_metier",),
        )

    def _lignes_de_competences(self, objectifs: Mapping[str, str], largeur: int) -> Iterator[tuple]:
        for c in self._rome.competences:
            propres = c._replace(code_ogr_macro=c.code_ogr_macro or None)[:-2]  # type: ignore[arg-type]
            objectif = objectifs.get(c.code_ogr) if c.macro else None
            yield (*propres, objectif, c.riasec_majeur or "", c.riasec_mineur or "")[:largeur]

    def _arborescence(self) -> dict[str, str]:
        """The three upper levels; returns the objectif of each macro: what is known of it, without that table."""
        lignes = self._rome.arborescence_competences
        if lignes is None:
            connus = models.Competence.objects.filter(objectif__isnull=False)
            return dict(connus.values_list("pk", "objectif_id"))
        domaines = {ligne.code_domaine: ligne.domaine for ligne in lignes}
        enjeux = {ligne.code_enjeu: (ligne.enjeu, ligne.code_domaine) for ligne in lignes}
        objectifs = {ligne.code_objectif: (ligne.objectif, ligne.code_enjeu) for ligne in lignes}
        self._officiels(
            "domaines de compétences", models.DomaineDeCompetences, domaines.items(), ("code", "libelle")
        )
        # Those that the JSON form named, without a domaine, are not this table's to withdraw.
        self._officiels(
            "enjeux",
            models.Enjeu,
            ((code, *valeurs) for code, valeurs in enjeux.items()),
            ("code", "libelle", "domaine_id"),
            domaine__isnull=False,
        )
        self._officiels(
            "objectifs",
            models.Objectif,
            ((code, *valeurs) for code, valeurs in objectifs.items()),
            ("code", "libelle", "enjeu_id"),
        )
        return {ligne.code_ogr_macro: ligne.code_objectif for ligne in lignes}

    def _enjeux(self, enjeux: Mapping[str, str] | None) -> None:
        if enjeux:
            ecrits, ranges = ecrire_enjeux(enjeux, self._edition)
            self._noter("enjeux", ecrits)
            self._noter("savoir-faire rangés sous un enjeu", ranges)
        if partis := rattacher_enjeux():
            self._noter("enjeux", Bilan(retires=partis))

    def _savoirs_et_contextes(self) -> None:
        self._officiels("savoirs", models.Savoir, self._rome.savoirs, records.Savoir._fields)
        self._liens(
            "savoirs des métiers",
            models.SavoirRequis,
            _avec_coeur(self._rome.liens_savoirs),
            ("savoir_id",),
            ("coeur_metier",),
        )
        self._officiels(
            "contextes de travail",
            models.ContexteDeTravail,
            self._rome.contextes,
            records.Contexte._fields,
        )
        self._liens(
            "contextes des métiers", models.ContexteDuMetier, self._rome.liens_contextes, ("contexte_id",)
        )

    def _mobilites(self) -> None:
        lignes = ((m.code_rome, self._metiers[m.code_rome_cible], m.ordre) for m in self._rome.mobilites)
        self._liens("mobilités", models.Mobilite, lignes, ("cible_id",), ("ordre",))

    def _centres_interet(self) -> None:
        if self._rome.centres_interet is None:
            return
        self._officiels(
            "centres d'intérêt",
            models.CentreInteret,
            self._rome.centres_interet,
            records.CentreInteret._fields,
        )
        self._liens(
            "centres d'intérêt des métiers",
            models.InteretDuMetier,
            self._rome.liens_centres_interet or (),
            ("centre_interet_id",),
            ("principal",),
        )

    def _secteurs(self) -> None:
        if self._rome.secteurs is None:
            return
        self._officiels("secteurs", models.Secteur, self._rome.secteurs, records.Secteur._fields)
        self._officiels(
            "sous-secteurs",
            models.SousSecteur,
            self._rome.sous_secteurs or (),
            ("code", "libelle", "secteur_id"),
        )
        self._liens(
            "secteurs des métiers",
            models.SecteurDuMetier,
            (
                lien._replace(sous_secteur=lien.sous_secteur or None)  # type: ignore[arg-type]
                for lien in self._rome.liens_secteurs or ()
            ),
            ("secteur_id", "sous_secteur_id"),
            ("principal",),
        )

    def _themes_et_naf(self) -> None:
        if self._rome.themes is not None:
            self._officiels("thèmes", models.Theme, self._rome.themes, records.Theme._fields)
            self._liens(
                "thèmes des métiers", THEMES_DES_METIERS, self._rome.liens_themes or (), ("theme_id",)
            )
        if self._rome.secteurs_naf is not None:
            self._officiels(
                "secteurs NAF", models.SecteurNaf, self._rome.secteurs_naf, records.SecteurNaf._fields
            )
            self._liens(
                "secteurs NAF des métiers", NAF_DES_METIERS, self._rome.liens_naf or (), ("secteurnaf_id",)
            )


def _avec_coeur(
    liens: Iterable[records.LienCompetence] | Iterable[records.LienSavoir],
) -> Iterator[tuple[str, str, str]]:
    for code_rome, code_ogr, coeur in liens:
        yield code_rome, code_ogr, COEURS[coeur]
