"""Downloads that stream to disk, go on where they stopped, and are as long as the server said."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from ingest.durable import read_json, write_json
from ingest.errors import IngestError

_ATTEMPTS = 4


def make_client(connect_seconds: float = 2.0) -> httpx.Client:
    """A client that gives up quickly where there is no network, and patiently reads where there is."""
    return httpx.Client(timeout=httpx.Timeout(30.0, connect=connect_seconds), follow_redirects=True)


def download(client: httpx.Client, uri: str, part: Path, pause: Callable[[float], None] = time.sleep) -> None:
    """Fetch `uri` into `part`, whose sidecar `<part>.json` remembers which version of the file the bytes belong to.

    A dropped connection is taken up again at the byte reached, at most 4 times (waits 1, 2, 4 s); so is what a killed
    process left. Raises IngestError when the server refuses, keeps failing, or sends less than it announced (httpx
    calls that a broken connection).
    """
    for attempt in range(_ATTEMPTS):
        try:
            _continue(client, uri, part)
            _sidecar(part).unlink(missing_ok=True)
            return
        except (httpx.TransportError, _TryAgain) as error:
            if attempt == _ATTEMPTS - 1:
                raise IngestError(
                    f"the download failed {_ATTEMPTS} times: {error or type(error).__name__}",
                    uri,
                    "run the command again later; it goes on where it stopped",
                ) from error
            pause(2.0**attempt)


class _TryAgain(Exception):
    """The server failed in a way that often passes."""


def _continue(client: httpx.Client, uri: str, part: Path) -> None:
    start, headers = _resume(part, uri)
    with client.stream("GET", uri, headers=headers) as response:
        if response.status_code >= 500 or response.status_code == 429:
            raise _TryAgain(f"HTTP {response.status_code}")
        if response.status_code == 416:  # the part is longer than the file: it isn't of this file
            part.unlink(missing_ok=True)
            raise _TryAgain("the server has no such range")
        if response.status_code not in (200, 206):
            raise refusal(uri, response.status_code)
        if response.status_code == 200:
            start = 0
        announced = response.headers.get("content-length")
        expected = start + int(announced) if announced is not None else None
        write_json(_sidecar(part), {"uri": uri, "etag": response.headers.get("etag")})
        with part.open("ab" if start else "wb") as stream:
            _receive(response, stream.write, start, expected, uri)


def _resume(part: Path, uri: str) -> tuple[int, dict[str, str]]:
    """The byte to go on from, and the headers that ask for the rest only if the file is still the same."""
    length = part.stat().st_size if part.is_file() else 0
    sidecar = read_json(_sidecar(part))
    if length == 0 or not isinstance(sidecar, dict) or sidecar.get("uri") != uri or not sidecar.get("etag"):
        return 0, {"Accept-Encoding": "identity"}
    return length, {"Accept-Encoding": "identity", "Range": f"bytes={length}-", "If-Range": str(sidecar["etag"])}


def _receive(
    response: httpx.Response, write: Callable[[bytes], int], start: int, expected: int | None, uri: str
) -> None:
    done, reported = start, time.monotonic()
    for piece in response.iter_raw():
        write(piece)
        done += len(piece)
        if time.monotonic() - reported > 2:
            reported = time.monotonic()
            total = f" of {expected / 1e6:,.0f}" if expected else ""
            print(f"  {uri.rsplit('/', 1)[-1]}: {done / 1e6:,.0f}{total} MB", file=sys.stderr)


def refusal(uri: str, status: int) -> IngestError:
    """TLC's site answers 403 for what isn't published yet."""
    if status in (403, 404):
        return IngestError(
            f"the file isn't published (HTTP {status})",
            uri,
            "TLC publishes about two months after a month's end: choose an earlier month, or try again later",
        )
    return IngestError(f"the server refused: HTTP {status}", uri, "look at the address in a browser, then try again")


def _sidecar(part: Path) -> Path:
    return part.with_name(part.name + ".json")
