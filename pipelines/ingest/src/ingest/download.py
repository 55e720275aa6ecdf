"""Downloads that stream to disk, go on where they stopped, and are as long as the server said."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx

from ingest.durable import read_json, write_json
from ingest.errors import IngestError, PassingTrouble
from ingest.retries import Again, Retries, persist, raise_if_busy

_REPORT_SECONDS = 2.0
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")


@dataclass(frozen=True)
class Received:
    """What came, by the server's own words: its version and its length in bytes (None where it said none)."""

    etag: str | None
    length: int | None


def make_client(connect_seconds: float = 2.0, read_seconds: float = 30.0) -> httpx.Client:
    """A client that gives up quickly where there is no network, and patiently reads where there is."""
    return httpx.Client(timeout=httpx.Timeout(read_seconds, connect=connect_seconds), follow_redirects=True)


def download(client: httpx.Client, uri: str, part: Path, retries: Retries | None = None) -> Received:
    """Fetch `uri` into `part`, whose sidecar `<part>.json` remembers which version of the file the bytes belong to.

    What breaks off is taken up again at the byte reached, if the server still has that version; so is what a killed
    process left. Raises IngestError when the server refuses or sends a web page, PassingTrouble when it keeps failing,
    sends less than it announced, or takes too long.
    """
    bounds = retries or Retries()
    received = persist(lambda deadline: _continue(client, uri, part, bounds, deadline), uri, bounds)
    _sidecar(part).unlink(missing_ok=True)
    return received


def _continue(client: httpx.Client, uri: str, part: Path, retries: Retries, deadline: float) -> Received:
    start, etag = _reached(part, uri)
    headers = {"Accept-Encoding": "identity"}
    if start and etag:
        headers |= {"Range": f"bytes={start}-", "If-Range": etag}
    with client.stream("GET", uri, headers=headers) as response:
        raise_if_busy(response)
        if response.status_code == 416 or (response.status_code == 206 and not _continues(response, start, etag)):
            forget_part(part)
            raise Again("the server can't go on where the download stopped")
        if response.status_code not in (200, 206):
            raise refusal(uri, response.status_code)
        _refuse_web_page(response, uri)
        if response.status_code == 200:
            start = 0
            # Before the sidecar says that the bytes are of another version: a process can be killed in between.
            forget_part(part)
        announced = response.headers.get("content-length")
        expected = start + int(announced) if announced is not None else None
        new_etag = response.headers.get("etag", etag if start else None)
        part.parent.mkdir(parents=True, exist_ok=True)
        write_json(_sidecar(part), {"uri": uri, "etag": new_etag})
        with part.open("ab") as stream:
            done = _receive(response, stream.write, start, expected, uri, retries, deadline)
        if expected is not None and done != expected:
            raise Again(f"{done:,} bytes came, {expected:,} were announced")
        return Received(new_etag, expected)


def _reached(part: Path, uri: str) -> tuple[int, str | None]:
    """The byte to go on from, and the version that the bytes before it are of; a weak ETag can't vouch for bytes."""
    length = part.stat().st_size if part.is_file() else 0
    sidecar = read_json(_sidecar(part))
    if length == 0 or not isinstance(sidecar, dict) or sidecar.get("uri") != uri:
        return 0, None
    etag = sidecar.get("etag")
    return (length, etag) if isinstance(etag, str) and not etag.startswith("W/") else (0, None)


def _continues(response: httpx.Response, start: int, etag: str | None) -> bool:
    """Whether a partial answer begins at the byte asked for, and is of the same version."""
    match = _RANGE.fullmatch(response.headers.get("content-range", ""))
    return match is not None and int(match[1]) == start > 0 and response.headers.get("etag", etag) == etag


def _receive(
    response: httpx.Response,
    write: Callable[[bytes], int],
    start: int,
    expected: int | None,
    uri: str,
    retries: Retries,
    deadline: float,
) -> int:
    """Write what comes, and say now and then how far it is; gives the bytes reached."""
    done, reported = start, retries.clock()
    for piece in response.iter_raw():
        write(piece)
        done += len(piece)
        now = retries.clock()
        if now > deadline:
            raise PassingTrouble(
                f"the download isn't done after {retries.total_seconds:,.0f} s, at {done / 1e6:,.1f} MB",
                uri,
                "run the command again: it goes on where it stopped",
            )
        if now - reported > _REPORT_SECONDS:
            reported = now
            share = f" of {expected / 1e6:,.0f} MB ({done * 100 // expected} %)" if expected else " MB"
            print(f"  {uri.rsplit('/', 1)[-1]}: {done / 1e6:,.0f}{share}", file=sys.stderr)
    return done


def _refuse_web_page(response: httpx.Response, uri: str) -> None:
    if response.headers.get("content-type", "").lower().startswith("text/html"):
        raise IngestError(
            "a web page came instead of the file",
            uri,
            "open the address in a browser: a proxy or a sign-in page may stand in between",
        )


def refusal(uri: str, status: int) -> IngestError:
    """TLC's site answers 403 for what isn't published yet."""
    if status in (403, 404):
        return IngestError(
            f"the file isn't published (HTTP {status})",
            uri,
            "TLC publishes about two months after a month's end: choose an earlier month, or try again later",
        )
    return IngestError(f"the server refused: HTTP {status}", uri, "look at the address in a browser, then try again")


def forget_part(part: Path) -> None:
    """Remove what was received so far."""
    part.unlink(missing_ok=True)
    _sidecar(part).unlink(missing_ok=True)


def _sidecar(part: Path) -> Path:
    return part.with_name(part.name + ".json")
