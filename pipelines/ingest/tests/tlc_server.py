"""A web server that answers like TLC's site, and misbehaves on request."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Site:
    """`files` by path. `drops`: how many GETs of a path break off half-way; `lies`: announced 10 bytes too long.

    `sent` counts the bytes of bodies.
    """

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    drops: dict[str, int] = field(default_factory=dict)
    lies: set[str] = field(default_factory=set)
    failures: dict[str, list[int]] = field(default_factory=dict)
    sent: int = 0
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
            if with_body and site.failures.get(self.path):
                self.send_error(site.failures[self.path].pop(0))
                return
            if content is None:
                self.send_error(403)
                return
            etag = f'"{hashlib.md5(content).hexdigest()}"'
            start = 0
            if wanted and self.headers.get("If-Range") == etag:
                start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            body = content[start:]
            self.send_response(206 if start else 200)
            self.send_header("ETag", etag)
            self.send_header("Content-Length", str(len(body) + (10 if self.path in site.lies and with_body else 0)))
            self.end_headers()
            if with_body and site.drops.get(self.path, 0) > 0:
                site.drops[self.path] -= 1
                self.wfile.write(body[: len(body) // 2])
                site.sent += len(body) // 2
            elif with_body:
                self.wfile.write(body)
                site.sent += len(body)

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
