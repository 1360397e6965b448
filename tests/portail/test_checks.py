"""`check --deploy`, asked as an operator asks it: in a process of its own, under production settings."""

import os
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
CLE = "une-cle-longue-et-variee-1234567890-abcdefghijklmnopqrstuvwxyz"


def verifier(**environnement: str) -> subprocess.CompletedProcess[str]:
    """The variables given here go before those of a `.env` file."""
    propre = {nom: valeur for nom, valeur in os.environ.items() if nom in ("PATH", "HOME", "LANG")}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=RACINE,
        env=propre | {"DATABASE_URL": "sqlite://:memory:", "DEBUG": "0", "HTTPS": "1", **environnement},
        capture_output=True,
        text=True,
    )


def test_production_settings_have_no_issue_with_a_key():
    resultat = verifier(SECRET_KEY=CLE)

    assert (resultat.returncode, resultat.stdout.strip(), resultat.stderr) == (
        0,
        "System check identified no issues (0 silenced).",
        "",
    )


def test_a_missing_key_is_reported():
    resultat = verifier(SECRET_KEY="")

    assert resultat.returncode == 1
    assert "(portail.E001) SECRET_KEY n'est pas fournie" in resultat.stderr
    assert "System check identified 1 issue (0 silenced)." in resultat.stderr
