"""Run the whole test suite on SQLite, then again on a throw-away PostgreSQL: `python -m tools.run_tests`.

Arguments are handed to pytest. The last line says what was tested. Exit status 0 when every run passed; a
machine without a PostgreSQL server tests SQLite alone, says so, and fails only under CI=true, where both
databases are promised.
"""

import os
import subprocess
import sys
from collections.abc import Sequence

from tools import with_postgres

# Workers as many as cores; a `-n0` among the arguments comes later on the line and wins.
# The browser tests have a command of their own, `make e2e`.
PYTEST = [sys.executable, "-m", "pytest", "-n", "auto", "--ignore=tests/e2e"]


def main(arguments: Sequence[str]) -> int:
    command = [*PYTEST, *arguments]
    # Said even though it is the default: the developer's own .env may name another database.
    environment = os.environ | {"DATABASE_URL": "sqlite://:memory:"}
    print("== Tests on SQLite", flush=True)
    statuses = [subprocess.run(command, env=environment).returncode]
    report = [f"SQLite: {_word(statuses[0])}."]

    bindir = with_postgres.find_bindir()
    if bindir is None:
        report.append(
            "PostgreSQL: not tested, no server on this machine (on Debian: apt-get install postgresql)."
        )
        statuses.append(1 if os.environ.get("CI") == "true" else 0)
    else:
        name = f"PostgreSQL {with_postgres.server_version(bindir).split('.')[0]}"
        print(f"\n== Tests on {name}", flush=True)
        runner = [sys.executable, with_postgres.__file__, "--", *command]
        statuses.append(subprocess.run(runner).returncode)
        report.append(f"{name}: {_word(statuses[1])}.")

    print("\n" + " ".join(report))
    return 1 if any(statuses) else 0


def _word(status: int) -> str:
    return "passed" if status == 0 else f"FAILED (exit status {status})"


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
