from typing import Any

from django.apps import AppConfig

from catalogue.signals import donnees_changees, donnees_importees


class FormationsConfig(AppConfig):
    name = "formations"
    verbose_name = "Formations"

    def ready(self) -> None:
        from django.db.models.signals import post_delete, post_save

        from catalogue.recherche import codes, index
        from formations import recherche
        from formations.index import stock

        for signal in (post_save, post_delete):
            signal.connect(stock.suivre, dispatch_uid="formations.index")
        index.declarer("formation", recherche.formations)
        index.declarer("organisme", recherche.organismes)
        codes.declarer(recherche.identifiant_onisep)
        donnees_importees.connect(suivre_les_referentiels, dispatch_uid="formations.referentiels")
        donnees_changees.connect(refaire_l_index, dispatch_uid="formations.index")


def suivre_les_referentiels(version: Any, **kwargs: Any) -> None:
    """A new edition brings the certifications that formations cite, or changes the métiers these lead to."""
    from certifications.models import Debouche
    from formations.models import Formation, LienFormationMetier

    if version.source_id == "onisep":
        # Its fiches métiers say to which codes ROME its formations lead.
        from formations.mise_a_jour_onisep import citer_les_codes

        citer_les_codes()
        LienFormationMetier.objects.deriver()
    elif version.source_id in ("rome", "rncp", "rs"):
        # Certifications listen to the same signal, perhaps after this package; done twice, it changes nothing.
        Debouche.objects.rattacher()
        Formation.objects.rattacher()
        LienFormationMetier.objects.deriver()


def refaire_l_index(versions: Any, **kwargs: Any) -> None:
    """Whatever an import changes of formations, sessions, places or métiers; figures about métiers change nothing."""
    from formations.index import stock

    if any(not version.source_id.startswith(("dares", "bmo")) for version in versions):
        stock.conserver()
