"""Read the codes of a fiche: ROME, NSF, formacodes, conventions collectives.

A code that cannot be kept, or that comes twice, is reported and dropped; the fiche goes on.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from xml.etree.ElementTree import Element

from catalogue.fichiers.refus import Rejet
from certifications.importers.rncp.fiche import Convention, Debouche, Formacode, Nsf
from certifications.importers.rncp.relecture import Enfants, enfants, premier, relire
from certifications.importers.rncp.valeurs import Valeurs, ligne

Rejeter = Callable[[Rejet], None]

_CODE_ROME = re.compile(r"[A-Z]\d{0,4}", re.ASCII)


def _codes(
    elements: Iterable[Element],
    objet: str,
    numero: str,
    rejeter: Rejeter,
    lire: Callable[[Valeurs], tuple[str, str] | None],
) -> Iterator[tuple[str, str]]:
    """The (code, label) couples of a list of codes; an unusable label is left empty, its code is kept."""
    vus: set[str] = set()
    for element in elements:
        couple = relire(element, lire, numero, rejeter)
        if couple is None:
            continue
        if couple[0] in vus:
            rejeter(Rejet(objet, f"{numero}, {objet} {couple[0]}", "en double dans la fiche"))
        else:
            vus.add(couple[0])
            yield couple


def _lecteur_de_codes(
    objet: str, maximum: int, *, balise: str = "CODE", libelle_max: int = 300
) -> Callable[[Valeurs], tuple[str, str] | None]:
    def lire(valeurs: Valeurs) -> tuple[str, str] | None:
        code = valeurs.ligne(balise, maximum)
        valeurs.cle = f"{valeurs.cle}, {objet} {code}"
        if not code:
            valeurs.rejeter(objet, "code absent")
            return None
        return code, valeurs.ligne("LIBELLE", libelle_max)

    return lire


_lire_rome = _lecteur_de_codes("code ROME", 20)
_lire_nsf = _lecteur_de_codes("code NSF", 10)
_lire_formacode = _lecteur_de_codes("formacode", 10)
_lire_convention = _lecteur_de_codes("convention collective", 20, balise="NUMERO", libelle_max=500)


def debouches(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Debouche, ...]:
    """A truncated code (K, D14) is reported but kept: the fiche does cite it, an editor may complete the link."""
    trouves = []
    elements = enfants(fiche, "CODES_ROME", "ROME")
    for code, libelle in _codes(elements, "code ROME", numero, rejeter, _lire_rome):
        if len(code) != 5 or not _CODE_ROME.fullmatch(code):
            rejeter(Rejet("code ROME", f"{numero}, code ROME {code}", "code mal formé"))
        if _CODE_ROME.fullmatch(code):
            trouves.append(Debouche(code, libelle))
    return tuple(trouves)


def nsf(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Nsf, ...]:
    elements = enfants(fiche, "CODES_NSF", "NSF")
    return tuple(Nsf(*code) for code in _codes(elements, "code NSF", numero, rejeter, _lire_nsf))


def formacodes(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Formacode, ...]:
    elements = enfants(fiche, "FORMACODES", "FORMACODE")
    return tuple(Formacode(*code) for code in _codes(elements, "formacode", numero, rejeter, _lire_formacode))


def conventions(fiche: Enfants, numero: str, rejeter: Rejeter) -> tuple[Convention, ...]:
    elements = [element for rang in "123" if (element := premier(fiche, f"CCN_{rang}")) is not None]
    codes = _codes(elements, "convention collective", numero, rejeter, _lire_convention)
    return tuple(Convention(*code) for code in codes)


def codes_idcc(fiche: Enfants) -> str:
    """CODES_IDCC as text: the schema has IDCC{CODE, LIBELLE} in it, one a line here."""
    element = premier(fiche, "CODES_IDCC")
    if element is None:
        return ""
    lignes = (
        (" ".join(ligne(texte) for texte in idcc.itertext()) for idcc in element)
        if len(element)
        else [element.text]
    )
    return "\n".join(filter(None, map(ligne, lignes)))
