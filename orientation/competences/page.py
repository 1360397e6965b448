"""The page: skills searched and ticked, the métiers that use them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from metiers.models import CompetenceRequise, Metier, SavoirRequis
from orientation.competences.classement import Place, classer, rarete
from orientation.competences.recherche import Trouvees, chercher
from orientation.items import Item, comptes, requis_par
from orientation.models import TitreDItem

METIERS_PAR_PAGE = 20
CODES_DITS = 12


@dataclass(frozen=True, slots=True)
class MetierPossible:
    metier: Metier
    tenues: tuple[Item, ...]
    demandees: int
    """Skills that the métier asks for, held or not."""
    phrase: str
    """« 4 de vos 6 compétences ; 18 autres demandées »."""
    url_ecart: str


class PageCompetences:
    def __init__(self, codes: Sequence[str], texte: str = "", page: str = "1") -> None:
        self.remarques: list[str] = []
        connues = TitreDItem.objects.in_bulk([code for code in codes if code.isdecimal() and len(code) <= 10])
        self.cochees = [connues[code] for code in codes if code in connues]
        if inconnues := [code[:10] for code in codes if code not in connues]:
            dits = ", ".join(f"« {code} »" for code in inconnues[:CODES_DITS])
            suite = "…" if len(inconnues) > CODES_DITS else "."
            self.remarques.append(
                f"Nous ne connaissons pas ces codes, ou aucun métier ne les demande : {dits}{suite} Nous les avons "
                "laissés de côté."
            )
        self.texte = " ".join(texte.replace("\0", "").split())[:100]
        self._page_demandee = page

    @cached_property
    def trouvees(self) -> Trouvees:
        return chercher(self.texte)

    @property
    def a_cocher(self) -> list[TitreDItem]:
        """What was found and is not ticked yet."""
        return [titre for titre in self.trouvees.titres if titre not in self.cochees]

    @cached_property
    def places(self) -> list[Place]:
        """Three queries: who asks for what is ticked, and the titles of all."""
        if not self.cochees:
            return []
        codes = [titre.code for titre in self.cochees]
        titres = dict(Metier.objects.publies().values_list("pk", "libelle"))
        porteurs: dict[int, set[str]] = defaultdict(set)
        for modele, champ in ((CompetenceRequise, "competence_id"), (SavoirRequis, "savoir_id")):
            for metier, code in modele.objects.filter(**{f"{champ}__in": codes}).values_list(
                "metier_id", champ
            ):
                if metier in titres:
                    porteurs[metier].add(code)
        raretes = {titre.code: rarete(titre.nb_metiers, len(titres)) for titre in self.cochees}
        return classer(porteurs, raretes, titres)

    @cached_property
    def page(self) -> Page:
        return Paginator(self.places, METIERS_PAR_PAGE).get_page(self._page_demandee)

    @cached_property
    def metiers(self) -> list[MetierPossible]:
        """Those of this page, two queries."""
        places: list[Place] = list(self.page.object_list)
        fiches = {m.pk: m for m in Metier.objects.for_list().filter(pk__in=[p.metier for p in places])}
        requis = requis_par([place.metier for place in places])
        return [
            self._possible(place, fiches[place.metier], comptes(requis[place.metier])) for place in places
        ]

    def _possible(self, place: Place, metier: Metier, demandees: list[Item]) -> MetierPossible:
        tenues = tuple(item for item in demandees if item.code in place.tenues)
        autres = len(demandees) - len(tenues)
        total = len(self.cochees)
        vos = f"{len(tenues)} de vos {total} compétences" if total > 1 else "votre compétence"
        reste = f"{autres} autre{'s' if autres > 1 else ''} demandée{'s' if autres > 1 else ''}"
        return MetierPossible(
            metier,
            tenues,
            len(demandees),
            f"{vos} ; {reste if autres else 'aucune autre demandée'}",
            f"{reverse('orientation:ecart')}?vers={metier.code_rome}&{self._etat}",
        )

    @property
    def _etat(self) -> str:
        return urlencode({"competences": ",".join(titre.code for titre in self.cochees)}, safe=",")

    @property
    def parametres(self) -> list[tuple[str, str]]:
        """The address: what is searched, what is ticked."""
        parametres = [("q", self.texte)] if self.texte else []
        if self.cochees:
            parametres.append(("competences", ",".join(titre.code for titre in self.cochees)))
        return parametres

    def url(self, numero: int = 1) -> str:
        parametres = [*self.parametres, *([("page", str(numero))] if numero > 1 else [])]
        requete = urlencode(parametres, safe=",")
        return reverse("orientation:competences") + (f"?{requete}" if requete else "")

    @property
    def url_ici(self) -> str:
        return self.url(self.page.number)

    @property
    def url_precedente(self) -> str:
        return self.url(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def url_suivante(self) -> str:
        return self.url(self.page.next_page_number()) if self.page.has_next() else ""
