"""Which version of the ROME a delivery holds: its `version.txt`, else the names of its files."""

import re
from collections.abc import Callable
from datetime import date

from catalogue.fichiers.dossier import Dossier
from catalogue.fichiers.refus import FichierRefuse, Rejet

_VERSION = re.compile(r"Num.{1,2}ro de version\s*:\s*(\d{1,4})\b", re.IGNORECASE)
_DATE = re.compile(r"Date de publication\s*:\s*(\d{2})/(\d{2})/(\d{4})", re.IGNORECASE)


def lire_version(
    dossier: Dossier, numeros: set[str], rejeter: Callable[[Rejet], None]
) -> tuple[str, date | None]:
    """« 60 » and its date, if known; `numeros` are those of the names of the files, « 460 » for version 60 of ROME 4.0."""
    if len(numeros) > 1:
        raise FichierRefuse(
            f"{dossier.nom} mélange des tables de plusieurs versions du ROME : v{', v'.join(sorted(numeros))}."
        )
    (numero,) = numeros
    if not numero.startswith("4") or len(numero) < 2:
        raise FichierRefuse(f"{dossier.nom} n’est pas un export du ROME 4.0 : ses tables sont en v{numero}.")
    return _completer(dossier, str(int(numero[1:])), rejeter)


def _completer(
    dossier: Dossier, selon_les_noms: str, rejeter: Callable[[Rejet], None]
) -> tuple[str, date | None]:
    """`version.txt` when it is there and says so, else the names of the tables."""
    nom = next((n for n in dossier.noms() if n.lower() == "version.txt"), None)
    if nom is None:
        return selon_les_noms, None
    # Decoded byte by byte, for nothing beyond ASCII is looked for in it.
    texte = dossier.texte(nom, "iso-8859-15")
    publication = None
    if trouve := _DATE.search(texte):
        try:
            publication = date(int(trouve[3]), int(trouve[2]), int(trouve[1]))
        except ValueError:
            rejeter(Rejet("version", nom, f"date impossible ({trouve[0]})"))
    numero = _VERSION.search(texte)
    if numero is None:
        return selon_les_noms, publication
    version = str(int(numero[1]))
    if version != selon_les_noms:
        rejeter(Rejet("version", nom, f"il annonce la version {version}, les tables la {selon_les_noms}"))
    return version, publication
