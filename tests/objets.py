"""Objects to test with: each function writes one record, plausible by default, and returns it.

What a test speaks of is passed by keyword; the rest has a value that no test relies on. Related records are made on
the way when they are not given. Sources, domaines, départements and communes are reused when they exist.
"""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from catalogue.models import Source, VersionReferentiel
from certifications.models import (
    BlocDeCompetences,
    Certification,
    CertificationEditoriale,
    Debouche,
    Partenaire,
    StatistiquePromotion,
    VoieDAccesCertification,
)
from formations.models import (
    Commune,
    Departement,
    Formation,
    LienFormationMetier,
    Lieu,
    Organisme,
    Region,
    Session,
)
from metiers.models import (
    Appellation,
    Competence,
    CompetenceRequise,
    DomaineProfessionnel,
    FicheEditoriale,
    FicheOnisep,
    GrandDomaine,
    Indicateur,
    IndicateurEditorial,
    LienOnisepRome,
    Metier,
    Mobilite,
    NatureIndicateur,
    Reaffectation,
    Savoir,
    SavoirRequis,
)

_suivant = count(1)


def source(code: str = "rome", **champs: Any) -> Source:
    return Source.objects.get_or_create(code=code, defaults={"nom": code.upper(), **champs})[0]


def version(
    code_source: str = "rome", numero: str = "60", publiee_le: date | None = None
) -> VersionReferentiel:
    """« version 60 » of the source named `code_source`."""
    return VersionReferentiel.objects.get_or_create(
        source=source(code_source), version=numero, publiee_le=publiee_le
    )[0]


def grand_domaine(code: str = "D", **champs: Any) -> GrandDomaine:
    return GrandDomaine.objects.get_or_create(
        code=code, defaults={"libelle": f"Grand domaine {code}", **champs}
    )[0]


def domaine(code: str = "D14", **champs: Any) -> DomaineProfessionnel:
    defauts = {"libelle": f"Domaine {code}", "grand_domaine": grand_domaine(code[0]), **champs}
    return DomaineProfessionnel.objects.get_or_create(code=code, defaults=defauts)[0]


def metier(code: str = "D1415", **champs: Any) -> Metier:
    """A fiche in force with its principal appellation; `temoin` is the OGR number of that appellation."""
    numero = next(_suivant)
    ecrit = Metier.objects.create(
        code_rome=code,
        **{
            "code_ogr": f"{100_000 + numero}",
            "libelle": f"Métier {code}",
            "temoin": f"{500_000 + numero}",
            "domaine": champs["domaine"] if "domaine" in champs else domaine(code[:3]),
            **champs,
        },
    )
    if ecrit.temoin and not Appellation.objects.filter(pk=ecrit.temoin).exists():
        appellation(ecrit, ecrit.libelle, code_ogr=ecrit.temoin, principale=not ecrit.est_retire)
    return ecrit


def appellation(metier: Metier, libelle: str = "", **champs: Any) -> Appellation:
    numero = next(_suivant)
    libelle = libelle or f"Appellation {numero}"
    defauts = {"code_ogr": f"{700_000 + numero}", "libelle": libelle, "masculin": libelle, "feminin": libelle}
    return Appellation.objects.create(metier=metier, **{**defauts, **champs})


def competence(libelle: str = "", **champs: Any) -> Competence:
    numero = next(_suivant)
    defauts = {"code_ogr": f"{300_000 + numero}", "libelle": libelle or f"Compétence {numero}"}
    return Competence.objects.create(**{**defauts, **champs})


def savoir(libelle: str = "", **champs: Any) -> Savoir:
    numero = next(_suivant)
    defauts = {"code_ogr": f"{400_000 + numero}", "libelle": libelle or f"Savoir {numero}"}
    return Savoir.objects.create(**{**defauts, **champs})


def competence_requise(metier: Metier, item: Competence | None = None, **champs: Any) -> CompetenceRequise:
    return CompetenceRequise.objects.create(metier=metier, competence=item or competence(), **champs)


def savoir_requis(metier: Metier, item: Savoir | None = None, **champs: Any) -> SavoirRequis:
    return SavoirRequis.objects.create(metier=metier, savoir=item or savoir(), **champs)


def mobilite(metier: Metier, cible: Metier, ordre: int = 1) -> Mobilite:
    return Mobilite.objects.create(metier=metier, cible=cible, ordre=ordre)


def fiche_editoriale(pour: Metier | None = None, **champs: Any) -> FicheEditoriale:
    """Texts written for the job that the métier is at this moment."""
    return FicheEditoriale.objects.create(metier=pour or metier(), **champs)


def reaffectation(metier: Metier, **champs: Any) -> Reaffectation:
    """« Même métier ? » asked about a métier whose witness was « 1 » before."""
    defauts = {
        "ancien_temoin": "1",
        "ancien_libelle": "Ancien métier",
        "nouveau_temoin": metier.temoin,
        "nouveau_libelle": metier.libelle,
    }
    return Reaffectation.objects.create(metier=metier, **{**defauts, **champs})


def fiche_onisep(identifiant: str = "", metier: Metier | None = None, **champs: Any) -> FicheOnisep:
    """A fiche of Onisep, citing the code of `metier` when it is given."""
    numero = next(_suivant)
    fiche = FicheOnisep.objects.create(
        identifiant=identifiant or f"MET.{numero}", **{"nom": f"fiche {numero}", **champs}
    )
    if metier is not None:
        LienOnisepRome.objects.create(fiche=fiche, code_rome=metier.code_rome, metier=metier)
    return fiche


def nature(code: str = "salaire-median", **champs: Any) -> NatureIndicateur:
    defauts = {"libelle": "Salaire médian", "theme": NatureIndicateur.Theme.SALAIRE, **champs}
    return NatureIndicateur.objects.get_or_create(code=code, defaults=defauts)[0]


def indicateur(metier: Metier, code_nature: str = "salaire-median", **champs: Any) -> Indicateur:
    defauts = {
        "nature": nature(code_nature),
        "valeur": 2000,
        "unite": "€ par mois",
        "source": source("insee"),
    }
    return Indicateur.objects.create(metier=metier, **{**defauts, **champs})


def indicateur_editorial(
    fiche: FicheEditoriale, code_nature: str = "salaire-median", **champs: Any
) -> IndicateurEditorial:
    defauts = {
        "nature": nature(code_nature),
        "valeur": 2000,
        "unite": "€ par mois",
        "source": source("etude"),
    }
    return IndicateurEditorial.objects.create(fiche=fiche, **{**defauts, **champs})


def certification(numero: str = "RNCP34809", **champs: Any) -> Certification:
    """A fiche said active by its source, without dates; a RNCP fiche is at niveau 5."""
    type_ = "RS" if numero.startswith("RS") else "RNCP"
    defauts = {
        "type": type_,
        "intitule": f"Certification {numero}",
        "niveau": 5 if type_ == "RNCP" else None,
        "active_selon_source": True,
    }
    return Certification.objects.create(numero=numero, **{**defauts, **champs})


def certification_editoriale(pour: Certification | None = None, **champs: Any) -> CertificationEditoriale:
    return CertificationEditoriale.objects.create(certification=pour or certification(), **champs)


def bloc(certification: Certification, code: str = "", **champs: Any) -> BlocDeCompetences:
    code = code or f"{certification.numero}BC{next(_suivant):02}"
    return BlocDeCompetences.objects.create(
        certification=certification, code=code, **{"libelle": f"Bloc {code}", **champs}
    )


def debouche(certification: Certification, metier: Metier | None = None, **champs: Any) -> Debouche:
    """The certification cites the code of the métier; pass `code_rome` alone for a code that is unknown here."""
    defauts = (
        {"code_rome": metier.code_rome, "libelle_source": metier.libelle}
        if metier
        else {"code_rome": "Z9999"}
    )
    return Debouche.objects.create(certification=certification, metier=metier, **{**defauts, **champs})


def partenaire(certification: Certification, **champs: Any) -> Partenaire:
    numero = next(_suivant)
    valeurs = {"siret": f"{numero:014}", "nom": f"Partenaire {numero}", **champs}
    identite = valeurs["siret"] or valeurs["nom"]
    return Partenaire.objects.create(certification=certification, **{"identite": identite, **valeurs})


def voie(certification: Certification, code: str = "VAE", ouverte: bool | None = True, **champs: Any) -> Any:
    return VoieDAccesCertification.objects.create(
        certification=certification, voie=code, ouverte=ouverte, **champs
    )


def statistique(certification: Certification, annee: int = 2023, **champs: Any) -> StatistiquePromotion:
    return StatistiquePromotion.objects.create(certification=certification, annee=annee, **champs)


def departement(code: str = "69", **champs: Any) -> Departement:
    region, _ = Region.objects.get_or_create(code="84", defaults={"nom": "Auvergne-Rhône-Alpes"})
    defauts = {"nom": f"Département {code}", "region": region, **champs}
    return Departement.objects.get_or_create(code=code, defaults=defauts)[0]


def commune(code: str = "69123", **champs: Any) -> Commune:
    defauts = {"nom": f"Commune {code}", "departement": departement(code[:2]), **champs}
    return Commune.objects.get_or_create(code=code, defaults=defauts)[0]


def organisme(nom: str = "", **champs: Any) -> Organisme:
    numero = next(_suivant)
    return Organisme.objects.create(nom=nom or f"Organisme {numero}", **{"siret": f"{numero:014}", **champs})


def lieu(chez: Organisme | None = None, **champs: Any) -> Lieu:
    defauts: dict[str, Any] = {
        "adresse": f"{next(_suivant)} rue du Test",
        "code_postal": "69001",
        "ville": "Lyon",
    }
    if "commune" not in champs:
        defauts |= {"commune": commune(), "departement": departement()}
    return Lieu.objects.create(organisme=chez or organisme(), **{**defauts, **champs})


def formation(identifiant: str = "", **champs: Any) -> Formation:
    identifiant = identifiant or f"FOR.{next(_suivant)}"
    defauts = {"intitule": f"Formation {identifiant}", "source": champs.get("source") or source("onisep")}
    return Formation.objects.create(identifiant=identifiant, **{**defauts, **champs})


def lien_formation(
    formation: Formation, metier: Metier, origine: str = LienFormationMetier.Origine.SOURCE
) -> LienFormationMetier:
    return LienFormationMetier.objects.create(formation=formation, metier=metier, origine=origine)


def session(de: Formation | None = None, **champs: Any) -> Session:
    """A session without date, price nor place: unknown, hence null."""
    return Session.objects.create(
        formation=de or formation(),
        **{
            "identifiant": f"S{next(_suivant)}",
            "source": source("onisep"),
            "organisme": champs["organisme"] if "organisme" in champs else organisme(),
            **champs,
        },
    )
