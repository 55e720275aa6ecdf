"""One at a time: of two that write the same tables, one would lose its commit."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import PassingTrouble


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Raises PassingTrouble while another process is in such a block of the folder. A lock ends with its process."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _lock(descriptor, folder)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        what = "another command is deriving these tables"
        raise PassingTrouble(what, str(folder), "repeat when it is done") from None
