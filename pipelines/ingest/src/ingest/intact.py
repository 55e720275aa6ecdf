"""Whether a received file is whole: checked before it becomes the current delivery."""

from __future__ import annotations

import zlib
from pathlib import Path

import duckdb

from ingest.errors import IngestError
from ingest.sql import literal

_CHUNK = 1 << 20
#: No TLC file comes near these: the largest month ever published is some 25 million rows, 3 GB as CSV.
_MOST_BYTES = 32 << 30
_MOST_ROWS = 250_000_000
#: Trips as CSV shrink to a fifth. Below `_FREE_BYTES` nothing can be filled up: small files may be as they like.
_MOST_EXPANSION = 100
_FREE_BYTES = 64 << 20
_SUSPICIOUS = "look where it comes from; earlier deliveries of the month are untouched"
_MEND = "fetch the file again; earlier deliveries of the month are untouched"


def check_intact(file: Path, name: str) -> int | None:
    """Read the file through once. Gives the number of lines of a CSV, None for Parquet.

    Raises IngestError for an empty file, a gzip that ends early or whose CRC is wrong, a Parquet without its footer, a
    web page, and for what would expand beyond all measure.
    """
    if file.stat().st_size == 0:
        raise IngestError("the file is empty (0 bytes)", name, _MEND)
    if name.endswith(".parquet"):
        _check_parquet(file, name)
        return None
    if name.endswith(".gz"):
        return _lines_of_gzip(file, name)
    _refuse_web_page(file, name)
    return _lines_of_text(file)


def _refuse_web_page(file: Path, name: str) -> None:
    with file.open("rb") as stream:
        start = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise IngestError("this is a web page, not a table", name, f"open the address in a browser; then {_MEND}")


def _check_parquet(file: Path, name: str) -> None:
    with file.open("rb") as stream:
        first = stream.read(4)
        stream.seek(max(0, file.stat().st_size - 4))
        last = stream.read(4)
    if first != b"PAR1":
        raise IngestError(f"this isn't Parquet: it begins with {first!r} instead of b'PAR1'", name, _MEND)
    if last != b"PAR1":
        size = file.stat().st_size
        raise IngestError(f"the Parquet file was cut off: there is no footer at its end (byte {size:,})", name, _MEND)
    try:
        with duckdb.connect(":memory:") as connection:
            ends = connection.execute(
                f"SELECT max(coalesce(dictionary_page_offset, data_page_offset) + total_compressed_size), "
                f"(SELECT num_rows FROM parquet_file_metadata({literal(str(file))})), sum(total_uncompressed_size) "
                f"FROM parquet_metadata({literal(str(file))})"
            ).fetchone()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise IngestError(f"the Parquet footer can't be read: {reason}", name, _MEND) from error
    if ends and ends[0] and int(ends[0]) > file.stat().st_size - 8:
        raise IngestError("the Parquet file is shorter than its footer says", name, _MEND)
    if ends and (int(ends[1]) > _MOST_ROWS or int(ends[2] or 0) > _MOST_BYTES):
        extent = f"{int(ends[1]):,} rows, {int(ends[2] or 0):,} bytes when read"
        raise IngestError(f"the Parquet file is too large to be a month of trips: {extent}", name, _SUSPICIOUS)


def _lines_of_text(file: Path) -> int:
    lines, last = 0, b""
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            lines += piece.count(b"\n")
            last = piece[-1:]
    return lines + (last != b"\n")


def _lines_of_gzip(file: Path, name: str) -> int:
    """Decompress all members, whose CRC and length zlib checks, and count line ends; a piece at a time, to a limit."""
    lines, last, position, expanded = 0, b"", 0, 0
    inflater = zlib.decompressobj(wbits=31)
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            position += len(piece)
            while piece:
                try:
                    text = inflater.decompress(piece, _CHUNK)
                except zlib.error as error:
                    at = position - len(inflater.unconsumed_tail)
                    raise IngestError(f"the gzip is damaged before byte {at:,}: {error}", name, _MEND) from None
                expanded += len(text)
                _refuse_bomb(expanded, position, name)
                lines += text.count(b"\n")
                last = text[-1:] or last
                piece = inflater.unused_data if inflater.eof else inflater.unconsumed_tail
                if inflater.eof and piece.strip(b"\0"):
                    inflater = zlib.decompressobj(wbits=31)
                elif inflater.eof:
                    piece = b""
    if not inflater.eof:
        raise IngestError(f"the gzip ends early, at byte {position:,}: it was cut off", name, _MEND)
    return lines + (last != b"\n")


def _refuse_bomb(expanded: int, packed: int, name: str) -> None:
    if expanded > _FREE_BYTES and (expanded > _MOST_EXPANSION * packed or expanded > _MOST_BYTES):
        raise IngestError(
            f"the gzip expands beyond all measure: {packed:,} bytes are more than {expanded:,} already",
            name,
            _SUSPICIOUS,
        )
