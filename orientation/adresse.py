"""The visitor's state is the address: which fiches it names, and what can be said of the codes it does not know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from certifications.models import Certification
from formations.models import Formation
from metiers.models import AncienCode, Metier

CODES_LUS = 30
"""Codes of an address that are looked up; a hand-made address may hold thousands."""
CODES_DITS = 8
"""Codes named one by one in a sentence; the others are counted."""
_SEPARATEURS = re.compile(r"[,;\s]+")
_CODE_ROME = re.compile(r"[A-Z]\d{4}")
_NUMERO = re.compile(r"(?:RNCP|RS)\d{1,8}")
NUMERO_ECRIT = re.compile(r"(?:RNCP|RS)?\d{1,8}")
"""As people write it, « 34809 » being RNCP34809."""


@dataclass
class Selection:
    """Fiches in the order of the address, each once, and a sentence for each code left out or followed."""

    fiches: list[Any] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    def limiter(self, maximum: int, en_lettres: str) -> None:
        """Keep the first ones and say which are left out."""
        if de_trop := self.fiches[maximum:]:
            noms = ", ".join(code_de(fiche) for fiche in de_trop)
            self.remarques.append(
                f"Une comparaison porte sur {en_lettres} fiches au plus : nous avons laissé de côté {noms}."
            )
            del self.fiches[maximum:]


def code_de(fiche: Any) -> str:
    """The code by which an address names a métier, a certification or a formation."""
    return fiche.code_rome if isinstance(fiche, Metier) else fiche.pk


def lire_codes(
    valeurs: Iterable[str],
    maximum: int = CODES_LUS,
    majuscules: bool = True,
    remarques: list[str] | None = None,
) -> list[str]:
    """« d1415, D1408 » and repeated parameters: the codes in capitals, each once, in order; `remarques` say how many more.

    Identifiers of formations are whatever their source wrote: they are read with `majuscules=False`.
    """
    bruts = (code for valeur in valeurs for code in _SEPARATEURS.split(valeur.replace("\0", "")))
    codes = (code.upper() if majuscules else code for code in bruts)
    uniques = list(dict.fromkeys(code for code in codes if code))
    if remarques is not None and len(uniques) > maximum:
        remarques.append(
            f"Cette adresse nomme {len(uniques)} codes : nous n'avons lu que les {maximum} premiers."
        )
    return uniques[:maximum]


def un_code(valeurs: Iterable[str], remarques: list[str]) -> list[str]:
    """The first code, where one alone has a meaning; none in an empty list."""
    codes = lire_codes(valeurs)
    if len(codes) > 1:
        autres = ", ".join(code[:20] for code in codes[1:4]) + (" et d'autres" if len(codes) > 4 else "")
        remarques.append(f"Un seul code est lu ici, {codes[0][:20]} : nous avons laissé de côté {autres}.")
    return codes[:1]


def mots(valeurs: Sequence[str], forme: re.Pattern[str] = _CODE_ROME) -> str:
    """What was typed in the place of a code; empty when there is a code, or nothing."""
    texte = " ".join(" ".join(valeurs).replace("\0", "").split())[:100]
    return "" if any(forme.fullmatch(code) for code in lire_codes(valeurs)) else texte


def metiers(codes: Sequence[str]) -> Selection:
    """Métiers in force by ROME code; a code that moved is followed, a withdrawn fiche gives its successor."""
    selection = Selection()
    lisibles = [code for code in codes if _CODE_ROME.fullmatch(code)]
    trouves = {
        m.code_rome: m
        for m in Metier.objects.publies()
        .filter(code_rome__in=lisibles)
        .select_related("domaine__grand_domaine", "parent", "version__source")
    }
    suivis = _suivis([code for code in lisibles if code not in trouves])
    inconnus: list[str] = []
    retires: list[str] = []
    for code in codes:
        if code in trouves:
            _ajouter(selection, trouves[code])
        elif code in suivis:
            nouveau = suivis[code]
            if nouveau is None:
                retires.append(code)
            else:
                selection.remarques.append(
                    f"Le code {code} désigne désormais {nouveau.code_rome}, « {nouveau.libelle} »."
                )
                _ajouter(selection, nouveau)
        else:
            inconnus.append(code[:20])
    selection.remarques += _laisses(
        "La fiche {} a été retirée du ROME : nous l'avons laissée de côté.",
        "Les fiches {} ont été retirées du ROME : nous les avons laissées de côté.",
        retires,
    )
    selection.remarques += _laisses(
        "Aucun métier ne porte le code {} : nous l'avons laissé de côté.",
        "Aucun métier ne porte les codes {} : nous les avons laissés de côté.",
        [f"« {code} »" for code in inconnus],
    )
    return selection


def _laisses(une: str, plusieurs: str, codes: Sequence[str]) -> list[str]:
    """One sentence for the codes left aside, however many; none when there is none."""
    if not codes:
        return []
    if len(codes) == 1:
        return [une.format(codes[0])]
    reste = len(codes) - CODES_DITS
    fin = f"et {reste} autre{'s' if reste > 1 else ''}" if reste > 0 else f"et {codes[-1]}"
    debut = codes[:CODES_DITS] if reste > 0 else codes[:-1]
    return [plusieurs.format(f"{', '.join(debut)} {fin}")]


def un_metier(
    parametres: QueryDict, parametre: str, remarques: list[str], cherches: dict[str, str] | None = None
) -> Metier | None:
    """The métier that the parameter names; what cannot be followed is said in `remarques`.

    Where words can be searched, `cherches` takes those that were typed in the place of a code.
    """
    valeurs = parametres.getlist(parametre)
    if cherches is not None and (texte := mots(valeurs)):
        cherches[parametre] = texte
        return None
    selection = metiers(un_code(valeurs, remarques))
    remarques += selection.remarques
    return selection.fiches[0] if selection.fiches else None


def _suivis(codes: list[str]) -> dict[str, Metier | None]:
    """Where old codes lead: the métier that left the code, else the successor of the withdrawn fiche, else None."""
    if not codes:
        return {}
    lies = ("metier__domaine__grand_domaine", "metier__parent", "metier__version__source")
    suivis: dict[str, Metier | None] = {}
    retires = (
        Metier.objects.retires()
        .filter(Q(code_rome__in=codes) | Q(anciens_codes__code_rome__in=codes))
        .select_related(
            "successeur__domaine__grand_domaine", "successeur__parent", "successeur__version__source"
        )
        .prefetch_related("anciens_codes")
        .order_by("retire_le", "pk")
        .distinct()
    )
    for retire in retires:
        successeur = retire.successeur if retire.successeur and not retire.successeur.est_retire else None
        for code in {retire.code_rome, *(ancien.code_rome for ancien in retire.anciens_codes.all())}:
            suivis[code] = successeur
    anciens = AncienCode.objects.filter(code_rome__in=codes, metier__retire_le__isnull=True)
    for ancien in anciens.select_related(*lies).order_by("pk"):
        suivis[ancien.code_rome] = ancien.metier
    return suivis


def certifications(codes: Sequence[str]) -> Selection:
    """Certifications by number, « 34809 » being RNCP34809; an ended one keeps its place, a withdrawn one does not."""
    numeros = list(dict.fromkeys(f"RNCP{code}" if code.isdecimal() else code for code in codes))
    trouvees = Certification.objects.in_bulk([numero for numero in numeros if _NUMERO.fullmatch(numero)])
    return _par_cle(
        numeros,
        trouvees,
        (
            "Aucune certification ne porte le numéro {} : nous l'avons laissé de côté.",
            "Aucune certification ne porte les numéros {} : nous les avons laissés de côté.",
        ),
        (
            "La fiche {} a été retirée du répertoire : nous l'avons laissée de côté.",
            "Les fiches {} ont été retirées du répertoire : nous les avons laissées de côté.",
        ),
    )


def formations(codes: Sequence[str]) -> Selection:
    """Formations by the identifier of their source: « FOR.2316 », in capitals or not."""
    lisibles = {variante for code in codes if len(code) <= 80 for variante in (code, code.upper())}
    connues = Formation.objects.select_related("certification", "source").in_bulk(list(lisibles))
    trouvees = {code: connues.get(code) or connues.get(code.upper()) for code in codes}
    return _par_cle(
        codes,
        trouvees,
        (
            "Aucune formation ne porte l'identifiant {} : nous l'avons laissé de côté.",
            "Aucune formation ne porte les identifiants {} : nous les avons laissés de côté.",
        ),
        (
            "La formation {} n'est plus proposée par sa source : nous l'avons laissée de côté.",
            "Les formations {} ne sont plus proposées par leur source : nous les avons laissées de côté.",
        ),
    )


def _par_cle(
    codes: Sequence[str],
    trouvees: Mapping[str, Any],
    inconnues: tuple[str, str],
    retirees: tuple[str, str],
) -> Selection:
    """The sentences are said of one code, or of several."""
    selection = Selection()
    fiches = {code: trouvees.get(code) for code in codes}
    for fiche in fiches.values():
        if fiche is not None and not fiche.est_retire:
            _ajouter(selection, fiche)
    ecartees = [code for code, fiche in fiches.items() if fiche is not None and fiche.est_retire]
    inconnus = [f"« {code[:40]} »" for code, fiche in fiches.items() if fiche is None]
    selection.remarques += _laisses(*retirees, ecartees) + _laisses(*inconnues, inconnus)
    return selection


def _ajouter(selection: Selection, fiche: Any) -> None:
    if fiche not in selection.fiches:
        selection.fiches.append(fiche)


LECTEURS: dict[str, Callable[[Sequence[str]], Selection]] = {
    "m": metiers,
    "c": certifications,
    "f": formations,
}
"""By parameter of the address."""
