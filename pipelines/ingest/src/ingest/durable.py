"""Files that are either whole or absent: written under a temporary name, synced, renamed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_TEMPORARY = re.compile(r"\..+\.tmp-(\d+)")
_CHUNK = 1 << 20


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a temporary path beside `target`; what stands there afterwards takes the target's place in one act.

    After an exception the temporary file is removed and the target is as before.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.parent / f".{target.name}.tmp-{os.getpid()}"
    try:
        yield temporary
        move_durably(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)


def move_durably(source: Path, target: Path) -> None:
    """Rename within one file system, with the bytes and the name on disk before this returns."""
    _sync(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    _sync(target.parent)


def remove_durably(file: Path) -> None:
    """Remove a file, if it is there, with its absence on disk before this returns."""
    if file.exists():
        file.unlink()
        _sync(file.parent)


@contextmanager
def scratch(folder: Path, name: str) -> Iterator[Path]:
    """Give a path in the folder for a file that only this block needs; `remove_leftovers` knows a killed process's."""
    path = folder / f".{name}.tmp-{os.getpid()}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Wait until no other process is in such a block for the folder. However a process ends, its lock does too."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_json(target: Path, document: Any) -> None:
    """Replace a JSON file atomically."""
    with replacing(target) as temporary:
        temporary.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def read_json(file: Path) -> Any | None:
    """The document, or None when there is none or it isn't JSON: a damaged receipt is no receipt."""
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def sha256_of(file: Path) -> str:
    """Hash of the bytes, in hex, read in pieces."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def remove_leftovers(root: Path) -> list[Path]:
    """Remove temporary files of processes that no longer live; returns what was removed."""
    removed: list[Path] = []
    if not root.is_dir():
        return removed
    for path in root.rglob(".*.tmp-*"):
        match = _TEMPORARY.fullmatch(path.name)
        if match is not None and path.is_file() and not is_alive(int(match[1])):
            path.unlink(missing_ok=True)
            removed.append(path)
    return removed


def is_alive(pid: int) -> bool:
    """Whether a process of this id runs on this machine (another user's counts)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
