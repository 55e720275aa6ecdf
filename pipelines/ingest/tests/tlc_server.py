"""A web server that answers like TLC's site; `rude_server.py` misbehaves."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """`files` by path. `busy`: how many requests are answered by 503 first. `not_modified` counts answers of 304."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    busy: int = 0
    not_modified: int = 0
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)

    def gets(self) -> list[tuple[str, str | None]]:
        """Path and Range of each GET."""
        return [(path, wanted) for method, path, wanted in self.requests if method == "GET"]


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(with_body=False)

        def do_GET(self) -> None:
            self._answer(with_body=True)

        def _answer(self, with_body: bool) -> None:
            wanted = self.headers.get("Range")
            site.requests.append((self.command, self.path, wanted))
            content = site.files.get(self.path)
            if site.busy > 0:
                site.busy -= 1
                self.send_error(503)
                return
            if content is None:
                self.send_error(403)
                return
            etag = f'"{hashlib.md5(content).hexdigest()}"'
            if self.headers.get("If-None-Match") == etag:
                site.not_modified += 1
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            if with_body:
                self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
