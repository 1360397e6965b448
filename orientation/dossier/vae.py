"""The VAE sheet of a certification: bloc by bloc, what to prove and with what; plain when the way is closed."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.formats import date_format

from catalogue.texte import Liste, Paragraphe, structurer
from certifications.fiche import FicheCertification
from certifications.lignee import Parente
from certifications.models import BlocDeCompetences, Certificateur, Certification, VoieDAccesCertification

# What people who were granted a VAE usually gathered; advice of the portal, not a rule of a jury.
PREUVES_USUELLES = (
    "fiche de poste, contrat, certificat de travail",
    "travaux réalisés : documents, photos, captures d'écran, objets (sans donnée confidentielle)",
    "compte rendu d'entretien, évaluation, courriel de remerciement d'un client ou d'un responsable",
    "attestation d'un employeur, d'une association, d'une collectivité",
    "certificat ou attestation de formation déjà obtenu",
)


@dataclass(frozen=True, slots=True)
class BlocAPrevoir:
    """A bloc, the skills to illustrate one by one, how it is judged, the proofs that editors advise."""

    bloc: BlocDeCompetences
    modalites: list[Paragraphe | Liste]
    preuves: tuple[str, ...]


class FicheVae:
    """Built on a certification fetched with `charger`."""

    def __init__(self, certification: Certification) -> None:
        self.certification = certification
        self.fiche = FicheCertification(certification)

    @property
    def voie(self) -> VoieDAccesCertification | None:
        return next((v for v in self.certification.voies.all() if v.voie == "VAE"), None)

    @property
    def reponse(self) -> str:
        """Whether the way is open, in a sentence."""
        voie = self.voie
        if voie is None or voie.ouverte is None:
            return "La source ne dit pas si cette certification s'obtient par la VAE : demandez au certificateur avant de commencer."
        if not voie.ouverte:
            return "Cette certification ne s'obtient pas par la VAE, selon France compétences."
        return "Cette certification s'obtient par la VAE, selon France compétences."

    @property
    def est_fermee(self) -> bool:
        """The source says no: there is nothing to gather."""
        return self.voie is not None and self.voie.ouverte is False

    @property
    def est_terminee(self) -> bool:
        return self.fiche.etat in ("expiree", "inactive")

    @property
    def avertissement(self) -> str:
        """What the end of the registration changes."""
        if not self.est_terminee:
            return ""
        fin = self.certification.date_fin_enregistrement
        depuis = f" depuis le {date_format(fin, 'd/m/Y')}" if fin else ""
        limite = self.certification.date_limite_delivrance
        suite = (
            f" La source dit qu'elle peut être délivrée jusqu'au {date_format(limite, 'd/m/Y')}."
            if limite
            else ""
        )
        return (
            f"Son enregistrement est terminé{depuis} : demandez au certificateur si un dossier de VAE peut encore être "
            f"déposé, ou partez de celle qui la remplace.{suite}"
        )

    @property
    def remplacantes(self) -> list[Parente]:
        return self.fiche.lignee.nouvelles

    @property
    def blocs(self) -> list[BlocAPrevoir]:
        preuves = dict(self.fiche.preuves_vae)
        return [
            BlocAPrevoir(
                bloc,
                structurer(bloc.modalites_evaluation),
                tuple(preuves.get(f"{bloc.code} {bloc.libelle}", ())),
            )
            for bloc in self.certification.blocs.all()
            if not bloc.est_retire
        ]

    @property
    def preuves_generales(self) -> list[str]:
        """Those the editors advise for the whole certification."""
        return dict(self.fiche.preuves_vae).get("", [])

    @property
    def preuves_usuelles(self) -> tuple[str, ...]:
        return PREUVES_USUELLES

    @property
    def jury(self) -> list[Paragraphe | Liste]:
        return structurer(self.voie.composition_jury) if self.voie else []

    @property
    def autres_voies(self) -> list[str]:
        """Open ways other than the VAE."""
        return [v.get_voie_display() for v in self.certification.voies.all() if v.voie != "VAE" and v.ouverte]

    @property
    def certificateurs(self) -> list[Certificateur]:
        return list(self.certification.certificateurs.all())


def charger(certification: Certification) -> Certification:
    """The certification with what its VAE sheet shows, in a constant number of queries."""
    return (
        Certification.objects.select_related("version__source", "editorial")
        .prefetch_related("blocs", "voies", "certificateurs", "correspondances")
        .get(pk=certification.pk)
    )
