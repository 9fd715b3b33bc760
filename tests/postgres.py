"""A real PostgreSQL for tests: made for the session, stopped and started at will.

Its default order of texts is the Vietnamese one of ICU, so that a test sees where the program
relies on another; every connection over the network needs the password.
"""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from indexer.database_address import DatabaseAddress

_USER = "vankien"
_START_SECONDS = 30.0
_QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=16MB")


class Postgres:
    """A server of its own, with data of its own, on a free port of this machine."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.password = secrets.token_urlsafe(12)
        self.port = _free_port()
        # PostgreSQL refuses to work for root.
        self._as: dict[str, str] = {"user": "postgres"} if os.geteuid() == 0 else {}
        if self._as:
            shutil.chown(folder, "postgres")
        self._make()

    def url(self, database: str, *, password: str | None = None) -> str:
        """Return the address of a database of the server."""
        word = self.password if password is None else password
        return f"postgresql://{_USER}:{word}@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Return the address of an empty database of its own."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Run a statement outside of the program."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = [part for each in _QUICK for part in ("-c", each)]
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "data"), *settings]
        command += ["-c", "listen_addresses=127.0.0.1", "-p", str(self.port)]
        command += ["-k", str(self._folder), "-c", "max_connections=60"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, **self._as)  # type: ignore[call-overload]
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server: SIGINT ends its connections in order, SIGQUIT as a crash would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_START_SECONDS)
            self._process = None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop the server and start it again, with the same data."""
        self.stop(how)
        self.start()

    def _make(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self.password, encoding="utf-8")
        if self._as:
            shutil.chown(secret, "postgres")
        command = [str(self._programs / "initdb"), "-D", str(self._folder / "data")]
        command += ["-U", _USER, f"--pwfile={secret}", "--auth=scram-sha-256", "--no-sync"]
        command += ["--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=vi"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **self._as)  # type: ignore[call-overload]
        secret.unlink()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _programs() -> Path | None:
    found = shutil.which("initdb")
    # Debian keeps them apart from what everybody may run, by version.
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A running server; without PostgreSQL skip, or fail where it must be."""
    programs = _programs()
    if programs is None:
        message = "PostgreSQL is not installed: apt-get install postgresql"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="vankien-postgres-"))
    server = Postgres(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def database_url(postgres: Postgres) -> str:
    """The address of an empty database."""
    return postgres.new_database()


KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.database))


def new_address(request: pytest.FixtureRequest, data: Path) -> DatabaseAddress:
    """Return where a catalogue may be made, in the kind of database that `request` names."""
    if request.param == "sqlite":
        return DatabaseAddress(data)
    server: Postgres = request.getfixturevalue("postgres")
    return DatabaseAddress(data, server.new_database())


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> DatabaseAddress:
    """Where a catalogue may be made: a test that asks for it runs on every database."""
    return new_address(request, tmp_path)
