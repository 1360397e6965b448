"""Apply Onisep's fiches formations, its list of formations and its table de passage.

The fiches own the texts; what the list says too (`COMMUNES`) is taken from the later of the two. The number of the
certification comes from the table de passage, else from the list. Editors' notes are never written.
"""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from catalogue.ecriture import modifier
from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from formations.importers.onisep import FicheFormation, FormationListe, LignePassage
from formations.models import Formation, LienFormationMetier, MetierCite, Passage
from metiers.importers.onisep import rang
from metiers.models import FormationRequiseOnisep, LienOnisepRome

SOURCE = "onisep"
ADRESSE = "https://www.onisep.fr/http/redirection/formation/slug/{}"
COMMUNES = ("intitule", "sigle", "type", "niveau_sortie", "duree", "sous_domaines")
"""Columns that the fiches and the list both give."""
_PROPRES = (
    "niveau_etudes",
    "derniere_session",
    "objectif",
    "contenu",
    "acces",
    "poursuite_etudes",
    "url_referentiel",
)


class Connue(NamedTuple):
    """A formation before an import: the columns in question, and the rank of the editions that hold it."""

    communes: dict[str, Any]
    fiche: date | None
    liste: date | None
    a_une_fiche: bool
    numero_certification: str


def connues() -> dict[str, Connue]:
    return {
        f.pk: Connue(
            {champ: getattr(f, champ) for champ in COMMUNES},
            rang(f.version.version, f.version.publiee_le) if f.version else None,
            rang(f.version_liste.version, f.version_liste.publiee_le) if f.version_liste else None,
            f.version_id is not None,
            f.numero_certification,
        )
        for f in Formation.objects.filter(source=SOURCE)
        .select_related("version", "version_liste")
        .only(*COMMUNES, "numero_certification", "version", "version_liste")
    }


def derniere_edition(champ: str) -> date | None:
    """The rank of the latest edition of the fiches (`version`) or of the list (`version_liste`) that was loaded."""
    tenues = Formation.objects.filter(source=SOURCE).exclude(**{champ: None}).order_by()
    editions = tenues.values_list(f"{champ}__version", f"{champ}__publiee_le").distinct()
    return max((r for v, jour in editions if (r := rang(v, jour))), default=None)


def ecrire_fiches(
    fiches: list[FicheFormation], avant: dict[str, Connue], version: VersionReferentiel, rapport: Rapport
) -> None:
    edition = rang(version.version, version.publiee_le)

    def ligne(f: FicheFormation) -> dict[str, Any]:
        connue = avant.get(f.identifiant)
        if connue and connue.liste and edition and connue.liste > edition:
            communes = connue.communes
        else:
            communes = {champ: getattr(f, champ) for champ in COMMUNES}
        return {
            "identifiant": f.identifiant,
            **communes,
            **{champ: getattr(f, champ) for champ in _PROPRES},
            "url": ADRESSE.format(f.identifiant),
            "source_id": SOURCE,
        }

    rapport.noter(
        "fiches formations",
        synchroniser(
            Formation.objects.filter(source=SOURCE),
            (ligne(f) for f in fiches),
            cle=("identifiant",),
            absents=Absents.GARDER,
            version=version,
        ),
    )
    rapport.noter(
        "métiers cités",
        synchroniser(
            MetierCite.objects.filter(formation__in=[f.identifiant for f in fiches]),
            ({"formation_id": f.identifiant, "identifiant": met} for f in fiches for met in f.metiers),
            cle=("formation_id", "identifiant"),
            absents=Absents.EFFACER,
        ),
    )


def ecrire_liste(
    formations: list[FormationListe], avant: dict[str, Connue], version: VersionReferentiel, rapport: Rapport
) -> None:
    """Complete the formations; one whose fiche is of the same date or later keeps what its fiche says."""
    edition = rang(version.version, version.publiee_le)
    passages = numeros_du_passage()

    def ligne(f: FormationListe) -> dict[str, Any]:
        connue = avant.get(f.identifiant)
        if connue and connue.a_une_fiche and not (edition and connue.fiche and edition > connue.fiche):
            communes = connue.communes
        else:
            communes = {champ: getattr(f, champ) for champ in COMMUNES}
        numero = passages[f.identifiant][0] if f.identifiant in passages else f.numero_certification
        return {
            "identifiant": f.identifiant,
            **communes,
            "numero_certification": numero,
            "url": ADRESSE.format(f.identifiant),
            "source_id": SOURCE,
        }

    rapport.noter(
        "formations de la liste",
        synchroniser(
            Formation.objects.filter(source=SOURCE),
            (ligne(f) for f in formations),
            cle=("identifiant",),
            absents=Absents.GARDER,
        ),
    )
    numeros = [f.identifiant for f in formations]
    for debut in range(0, len(numeros), 5_000):
        Formation.objects.filter(pk__in=numeros[debut : debut + 5_000]).update(version_liste=version)


def disparues(champ: str, presentes: set[str]) -> set[str]:
    """The formations in force that the publication of `champ` held, and holds no longer."""
    tenues = Formation.objects.publies().filter(source=SOURCE).exclude(**{champ: None})
    return set(tenues.values_list("pk", flat=True)) - presentes


def retirer(champ: str, absentes: set[str], rapport: Rapport) -> None:
    """Let go of these formations: withdrawn, unless the other publication still holds them."""
    autre = "version_liste" if champ == "version" else "version"
    perimetre = Formation.objects.filter(pk__in=absentes)
    perimetre.exclude(**{autre: None}).update(**{champ: None})
    seules = perimetre.filter(**{autre: None}).exclude(**{champ: None})
    rapport.noter(
        "fiches formations", synchroniser(seules, (), cle=("identifiant",), absents=Absents.RETIRER)
    )


def ecrire_passage(lignes: list[LignePassage], version: VersionReferentiel, rapport: Rapport) -> None:
    rapport.noter(
        "correspondances",
        synchroniser(
            Passage.objects.all(),
            (ligne._asdict() for ligne in lignes),
            cle=("code_certifinfo",),
            absents=Absents.RETIRER,
            version=version,
        ),
    )


def numeros_du_passage() -> dict[str, tuple[str, str]]:
    """For each formation: the RNCP number, and the CertifInfo one; of several, the first, which is the plain diploma.

    A formation that stands for several fiches (FOR.2034, ostéopathe, one per school) has none: any would be a guess.
    """
    lignes: dict[str, list[tuple[str, str]]] = {}
    for formation, numero, code in (
        Passage.objects.publies()
        .exclude(identifiant_formation="")
        .exclude(numero_certification="")
        .values_list("identifiant_formation", "numero_certification", "code_certifinfo")
    ):
        lignes.setdefault(formation, []).append((numero, code))
    return {
        formation: min(paires, key=lambda paire: int(paire[1]))
        for formation, paires in lignes.items()
        if len({numero for numero, _ in paires}) == 1
    }


def appliquer_passage() -> Bilan:
    """Give each formation of Onisep the numbers that the table de passage has for it, then its certification."""
    passages = numeros_du_passage()
    changes = []
    bilan = Bilan()
    for formation in Formation.objects.filter(source=SOURCE, pk__in=list(passages)).only(
        "numero_certification", "code_certifinfo"
    ):
        attendu = passages[formation.pk]
        if (formation.numero_certification, formation.code_certifinfo) == attendu:
            bilan.inchanges += 1
        else:
            formation.numero_certification, formation.code_certifinfo = attendu
            changes.append(formation)
    modifier(
        Formation,
        ["numero_certification", "code_certifinfo"],
        (
            (formation.pk, (formation.numero_certification, formation.code_certifinfo))
            for formation in changes
        ),
    )
    # A formation that changes number leaves its former certification, even when the new one is not loaded.
    Formation.objects.filter(pk__in=[f.pk for f in changes]).update(certification=None)
    bilan.modifies = len(changes)
    Formation.objects.rattacher()
    return bilan


def citer_les_codes() -> int:
    """Give each formation of Onisep the codes ROME of the métiers it is named with; return how many were changed.

    Either fiche may name the other: `MetierCite` (formation → métier) and `FormationRequiseOnisep` (métier → formation).
    The links to métiers follow from these codes (`LienFormationMetier.objects.deriver()`).
    """
    codes: dict[str, set[str]] = {}
    for fiche, code in LienOnisepRome.objects.filter(fiche__retire_le__isnull=True).values_list(
        "fiche", "code_rome"
    ):
        codes.setdefault(fiche, set()).add(code)
    cites: dict[str, set[str]] = {}
    for numero, met in chain(
        MetierCite.objects.values_list("formation", "identifiant"),
        FormationRequiseOnisep.objects.values_list("identifiant", "fiche"),
    ):
        cites.setdefault(numero, set()).update(codes.get(met, ()))
    changes = []
    for formation in Formation.objects.filter(source=SOURCE).only("codes_rome"):
        attendus = sorted(cites.get(formation.pk, ()))
        if formation.codes_rome != attendus:
            formation.codes_rome = attendus
            changes.append(formation)
    modifier(Formation, ["codes_rome"], ((formation.pk, (formation.codes_rome,)) for formation in changes))
    # `deriver` leaves alone the links of formations without codes: those that have just lost theirs are removed here.
    LienFormationMetier.objects.filter(
        formation__in=[f.pk for f in changes if not f.codes_rome], origine=LienFormationMetier.Origine.SOURCE
    ).delete()
    return len(changes)
