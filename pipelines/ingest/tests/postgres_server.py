"""A Postgres of one's own for the tests: the binaries that the embedded cloud uses, a free port, a temporary folder."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

_NOBODY = 65534  # Postgres refuses to run as root


def find_binaries(root: Path) -> Path | None:
    """The folder with initdb and postgres: the embedded cloud's, else the system's."""
    embedded = sorted((root / ".embedded" / "postgres").glob("*/bin/initdb"))
    system = shutil.which("initdb")
    found = embedded[-1] if embedded else Path(system).resolve() if system else None
    return found.parent if found else None


class PostgresServer:
    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._folder = Path(tempfile.mkdtemp(prefix="ingest-postgres-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._databases = 0
        self.port = 0

    def start(self) -> None:
        data = self._folder / "data"
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            for path in (self._folder, data):
                os.chown(path, _NOBODY, _NOBODY)
        # fsync off: a test's data needn't survive the machine
        initdb = [
            str(self._binaries / "initdb"),
            "-D",
            str(data),
            "-U",
            "trips",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
        ]
        subprocess.run([*self._as_somebody(), *initdb, "--locale=C"], check=True, capture_output=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [str(self._binaries / "postgres"), "-D", str(data), "-p", str(self.port), "-h", "127.0.0.1"]
        command += ["-c", "fsync=off", "-c", f"unix_socket_directories={self._folder}"]
        log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen([*self._as_somebody(), *command], stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self._address("postgres"), connect_timeout=1).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def copy_of(self, settings: dict[str, Any], folder: Path) -> dict[str, Any]:
        """A new database with what another one holds."""
        return self.new_database(folder, template=settings["database"])

    def demand_password(self, user: str, password: str, certificate: bytes, key: bytes) -> None:
        """A new user who comes in with the password over TLS, and in no other way; all others are trusted as before."""
        data = self._folder / "data"
        for name, content in (("server.crt", certificate), ("server.key", key)):
            (data / name).write_bytes(content)
            (data / name).chmod(0o600)
            if os.geteuid() == 0:
                os.chown(data / name, _NOBODY, _NOBODY)
        rules = data / "pg_hba.conf"
        mine = [f'hostssl all "{user}" 127.0.0.1/32 password', f'host all "{user}" 127.0.0.1/32 reject']
        rules.write_text("\n".join([*mine, rules.read_text()]))
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE \"{user}\" LOGIN PASSWORD '{password}'".encode())
        self.serve_tls(True)

    def serve_tls(self, on: bool) -> None:
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f"ALTER SYSTEM SET ssl = {'on' if on else 'off'}".encode())
            connection.execute("SELECT pg_reload_conf()")
        deadline = time.monotonic() + 10
        while self._now_serves_tls() != on:
            assert time.monotonic() < deadline, "Postgres didn't take its new settings"

    def _now_serves_tls(self) -> bool:
        try:
            psycopg.connect(f"{self._address('postgres')} sslmode=require").close()
        except psycopg.OperationalError:
            return False
        return True

    def new_database(self, folder: Path, template: str = "template1", owner: str = "trips") -> dict[str, Any]:
        """An empty database, or a copy of the template; gives what the settings say about it."""
        self._databases += 1
        name = f"trips_{self._databases}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE {name} TEMPLATE {template} OWNER "{owner}"'.encode())
        password = folder / "postgres-password"
        password.write_text("not checked: trust\n")
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "database": name,
            "user": "trips",
            "login": "password",
            "passwordFile": str(password),
        }

    def _address(self, database: str) -> str:
        return f"host=127.0.0.1 port={self.port} user=trips dbname={database}"

    def _as_somebody(self) -> list[str]:
        if os.geteuid() != 0:
            return []
        who = [f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]
        return ["setpriv", *who, "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
