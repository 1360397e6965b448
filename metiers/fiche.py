"""The fiche métier, made ready for its page: templates only loop over what this returns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from catalogue import niveaux
from catalogue.models import Source
from metiers.facilite import Facilite, facilite
from metiers.models import Competence, FicheEditoriale, Metier, NatureIndicateur, OrigineDuNiveau
from metiers.models.competence import CoeurDeMetier
from metiers.models.metier import Riasec
from metiers.models.profil import DimensionPsychometrique

# The sub-category of `referentiel_savoir` under which the ROME files diplomas.
SAVOIRS_QUI_SONT_DES_DIPLOMES = "Certifications"
# Rank of an ended certification (`certifications.etat.Etat.rang`).
RANG_TERMINE = 2


@dataclass(frozen=True)
class Fait:
    """A quick fact of the head: a label, words before the figure, and where it comes from."""

    libelle: str
    valeur: str
    precision: str = ""
    renseigne: bool = True


@dataclass(frozen=True)
class Item:
    """A compétence or a savoir in its list."""

    libelle: str
    coeur: str


@dataclass(frozen=True)
class Groupe:
    """Items under a heading; `chemin` is the path above it, outermost first."""

    titre: str
    items: tuple[Item, ...]
    chemin: tuple[str, ...] = ()

    @property
    def nombre_coeur(self) -> int:
        return sum(item.coeur == CoeurDeMetier.PRINCIPALE.label for item in self.items)

    @property
    def coeur_du_titre(self) -> str:
        """What is said of the heading when it is itself required (a macro-compétence in its own group)."""
        return next((item.coeur for item in self.items if item.libelle == self.titre), "")

    @property
    def sous_items(self) -> list[Item]:
        """The items but the heading: it is not to be read twice."""
        return [item for item in self.items if item.libelle != self.titre]


@dataclass(frozen=True)
class ProfilAffiche:
    """The ranks one source gives in one psychometric model, and the dimensions it leaves out."""

    modele: str
    source: str
    traits: tuple[Any, ...]
    absentes: tuple[str, ...]


@dataclass(frozen=True)
class ExtraitsDUneSource:
    """The labels one source gives under one heading, by its own filing: (path, labels)."""

    source: str
    rangements: tuple[tuple[str, tuple[str, ...]], ...]


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

    @cached_property
    def acces(self) -> Facilite:
        savoir_faire = sum(not r.competence.est_savoir_etre for r in self.metier.competences_requises.all())
        return facilite(self.metier, self.editorial, self.fiches_onisep, savoir_faire)

    @property
    def faits(self) -> list[Fait]:
        """The quick facts of the head, said in words, « non renseigné » when unknown."""
        return [*self.faits_acces, self._duree, self._salaire]

    @property
    def _duree(self) -> Fait:
        mois = self.acces.duree_formation_mois
        if not mois:
            return Fait("Durée de formation", "Non renseigné", renseigne=False)
        annees, reste = divmod(mois, 12)
        valeur = f"{mois} mois" if reste or annees < 2 else f"{annees} ans"
        par_la_redaction = self.editorial and self.editorial.duree_formation_mois
        return Fait(
            "Durée de formation",
            valeur,
            "Durée typique retenue par la rédaction."
            if par_la_redaction
            else "Durée lue dans le texte du ROME.",
        )

    @property
    def _salaire(self) -> Fait:
        """First to ninth décile when one source gives both, else a median or a starting pay; never a mix of sources."""
        salaires = [i for theme, groupe in self.indicateurs if theme == "Salaire" for i in groupe]
        par_source: dict[str, dict[str, Any]] = {}
        for indicateur in salaires:
            par_source.setdefault(indicateur.source_id, {}).setdefault(indicateur.nature_id, indicateur)
        for lus in par_source.values():
            bas, haut = lus.get("salaire-p10"), lus.get("salaire-p90")
            if bas and haut:
                debut = (
                    bas.en_clair.removesuffix(bas.unite).strip() if bas.unite == haut.unite else bas.en_clair
                )
                precision = f"Huit personnes sur dix gagnent entre ces montants. {_origine(bas)}"
                return Fait("Salaire", f"De {debut} à {haut.en_clair}", precision)
        for indicateur in salaires:
            return Fait(indicateur.nature.libelle, indicateur.en_clair, _origine(indicateur))
        return Fait("Salaire", "Non renseigné", renseigne=False)

    @cached_property
    def faits_acces(self) -> list[Fait]:
        """Niveau, facilité d'accès, expérience."""
        acces = self.acces
        origine = OrigineDuNiveau(acces.origine).label if acces.origine else ""
        faits = [
            Fait(
                "Niveau d'études pour y accéder",
                niveaux.libelle(acces.niveau),
                f"Niveau {origine}." if origine else "",
                acces.niveau is not None,
            )
        ]
        if acces.score:
            phrase = acces.score.bande.phrase
            faits.append(
                Fait(
                    "Facilité d'accès",
                    phrase[0].upper() + phrase[1:],
                    f"{str(acces.score.valeur).replace('.', ',')} sur 10, où 10 est le plus facile d'accès.",
                )
            )
        else:
            faits.append(Fait("Facilité d'accès", "Non renseigné", "Trop peu d'éléments connus.", False))
        faits.append(
            Fait("Expérience", acces.experience.libelle)
            if acces.experience
            else Fait("Expérience", "Non renseigné", renseigne=False)
        )
        return faits

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
        """By macro-compétence; groups that hold cœur de métier first, then by title."""
        requises: list[Any] = [
            r for r in self.metier.competences_requises.all() if not r.competence.est_savoir_etre
        ]

        def macro(requise: Any) -> Competence | None:
            return requise.competence if requise.competence.est_macro else requise.competence.macro

        def titre_du_groupe(requise: Any) -> str:
            au_dessus = macro(requise)
            return au_dessus.libelle if au_dessus else "Autres savoir-faire"

        requises.sort(key=lambda r: (titre_du_groupe(r), r.rang_coeur))
        groupes = [
            Groupe(titre, _items(lignes, "competence"), _chemin(macro(lignes[0])))
            for titre, lignes in _par(requises, titre_du_groupe)
        ]
        return sorted(groupes, key=lambda g: (-bool(g.nombre_coeur), g.titre))

    @cached_property
    def savoir_etre(self) -> tuple[Item, ...]:
        return _items(
            [r for r in self.metier.competences_requises.all() if r.competence.est_savoir_etre], "competence"
        )

    @cached_property
    def savoirs(self) -> list[Groupe]:
        """By official category, or the editors' when they filed it elsewhere."""
        requis: list[Any] = list(self.metier.savoirs_requis.all())
        requis.sort(key=lambda r: (r.savoir.rangement, r.rang_coeur))
        return [
            Groupe(titre, _items(lignes, "savoir"))
            for titre, lignes in _par(requis, lambda r: r.savoir.rangement)
        ]

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
        """What other sources list, by heading (a `ExtraitDeSource.Rubrique` value), each source apart."""
        extraits = list(self.editorial.extraits.all()) if self.editorial else []
        sources = Source.objects.in_bulk({extrait.source_id for extrait in extraits}) if extraits else {}
        parts: dict[str, dict[str, dict[str, list[str]]]] = {}
        for e in extraits:
            par_source = parts.setdefault(e.rubrique, {}).setdefault(e.source_id, {})
            par_source.setdefault(e.chemin, []).append(e.libelle)
        return {
            rubrique: [
                ExtraitsDUneSource(
                    _nom(sources[code]),
                    tuple((chemin, tuple(libelles)) for chemin, libelles in rangements.items()),
                )
                for code, rangements in par_source.items()
            ]
            for rubrique, par_source in parts.items()
        }

    @cached_property
    def contextes(self) -> list[tuple[str, list[str]]]:
        """Labels by type, in the order of the ROME's types."""
        contextes = [lien.contexte for lien in self.metier.contextes_du_metier.all()]
        return [
            (type_, [c.libelle for c in groupe]) for type_, groupe in groupby(contextes, key=lambda c: c.type)
        ]

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

    @cached_property
    def profils(self) -> list[ProfilAffiche]:
        if not self.editorial:
            return []
        modeles = list(DimensionPsychometrique.Modele.values)
        traits = sorted(
            self.editorial.traits.all(),
            key=lambda t: (modeles.index(t.dimension.modele), t.source_id, t.rang),
        )
        toutes: dict[str, list[str]] = {}
        for dimension in DimensionPsychometrique.objects.all():
            toutes.setdefault(dimension.modele, []).append(dimension.libelle)
        profils = []
        for (modele, _), groupe in _par(traits, lambda t: (t.dimension.modele, t.source_id)):
            vues = {t.dimension.libelle for t in groupe}
            profils.append(
                ProfilAffiche(
                    DimensionPsychometrique.Modele(modele).label,
                    _nom(groupe[0].source),
                    tuple(groupe),
                    tuple(d for d in toutes[modele] if d not in vues),
                )
            )
        return profils

    @cached_property
    def indicateurs(self) -> list[tuple[str, list[Any]]]:
        """Figures by theme, those of every source side by side."""
        saisis = self.editorial.indicateurs.all() if self.editorial else []
        tous: list[Any] = [*self.metier.indicateurs.all(), *saisis]
        themes = list(NatureIndicateur.Theme.values)
        tous.sort(key=lambda i: (themes.index(i.nature.theme), i.nature.ordre, i.nature.libelle))
        return [
            (groupe[0].nature.get_theme_display(), groupe)
            for _, groupe in _par(tous, lambda i: i.nature.theme)
        ]

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
    def formations(self) -> list[Any]:
        return self.metier.liens_formations.for_metier()

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


def _par(lignes: Iterable[Any], cle: Callable[[Any], Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Consecutive lines under the same key; the lines must come sorted by it."""
    return ((valeur, list(groupe)) for valeur, groupe in groupby(lignes, key=cle))


def _items(lignes: Iterable[Any], attribut: str) -> tuple[Item, ...]:
    return tuple(Item(getattr(ligne, attribut).libelle, ligne.get_coeur_metier_display()) for ligne in lignes)


def _chemin(macro: Competence | None) -> tuple[str, ...]:
    """Domaine › enjeu › objectif above a macro-compétence, as far as the ROME's tables say."""
    if macro is None or macro.objectif is None:
        return ()
    return (macro.objectif.enjeu.domaine.libelle, macro.objectif.enjeu.libelle, macro.objectif.libelle)


def _lignes(texte: str) -> list[str]:
    return [ligne for ligne in texte.splitlines() if ligne.strip()]


def _nom(source: Source) -> str:
    """Who says so, in a word: a heading has no room for the title of the work."""
    return source.producteur or source.nom


def _origine(indicateur: Any) -> str:
    return f"Selon {_nom(indicateur.source)}, {indicateur.millesime_en_clair}."


def _trois_etats(drapeau: bool | None) -> str:
    return {True: "Oui", False: "Non", None: "Non renseigné"}[drapeau]
