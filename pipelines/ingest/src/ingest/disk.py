"""Disks that are full or can't be written, in words for people, whoever came upon them: Python or DuckDB."""

from __future__ import annotations

import errno
import re

import duckdb

from ingest.errors import IngestError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_REFUSED = (errno.EROFS, errno.EACCES, errno.EPERM)

# DuckDB gives the system's words, without its number.
_WORDS = (
    (_FULL, ("No space left on device", "Disk quota exceeded", "File too large")),
    (_REFUSED, ("Read-only file system", "Permission denied", "Operation not permitted")),
)


def disk_trouble(error: BaseException) -> IngestError | None:
    """The error, if a disk is its cause, also where it was raised from another; None for any other."""
    seen: BaseException | None = error
    while seen is not None:
        kind = _kind(seen)
        if kind is _FULL:
            return IngestError("the disk is full, or a quota reached", _where(seen), "make room, then run again")
        if kind is _REFUSED:
            return IngestError(
                "no right to write here, or to read", _where(seen), "give this user the right, then run again"
            )
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return None


def _kind(error: BaseException) -> tuple[int, ...] | None:
    if isinstance(error, OSError):
        return next((kind for kind, _ in _WORDS if error.errno in kind), None)
    if isinstance(error, duckdb.Error):
        return next((kind for kind, words in _WORDS if any(word in str(error) for word in words)), None)
    return None


def _where(error: BaseException) -> str:
    if isinstance(error, OSError):
        return str(error.filename2 or error.filename or error)
    named = re.search(r"[\"\'](/[^\"\']+)[\"\']", str(error))
    return named[1] if named else str(error).splitlines()[0]
