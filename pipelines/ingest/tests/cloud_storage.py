"""A Cloud Storage for the tests: an emulator (PyPI's gcp-storage-emulator) behind a server of our own.

Google's client library talks to the server, which notes every request and hands it on as it came. What the emulator
lacks, the server does as Google documents it: preconditions on an object's generation (412), the header
x-goog-generation of a download, and an answer's words when an object or a bucket isn't there. It can fail on purpose.

See https://cloud.google.com/storage/docs/request-preconditions
and https://cloud.google.com/storage/docs/json_api/v1/objects
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

_HOP = {"connection", "transfer-encoding", "content-length", "server", "date", "keep-alive"}


@dataclass(frozen=True)
class Request:
    """`name` is the object's, empty for a list or a bucket; `query` has each parameter's only value."""

    method: str
    path: str
    bucket: str
    name: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def writes(self) -> bool:
        """Begins to replace an object, or removes it."""
        return self.method == "DELETE" or (self.method == "POST" and "uploadType" in self.query)

    @property
    def downloads(self) -> bool:
        return self.method == "GET" and self.query.get("alt") == "media"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class CloudStorage:
    """`faults` may answer in the emulator's stead, or do something first: each is asked in turn, None lets it pass.
    `after` may change an answer.
    """

    python: Path
    requests: list[Request] = field(default_factory=list)
    faults: list[Callable[[Request], Answer | None]] = field(default_factory=list)
    after: list[Callable[[Request, Answer], Answer]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _uploads: dict[str, Request] = field(default_factory=dict)
    _lakes: int = 0

    def start(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        command = ["-m", "gcp_storage_emulator", "start", "-H", "127.0.0.1", "--port", str(self._port)]
        self._process = subprocess.Popen(
            [str(self.python), *command, "--in-memory", "--quiet"],
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 20
        while not self._is_up():
            assert self._process.poll() is None and time.monotonic() < deadline, "the emulator doesn't start"
            time.sleep(0.02)
        handler = type("Handler", (_Handler,), {"storage": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._process.terminate()
        self._process.wait(timeout=20)

    def forget(self) -> None:
        """Between tests."""
        self.requests.clear()
        self.faults.clear()
        self.after.clear()

    def new_lake(self) -> dict[str, str]:
        """Three new buckets; zone to address."""
        self._lakes += 1
        names = {zone: f"acme-{self._lakes}-lake-{zone}" for zone in ("raw", "clean", "quarantine")}
        for name in names.values():
            body = json.dumps({"name": name}).encode()
            answer = self.emulate("POST", "/storage/v1/b?project=acme-dev", {"content-type": "application/json"}, body)
            assert answer.status == 200, answer
        return {zone: f"gs://{name}" for zone, name in names.items()}

    # What somebody else does, of whom ingest knows nothing: past the client library, and not noted.

    def names(self, bucket: str) -> list[str]:
        answer = self.emulate("GET", f"/storage/v1/b/{bucket}/o", {}, b"")
        return sorted(item["name"] for item in json.loads(answer.body).get("items", []))

    def read(self, address: str) -> bytes:
        answer = self.emulate("GET", f"{_path_of(address)}?alt=media", {}, b"")
        assert answer.status == 200, address
        return answer.body

    def write(self, address: str, content: bytes) -> None:
        bucket, name = _parts_of(address)
        path = f"/upload/storage/v1/b/{bucket}/o?uploadType=media&name={quote(name, safe='')}"
        assert self.emulate("POST", path, {"content-type": "application/octet-stream"}, content).status == 200

    def remove(self, address: str) -> None:
        assert self.emulate("DELETE", _path_of(address), {}, b"").status < 300, address

    def generation(self, bucket: str, name: str) -> str:
        """0 where there is no such object."""
        answer = self.emulate("GET", f"/storage/v1/b/{bucket}/o/{quote(name, safe='')}", {}, b"")
        return str(json.loads(answer.body)["generation"]) if answer.status == 200 else "0"

    def answer(self, request: Request) -> Answer:
        self.requests.append(request)
        for fault in [*self.faults]:
            answer = fault(request)
            if answer is not None:
                return answer
        with self._lock:  # nobody else gets in between the precondition and the deed
            refused = self._refused(request)
            path = f"{request.path}?{urlencode(request.query)}" if request.query else request.path
            answer = refused or self.emulate(request.method, path, request.headers, request.body)
            if answer.status == 200 and request.query.get("uploadType") == "resumable" and "location" in answer.headers:
                self._uploads[answer.headers["location"].rpartition("upload_id=")[2]] = request
            if answer.status in (200, 206) and request.downloads:
                answer.headers["x-goog-generation"] = self.generation(request.bucket, request.name)
        for change in [*self.after]:
            answer = change(request, answer)
        return _in_words(request, answer)

    def emulate(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            answered = {name.lower(): value for name, value in response.getheaders() if name.lower() not in _HOP}
            return Answer(response.status, answered, response.read())
        finally:
            connection.close()

    def _refused(self, request: Request) -> Answer | None:
        """412 for an object of another generation than expected; for an upload in pieces at its beginning and end."""
        begun = self._uploads.get(request.query.get("upload_id", ""))
        asked = begun or request
        expected = asked.query.get("ifGenerationMatch")
        if expected is None or not (begun or request.writes):
            return None
        if expected == self.generation(asked.bucket, asked.name):
            return None
        return refusal(412, "At least one of the pre-conditions you specified did not hold.")

    def _is_up(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self._port)) == 0


class _Handler(BaseHTTPRequestHandler):
    storage: ClassVar[CloudStorage]
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query, keep_blank_values=True).items()}
        parts = address.path.removeprefix("/upload").removeprefix("/download").split("/")
        bucket = parts[4] if len(parts) > 4 else ""
        name = unquote(parts[6]) if len(parts) > 6 else query.get("name", "")
        if self.command == "POST" and "uploadType" in query and not name:
            # In the JSON that comes first, alone or as the first of two parts.
            name = json.JSONDecoder().raw_decode(body[body.index(b"{") :].decode("utf-8", "replace"))[0]["name"]
        headers = {name.lower(): value for name, value in self.headers.items() if name.lower() != "connection"}
        answer = self.storage.answer(Request(self.command, address.path, bucket, name, query, headers, body))
        self.send_response(answer.status)
        for header, value in answer.headers.items():
            self.send_header(header, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = handle_any

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


def refusal(status: int, message: str) -> Answer:
    """As Cloud Storage words it."""
    error = {"code": status, "message": message, "errors": [{"message": message, "domain": "global"}]}
    return Answer(status, {"content-type": "application/json"}, json.dumps({"error": error}).encode())


def _in_words(request: Request, answer: Answer) -> Answer:
    if answer.status != 404 or answer.body:
        return answer
    missing = f"No such object: {request.bucket}/{request.name}"
    return refusal(404, missing if request.name else "The specified bucket does not exist.")


def _parts_of(address: str) -> tuple[str, str]:
    bucket, _, name = address.removeprefix("gs://").partition("/")
    return bucket, name


def _path_of(address: str) -> str:
    bucket, name = _parts_of(address)
    return f"/storage/v1/b/{bucket}/o/{quote(name, safe='')}"
