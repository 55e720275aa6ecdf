"""Airflow's bucket as far as a person's command reads it: Cloud Storage's `objects.get` with `alt=media`."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

OBJECTS = "/storage/storage/v1/b/acme-airflow/o/"


@contextmanager
def bucket_server(runs: Path) -> Iterator[str]:
    """Serve the files of `runs` as the objects `data/runs/…` of the bucket acme-airflow; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            file = runs / unquote(path.removeprefix(OBJECTS)).removeprefix("data/runs/")
            found = path.startswith(OBJECTS) and file.is_file()
            content = file.read_bytes() if found else b'{"error": {"code": 404, "message": "No such object"}}'
            self.send_response(200 if found else 404)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
