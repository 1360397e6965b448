"""The pages of the offer, made ready: templates only loop over what these return.

Sessions are chosen and ordered on the index, then those of one page are read: a formation of a hundred thousand
sessions costs what one of ten does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import Http404, QueryDict
from django.urls import reverse

from catalogue import niveaux
from catalogue.tableaux import Tableau
from catalogue.templatetags.texte import chapitres
from catalogue.texte import Liste, Paragraphe, structurer
from formations.index import stock
from formations.index.contenu import Offre
from formations.index.selection import a_vol_d_oiseau, selectionner
from formations.models import Departement, Formation, Lieu, Organisme, Session
from formations.proximite import Proximite
from formations.retenues import FormationsRetenues

SESSIONS_PAR_PAGE = 30
LIEUX_PAR_PAGE = 30
DOMAINES_PROPOSES = 3


@dataclass(frozen=True)
class DepartementServi:
    """A département where the formation is given, and how many sessions there."""

    departement: Departement
    nb_sessions: int


class FicheFormation:
    """A formation fetched with `for_detail()`, and what the address asks of its sessions: `departement`, a commune
    (`commune` or `lieu`, `rayon`), `page`."""

    def __init__(self, formation: Formation, data: QueryDict | None = None) -> None:
        self.formation = formation
        self.data = data if data is not None else QueryDict()
        self.departement_demande = self.data.get("departement", "")
        self.proximite = Proximite(self.data, formation.get_absolute_url(), sans_limite=True)

    @property
    def niveau(self) -> str:
        return niveaux.libelle(self.formation.niveau_sortie)

    @cached_property
    def departement(self) -> Departement | None:
        """The département asked for in the address, when it is one."""
        demande = self.departement_demande
        return Departement.objects.filter(pk=demande).first() if demande and "\0" not in demande else None

    @property
    def departement_inconnu(self) -> str:
        return self.departement_demande[:20] if self.departement_demande and not self.departement else ""

    @property
    def est_particuliere(self) -> bool:
        """An address that narrows the sessions: robots need not keep it."""
        return any(self.data.get(nom) for nom in ("departement", "commune", "lieu", "page"))

    @cached_property
    def departements(self) -> list[DepartementServi]:
        """Where it is taught, by name."""
        numeros, nombres = np.unique(self._offre.contenu.departement[self._tranche], return_counts=True)
        codes = {numero: code for code, numero in self._offre.departements.items()}
        par_code = {codes[n]: nb for n, nb in zip(numeros.tolist(), nombres.tolist(), strict=True) if n}
        return [
            DepartementServi(departement, par_code[departement.pk])
            for departement in Departement.objects.filter(pk__in=par_code).order_by("nom")
        ]

    @cached_property
    def page(self) -> Page[Any]:
        """The sessions of one page, dated ones first, or nearest first around a commune; `Http404` beyond the last."""
        return une_page(SessionsChoisies(self._offre, self._choisies, self._distances), self.data.get("page"))

    @property
    def sessions(self) -> list[Session]:
        return list(self.page.object_list)

    @property
    def nombre_choisies(self) -> int:
        return self.page.paginator.count

    @property
    def url_de_toutes(self) -> str:
        """Every session: nearest first around a commune, when the distance is what left them out."""
        proximite = self.proximite
        if proximite.commune and not self.departement and not proximite.partout:
            return proximite.url_partout
        return self.formation.get_absolute_url()

    @cached_property
    def nombre_sessions(self) -> int:
        return self._tranche.stop - self._tranche.start

    @cached_property
    def sans_point(self) -> int:
        """Sessions that are left out because no map says where they are."""
        if self._distances is None:
            return 0
        return int(np.count_nonzero(self._offre.contenu.point[self._du_departement] < 0))

    @cached_property
    def _offre(self) -> Offre:
        return stock.offre()

    @cached_property
    def _tranche(self) -> slice:
        rangs = self._offre.rangs([self.formation.pk])
        return self._offre.tranche(rangs[0]) if rangs else slice(0, 0)

    @cached_property
    def _distances(self) -> Tableau | None:
        """Kilometres from the commune asked for to each point of the index."""
        cercle = self.proximite.cercle
        if cercle is None:
            return None
        return a_vol_d_oiseau(self._offre.contenu.points, cercle.latitude, cercle.longitude)

    @cached_property
    def _du_departement(self) -> Tableau:
        places = np.arange(self._tranche.start, self._tranche.stop)
        if self.departement is None:
            return places
        numero = self._offre.departements.get(self.departement.pk, -1)
        return places[self._offre.contenu.departement[self._tranche] == numero]

    @cached_property
    def _choisies(self) -> Tableau:
        """Places in the index, in the order of the page."""
        contenu, places = self._offre.contenu, self._du_departement
        if self._distances is None:
            # 0 less one is the largest number of its type: unknown dates come last.
            return places[np.argsort(contenu.jour[places] - np.uint16(1), kind="stable")]
        places = places[contenu.point[places] >= 0]
        distances = self._distances[contenu.point[places]]
        proches = distances <= (np.inf if self.proximite.partout else self.proximite.rayon)
        return places[proches][np.argsort(distances[proches], kind="stable")]

    @property
    def metiers(self) -> list[Any]:
        """Links to published métiers, each once, with why."""
        liens = [lien for lien in self.formation.liens_metiers.all() if not lien.metier.est_retire]
        return list({lien.metier_id: lien for lien in liens}.values())

    @property
    def plus_large(self) -> list[tuple[str, str]]:
        """(words, address) of the lists that this formation is in: its certification, the domaines of its métiers, its niveau."""
        liste, f = reverse("formations:liste"), self.formation
        liens = []
        if f.certification_id:
            liens.append(
                (
                    f"Toutes les formations qui préparent {f.certification_id}",
                    f"{liste}?certification={f.certification_id}",
                )
            )
        domaines = {lien.metier.domaine_id: lien.metier.domaine for lien in self.metiers}
        liens += [
            (f"Toutes les formations du domaine « {domaine.libelle} »", f"{liste}?domaine={code}")
            for code, domaine in list(domaines.items())[:DOMAINES_PROPOSES]
        ]
        if f.niveau_sortie is not None:
            liens.append(
                (
                    f"Toutes les formations de {self.niveau[0].lower()}{self.niveau[1:]}",
                    f"{liste}?niveau={f.niveau_sortie}",
                )
            )
        return liens

    @property
    def rubriques(self) -> list[tuple[str, list[Paragraphe | Liste]]]:
        """The long texts under their titles; a « ## » heading within one has a title of its own."""
        f = self.formation
        textes = (
            ("Objectif", f.objectif),
            ("Contenu", f.contenu),
            ("Résultats attendus", f.resultats_attendus),
            ("Points forts, selon l'organisme", f.points_forts),
            ("Conditions d'accès", f.acces),
            ("Poursuite d'études", f.poursuite_etudes),
        )
        return [
            (intertitre or titre, structurer(partie))
            for titre, texte in textes
            for intertitre, partie in chapitres(texte)
        ]


class SessionsChoisies:
    """Sessions at these places of the index, read as they are sliced; each has `distance_km` when it is known."""

    def __init__(self, offre: Offre, places: Tableau, distances: Tableau | None) -> None:
        self.offre = offre
        self.places = places
        self.distances = distances

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, tranche: slice) -> list[Session]:
        places = self.places[tranche]
        lues = Session.objects.for_list().in_bulk(self.offre.contenu.session[places].tolist())
        sessions = []
        for place, pk in zip(places.tolist(), self.offre.contenu.session[places].tolist(), strict=True):
            if session := lues.get(pk):
                point = self.offre.contenu.point[place]
                session.distance_km = (
                    float(self.distances[point]) if self.distances is not None and point >= 0 else None
                )
                sessions.append(session)
        return sessions


def une_page(objets: Any, numero: str | None, taille: int = SESSIONS_PAR_PAGE) -> Page[Any]:
    """`Http404` for a page that is not one."""
    paginator = Paginator(objets, taille)
    demandee = numero or "1"
    if not (
        demandee.isascii()
        and demandee.isdigit()
        and len(demandee) < 9
        and 1 <= int(demandee) <= paginator.num_pages
    ):
        nombre = paginator.num_pages
        pages = "une seule page" if nombre == 1 else f"{nombre} pages"
        raise Http404(f"La page « {demandee[:20]} » n'existe pas : cette liste compte {pages}.")
    return paginator.page(int(demandee))


class FicheOrganisme:
    """An organisme; `data` says which page of its formations is asked for (`page`), and of its places (`lieux`)."""

    def __init__(self, organisme: Organisme, data: QueryDict | None = None) -> None:
        self.organisme = organisme
        self.data = data if data is not None else QueryDict()

    @cached_property
    def page_lieux(self) -> Page[Any]:
        lieux = (
            Lieu.objects.filter(organisme=self.organisme)
            .select_related("commune", "departement__region")
            .order_by("ville", "pk")
        )
        return une_page(lieux, self.data.get("lieux"), LIEUX_PAR_PAGE)

    @cached_property
    def page(self) -> Page[Any]:
        """What it teaches, by title, with how many sessions of each it gives."""
        selection = selectionner(stock.offre(), {}, organisme=self.organisme.pk)
        return une_page(FormationsRetenues(selection), self.data.get("page"))
