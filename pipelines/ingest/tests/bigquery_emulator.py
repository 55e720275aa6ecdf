"""A BigQuery for the tests: an emulator (PyPI's bqemulator) behind a server of our own.

Google's client library talks to the server, which notes every request and hands it on. What the emulator can't do,
the server makes of what it can:

- a load job into a partition (`table$201901`), or with WRITE_TRUNCATE_DATA: the rows are deleted before;
- a load from Cloud Storage: the object is read from the tests' storage, and the emulator gets a file.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import requests

Answer = tuple[int, dict[str, Any]]


@dataclass
class Request:
    """`path` is without the query string."""

    method: str
    path: str
    body: dict[str, Any]

    @property
    def configuration(self) -> dict[str, Any]:
        """Of a new job: `{"load": …}` or `{"query": …}`; empty for anything else."""
        there = self.method == "POST" and self.path.endswith("/jobs")
        return dict(self.body.get("configuration", {})) if there else {}


@dataclass
class BigQueryEmulator:
    """`answers` may answer in the emulator's stead: each is asked in turn, None means that it doesn't. `open_object`
    reads an object of Cloud Storage by its address.
    """

    python: Path
    open_object: Callable[[str], bytes] = lambda uri: b""
    requests: list[Request] = field(default_factory=list)
    answers: list[Callable[[Request], Answer | None]] = field(default_factory=list)
    _projects: int = 0

    def start(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="ingest-bigquery-"))
        self._start_emulator()
        handler = type("Handler", (_Handler,), {"emulator": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(timeout=20)
        shutil.rmtree(self._folder, ignore_errors=True)

    def forget(self) -> None:
        """Between tests."""
        self.requests.clear()
        self.answers.clear()

    def new_project(self) -> str:
        """A project that nobody has used yet: what a test makes is apart from what others made."""
        self._projects += 1
        return f"acme-{self._projects}"

    def jobs(self, kind: str) -> list[Request]:
        """Requests for new jobs: "load" or "query"."""
        return [request for request in self.requests if kind in request.configuration]

    def hand_on(self, request: Request, query: str = "") -> Answer:
        response = requests.request(
            request.method, f"{self.address}{request.path}{query}", json=request.body or None, timeout=60
        )
        return response.status_code, response.json() if response.content else {}

    def answer(self, request: Request, query: str) -> Answer:
        self.requests.append(request)
        for stand_in in self.answers:
            if (answer := stand_in(request)) is not None:
                return answer
        return self._load(request) if "load" in request.configuration else self.hand_on(request, query)

    def _load(self, request: Request) -> Answer:
        project = request.path.split("/projects/")[1].split("/")[0]
        job = request.body["jobReference"]["jobId"]
        found, _ = self.hand_on(Request("GET", f"/bigquery/v2/projects/{project}/jobs/{job}", {}))
        if found == 200:
            return refusal(409, "duplicate", f"Already Exists: Job {project}:{job}")
        body = json.loads(json.dumps(request.body))
        load = body["configuration"]["load"]
        table, _, month = load["destinationTable"]["tableId"].partition("$")
        of_month = f"file_month = DATE '{month[:4]}-{month[4:]}-01'" if month else "true"
        name = f"`{project}.{load['destinationTable']['datasetId']}.{table}`"
        copy = self._folder / f"{job}.parquet"
        load["sourceUris"] = [self._copied(load["sourceUris"][0], copy)]
        load["destinationTable"]["tableId"] = table
        load["writeDisposition"] = "WRITE_APPEND"
        delete = {"query": f"DELETE FROM {name} WHERE {of_month}", "useLegacySql": False}
        status, said = self.hand_on(Request("POST", f"/bigquery/v2/projects/{project}/queries", delete))
        assert status == 200, said
        return self.hand_on(Request("POST", request.path, body))

    def _copied(self, uri: str, copy: Path) -> str:
        copy.write_bytes(self.open_object(uri))
        return copy.as_uri()

    def _start_emulator(self) -> None:
        """Its DuckDB looks for the spatial extension in the home folder, and would download it."""
        [extension] = self.python.parent.parent.glob("lib/python3*/site-packages/duckdb_extension_spatial/extensions/*")
        place = self._folder / ".duckdb" / "extensions" / extension.name / "linux_amd64"
        place.mkdir(parents=True)
        shutil.copy(extension / "spatial.duckdb_extension", place)
        ports = [_free_port(), _free_port()]
        names = {"REST_PORT": str(ports[0]), "GRPC_PORT": str(ports[1]), "ENABLE_FORMAT_EXTENSIONS": "false"}
        environment = {
            **os.environ,
            "HOME": str(self._folder),
            **{f"BQEMU_{name}": value for name, value in names.items()},
        }
        log = (self._folder / "log").open("wb")
        command = [str(self.python.parent / "bqemulator"), "start", "--log-level", "error"]
        self._process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self._folder)
        self.address = f"http://127.0.0.1:{ports[0]}"
        deadline = time.monotonic() + 60
        while True:
            try:
                requests.get(f"{self.address}/bigquery/v2/projects/p/datasets", timeout=5)
                return
            except requests.ConnectionError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.1)


class _Handler(BaseHTTPRequestHandler):
    emulator: BigQueryEmulator
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def log_message(self, *_: Any) -> None:
        pass

    def _answer(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length") or 0))
        path, mark, query = self.path.partition("?")
        request = Request(self.command, path, json.loads(raw) if raw else {})
        status, document = self.emulator.answer(request, mark + query)
        content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def refusal(status: int, reason: str, message: str) -> Answer:
    """As BigQuery says it: https://cloud.google.com/bigquery/docs/error-messages"""
    return status, {"error": {"code": status, "message": message, "errors": [{"reason": reason, "message": message}]}}


def write_login(file: Path, token: str = "of-the-tests") -> Path:
    """Somebody's login, as Google's libraries read it; its token is good for ever, so that nobody asks for another."""
    login = {"type": "authorized_user", "client_id": "none", "client_secret": "none", "refresh_token": "none"}
    file.write_text(json.dumps({**login, "token": token, "expiry": "2999-01-01T00:00:00"}))
    return file


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
