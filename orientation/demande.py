"""What an address asks of a gap: towards which métier, from where, near which commune."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict

from certifications.models import Certification
from formations.models import Commune
from metiers.models import Metier
from orientation import adresse, autour
from orientation.autour import Autour
from orientation.depart import Depart, depuis_certification, depuis_competences, depuis_metier
from orientation.ecart import Ecart
from orientation.items import Item, comptes, requis_par

COMPETENCES_LUES = 150
"""Skills of an address that are read: no métier asks for as many, and a QR code holds no more."""

DEPARTS = {"de": "le métier", "competences": "les compétences cochées", "certification": "la certification"}
"""By parameter, in the order in which they are tried."""


@dataclass
class Demande:
    """The gap asked for, or what is missing to measure it; `remarques` say what could not be followed."""

    cible: Metier | None = None
    de: Metier | None = None
    ecart: Ecart | None = None
    items: list[Item] = field(default_factory=list)
    """What the métier asks for, for whoever has to choose where to start from."""
    communes: tuple[Commune, ...] = ()
    """Those that the name typed may mean."""
    commune: Commune | None = None
    autour: Autour | None = None
    remarques: list[str] = field(default_factory=list)
    cherches: dict[str, str] = field(default_factory=dict)
    """Words typed in the place of a code, by parameter."""

    @property
    def etat(self) -> str:
        """The gap as an address holds it: « de=D1408&vers=D1415 »."""
        return f"{self.ecart.depart.etat}&vers={self.ecart.cible.code_rome}" if self.ecart else ""

    @property
    def etat_avec_lieu(self) -> str:
        return f"{self.etat}&commune={self.commune.code}" if self.commune else self.etat


def lire(
    parametres: QueryDict,
    metiers: Iterable[Metier] = (),
    certifications: Iterable[Certification] = (),
    competences_lues: int = COMPETENCES_LUES,
) -> Demande:
    """`vers=D1415` with `de=D1408`, or `competences=` OGR codes, or `certification=RNCP…`; and `commune=`.

    `metiers` and `certifications` are those already read, which need not be asked again.
    """
    demande = Demande()
    connus = {metier.code_rome: metier for metier in metiers}
    cible = demande.cible = _metier(parametres, "vers", connus, demande)
    place, demande.autour = autour.lire(parametres.get("commune", ""), demande.remarques)
    demande.commune, demande.communes = place.commune, place.homonymes
    if cible is None:
        return demande
    de = _metier(parametres, "de", connus, demande)
    if de == cible:
        demande.remarques.append("Le départ et l'arrivée sont le même métier : choisissez un autre départ.")
        de = None
    demande.de = de
    requis = requis_par([metier.pk for metier in (de, cible) if metier])
    demande.items = comptes(requis[cible.pk])
    depart: Depart | None = None
    donnes = [nom for nom in DEPARTS if parametres.get(nom)]
    if len(donnes) > 1:
        demande.remarques.append(
            f"Cette adresse donne plusieurs départs : nous n'avons gardé que {DEPARTS[donnes[0]]}."
        )
    if de:
        depart = depuis_metier(de, cible, requis)
    elif "competences" in parametres:
        codes = adresse.lire_codes(parametres.getlist("competences"), maximum=sys.maxsize)
        if (de_trop := len(codes) - competences_lues) > 0:
            demande.remarques.append(
                f"{len(codes)} compétences sont cochées : nous avons gardé les {competences_lues} premières et laissé "
                f"de côté {'la dernière' if de_trop == 1 else f'les {de_trop} dernières'}."
            )
            del codes[competences_lues:]
        depart = depuis_competences(codes, requis[cible.pk])
    elif texte := adresse.mots(parametres.getlist("certification"), adresse.NUMERO_ECRIT):
        demande.cherches["certification"] = texte
    elif codes := adresse.un_code(parametres.getlist("certification"), demande.remarques):
        tenue = next((c for c in certifications if c.numero == codes[0]), None)
        if tenue is None:
            selection = adresse.certifications(codes)
            demande.remarques += selection.remarques
            tenue = selection.fiches[0] if selection.fiches else None
        if tenue:
            depart = depuis_certification(tenue, requis[cible.pk])
    if depart:
        demande.ecart = Ecart(cible, depart, requis[cible.pk], demande.autour)
    return demande


def _metier(
    parametres: QueryDict, parametre: str, connus: dict[str, Metier], demande: Demande
) -> Metier | None:
    codes = adresse.lire_codes(parametres.getlist(parametre))
    if len(codes) == 1 and codes[0] in connus:
        return connus[codes[0]]
    return adresse.un_metier(parametres, parametre, demande.remarques, demande.cherches)
