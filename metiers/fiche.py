"""The fiche métier, made ready for its page: templates only loop over what this returns."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import reverse

from catalogue.models import Source
from metiers.arbre import Branche, Groupe, Item, items, par, par_enjeu, par_macro, par_rangement
from metiers.autres_sources import METHODES, ExtraitsDUneSource, ProfilAffiche, extraits, profils
from metiers.facilite import Facilite, facilite
from metiers.faits import Fait, duree, faits_acces, salaire, tension
from metiers.hexagone import Hexagone, hexagone
from metiers.models import DimensionPsychometrique, FicheEditoriale, Metier, NatureIndicateur
from metiers.models.metier import Riasec
from metiers.scores.du_metier import ScoreAffiche, sans_doublons, scores
from metiers.scores.tension import NOM as NOM_TENSION

# The sub-category of `referentiel_savoir` under which the ROME files diplomas.
SAVOIRS_QUI_SONT_DES_DIPLOMES = "Certifications"
# Rank of an ended certification (`certifications.etat.Etat.rang`).
RANG_TERMINE = 2


class FicheMetier:
    """What the page shows; built on a métier fetched with `for_detail()`."""

    def __init__(self, metier: Metier) -> None:
        self.metier = metier
        self.editorial: FicheEditoriale | None = next(iter(metier.fiches_editoriales.all()), None)

    @property
    def titre(self) -> str:
        return self.editorial.intitule if self.editorial and self.editorial.intitule else self.metier.libelle

    @property
    def titre_officiel(self) -> str:
        """The official title, when the editors' replaces it; else empty."""
        return self.metier.libelle if self.titre != self.metier.libelle else ""

    @property
    def plus_large(self) -> list[tuple[str, str]]:
        """(words, address) of the lists that this métier is in."""
        domaine, liste = self.metier.domaine, reverse("metiers:liste")
        grand = domaine.grand_domaine
        return [
            (f"Tous les métiers du domaine « {domaine.libelle} »", f"{liste}?domaine={domaine.pk}"),
            (
                f"Toutes les appellations du domaine « {domaine.libelle} »",
                reverse("metiers:appellations", args=[domaine.pk]),
            ),
            (f"Tous les métiers du grand domaine « {grand.libelle} »", f"{liste}?domaine={grand.pk}"),
        ]

    @cached_property
    def acces(self) -> Facilite:
        savoir_faire = sum(not r.competence.est_savoir_etre for r in self.metier.competences_requises.all())
        return facilite(self.metier, self.editorial, self.fiches_onisep, savoir_faire)

    @property
    def faits(self) -> list[Fait]:
        """The quick facts of the head."""
        salaires = [
            i
            for _, groupe in self.indicateurs
            for i in groupe
            if i.nature.theme == NatureIndicateur.Theme.SALAIRE
        ]
        return [
            salaire(salaires),
            *self.faits_acces,
            tension(next(score for score in self.scores if score.nom == NOM_TENSION)),
            duree(self.acces, self.editorial),
        ]

    @cached_property
    def faits_acces(self) -> list[Fait]:
        return faits_acces(self.acces)

    @property
    def definition(self) -> list[str]:
        """The sentences of the ROME; they come one a line."""
        return _lignes(self.metier.definition)

    @property
    def acces_metier(self) -> list[str]:
        return _lignes(self.metier.acces_metier)

    @cached_property
    def appellations(self) -> list[str]:
        """Other titles, the principal one left out."""
        return [a.libelle for a in self.metier.appellations.all() if not a.principale and a.retire_le is None]

    @cached_property
    def savoir_faire(self) -> list[Groupe]:
        return par_macro(
            r for r in self.metier.competences_requises.all() if not r.competence.est_savoir_etre
        )

    @property
    def savoir_faire_par_enjeu(self) -> list[Branche]:
        return par_enjeu(self.savoir_faire)

    @cached_property
    def savoir_etre(self) -> tuple[Item, ...]:
        return items(
            [r for r in self.metier.competences_requises.all() if r.competence.est_savoir_etre], "competence"
        )

    @cached_property
    def savoirs(self) -> list[Groupe]:
        return par_rangement(self.metier.savoirs_requis.all())

    @property
    def savoirs_a_acquerir(self) -> list[Groupe]:
        """The savoirs, without the diplomas that the ROME files among them (T30)."""
        return [groupe for groupe in self.savoirs if groupe.titre != SAVOIRS_QUI_SONT_DES_DIPLOMES]

    @property
    def diplomes_cites(self) -> list[str]:
        return [
            item.libelle
            for groupe in self.savoirs
            if groupe.titre == SAVOIRS_QUI_SONT_DES_DIPLOMES
            for item in groupe.items
        ]

    @cached_property
    def extraits(self) -> dict[str, list[ExtraitsDUneSource]]:
        """What other sources list, by heading, each source apart."""
        return extraits(self.editorial) if self.editorial else {}

    @cached_property
    def contextes(self) -> list[tuple[str, list[str]]]:
        """Labels by type, in the order of the ROME's types."""
        contextes = [lien.contexte for lien in self.metier.contextes_du_metier.all()]
        return [(type_, [c.libelle for c in groupe]) for type_, groupe in par(contextes, lambda c: c.type)]

    @property
    def centres_interet(self) -> list[str]:
        return [lien.centre_interet.libelle for lien in self.metier.interets_du_metier.all()]

    @property
    def secteurs(self) -> list[str]:
        return [str(lien.sous_secteur or lien.secteur) for lien in self.metier.secteurs_du_metier.all()]

    @property
    def riasec_rome(self) -> list[tuple[str, str]]:
        """(« majeur », « Social »), (« mineur », « Conventionnel ») as far as the ROME says."""
        couples = (("majeur", self.metier.riasec_majeur), ("mineur", self.metier.riasec_mineur))
        return [(rang, Riasec(code).label) for rang, code in couples if code]

    @property
    def hexagone_rome(self) -> Hexagone:
        """Its major type first, its minor one second; the four others are not said."""
        types = (self.metier.riasec_majeur, self.metier.riasec_mineur)
        return hexagone({lettre: rang for rang, lettre in enumerate(types, start=1) if lettre})

    @property
    def methode_riasec(self) -> str:
        return METHODES[DimensionPsychometrique.Modele.RIASEC]

    @cached_property
    def profils(self) -> list[ProfilAffiche]:
        return profils(self.editorial) if self.editorial else []

    @cached_property
    def indicateurs(self) -> list[tuple[str, list[Any]]]:
        """Figures by theme, those of every source side by side."""
        saisis = self.editorial.indicateurs.all() if self.editorial else []
        tous: list[Any] = sans_doublons([*self.metier.indicateurs.all(), *saisis])
        themes = list(NatureIndicateur.Theme.values)
        tous.sort(key=lambda i: (themes.index(i.nature.theme), i.nature.ordre, i.nature.libelle))
        return [
            (groupe[0].nature.get_theme_display(), groupe)
            for _, groupe in par(tous, lambda i: i.nature.theme)
        ]

    @cached_property
    def scores(self) -> list[ScoreAffiche]:
        """Attractivité, tension, salaire, conditions, facilité d'accès: the portal's own, each with its reasons."""
        return scores(self.metier, [i for _, groupe in self.indicateurs for i in groupe], self.acces.score)

    @property
    def indicateurs_hors_scores(self) -> list[tuple[str, list[Any]]]:
        """The figures that no score shows beside itself."""
        montres = {id(i) for score in self.scores for i in score.selon_les_sources}
        restants = (
            (theme, [i for i in groupe if id(i) not in montres]) for theme, groupe in self.indicateurs
        )
        return [(theme, groupe) for theme, groupe in restants if groupe]

    @cached_property
    def certifications(self) -> list[Any]:
        """Links to certifications, the parent's marked as inherited, active ones first (see `certifications`)."""
        return self.metier.debouches.model.objects.menant_a(self.metier)

    @property
    def certifications_ouvertes(self) -> list[Any]:
        """Those one may register for, and those whose state nobody knows."""
        return [lien for lien in self.certifications if lien.certification.etat().rang < RANG_TERMINE]

    @property
    def certifications_terminees(self) -> list[Any]:
        return [lien for lien in self.certifications if lien.certification.etat().rang >= RANG_TERMINE]

    @cached_property
    def formations(self) -> Any:
        """The first formations linked to the métier, and how many there are (see `formations`)."""
        return self.metier.liens_formations.for_metier(self.metier.code_rome)

    @cached_property
    def roles(self) -> list[Any]:
        """Links, confirmed by the editors, from the roles of dossiers (see `guides`)."""
        return list(self.metier.liens_roles.for_metier())

    @property
    def points_cles(self) -> list[str]:
        return _lignes(self.editorial.reconversion_points_cles) if self.editorial else []

    @property
    def freins(self) -> list[str]:
        return _lignes(self.editorial.reconversion_freins) if self.editorial else []

    @property
    def fiches_onisep(self) -> list[Any]:
        return [lien.fiche for lien in self.metier.liens_onisep.all() if not lien.fiche.est_retire]

    @property
    def sources_des_chiffres(self) -> list[Source]:
        """The sources of the figures shown, each once."""
        sources = {i.source_id: i.source for _, groupe in self.indicateurs for i in groupe}
        return sorted(sources.values(), key=str)

    @property
    def mobilites(self) -> list[Metier]:
        return [m.cible for m in self.metier.mobilites.all()]

    @property
    def fratrie(self) -> list[Metier]:
        """Métiers of the same family: those that share the parent, the parent itself apart."""
        return list(self.metier.enfants.all())

    @property
    def drapeaux(self) -> list[tuple[str, str]]:
        """What the ROME flags, its three states said in words."""
        m = self.metier
        return [
            ("Transition écologique", m.transition_ecologique or "Non renseigné"),
            ("Transition numérique", _trois_etats(m.transition_numerique)),
            ("Transition démographique", _trois_etats(m.transition_demographique)),
            ("Emploi réglementé", _trois_etats(m.emploi_reglemente)),
            ("Emploi cadre", _trois_etats(m.emploi_cadre)),
        ]


def presenter(metier: Metier) -> FicheMetier:
    return FicheMetier(metier)


def _lignes(texte: str) -> list[str]:
    return [ligne for ligne in texte.splitlines() if ligne.strip()]


def _trois_etats(drapeau: bool | None) -> str:
    return {True: "Oui", False: "Non", None: "Non renseigné"}[drapeau]
