"""`manage.py evaluer_recherche`: whether the search finds what people mean, on the connected database."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from catalogue.recherche import jugement

SEUIL = 0.95
MOITIES = ("reglage", "controle")


class Command(BaseCommand):
    help = "Mesure la recherche sur des requêtes jugées ; échoue si moins de 95 % donnent la bonne réponse en premier."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fichier",
            type=Path,
            default=Path(settings.BASE_DIR) / "tests" / "data" / "recherche" / "jugements.csv",
            help="Les requêtes jugées (CSV).",
        )
        parser.add_argument(
            "--moitie", choices=MOITIES, help="Une seule moitié des requêtes, chiffres et fautes."
        )
        parser.add_argument("--durees", action="store_true", help="Mesurer aussi les durées.")
        parser.add_argument("--ecrire", type=Path, help="Écrire dans ce fichier les cinq premières réponses.")
        parser.add_argument(
            "--comparer",
            type=Path,
            help="Comparer avec les réponses qu'une autre base a écrites ; échoue si moins de 95 % sont les mêmes.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        jugements = self._lire(options["fichier"], options["moitie"])
        try:
            mesure = jugement.juger(jugements)
        except Error as erreur:
            raise CommandError(
                "La base de données ne répond pas, ou n'est pas à jour (manage.py migrate)."
            ) from erreur
        for nom in (options["moitie"],) if options["moitie"] else MOITIES:
            partie = jugement.Mesure([v for v in mesure.verdicts if v.jugement.moitie == nom])
            self._dire({"reglage": "réglage", "controle": "contrôle"}[nom], partie)
        if not options["moitie"]:
            self._dire("toutes", mesure)
        # Faults of the half kept for control are shown only to who asks for it.
        for verdict in mesure.verdicts:
            if verdict.rang != 1 and (options["moitie"] or options["verbosity"] > 1):
                j = verdict.jugement
                self.stdout.write(
                    f"  « {j.requete} » : {', '.join(verdict.cles) or 'rien'} (attendu : {j.attendus})"
                )
        if options["durees"] and len(jugements) > 1:
            self._dire_durees([j.requete for j in jugements])
        reponses = {v.jugement.requete: v.cles for v in mesure.verdicts}
        if options["ecrire"]:
            options["ecrire"].write_text(json.dumps(reponses, ensure_ascii=False, indent=1), encoding="utf-8")
        if options["comparer"]:
            self._comparer(reponses, options["comparer"])
        if mesure.precision_a_1 < SEUIL:
            raise CommandError(f"La bonne réponse vient en premier dans moins de {SEUIL:.0%} des cas.")

    def _lire(self, chemin: Path, moitie: str | None) -> list[jugement.Jugement]:
        try:
            jugements = jugement.lire(chemin)
        except OSError as erreur:
            raise CommandError(f"Le fichier {chemin} ne se lit pas : {erreur.strerror}.") from erreur
        except (ValueError, KeyError) as erreur:
            raise CommandError(
                f"Le fichier {chemin} n'est pas un jeu de requêtes jugées. {erreur}"
            ) from erreur
        retenus = [j for j in jugements if moitie in (None, j.moitie)]
        if not retenus:
            raise CommandError(f"Le fichier {chemin} ne contient aucune requête.")
        return retenus

    def _dire(self, nom: str, mesure: jugement.Mesure) -> None:
        self.stdout.write(
            f"{nom:9} {len(mesure.verdicts):4} requêtes   précision à 1 : {mesure.precision_a_1:.3f}   "
            f"à 5 : {mesure.precision_a_5:.3f}   rang réciproque moyen : {mesure.rang_reciproque:.3f}"
        )

    def _comparer(self, reponses: dict[str, list[str]], chemin: Path) -> None:
        try:
            autres = json.loads(chemin.read_text(encoding="utf-8"))
            differentes = [requete for requete, cles in reponses.items() if autres.get(requete) != cles]
        except OSError as erreur:
            raise CommandError(f"Le fichier {chemin} ne se lit pas : {erreur.strerror}.") from erreur
        except (ValueError, AttributeError) as erreur:
            raise CommandError(f"Le fichier {chemin} n'a pas été écrit par --ecrire.") from erreur
        part = 1 - len(differentes) / len(reponses)
        self.stdout.write(
            f"les deux bases donnent les mêmes cinq premières réponses à {len(reponses) - len(differentes)} requêtes "
            f"sur {len(reponses)} ({part:.1%})"
        )
        for requete in differentes:
            self.stdout.write(
                f"  « {requete} » : {', '.join(reponses[requete])} ; ailleurs {', '.join(autres.get(requete, []))}"
            )
        if part < SEUIL:
            raise CommandError(f"Moins de {SEUIL:.0%} des réponses sont les mêmes.")

    def _dire_durees(self, requetes: list[str]) -> None:
        for nom, durees in jugement.chronometrer(requetes).items():
            horloge, processeur = (
                statistics.quantiles(valeurs, n=100) for valeurs in zip(*durees, strict=True)
            )
            self.stdout.write(
                f"{nom:11} médiane {horloge[49]:.1f} ms, 95 % sous {horloge[94]:.1f} ms "
                f"(processeur : {processeur[49]:.1f} et {processeur[94]:.1f} ms), objectif {jugement.OBJECTIFS[nom]} ms"
            )
