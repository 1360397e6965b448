"""`manage.py charger_questionnaire`: the questions of fixtures/13_questionnaire.json, to begin with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from catalogue.models import VersionCatalogue
from orientation.models import OptionDeQuestion, Question


class Command(BaseCommand):
    help = "Ajoute les questions livrées avec le portail ; celles qui existent déjà ne changent pas."

    def handle(self, *args: Any, **options: Any) -> None:
        fichier = Path(settings.BASE_DIR) / "fixtures" / "13_questionnaire.json"
        objets = json.loads(fichier.read_text(encoding="utf-8"))
        livrees = [objet["fields"] for objet in objets if objet["model"] == "orientation.question"]
        reponses = [objet["fields"] for objet in objets if objet["model"] == "orientation.optiondequestion"]
        with transaction.atomic():
            connues = set(Question.objects.values_list("cle", flat=True))
            # Once an editor has a question about what someone has, theirs is the one.
            criteres = set(Question.objects.values_list("critere", flat=True))
            nouvelles = {}
            for champs in livrees:
                if champs["cle"] not in connues and champs["critere"] not in criteres:
                    nouvelles[champs["cle"]] = Question.objects.create(**champs)
            for champs in reponses:
                if question := nouvelles.get(champs["question"][0]):
                    OptionDeQuestion.objects.create(**{**champs, "question": question})
            if nouvelles:
                VersionCatalogue.avancer()
        self.stdout.write(
            f"{len(nouvelles)} question(s) ajoutée(s), {len(livrees) - len(nouvelles)} déjà là."
        )
