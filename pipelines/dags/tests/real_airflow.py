"""A whole Airflow of its own: database, scheduler with LocalExecutor, DAG processor and API server on a free port."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DAGS = Path(__file__).resolve().parents[1]
PARALLELISM = 4


@dataclass
class RealAirflow:
    home: Path
    environment: dict[str, str]
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def make(cls, home: Path, database: Path, pipeline: Mapping[str, str]) -> RealAirflow:
        """It gets a copy of the database, and nothing runs yet."""
        scratch = home / "tmp"
        scratch.mkdir(parents=True)
        shutil.copyfile(database, home / "airflow.db")
        port = _free_port()
        own = {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__PARALLELISM": str(PARALLELISM),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
            "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
            "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
            # Scheduled runs would ask the TLC.
            "AIRFLOW__SCHEDULER__USE_JOB_SCHEDULE": "False",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            # What `npm start` runs `airflow dags test` with.
            "PYTHONPATH": str(DAGS.parent.parent / "embedded/engines/airflow/python"),
            "PYTHONWARNINGS": "ignore",
            "TMPDIR": str(scratch),
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "PIPELINE_"))}
        return cls(home, {**inherited, **own, **pipeline})

    def command(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "airflow", *arguments]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
        return done.stdout

    @contextmanager
    def running(self, apps: str = "execution") -> Iterator[None]:
        """`apps`: `execution` is what tasks speak to; `all` has the API for people, too."""
        try:
            self._start("api-server", "--apps", apps)
            self._start("scheduler")
            self._start("dag-processor")
            self.wait("the API server", self._answers)
            yield
        finally:
            _end(self._running)

    def trigger(self, **conf: Any) -> None:
        """A run named r1, once the DAG is known."""
        self.wait("the DAG", lambda: self.rows("SELECT 1 FROM dag WHERE dag_id = 'trips'"))
        self.command("dags", "trigger", "trips", "--run-id", "r1", "--conf", json.dumps({"run_id": "r1", **conf}))

    def state(self) -> str | None:
        """The run's, once it has ended."""
        rows = self.rows("SELECT state FROM dag_run WHERE run_id = 'r1' AND state IN ('success', 'failed')")
        return rows[0]["state"] if rows else None

    def wait(self, what: str, holds: Callable[[], Any], seconds: float = 300) -> Any:
        deadline = time.monotonic() + seconds
        while not (found := holds()):
            gone = [process.args for process in self._running if process.poll() is not None]
            assert not gone, f"{gone} ended while {what} was waited for:\n{self._last_words()}"
            assert time.monotonic() < deadline, f"{what} didn't come in {seconds:.0f} s:\n{self._last_words()}"
            time.sleep(0.1)
        return found

    def rows(self, query: str) -> list[dict[str, Any]]:
        with closing(sqlite3.connect(f"file:{self.home / 'airflow.db'}?mode=ro", uri=True, timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]

    def _start(self, component: str, *options: str) -> None:
        command = [sys.executable, "-m", "airflow", component, *options]
        with (self.home / f"{component}.log").open("wb") as log:
            environment = self.environment
            self._running.append(
                subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
            )

    def _answers(self) -> bool:
        try:
            url = f"{self.environment['AIRFLOW__API__BASE_URL']}/execution/health"
            with urllib.request.urlopen(url, timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def _last_words(self) -> str:
        return "\n".join(log.read_text(errors="replace")[-2_000:] for log in sorted(self.home.glob("*.log")))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end(processes: list[subprocess.Popen[bytes]]) -> None:
    """The processes and whatever they started: asked, and after ten seconds made to."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process in processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)
        for process in processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
