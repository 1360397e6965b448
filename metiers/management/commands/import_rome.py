"""`manage.py import_rome CHEMIN`: load a version of ROME 4.0, from its CSV tables or its JSON fiches.

Both forms are official, and each brings what the other lacks: one updates what the other brought, and loses nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from catalogue.fichiers.refus import FichierRefuse
from catalogue.importing import REJETS_TOLERES, CommandeImport, Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers import mise_a_jour, models, sources
from metiers.completer import completer
from metiers.enjeux import ecrire_enjeux, rattacher_enjeux
from metiers.importers.rome import Rome
from metiers.importers.rome_json import lire_livraison
from metiers.models.competence import CoeurDeMetier

# Rows. Of a smaller table, an edition may well drop a large share on purpose.
GRANDE_TABLE = 1_000
THEMES_DES_METIERS: Any = models.Metier.themes.through
NAF_DES_METIERS: Any = models.Metier.secteurs_naf.through
COEURS = {"": "", "Principale": CoeurDeMetier.PRINCIPALE, "Émergente": CoeurDeMetier.EMERGENTE}


class Command(CommandeImport):
    help = (
        "Importe une version du ROME 4.0 (France Travail) : le zip officiel, en CSV ou en JSON, un dossier de ses tables, "
        "ou les seules fiches en JSON (unix_fiche_emploi_metier_v4NN.json)."
    )

    def importer(self, chemin: Path, rapport: Rapport) -> Iterable[VersionReferentiel]:
        self.rapport = rapport
        tables, fiches = lire_livraison(chemin, rapport.rejeter)
        for lu in (tables, fiches):
            if lu is not None:
                self._refuser_plus_ancienne(lu.version)
        if tables is not None:
            yield self._importer_version(tables)
        if fiches is not None:
            complet = completer(fiches, rapport.rejeter)
            yield self._importer_version(complet.rome, complet.enjeux)

    def _importer_version(self, rome: Rome, enjeux: Mapping[str, str] | None = None) -> VersionReferentiel:
        """Write one version, whole; `enjeux` are those that the JSON form gives."""
        rapport = self.rapport
        rapprochement = mise_a_jour.rapprocher_fiches(rome.fiches, rome.appellations)
        en_vigueur = sum(not connue.retiree for connue, _ in rapprochement.paires) + len(
            rapprochement.retirees
        )
        self.tolerer_retraits("fiches en vigueur", len(rapprochement.retirees), en_vigueur)
        self._refuser_incoherente(rome, rapport)
        self.edition = self._edition(rome)

        self._domaines(rome)
        bilan, self.pk_par_code = mise_a_jour.ecrire_fiches(rome.fiches, rapprochement, self.edition)
        rapport.noter("métiers", bilan)
        self._noter(
            "appellations", mise_a_jour.ecrire_appellations(rome.appellations, self.pk_par_code, self.edition)
        )
        mise_a_jour.suivre_les_metiers(rapprochement, self.edition, rapport)
        if enjeux is not None:
            mise_a_jour.oublier_l_ancien_metier(rapprochement)
        self._competences(rome)
        self._enjeux(enjeux)
        self._savoirs_et_contextes(rome)
        self._mobilites(rome)
        self._centres_interet(rome)
        self._secteurs(rome)
        self._themes_et_naf(rome)
        # Noted, for a new way of computing changes the pages as much as a new file does.
        rapport.noter("niveaux d'accès", Bilan(modifies=models.Metier.objects.publies().recalculer_acces()))
        return self.edition

    def _edition(self, rome: Rome) -> VersionReferentiel:
        """The edition of this version: one and the same for both forms, whether or not the file says its date."""
        editions = VersionReferentiel.objects.filter(source=sources.ROME["code"], version=rome.version)
        if rome.date_publication is None:
            datee = editions.exclude(publiee_le=None).order_by("-publiee_le").first()
            return datee or self.version(sources.ROME, rome.version, None)
        if not editions.exclude(publiee_le=None).exists():
            editions.update(publiee_le=rome.date_publication)
        return self.version(sources.ROME, rome.version, rome.date_publication)

    def _refuser_plus_ancienne(self, version: str) -> None:
        chargees = VersionReferentiel.objects.filter(source=sources.ROME["code"]).values_list(
            "version", flat=True
        )
        derniere = max((int(v) for v in chargees if v.isdigit()), default=0)
        if int(version) < derniere and not self.forcer:
            raise FichierRefuse(
                f"La version {version} du ROME est plus ancienne que la version {derniere}, déjà chargée. "
                "Si c'est bien voulu, relancez avec --forcer."
            )

    def _refuser_incoherente(self, rome: Rome, rapport: Rapport) -> None:
        """A table cut at the end of a line looks whole: what the other tables say of it tells."""
        lues = sum(len(table) for champ in rome.__slots__ if isinstance(table := getattr(rome, champ), list))
        rejetees = len(rapport.rejets)
        if rejetees > REJETS_TOLERES * lues and not self.forcer:
            raise FichierRefuse(
                f"{rejetees} de ses lignes ne peuvent pas être gardées, pour {lues} qui peuvent l'être : une de ses "
                f"tables est sans doute incomplète. La première : {' '.join(rapport.rejets[0])}. "
                "Si c'est bien voulu, relancez avec --forcer."
            )

    def _noter(self, objet: str, bilan: Bilan) -> None:
        """Add to the report; a large table that loses a large share of its rows was more likely cut."""
        en_place = bilan.modifies + bilan.inchanges + bilan.retires
        if en_place >= GRANDE_TABLE:
            self.tolerer_retraits(objet, bilan.retires, en_place)
        self.rapport.noter(objet, bilan)

    def _officiel(
        self, objet: str, modele: Any, lignes: Iterable[Mapping[str, Any]], cle: str, **perimetre: Any
    ) -> None:
        """A table of records with an identity: what the source no longer holds is withdrawn."""
        self._noter(
            objet,
            synchroniser(
                modele.objects.filter(**perimetre),
                self.progression(lignes, objet),
                cle=(cle,),
                absents=Absents.RETIRER,
                version=self.edition,
                rejeter=self.rapport.rejeter,
            ),
        )

    def _liens(
        self, objet: str, perimetre: QuerySet, lignes: Iterable[Mapping[str, Any]], cle: tuple[str, ...]
    ) -> None:
        """A table that links the fiches in force to something: it follows the source."""
        self._noter(
            objet,
            synchroniser(
                perimetre.filter(metier__retire_le__isnull=True),
                self.progression(lignes, objet),
                cle=cle,
                absents=Absents.EFFACER,
                rejeter=self.rapport.rejeter,
            ),
        )

    def _domaines(self, rome: Rome) -> None:
        self._officiel(
            "grands domaines",
            models.GrandDomaine,
            ({"code": g.code, "libelle": g.libelle} for g in rome.grands_domaines),
            "code",
        )
        self._officiel(
            "domaines",
            models.DomaineProfessionnel,
            (
                {"code": d.code, "libelle": d.libelle, "grand_domaine_id": d.grand_domaine}
                for d in rome.domaines
            ),
            "code",
        )

    def _competences(self, rome: Rome) -> None:
        objectifs = self._arborescence(rome)
        self._officiel(
            "compétences", models.Competence, self._lignes_competences(rome, objectifs), "code_ogr"
        )
        self._liens(
            "savoir-faire et savoir-être",
            models.CompetenceRequise.objects.all(),
            (
                {
                    "metier_id": self.pk_par_code[lien.code_rome],
                    "competence_id": lien.code_ogr,
                    "coeur_metier": COEURS[lien.coeur_metier],
                }
                for lien in rome.liens_competences
            ),
            ("metier_id", "competence_id"),
        )

    def _arborescence(self, rome: Rome) -> dict[str, str]:
        """The three upper levels; returns the objectif of each macro: what is known of it, without that table."""
        if rome.arborescence_competences is None:
            connus = models.Competence.objects.filter(objectif__isnull=False)
            return dict(connus.values_list("pk", "objectif_id"))
        lignes = rome.arborescence_competences
        domaines = {ligne.code_domaine: ligne.domaine for ligne in lignes}
        enjeux = {ligne.code_enjeu: (ligne.enjeu, ligne.code_domaine) for ligne in lignes}
        objectifs = {ligne.code_objectif: (ligne.objectif, ligne.code_enjeu) for ligne in lignes}
        self._officiel(
            "domaines de compétences",
            models.DomaineDeCompetences,
            ({"code": code, "libelle": libelle} for code, libelle in domaines.items()),
            "code",
        )
        # Those that the JSON form named, without a domaine, are not this table's to withdraw.
        self._officiel(
            "enjeux",
            models.Enjeu,
            ({"code": c, "libelle": libelle, "domaine_id": d} for c, (libelle, d) in enjeux.items()),
            "code",
            domaine__isnull=False,
        )
        self._officiel(
            "objectifs",
            models.Objectif,
            ({"code": c, "libelle": libelle, "enjeu_id": e} for c, (libelle, e) in objectifs.items()),
            "code",
        )
        return {ligne.code_ogr_macro: ligne.code_objectif for ligne in lignes}

    def _enjeux(self, enjeux: Mapping[str, str] | None) -> None:
        if enjeux:
            ecrits, ranges = ecrire_enjeux(enjeux, self.edition)
            self._noter("enjeux", ecrits)
            self._noter("savoir-faire rangés sous un enjeu", ranges)
        if partis := rattacher_enjeux():
            self._noter("enjeux", Bilan(retires=partis))

    def _lignes_competences(self, rome: Rome, objectifs: dict[str, str]) -> Iterator[dict[str, Any]]:
        for c in rome.competences:
            ligne = {
                "code_ogr": c.code_ogr,
                "libelle": c.libelle,
                "definition": c.definition,
                "est_macro": c.macro,
                "macro_id": c.code_ogr_macro or None,
                "categorie": c.categorie,
                "sous_categorie": c.sous_categorie,
                "transition_ecologique": c.transition_ecologique,
                "transition_numerique": c.transition_numerique,
                "objectif_id": objectifs.get(c.code_ogr) if c.macro else None,
            }
            # A table missing from the file says nothing: what an earlier edition brought stays.
            if rome.profils_de_macros:
                ligne |= {"riasec_majeur": c.riasec_majeur or "", "riasec_mineur": c.riasec_mineur or ""}
            yield ligne

    def _savoirs_et_contextes(self, rome: Rome) -> None:
        self._officiel("savoirs", models.Savoir, (s._asdict() for s in rome.savoirs), "code_ogr")
        self._liens(
            "savoirs des métiers",
            models.SavoirRequis.objects.all(),
            (
                {
                    "metier_id": self.pk_par_code[lien.code_rome],
                    "savoir_id": lien.code_ogr,
                    "coeur_metier": COEURS[lien.coeur_metier],
                }
                for lien in rome.liens_savoirs
            ),
            ("metier_id", "savoir_id"),
        )
        self._officiel(
            "contextes de travail",
            models.ContexteDeTravail,
            (c._asdict() for c in rome.contextes),
            "code_ogr",
        )
        self._liens(
            "contextes des métiers",
            models.ContexteDuMetier.objects.all(),
            (
                {"metier_id": self.pk_par_code[lien.code_rome], "contexte_id": lien.code_ogr}
                for lien in rome.liens_contextes
            ),
            ("metier_id", "contexte_id"),
        )

    def _mobilites(self, rome: Rome) -> None:
        self._liens(
            "mobilités",
            models.Mobilite.objects.all(),
            (
                {
                    "metier_id": self.pk_par_code[m.code_rome],
                    "cible_id": self.pk_par_code[m.code_rome_cible],
                    "ordre": m.ordre,
                }
                for m in rome.mobilites
            ),
            ("metier_id", "cible_id"),
        )

    def _centres_interet(self, rome: Rome) -> None:
        if rome.centres_interet is None:
            return
        self._officiel(
            "centres d'intérêt", models.CentreInteret, (c._asdict() for c in rome.centres_interet), "code"
        )
        self._liens(
            "centres d'intérêt des métiers",
            models.InteretDuMetier.objects.all(),
            (
                {
                    "metier_id": self.pk_par_code[lien.code_rome],
                    "centre_interet_id": lien.code,
                    "principal": lien.principal,
                }
                for lien in rome.liens_centres_interet or ()
            ),
            ("metier_id", "centre_interet_id"),
        )

    def _secteurs(self, rome: Rome) -> None:
        if rome.secteurs is None:
            return
        self._officiel("secteurs", models.Secteur, (s._asdict() for s in rome.secteurs), "code")
        self._officiel(
            "sous-secteurs",
            models.SousSecteur,
            (
                {"code": s.code, "libelle": s.libelle, "secteur_id": s.secteur}
                for s in rome.sous_secteurs or ()
            ),
            "code",
        )
        self._liens(
            "secteurs des métiers",
            models.SecteurDuMetier.objects.all(),
            (
                {
                    "metier_id": self.pk_par_code[lien.code_rome],
                    "secteur_id": lien.secteur,
                    "sous_secteur_id": lien.sous_secteur or None,
                    "principal": lien.principal,
                }
                for lien in rome.liens_secteurs or ()
            ),
            ("metier_id", "secteur_id", "sous_secteur_id"),
        )

    def _themes_et_naf(self, rome: Rome) -> None:
        if rome.themes is not None:
            self._officiel("thèmes", models.Theme, (t._asdict() for t in rome.themes), "code")
            self._liens(
                "thèmes des métiers",
                THEMES_DES_METIERS.objects.all(),
                (
                    {"metier_id": self.pk_par_code[lien.code_rome], "theme_id": lien.code}
                    for lien in rome.liens_themes or ()
                ),
                ("metier_id", "theme_id"),
            )
        if rome.secteurs_naf is not None:
            self._officiel(
                "secteurs NAF", models.SecteurNaf, (s._asdict() for s in rome.secteurs_naf), "code"
            )
            self._liens(
                "secteurs NAF des métiers",
                NAF_DES_METIERS.objects.all(),
                (
                    {"metier_id": self.pk_par_code[lien.code_rome], "secteurnaf_id": lien.code}
                    for lien in rome.liens_naf or ()
                ),
                ("metier_id", "secteurnaf_id"),
            )
