"""Apply an edition of Onisep's fiches, or of its list, to `FicheOnisep` and what hangs on it.

Two publications speak of the same métiers on different dates. The fiches own the texts; names and ROME codes are those of
the later of the two; a fiche is in force as long as one of the two holds it. Editors' notes are never written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from catalogue.importing import Rapport
from catalogue.models import VersionReferentiel
from catalogue.sync import Absents, Bilan, synchroniser
from metiers.appellations import formes
from metiers.importers.onisep import FicheMetier, MetierListe, rang
from metiers.models import AppellationOnisep, FicheOnisep, FormationRequiseOnisep, LienOnisepRome

ADRESSE = "https://www.onisep.fr/http/redirection/metier/slug/{}"
# Columns of `FicheOnisep` that are the record's own, word for word.
_TEXTES = (
    "accroche",
    "resume",
    "format_court",
    "duree_etudes",
    "nature_travail",
    "competences",
    "condition_travail",
    "vie_professionnelle",
    "acces_metier",
    "niveau_acces_libelle",
    "niveau_acces",
    "statuts",
    "centres_interet",
    "secteurs",
    "metier_transverse",
    "publications",
    "sources_numeriques",
)


class Nom(NamedTuple):
    nom: str
    libelle_feminin: str
    libelle_masculin: str


class Connue(NamedTuple):
    """What is known of a fiche before an import: its name, and the rank of the editions that hold it."""

    nom: Nom
    fiche: date | None
    liste: date | None
    a_une_fiche: bool
    retiree: bool


def connues() -> dict[str, Connue]:
    lignes = FicheOnisep.objects.values_list(
        "pk",
        "nom",
        "libelle_feminin",
        "libelle_masculin",
        "version",
        "version__version",
        "version__publiee_le",
        "version_liste__version",
        "version_liste__publiee_le",
        "retire_le",
    )
    return {
        pk: Connue(
            Nom(nom, feminin, masculin),
            rang(v or "", jour),
            rang(vl or "", jour_liste),
            version is not None,
            retiree is not None,
        )
        for pk, nom, feminin, masculin, version, v, jour, vl, jour_liste, retiree in lignes
    }


def derniere_edition(champ: str) -> date | None:
    """The rank of the latest edition of the fiches (`version`) or of the list (`version_liste`) that was loaded."""
    editions = FicheOnisep.objects.exclude(**{champ: None}).values_list(
        f"{champ}__version", f"{champ}__publiee_le"
    )
    return max((r for v, jour in editions.distinct() if (r := rang(v, jour))), default=None)


def ecrire_fiches(
    fiches: list[FicheMetier], avant: dict[str, Connue], version: VersionReferentiel, rapport: Rapport
) -> None:
    """Write the fiches of an XML edition and what each of them names."""
    edition = rang(version.version, version.publiee_le)
    # A later list has the last word on names and codes.
    tenues_par_la_liste = {pk for pk, c in avant.items() if c.liste and edition and c.liste > edition}
    noms = {f.identifiant: Nom(f.nom, f.libelle_feminin, f.libelle_masculin) for f in fiches}
    # Of one name in two writings, that of the fiches is kept, whichever came first: it gives both forms in full.
    retenus = {
        pk: avant[pk].nom if pk in tenues_par_la_liste and not _meme_nom(avant[pk].nom, nom) else nom
        for pk, nom in noms.items()
    }
    rapport.noter(
        "fiches métiers",
        synchroniser(
            FicheOnisep.objects.all(),
            (
                {
                    "identifiant": f.identifiant,
                    **retenus[f.identifiant]._asdict(),
                    **{champ: getattr(f, champ) for champ in _TEXTES},
                    "url": ADRESSE.format(f.identifiant),
                }
                for f in fiches
            ),
            cle=("identifiant",),
            absents=Absents.GARDER,
            version=version,
        ),
    )
    _appellations(
        {f.identifiant: [Nom(*synonyme) for synonyme in f.synonymes] for f in fiches},
        retenus,
        # The name this edition gives may be an old one already.
        [*((pk, c.nom) for pk, c in avant.items()), *noms.items()],
        rapport,
    )
    # A list that gives no code says nothing about codes.
    codees = set(LienOnisepRome.objects.values_list("fiche", flat=True))
    libres = [f for f in fiches if f.identifiant not in tenues_par_la_liste & codees]
    _liens_rome(((f.identifiant, f.codes_rome) for f in libres), [f.identifiant for f in libres], rapport)
    _formations_et_associes(fiches, rapport)


def ecrire_liste(
    metiers: list[MetierListe], avant: dict[str, Connue], version: VersionReferentiel, rapport: Rapport
) -> None:
    """Complete the fiches with what a list says; a fiche of the same date or later keeps its name and its codes."""
    edition = rang(version.version, version.publiee_le)
    retenus: dict[str, Nom] = {}
    plus_recents = set()
    for m in metiers:
        connue = avant.get(m.identifiant)
        # Without a date on one side, nothing says that the list is the later.
        if connue is None or not connue.a_une_fiche or (edition and connue.fiche and edition > connue.fiche):
            plus_recents.add(m.identifiant)
            annonce = _nom_de_liste(m.nom)
            retenus[m.identifiant] = connue.nom if connue and _meme_nom(annonce, connue.nom) else annonce
        else:
            retenus[m.identifiant] = connue.nom
    rapport.noter(
        "métiers de la liste",
        synchroniser(
            FicheOnisep.objects.all(),
            (
                {
                    "identifiant": m.identifiant,
                    **retenus[m.identifiant]._asdict(),
                    "domaines": m.domaines,
                    "url": ADRESSE.format(m.identifiant),
                }
                for m in metiers
            ),
            cle=("identifiant",),
            absents=Absents.GARDER,
        ),
    )
    FicheOnisep.objects.filter(pk__in=list(retenus)).update(version_liste=version)
    renommes = {pk: nom for pk, nom in retenus.items() if pk in avant and nom != avant[pk].nom}
    autres: dict[str, list[Nom]] = {pk: [] for pk in renommes}
    for lien in AppellationOnisep.objects.filter(fiche__in=list(renommes), ancien_nom=False):
        autres[lien.fiche_id].append(Nom(lien.nom, lien.libelle_feminin, lien.libelle_masculin))
    _appellations(autres, renommes, ((pk, avant[pk].nom) for pk in renommes), rapport)
    sans_code = set(retenus) - set(LienOnisepRome.objects.values_list("fiche", flat=True))
    ecrits = [m for m in metiers if m.codes_rome and m.identifiant in plus_recents | sans_code]
    _liens_rome(((m.identifiant, m.codes_rome) for m in ecrits), [m.identifiant for m in ecrits], rapport)


def disparues(champ: str, presentes: Iterable[str]) -> set[str]:
    """The fiches in force that the publication of `champ` held, and holds no longer."""
    tenues = FicheOnisep.objects.publies().exclude(**{champ: None}).values_list("pk", flat=True)
    return set(tenues) - set(presentes)


def retirer(champ: str, absentes: set[str], rapport: Rapport) -> int:
    """Let go of these fiches: withdrawn, unless the other publication still holds them; returns how many were."""
    autre = "version_liste" if champ == "version" else "version"
    perimetre = FicheOnisep.objects.filter(pk__in=absentes)
    perimetre.exclude(**{autre: None}).update(**{champ: None})
    seules = perimetre.filter(**{autre: None}).exclude(**{champ: None})
    bilan = synchroniser(seules, (), cle=("identifiant",), absents=Absents.RETIRER)
    rapport.noter("fiches métiers", bilan)
    return bilan.retires


def _nom_de_liste(nom: str) -> Nom:
    """« conseiller / conseillère relation client à distance », as the list writes it."""
    deux = formes(nom)
    # « hôtesse de l'air / steward » puts the feminine first; what both forms are is all that can be told.
    return Nom(nom, deux.feminin, deux.masculin)


def _meme_nom(un: Nom, autre: Nom) -> bool:
    """The two publications write one name in two ways: « attaché/e », « attaché / attachée »."""
    if un.nom == autre.nom:
        return True
    return {un.libelle_feminin, un.libelle_masculin} == {autre.libelle_feminin, autre.libelle_masculin}


def _appellations(
    synonymes: dict[str, list[Nom]],
    retenus: dict[str, Nom],
    portes: Iterable[tuple[str, Nom]],
    rapport: Rapport,
) -> None:
    """Each fiche's other names: those the source gives, and those of `portes`, which it bore itself and are still searched."""
    anciens: dict[str, list[Nom]] = {}
    for lien in AppellationOnisep.objects.filter(fiche__in=list(synonymes), ancien_nom=True):
        anciens.setdefault(lien.fiche_id, []).append(
            Nom(lien.nom, lien.libelle_feminin, lien.libelle_masculin)
        )
    for pk, nom in portes:
        if pk in synonymes and not _meme_nom(nom, retenus[pk]):
            anciens.setdefault(pk, []).append(nom)

    def lignes() -> Iterator[dict[str, Any]]:
        for pk, noms in synonymes.items():
            vus = {retenus[pk].nom}
            for ancien, liste in ((False, noms), (True, anciens.get(pk, []))):
                for nom in liste:
                    if nom.nom not in vus:
                        vus.add(nom.nom)
                        yield {"fiche_id": pk, **nom._asdict(), "ancien_nom": ancien}

    rapport.noter(
        "appellations",
        synchroniser(
            AppellationOnisep.objects.filter(fiche__in=list(synonymes)),
            lignes(),
            cle=("fiche_id", "nom"),
            absents=Absents.EFFACER,
        ),
    )


def _liens_rome(liens: Iterable[tuple[str, tuple[str, ...]]], fiches: list[str], rapport: Rapport) -> Bilan:
    return rapport.noter(
        "codes ROME",
        synchroniser(
            LienOnisepRome.objects.filter(fiche__in=fiches),
            ({"fiche_id": pk, "code_rome": code} for pk, codes in liens for code in codes),
            cle=("fiche_id", "code_rome"),
            absents=Absents.EFFACER,
        ),
    )


def _formations_et_associes(fiches: list[FicheMetier], rapport: Rapport) -> None:
    numeros = [f.identifiant for f in fiches]
    rapport.noter(
        "formations requises",
        synchroniser(
            FormationRequiseOnisep.objects.filter(fiche__in=numeros),
            (
                {"fiche_id": f.identifiant, "identifiant": identifiant, "libelle": libelle}
                for f in fiches
                for identifiant, libelle in f.formations_requises
            ),
            cle=("fiche_id", "identifiant"),
            absents=Absents.EFFACER,
        ),
    )
    en_place = set(FicheOnisep.objects.values_list("pk", flat=True))
    inconnus = [pk for f in fiches for pk in f.metiers_associes if pk not in en_place]
    rapport.noter(
        "métiers associés",
        synchroniser(
            FicheOnisep.metiers_associes.through._default_manager.filter(from_ficheonisep__in=numeros),
            (
                {"from_ficheonisep_id": f.identifiant, "to_ficheonisep_id": pk}
                for f in fiches
                for pk in f.metiers_associes
                if pk in en_place
            ),
            cle=("from_ficheonisep_id", "to_ficheonisep_id"),
            absents=Absents.EFFACER,
        ),
    )
    if inconnus:
        rapport.remarquer(
            f"{len(inconnus)} lien(s) vers un métier associé absent de ce fichier, laissé(s) de côté "
            f"({len(set(inconnus))} métier(s) : {', '.join(sorted(set(inconnus))[:10])}{' …' if len(set(inconnus)) > 10 else ''})."
        )
