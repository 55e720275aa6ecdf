"""Whether a received file is whole: checked before it becomes the current delivery."""

from __future__ import annotations

import zlib
from pathlib import Path

import duckdb

from ingest.errors import IngestError
from ingest.sql import literal

_CHUNK = 1 << 20
_MEND = "fetch the file again; earlier deliveries of the month are untouched"


def check_intact(file: Path, name: str) -> int | None:
    """Read the file through once. Gives the number of lines of a CSV, None for Parquet.

    Raises IngestError for an empty file, a gzip that ends early or whose CRC is wrong, a Parquet without its footer.
    """
    if file.stat().st_size == 0:
        raise IngestError("the file is empty (0 bytes)", name, _MEND)
    if name.endswith(".parquet"):
        _check_parquet(file, name)
        return None
    return _lines_of_gzip(file, name) if name.endswith(".gz") else _lines_of_text(file)


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
                f"SELECT max(coalesce(dictionary_page_offset, data_page_offset) + total_compressed_size) "
                f"FROM parquet_metadata({literal(str(file))})"
            ).fetchone()
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise IngestError(f"the Parquet footer can't be read: {reason}", name, _MEND) from error
    if ends and ends[0] and int(ends[0]) > file.stat().st_size - 8:
        raise IngestError("the Parquet file is shorter than its footer says", name, _MEND)


def _lines_of_text(file: Path) -> int:
    lines, last = 0, b""
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            lines += piece.count(b"\n")
            last = piece[-1:]
    return lines + (last != b"\n")


def _lines_of_gzip(file: Path, name: str) -> int:
    """Decompress all members, whose CRC and length zlib checks, and count line ends."""
    lines, last, position = 0, b"", 0
    inflater = zlib.decompressobj(wbits=31)
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            position += len(piece)
            while piece:
                try:
                    text = inflater.decompress(piece)
                except zlib.error as error:
                    at = position - len(inflater.unconsumed_tail)
                    raise IngestError(f"the gzip is damaged before byte {at:,}: {error}", name, _MEND) from None
                lines += text.count(b"\n")
                last = text[-1:] or last
                piece = inflater.unused_data
                if inflater.eof and piece.strip(b"\0"):
                    inflater = zlib.decompressobj(wbits=31)
                elif inflater.eof:
                    piece = b""
    if not inflater.eof:
        raise IngestError(f"the gzip ends early, at byte {position:,}: it was cut off", name, _MEND)
    return lines + (last != b"\n")
