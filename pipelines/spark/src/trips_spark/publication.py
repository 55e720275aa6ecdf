"""What a job has published: `<output>/<job>/current.json`, the pointer by which readers find the files that count.

Object stores can't rename folders, so that nothing is ever replaced where it lies: each run writes to a folder of its
own, and the pointer, written last and in one act, is what makes its files count.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from trips_spark.errors import JobError
from trips_spark.storage.addresses import below
from trips_spark.storage.storage import Storage

_VERSION = 1


@dataclass(frozen=True)
class Part:
    """What one file of the lake contributes. `path` is relative to the job's folder."""

    service: str
    month: str
    run_id: str
    fingerprint: str
    rows_in: int
    rows_out: int
    path: str

    @property
    def key(self) -> str:
        return f"{self.service} {self.month}"


@dataclass(frozen=True)
class Report:
    """What all parts together give."""

    run_id: str
    fingerprint: str
    rows: int
    path: str


@dataclass(frozen=True)
class Pointer:
    """`superseded`: paths that counted until the last publication, whose readers may still be reading."""

    parts: tuple[Part, ...] = ()
    report: Report | None = None
    superseded: tuple[str, ...] = ()

    @property
    def paths(self) -> set[str]:
        return {part.path for part in self.parts} | ({self.report.path} if self.report else set())


class Publication:
    def __init__(self, storage: Storage, output: str, job: str) -> None:
        self._storage = storage
        self._job = job
        self.address = below(output, job)

    def read(self) -> Pointer:
        """An empty one where there is none, and in place of a damaged one: then all is computed again."""
        text = self._storage.read(below(self.address, "current.json"))
        try:
            return _pointer_from(json.loads(text or "{}"))
        except (ValueError, KeyError, TypeError):
            return Pointer()

    def is_there(self, path: str) -> bool:
        return self._storage.exists(self.at(path))

    def at(self, path: str) -> str:
        return below(self.address, path)

    def begin(self, run_id: str, pointer: Pointer) -> str:
        """A path for the run's files in which nothing lies that counts. Raises JobError where it can't write."""
        name = re.sub(r"[^A-Za-z0-9_.-]", "-", run_id)
        used = {path.split("/")[1] for path in (*pointer.paths, *pointer.superseded)}
        tries = (name if number == 1 else f"{name}-{number}" for number in range(1, len(used) + 2))
        path = f"runs/{next(folder for folder in tries if folder not in used)}"
        begun = {"job": self._job, "run_id": run_id, "begun_at": _now()}
        try:
            self._storage.remove(self.at(path))
            self._storage.write(self.at(f"{path}/begun.json"), _json(begun))
        except OSError as error:
            raise self._unwritable(error) from error
        return path

    def publish(self, before: Pointer, after: Pointer) -> None:
        """Make `after` what counts, then remove what had stopped counting before `before` was published."""
        lost = sorted(before.paths - after.paths)
        document = {
            "version": _VERSION,
            "job": self._job,
            "published_at": _now(),
            **asdict(replace(after, superseded=tuple(lost))),
        }
        try:
            self._storage.write(below(self.address, "current.json"), _json(document))
            for path in set(before.superseded) - after.paths - set(lost):
                self._storage.remove(self.at(path))
        except OSError as error:
            raise self._unwritable(error) from error

    def write_summary(self, path: str, summary: dict[str, Any]) -> None:
        self._storage.write(self.at(f"{path}/summary.json"), _json(summary))

    def _unwritable(self, error: OSError) -> JobError:
        return JobError(
            f"the output can't be written: {error}",
            self.address,
            "give another --output, or whoever the job runs as the right to write there",
        )


def merged(before: Iterable[Part], new: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of before with the new ones in their places, by month and service."""
    parts = {part.key: part for part in (*before, *new)}
    return tuple(sorted(parts.values(), key=lambda part: (part.month, part.service)))


def _pointer_from(document: dict[str, Any]) -> Pointer:
    if document.get("version") != _VERSION:
        return Pointer()
    report = document["report"]
    return Pointer(
        tuple(Part(**part) for part in document["parts"]),
        Report(**report) if report else None,
        tuple(document["superseded"]),
    )


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
