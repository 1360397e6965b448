"""The throw-away PostgreSQL, as its callers use it: a program with an exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools import with_postgres

needs_server = pytest.mark.skipif(
    with_postgres.find_bindir() is None, reason="no PostgreSQL server on this machine"
)


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, with_postgres.__file__, *command]
    return subprocess.run(program, env=os.environ | environment, capture_output=True, text=True, check=False)


def test_exit_status_without_server_programs(tmp_path):
    command = ["--", "true"]

    done = run(*command, PG_BINDIR=str(tmp_path))

    assert done.returncode == 77
    assert done.stderr == (
        "with_postgres: no PostgreSQL server found (on Debian: apt-get install postgresql)\n"
    )


@pytest.mark.parametrize("command", [[], ["--"], ["true"]])
def test_wrong_command_line_is_refused(command):
    usage = "usage: with_postgres.py -- command [argument ...]\n"

    done = run(*command)

    assert (done.returncode, done.stderr) == (2, usage)


@needs_server
def test_command_reads_and_writes_and_nothing_is_left():
    script = (
        "import os, psycopg, sys\n"
        "with psycopg.connect(os.environ['DATABASE_URL']) as connection:\n"
        "    connection.execute('create table t (x text)')\n"
        "    connection.execute(\"insert into t values ('É')\")\n"
        "    print(*connection.execute('select lower(x), current_user from t').fetchone())\n"
        "    print(os.environ['PGHOST'])\n"
        "sys.exit(5)\n"
    )

    done = run("--", sys.executable, "-c", script)

    row, directory = done.stdout.splitlines()
    assert (done.returncode, row, done.stderr) == (5, "é app", "")
    assert not Path(directory).exists()


@needs_server
def test_server_is_removed_when_asked_to_stop():
    program = [sys.executable, with_postgres.__file__, "--", "sh", "-c", "echo $PGHOST; exec sleep 60"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as process:
        directory = Path(process.stdout.readline().strip())
        existed = directory.exists()

        process.terminate()
        status = process.wait(30)

    assert (existed, status, directory.exists()) == (True, 143, False)
