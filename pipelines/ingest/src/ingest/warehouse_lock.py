"""One process at a time opens the warehouse file: who holds it is written in the lock file."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.clock import now
from ingest.durable import is_alive, read_json
from ingest.errors import PassingTrouble

_POLL = 0.1
_HALF_WRITTEN = 10.0


@contextmanager
def warehouse_lock(file: Path, command: str, wait_seconds: float) -> Iterator[None]:
    """Hold the lock. A dead process's lock is taken over; a living one's is waited for.

    Raises PassingTrouble, naming the holder, when it isn't free within `wait_seconds`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    while not _take(file, command):
        _remove_stale(file)
        if time.monotonic() > deadline:
            raise _held(file)
        time.sleep(_POLL)
    try:
        yield
    finally:
        holder = read_json(file)
        if isinstance(holder, dict) and holder.get("pid") == os.getpid():
            file.unlink(missing_ok=True)


def _take(file: Path, command: str) -> bool:
    """Appear with the content complete: a link, unlike a write after O_EXCL, can't be seen half done."""
    draft = file.with_name(f".{file.name}.tmp-{os.getpid()}")
    holder = {"pid": os.getpid(), "command": command, "since": now(), "started": _start_of(os.getpid())}
    draft.write_text(json.dumps(holder), encoding="utf-8")
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def _remove_stale(file: Path) -> None:
    """Only one process at a time decides that a lock is stale, else two could each remove the other's new one."""
    with file.with_name(f".{file.name}.guard").open("a") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if _is_stale(file):
            file.unlink(missing_ok=True)


def _is_stale(file: Path) -> bool:
    try:
        age = time.time() - file.stat().st_mtime
    except FileNotFoundError:
        return False
    holder = read_json(file)
    if not isinstance(holder, dict) or not isinstance(holder.get("pid"), int):
        return abs(age) > _HALF_WRITTEN  # a file of the future: the clock was moved back since
    if not is_alive(holder["pid"]):
        return True
    return "started" in holder and holder["started"] != _start_of(holder["pid"])


def _start_of(pid: int) -> str | None:
    """When a process began, in ticks since boot (Linux; None elsewhere): tells it from a later one with the same id."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return None


def _held(file: Path) -> PassingTrouble:
    holder = read_json(file)
    who = "another process"
    if isinstance(holder, dict):
        who = f"process {holder.get('pid')} ({holder.get('command')}), since {holder.get('since')}"
    return PassingTrouble(
        f"the warehouse is held by {who}", str(file), "wait until it has ended, or end it, and run again"
    )
