"""What no page of the portal may hold, whatever it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponseBase
from django.test import Client

DONNEES = ("application/ld+json", "application/json")


class VariableInconnue(str):
    """What Django puts in place of a variable that does not exist (`string_if_invalid`), in the tests only.

    To tags it is empty, as it is to visitors; printed, it gives its name away.
    """

    def __mod__(self, variable: object) -> VariableInconnue:
        return VariableInconnue(super().__mod__(variable)) if self else self

    def __bool__(self) -> bool:
        # The pattern must be true for Django to use it; what it makes must not.
        return "%s" in str(self)

    def __iter__(self) -> Iterator[str]:
        return iter(())


VARIABLE_INCONNUE = VariableInconnue("VARIABLE-INCONNUE(%s)")


class _Lecteur(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fautes: list[str] = []
        self.ids: Counter[str] = Counter()
        self._dans: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        valeurs = dict(attrs)
        self._dans = tag if tag in ("script", "style") else ""
        if tag == "style" or (
            tag == "script" and "src" not in valeurs and valeurs.get("type") not in DONNEES
        ):
            self.fautes.append(f"<{tag}> dans la page")
        for nom, valeur in attrs:
            if nom == "style" or re.match(r"on[a-z]+$", nom):
                self.fautes.append(f"attribut {nom} de <{tag}>")
            if (valeur or "").strip().lower().startswith("javascript:"):
                self.fautes.append(f"javascript: dans {nom} de <{tag}>")
        if valeurs.get("id"):
            self.ids[valeurs["id"]] += 1

    def handle_endtag(self, tag: str) -> None:
        self._dans = ""

    def handle_data(self, data: str) -> None:
        if not self._dans and data.strip() in ("None", "True", "False", "[]", "{}"):
            self.fautes.append(f"« {data.strip()} » affiché")


def fautes(html: str) -> list[str]:
    """The faults of a page: inline code, template syntax left over, unknown variables, an id given twice."""
    lecteur = _Lecteur()
    lecteur.feed(html)
    lecteur.close()
    debut, fin = str(VARIABLE_INCONNUE).split("%s")
    inconnues = re.findall(re.escape(debut) + "(.*?)" + re.escape(fin), html)
    return [
        *lecteur.fautes,
        *(f"id « {id_} » donné {n} fois" for id_, n in lecteur.ids.items() if n > 1),
        *(f"variable inconnue « {nom} »" for nom in dict.fromkeys(inconnues)),
        *(f"syntaxe de gabarit « {reste} »" for reste in re.findall(r"\{[{%#][^\n]{0,40}", html)),
    ]


class ClientExigeant(Client):
    """Fails the test that is given a faulty page, whatever it was testing.

    The pages of Django's admin name variables that do not always exist: only ours are read.
    """

    def request(self, **request: Any) -> HttpResponseBase:
        reponse = super().request(**request)
        adresse = request["PATH_INFO"]
        if reponse.get("Content-Type", "").startswith("text/html") and not adresse.startswith("/admin/"):
            trouvees = fautes(reponse.content.decode())
            assert trouvees == [], f"{adresse} : {trouvees}"
        return reponse
