"""The dossier, made ready for its page: templates only loop over what this returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import formats

from guides.models import ChiffreDuDossier, Citation, Dossier, EtapeDeParcours, LienRoleMetier, Role, Tendance
from guides.textes import lignes, paragraphes

NON_RENSEIGNE = "non renseigné"


@dataclass(frozen=True)
class ChiffreAffiche:
    """A claim: `origine` is « selon « Baromètre 2024 » », `lu_dans` the source where the editors read it."""

    sujet: str
    valeur: str
    precision: str
    origine: str
    millesime: str
    lu_dans: str


@dataclass(frozen=True)
class SujetChiffre:
    """What several sources say of one thing, side by side; `divergent` when they are more than one."""

    titre: str
    chiffres: tuple[ChiffreAffiche, ...]

    @property
    def divergent(self) -> bool:
        return len(self.chiffres) > 1


@dataclass(frozen=True)
class LienAffiche:
    """A métier that the editors confirmed, and why."""

    libelle: str
    code_rome: str
    url: str
    raison: str


@dataclass(frozen=True)
class RoleAffiche:
    ancre: str
    titre: str
    accroche: str
    missions: tuple[str, ...]
    qualites: tuple[str, ...]
    remarque: tuple[str, ...]
    chiffres: tuple[ChiffreAffiche, ...]
    metiers: tuple[LienAffiche, ...]

    @property
    def est_un_nom(self) -> bool:
        """Whether the source gives a title and nothing else."""
        return not (self.accroche or self.missions or self.qualites or self.remarque or self.chiffres)


@dataclass(frozen=True)
class FamilleAffichee:
    ancre: str
    titre: str
    introduction: tuple[str, ...]
    roles: tuple[RoleAffiche, ...]


@dataclass(frozen=True)
class TendanceAffichee:
    titre: str
    introduction: tuple[str, ...]
    elements: tuple[str, ...]
    remarque: tuple[str, ...]


@dataclass(frozen=True)
class EtapeAffichee:
    """A step; `url` leads to its métier, else to its role on the page, else is empty."""

    libelle: str
    duree: str
    url: str
    metier: str


@dataclass(frozen=True)
class ParcoursAffiche:
    titre: str
    etapes: tuple[EtapeAffichee, ...]
    remarque: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class CitationAffichee:
    texte: str
    litterale: bool
    attribution: str
    a_verifier: bool


class PageDossier:
    """What the page shows; built on a dossier fetched with `for_detail()`."""

    def __init__(self, dossier: Dossier) -> None:
        self.dossier = dossier
        self.titre = dossier.titre
        self.introduction = paragraphes(dossier.introduction)
        self.competences_introduction = paragraphes(dossier.competences_introduction)
        self.avenir_introduction = paragraphes(dossier.avenir_introduction)
        self.conclusion = paragraphes(dossier.conclusion)
        self.laisse_de_cote = lignes(dossier.laisse_de_cote)

    @property
    def reperes(self) -> list[tuple[str, str]]:
        """What is known of the source itself, « non renseigné » for what it does not say."""
        d = self.dossier
        return [
            ("Source", d.source.nom),
            ("Rubrique", d.rubrique or NON_RENSEIGNE),
            ("Date", _date(d.date)),
            ("Auteur", d.auteur or NON_RENSEIGNE),
            ("Éditeur", d.editeur or d.source.producteur or NON_RENSEIGNE),
            ("Vérifié par la rédaction", _date(d.verifie_le)),
        ]

    @cached_property
    def sommaire(self) -> list[tuple[str, str]]:
        """(anchor, title) of each section that has something to say, in the order of the page."""
        sections: list[tuple[str, str, object]] = [
            ("introduction", "En bref", self.introduction),
            *((famille.ancre, famille.titre, True) for famille in self.familles),
            ("competences", "Les compétences évoluent", self.competences_introduction or self.competences),
            ("avenir", "Les perspectives", self.avenir_introduction or self.avenir),
            ("parcours", "Évoluer d'un poste à l'autre", self.parcours),
            ("chiffres", "Les chiffres cités", self.chiffres),
            ("conclusion", "Pour conclure", self.conclusion or self.citations),
            ("source", "Source", True),
        ]
        return [(ancre, titre) for ancre, titre, contenu in sections if contenu]

    @cached_property
    def familles(self) -> list[FamilleAffichee]:
        return [
            FamilleAffichee(
                f"famille-{famille.pk}",
                famille.titre,
                tuple(paragraphes(famille.introduction)),
                tuple(self._role(role) for role in famille.roles.all()),
            )
            for famille in self.dossier.familles.all()
        ]

    @property
    def competences(self) -> list[TendanceAffichee]:
        return self._tendances(Tendance.Volet.COMPETENCES)

    @property
    def avenir(self) -> list[TendanceAffichee]:
        return self._tendances(Tendance.Volet.AVENIR)

    @cached_property
    def parcours(self) -> list[ParcoursAffiche]:
        return [
            ParcoursAffiche(
                parcours.titre,
                tuple(_etape(etape) for etape in parcours.etapes.all()),
                tuple(paragraphes(parcours.remarque)),
                (parcours.source or self.dossier.source).nom,
            )
            for parcours in self.dossier.parcours.all()
        ]

    @cached_property
    def chiffres(self) -> list[SujetChiffre]:
        """Every figure of the dossier, by subject, in the order of the editors."""
        sujets: dict[str, list[ChiffreAffiche]] = {}
        for chiffre in self.dossier.chiffres.all():
            sujets.setdefault(chiffre.sujet, []).append(self._chiffre(chiffre))
        return [SujetChiffre(sujet, tuple(chiffres)) for sujet, chiffres in sujets.items()]

    @property
    def citations(self) -> list[CitationAffichee]:
        return [_citation(citation) for citation in self.dossier.citations.all()]

    def _role(self, role: Role) -> RoleAffiche:
        liens: list[LienRoleMetier] = getattr(role, "liens_affiches", [])
        return RoleAffiche(
            f"role-{role.pk}",
            role.titre,
            role.accroche,
            tuple(lignes(role.missions)),
            tuple(lignes(role.qualites)),
            tuple(paragraphes(role.remarque)),
            tuple(self._chiffre(c) for c in self.dossier.chiffres.all() if c.role_id == role.pk),
            tuple(
                LienAffiche(
                    lien.metier.libelle, lien.metier.code_rome, lien.metier.get_absolute_url(), lien.raison
                )
                for lien in liens
            ),
        )

    def _tendances(self, volet: str) -> list[TendanceAffichee]:
        return [
            TendanceAffichee(
                t.titre,
                tuple(paragraphes(t.introduction)),
                tuple(lignes(t.elements)),
                tuple(paragraphes(t.remarque)),
            )
            for t in self.dossier.tendances.all()
            if t.volet == volet
        ]

    def _chiffre(self, chiffre: ChiffreDuDossier) -> ChiffreAffiche:
        lu_dans = chiffre.source.nom
        if chiffre.source_id == self.dossier.source_id and self.dossier.date:
            lu_dans = f"{lu_dans} ({_date(self.dossier.date)})"
        return ChiffreAffiche(
            chiffre.sujet,
            chiffre.en_clair,
            chiffre.precision,
            chiffre.origine,
            chiffre.millesime_en_clair,
            lu_dans,
        )


def presenter(dossier: Dossier) -> PageDossier:
    return PageDossier(dossier)


def _etape(etape: EtapeDeParcours) -> EtapeAffichee:
    if etape.est_affichable and etape.metier:
        return EtapeAffichee(
            etape.libelle, etape.duree, etape.metier.get_absolute_url(), etape.metier.libelle
        )
    return EtapeAffichee(etape.libelle, etape.duree, f"#role-{etape.role_id}" if etape.role_id else "", "")


def _citation(citation: Citation) -> CitationAffichee:
    attribution = f"{citation.auteur}, {citation.qualite}" if citation.qualite else citation.auteur
    return CitationAffichee(citation.texte, citation.litterale, attribution, citation.a_verifier)


def _date(jour: date | None) -> str:
    return formats.date_format(jour, "j F Y") if jour else NON_RENSEIGNE
