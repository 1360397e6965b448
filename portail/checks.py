"""Checks of a deployment that Django does not make."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, Tags, register
from django.core.checks.messages import CheckMessage


@register(Tags.security, deploy=True)
def cle_secrete_fournie(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    from portail.settings import env

    if env.str("SECRET_KEY", default=""):
        return []
    return [
        Error(
            "SECRET_KEY n'est pas fournie : chaque processus signe avec une clé à lui.",
            hint="Placez SECRET_KEY dans l'environnement ou dans le fichier .env (« make setup » l'écrit).",
            id="portail.E001",
        )
    ]
