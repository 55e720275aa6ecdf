"""Uploads that replace one generation of an object, and no other."""

from __future__ import annotations

import base64
import io
from typing import IO, Any

import google_crc32c
from google.api_core.exceptions import PreconditionFailed
from google.cloud.storage.retry import DEFAULT_RETRY

from ingest.fault_points import reached

#: Larger uploads go in pieces of this size (bytes, a multiple of 256 KiB), each of which is retried by itself.
PIECE = 8 << 20
_CHUNK = 1 << 20


def upload(blob: Any, stream: IO[bytes], size: int, content_type: str, expected: int) -> int | None:
    """The new generation; None where the object isn't of the `expected` one (0: it isn't there) any more.

    An object that has the very bytes is taken for ours: a request whose answer was lost is repeated by the client, and
    refused then, since the first one did its work.
    """
    if size > PIECE:
        blob.chunk_size = PIECE
    try:
        blob.upload_from_file(
            _Pieces(stream),
            size=size,
            content_type=content_type,
            if_generation_match=expected,
            checksum="crc32c",
            retry=DEFAULT_RETRY,
        )
    except PreconditionFailed:
        there = blob.bucket.get_blob(blob.name, retry=DEFAULT_RETRY)
        stream.seek(0)
        return int(there.generation) if there is not None and has_the_bytes(there, stream, size) else None
    return int(blob.generation)


def has_the_bytes(blob: Any, stream: IO[bytes], size: int) -> bool:
    """By size and CRC32C of a blob whose properties are known."""
    if blob.size != size:
        return False
    checksum: Any = google_crc32c.Checksum()  # type: ignore[no-untyped-call]
    while piece := stream.read(_CHUNK):
        checksum.update(piece)
    return bool(blob.crc32c == base64.b64encode(checksum.digest()).decode())


class _Pieces(io.RawIOBase):
    """The stream; reading on in it after its beginning is a fault point."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if self._stream.tell() > 0:
            reached("upload:part-way")
        return self._stream.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()
