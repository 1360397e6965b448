"""What the page of results shows, ready: kinds, counts, cards, the words as they were understood, what to try."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Count, Q
from django.http import Http404
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.functional import cached_property

from catalogue.recherche.moteur import Resultats, Trouvaille, chercher, chercher_par_genre, compter, ecriture
from catalogue.recherche.mots import MOTS_VIDES, mots_ecrits, racine, sans_accents
from catalogue.recherche.repertoire import repertoire
from catalogue.recherche.requete import Requete
from certifications.models import Certification
from formations.models import Formation
from formations.retenues import compter_sessions
from guides.models import Dossier, Terme
from metiers.models import DomaineProfessionnel, GrandDomaine, Metier

GENRES = {
    "metier": "Métiers",
    "domaine": "Domaines",
    "certification": "Certifications",
    "formation": "Formations",
    "guide": "Dossiers",
    "terme": "Mots du glossaire",
    "organisme": "Organismes",
}
LISTES = {
    "metier": "metiers:liste",
    "certification": "certifications:liste",
    "formation": "formations:liste",
}
"""The kinds that have a list with facets."""
PAR_GENRE = 5
PAR_PAGE = 30
PLUS_LARGES = 3
MOTS_A_RETIRER = 6


@dataclass
class Resultat:
    """A card: `fiche` is the record, when its kind has a card of its own."""

    trouvaille: Trouvaille
    fiche: Any = None
    texte: str = ""

    @property
    def raison(self) -> str:
        """The other title that matched."""
        nom = self.trouvaille.appellation
        return _sans_coupure(f"Trouvé sous le nom « {nom} »") if nom else ""


@dataclass
class Section:
    """What was found of one kind."""

    genre: str
    titre: str
    total: int
    resultats: list[Resultat]
    url: str
    """All of them, on numbered pages."""

    @property
    def reste(self) -> int:
        return self.total - len(self.resultats)


@dataclass(frozen=True)
class Proposition:
    """Another search, and how many things it would find."""

    libelle: str
    url: str
    nombre: int


@dataclass
class PageDeResultats:
    """The search of a visitor: all kinds, or one (`genre`) with its pages."""

    texte: str
    resultats: Resultats
    sections: list[Section]
    genre: str = ""
    page: Page | None = None

    @property
    def requete(self) -> Requete:
        return self.resultats.requete

    @property
    def total(self) -> int:
        return sum(self.resultats.par_genre.values())

    @property
    def compte(self) -> str:
        """« 1 résultat », « 3 000 résultats »."""
        return f"{intcomma(self.total)} résultat{pluralize(self.total)}"

    @property
    def onglets(self) -> list[tuple[str, str, int, bool]]:
        """(title, address, count, whether it is the one shown) of each kind, « tout » first."""
        return [
            ("Tout", adresse(self.texte), self.total, not self.genre),
            *(
                (GENRES[genre], adresse(self.texte, genre=genre), nombre, genre == self.genre)
                for genre, nombre in self.resultats.par_genre.items()
            ),
        ]

    @property
    def liste_entiere(self) -> str:
        """Where the same formations are with what tells them apart, the facets of their list."""
        trouvees = self.resultats.par_genre.get("formation") and not self.resultats.elargie
        if self.genre != "formation" or not trouvees:
            return ""
        return f"{reverse('formations:liste')}?{urlencode({'q': self.texte})}"

    @property
    def niveau(self) -> tuple[str, str] | None:
        """(« bac pro : niveau 4 (bac) », the search without it); None when what is shown is of any niveau."""
        diplome = self.requete.diplome
        if diplome is None or diplome.niveau is None or self.resultats.elargie:
            return None
        libelle = diplome.niveau.libelle
        mots = f"{diplome.texte} : {libelle[0].lower()}{libelle[1:]}" if diplome.niveau else libelle
        return mots, adresse(self.requete.reste)

    @cached_property
    def compris(self) -> list[str]:
        """What was looked for besides the words typed, in sentences."""
        phrases = []
        for mot, proches in self.requete.corrections.items():
            noms = [nom for proche in proches if (nom := self._ecrit(proche))]
            suite = (
                f" : nous avons cherché « {' », « '.join(noms)} »"
                if noms
                else " : nous avons cherché les mots proches"
            )
            phrases.append(f"« {mot} » n'est dans aucun titre{suite}.")
        # A code among the equivalents names a fiche: it says nothing to visitors.
        equivalents = [e for e in self.requete.synonymes if not re.fullmatch(r"[A-N]\d{4}", e.texte)]
        autres = [e.texte for e in equivalents if sans_accents(e.texte) != sans_accents(e.expression)]
        if autres:
            aussi = "" if self.requete.seulement_synonymes else "aussi "
            liste = " », « ".join(autres)
            phrases.append(f"« {equivalents[0].expression} » : nous avons {aussi}cherché « {liste} ».")
        return list(map(_sans_coupure, phrases))

    def _ecrit(self, mot: str) -> str:
        """A comparable word as a title found here writes it."""
        for trouvaille in self.resultats.trouvailles:
            for ecrit in re.findall(r"\w+", trouvaille.appellation or trouvaille.titre):
                if racine(sans_accents(ecrit)) == mot:
                    return ecrit.lower()
        return ""

    @cached_property
    def plus_large(self) -> list[Proposition]:
        """The whole domaines of the first métiers found."""
        codes = [r.trouvaille.cle[:3] for s in self.sections if s.genre == "metier" for r in s.resultats]
        voulus = list(dict.fromkeys(codes))[:PLUS_LARGES]
        domaines = (
            DomaineProfessionnel.objects.publies()
            .filter(pk__in=voulus)
            .annotate(nb_metiers=Count("metiers", filter=Q(metiers__retire_le__isnull=True)))
        )
        par_code = {domaine.code: domaine for domaine in domaines}
        return [
            Proposition(
                d.libelle, f"{reverse('metiers:liste')}?{urlencode({'domaine': d.code})}", d.nb_metiers
            )
            for code in voulus
            if (d := par_code.get(code))
        ]

    @property
    def listes_du_niveau(self) -> list[tuple[str, str]]:
        """(kind, address) of the lists at the niveau asked for when nothing else is: a title says little of « sans diplôme »."""
        diplome = self.requete.diplome
        if diplome is None or diplome.niveau is None or self.requete.lectures or self.genre:
            return []
        niveau = urlencode({"niveau": diplome.niveau.value})
        return [
            (GENRES[genre].lower(), f"{reverse(liste)}?{niveau}")
            for genre, liste in LISTES.items()
            if self.resultats.par_genre.get(genre)
        ]

    @cached_property
    def mots_proches(self) -> list[Proposition]:
        """When nothing is found: known words that look like one nobody knows, too short or too far to be taken for it."""
        if self.total:
            return []
        connus = repertoire().vocabulaire
        ecrits = {racine(ecrit): ecrit for ecrit in mots_ecrits(self.texte)}
        essais: dict[str, int] = {}
        for mot in self.requete.mots:
            if mot in ecrits and mot not in connus.frequences and not connus.commence(mot):
                for proche in connus.ressemblants(mot):
                    if ecrit := ecriture(proche):
                        essai = sans_accents(self.texte).replace(ecrits[mot], ecrit)
                        essais.setdefault(essai, compter(essai))
        return [Proposition(essai, adresse(essai), nombre) for essai, nombre in essais.items() if nombre]

    @cached_property
    def moins_de_mots(self) -> list[Proposition]:
        """When not all the words are found together: the search without one of them, and what it would give."""
        if self.total and not self.resultats.elargie:
            return []
        essais = [self.requete.reste] if self.requete.niveau is not None and self.requete.reste else []
        mots = self.texte.split()
        diplome = self.requete.diplome.texte.split() if self.requete.diplome else []
        sans_objet = MOTS_VIDES | set(diplome)
        utiles = [rang for rang, mot in enumerate(mots) if not set(mots_ecrits(mot)) <= sans_objet]
        if len(utiles) + bool(diplome) > 1:
            essais += [" ".join(mots[:rang] + mots[rang + 1 :]) for rang in utiles[:MOTS_A_RETIRER]]
        comptes = ((essai, compter(essai)) for essai in dict.fromkeys(essais))
        return [Proposition(essai, adresse(essai), nombre) for essai, nombre in comptes if nombre]


def presenter(texte: str, genre: str = "", numero: str = "1") -> PageDeResultats:
    """All kinds when `genre` is empty, else one page of that kind; Http404 on a page that does not exist."""
    if not genre:
        resultats = chercher_par_genre(texte, par_genre=PAR_GENRE)
        return PageDeResultats(texte, resultats, list(_sections(texte, resultats)))
    resultats = chercher(texte, [genre], limite=0)
    try:
        page = Paginator(range(resultats.par_genre.get(genre, 0)), PAR_PAGE).page(numero)
    except InvalidPage as erreur:
        raise Http404(f"La page « {numero[:20]} » de cette recherche n'existe pas.") from erreur
    resultats = chercher(texte, [genre], limite=PAR_PAGE, depuis=(page.number - 1) * PAR_PAGE)
    sections = list(_sections(texte, resultats))
    return PageDeResultats(texte, resultats, sections, genre, page)


def _sans_coupure(phrase: str) -> str:
    """Quotation marks stay on the line of what they quote."""
    return phrase.replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»")


def adresse(texte: str, **parametres: str) -> str:
    return f"{reverse('recherche')}?{urlencode({'q': texte, **parametres})}"


def grands_domaines() -> Any:
    """With the number of métiers in force of each, in the order of their letters."""
    en_vigueur = Q(domaines__metiers__retire_le__isnull=True)
    return (
        GrandDomaine.objects.publies()
        .annotate(nb_metiers=Count("domaines__metiers", filter=en_vigueur))
        .order_by("code")
    )


def _sections(texte: str, resultats: Resultats) -> Iterator[Section]:
    for genre, nombre in resultats.par_genre.items():
        trouvailles = [t for t in resultats.trouvailles if t.genre == genre]
        if trouvailles:
            lus = _completer(genre, trouvailles)
            yield Section(genre, GENRES[genre], nombre, lus, adresse(texte, genre=genre))


def _completer(genre: str, trouvailles: Sequence[Trouvaille]) -> list[Resultat]:
    """With what their cards show, in one or two queries for all."""
    cles = [t.cle for t in trouvailles]
    fiches: dict[str, Any] = {}
    textes: dict[str, str] = {}
    if genre == "metier":
        metiers = Metier.objects.publies().filter(code_rome__in=cles).select_related("domaine__grand_domaine")
        fiches = {metier.code_rome: metier for metier in metiers}
    elif genre == "certification":
        fiches = {c.numero: c for c in Certification.objects.publies().with_etat().filter(pk__in=cles)}
    elif genre == "formation":
        fiches = {f.pk: f for f in Formation.objects.publies().for_list().filter(pk__in=cles)}
        compter_sessions(fiches.values())
    elif genre == "terme":
        textes = dict(Terme.objects.filter(slug__in=cles).values_list("slug", "definition_courte"))
    elif genre == "guide":
        textes = dict(Dossier.objects.filter(slug__in=cles).values_list("slug", "accroche"))
    return [Resultat(t, fiches.get(t.cle), textes.get(t.cle, "")) for t in trouvailles]
