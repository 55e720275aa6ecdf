"""A real web server with one file, which answers each request the way the test wrote down, and properly after that."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What is wrong with one answer.

    `sends`: bytes of the body that come, all by default; `announces` is added to their number; `stalls`: then nothing
    more comes, on an open connection; `begins`: the first byte of a partial answer; `then`: the file is another one
    afterwards; `headers` go before the server's own.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    sends: int | None = None
    announces: int = 0
    stalls: bool = False
    ignores_range: bool = False
    begins: int | None = None
    then: bytes | None = None


@dataclass
class RudeSite:
    content: bytes
    answers: list[Answer] = field(default_factory=list)
    weak: bool = False
    url: str = ""
    sent: int = 0
    ranges: list[str | None] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def etag(self) -> str:
        return ("W/" if self.weak else "") + f'"{hashlib.md5(self.content).hexdigest()}"'


@contextmanager
def serve_rudely(site: RudeSite) -> Iterator[RudeSite]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = site.answers.pop(0) if site.answers else Answer()
            wanted = self.headers.get("Range")
            site.ranges.append(wanted)
            start = int(wanted[6:-1]) if wanted and self.headers.get("If-Range") == site.etag else 0
            if answer.ignores_range:
                start = 0
            body = site.content[start:]
            status = answer.status or (206 if start else 200)
            if start >= len(site.content) and start > 0 and answer.status is None:
                status, body = 416, b""
            headers = {"Date": self.date_time_string(), "ETag": site.etag}
            if status == 206:
                begins = start if answer.begins is None else answer.begins
                headers["Content-Range"] = f"bytes {begins}-{len(site.content) - 1}/{len(site.content)}"
            headers["Content-Length"] = str(len(body) + answer.announces)
            self.send_response_only(status)
            for name, value in {**headers, **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            some = body if answer.sends is None else body[: answer.sends]
            with suppress(ConnectionError):  # the client may have had enough
                self.wfile.write(some)
            site.sent += len(some)
            if answer.then is not None:
                site.content = answer.then
            if answer.stalls:
                self.wfile.flush()
                site.over.wait(30)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_address[1]}/file"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
