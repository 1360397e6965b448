#!/usr/bin/env python3
"""Run a command against a throw-away PostgreSQL server: `tools/with_postgres.py -- pytest -q`.

The server lives in a temporary directory, listens on a unix socket only (no TCP port to clash with) and
is removed when the command ends, also after Ctrl-C or SIGTERM. It trades durability for speed: never keep
anything in it. The command finds it through `DATABASE_URL`, and psql through `PGHOST`, `PGUSER` and
`PGDATABASE`.

PostgreSQL refuses to run as root, so under root the server runs as `postgres`, else as `nobody`; an
ordinary user runs it as themselves. `PG_BINDIR` names the directory of the server's programs when they are
neither on the PATH nor where Debian, Fedora or Homebrew put them.

Exit status: that of the command (128 + n when signal n ended it); 77 when this machine has no PostgreSQL
server; 1 when the server did not start; 2 on a wrong command line. Needs nothing but Python 3.11.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

NO_SERVER = 77
PROGRAMS = ("initdb", "pg_ctl", "postgres")
INSTALLED_BINDIRS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin")
# fsync and friends only protect data that outlives a power cut: this data does not outlive the command.
SERVER_OPTIONS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
# What an interrupted command is given to end by itself, in seconds, before it is ended.
GRACE = 10


class Interrupted(Exception):
    """A signal asked this process to stop."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def find_bindir() -> Path | None:
    """The directory of the newest PostgreSQL server of this machine, `PG_BINDIR` first; None without one.

    When `PG_BINDIR` is set nothing else is searched: what was asked for is used, or its absence is told.
    """
    asked = os.environ.get("PG_BINDIR")
    if asked is not None:
        candidates = [Path(asked)] if asked else []
    else:
        found = [path for pattern in INSTALLED_BINDIRS for path in Path("/").glob(pattern)]
        on_path = shutil.which("initdb")
        # PATH may hold a link to one program only: the others are beside the real file.
        candidates = [Path(on_path).resolve().parent] if on_path else []
        candidates += sorted(found, key=_version_in_path, reverse=True)
    for candidate in candidates:
        if all(os.access(candidate / name, os.X_OK) for name in PROGRAMS):
            return candidate
    return None


def _version_in_path(path: Path) -> int:
    return max((int(digits) for digits in re.findall(r"\d+", str(path))), default=0)


def server_version(bindir: Path) -> str:
    """The version the programs announce, such as « 15.18 »."""
    answer = subprocess.run([bindir / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", answer.stdout)
    return found.group() if found else "(unknown version)"


class ThrowAwayServer:
    """A PostgreSQL cluster in a temporary directory: `start()`, then `remove()` whatever happened."""

    def __init__(self, bindir: Path) -> None:
        self.bindir = bindir
        # Directly under /tmp, not under TMPDIR: the path of a unix socket is limited to 107 bytes.
        self.directory = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self.data = self.directory / "data"
        self.log = self.directory / "server.log"
        self._owner = _unprivileged_user() if os.geteuid() == 0 else None
        if self._owner:
            os.chown(self.directory, self._owner.pw_uid, self._owner.pw_gid)

    def start(self) -> bool:
        """Create the cluster and start its server; on failure, copy its log to stderr and answer False."""
        # LC_COLLATE and LC_CTYPE of C.UTF-8: accents have upper and lower case, and the order of strings is
        # the same on every machine, and the same as SQLite's.
        init = ["-D", str(self.data), "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        options = f"-k {self.directory} {SERVER_OPTIONS}"
        start = ["-D", str(self.data), "-w", "-t", "60", "-l", str(self.log), "-o", options, "start"]
        for program, arguments in (("initdb", init), ("pg_ctl", start)):
            done = self._run(program, arguments)
            if done.returncode:
                log = self.log.read_text(errors="replace") if self.log.exists() else ""
                print(f"with_postgres: {program} failed\n{done.stdout}{log}", file=sys.stderr)
                return False
        return True

    def environment(self) -> dict[str, str]:
        """The environment of a command that is to use this server."""
        return os.environ | {
            # libpq's own form, which psql and django-environ both read.
            "DATABASE_URL": f"postgresql://app@/postgres?host={self.directory}",
            "PGHOST": str(self.directory),
            "PGUSER": "app",
            "PGDATABASE": "postgres",
        }

    def remove(self) -> None:
        """Stop the server, if it runs, and delete everything it wrote."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", ["-D", str(self.data), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.directory, ignore_errors=True)

    def _run(self, program: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        # Variables such as PGHOST or PGDATA of the caller are about another server.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment |= {"HOME": str(self.directory), "LC_ALL": "C.UTF-8"}
        # A file, not a pipe: the server inherits it and would keep a pipe open.
        with tempfile.TemporaryFile("w+", errors="replace") as output:
            done = subprocess.run(
                [str(self.bindir / program), *arguments],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self._owner.pw_uid if self._owner else None,
                group=self._owner.pw_gid if self._owner else None,
                extra_groups=[] if self._owner else None,
            )
            output.seek(0)
            return subprocess.CompletedProcess(done.args, done.returncode, output.read())


def _unprivileged_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def run_command(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a command to its end and return its exit status as a shell would tell it."""
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as error:
        print(f"with_postgres: {command[0]}: {error.strerror}", file=sys.stderr)
        return 127
    try:
        status = process.wait()
    except Interrupted as interruption:
        _ignore_signals()
        # The terminal has already sent Ctrl-C to the command too; any other signal came to us alone.
        if interruption.signum != signal.SIGINT or not sys.stdin.isatty():
            process.send_signal(interruption.signum)
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        raise
    return status if status >= 0 else 128 - status


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise Interrupted(signum)


def _ignore_signals() -> None:
    """Let nothing disturb the cleaning up, which is bounded in time."""
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, signal.SIG_IGN)


def main(arguments: Sequence[str]) -> int:
    """Run what follows `--` against a server of its own; see the module for the exit status."""
    if len(arguments) < 2 or arguments[0] != "--":
        print("usage: with_postgres.py -- command [argument ...]", file=sys.stderr)
        return 2
    bindir = find_bindir()
    if bindir is None:
        print(
            "with_postgres: no PostgreSQL server found (on Debian: apt-get install postgresql)",
            file=sys.stderr,
        )
        return NO_SERVER
    server = None
    for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signum, _interrupt)
    try:
        server = ThrowAwayServer(bindir)
        if not server.start():
            return 1
        return run_command(arguments[1:], server.environment())
    except Interrupted as interruption:
        return 128 + interruption.signum
    finally:
        _ignore_signals()
        if server:
            server.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
