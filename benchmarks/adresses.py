"""The pages that are asked for, here and in a Datasette of the same data."""

from __future__ import annotations

from random import Random

from benchmarks.offre import ENORME


def du_temoin(table: str, facettes: tuple[str, ...], filtres: list[str]) -> list[str]:
    suite = "&".join(f"_facet={facette}" for facette in facettes)
    return [f"/temoin/{table}?{suite}&_sort=rowid{f'&{filtre}' if filtre else ''}" for filtre in filtres]


def distinctes(adresse: str, nombre: int) -> list[str]:
    """The same page at addresses that nobody has asked for: a cache has none of them."""
    liaison = "&" if "?" in adresse else "?"
    return [f"{adresse}{liaison}sans-cache={n}" for n in range(nombre)]


FILTRES_FORMATIONS = (
    "voie=apprentissage&niveau=5",
    "voie=continue&modalite=distance&region=R{n}",
    "niveau=4",
)
FILTRES_SESSIONS = (
    "voie=apprentissage&niveau=5",
    "voie=continue&modalite=distance&region=R%C3%A9gion%20{n:02}",
    "niveau=4",
)


VOIES = ("apprentissage", "continue", "scolaire", "professionnalisation")
MODALITES = ("presentiel", "distance", "mixte")
NIVEAUX, REGIONS = range(3, 8), range(13)


def filtres_varies() -> list[str]:
    """Two or three filters, never the same ones twice."""
    filtres = [f"voie={v}&region=R{r}" for v in VOIES for r in REGIONS]
    filtres += [f"niveau={n}&region=R{r}" for n in NIVEAUX for r in REGIONS]
    filtres += [f"modalite={m}&voie={v}&region=R{r}" for m in MODALITES for v in VOIES for r in REGIONS]
    Random(REGIONS.stop).shuffle(filtres)
    return filtres


def filtrees(modeles: tuple[str, ...], nombre: int) -> list[str]:
    return [modeles[n % len(modeles)].format(n=n // len(modeles) % 13) for n in range(nombre)]


PAGES = {
    "formations": "/formations/",
    "formations, the twentieth page": "/formations/?page=20",
    "formations, filtered": "/formations/?voie=apprentissage&region=R3",
    "formations, another filter each time": "/formations/?{filtre}",
    "métiers": "/metiers/",
    "fiche of a formation": "/formations/{formation}/",
    "fiche of the largest one (a tenth of the sessions)": f"/formations/{ENORME}/",
    "fiche of an organisme": "{organisme}",
    "fiche of the largest organisme": "{grand}",
    "fiche of a métier": "{metier}",
}


def de_la_page(modele: str, noms: dict[str, str], nombre: int) -> list[str]:
    """So many addresses of one of `PAGES`; those of filters are as many as there are of them."""
    if "{filtre}" in modele:
        return [modele.format(filtre=filtre) for filtre in filtres_varies()]
    return distinctes(modele.format(**noms), nombre)


NOMS = """
import json, os
os.environ["DJANGO_SETTINGS_MODULE"] = "portail.settings"
import django
django.setup()
from formations.models import Formation, Organisme
from metiers.models import Metier
print(json.dumps({
    "formation": Formation.objects.filter(pk__endswith="_7").first().pk,
    "organisme": Organisme.objects.order_by("pk")[10].get_absolute_url(),
    "grand": Organisme.objects.order_by("pk")[0].get_absolute_url(),
    "metier": Metier.objects.publies().order_by("pk")[3].get_absolute_url(),
}))
"""
