"""What a run leaves behind for others: one record per step, and progress lines at its start and its end.

`<stage>-<service>-<YYYY-MM>.json` (`<stage>.json` for what concerns the whole run) is the record. It is there for
every step that came to its end, also for one that failed: where a process's exit code is lost (a Cloud Run job's is),
the record has it. A step that was killed leaves none: the one before is removed when a step begins.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingest.clock import now
from ingest.delivery import Key
from ingest.disk import disk_trouble
from ingest.durable import read_json, write_json
from ingest.errors import IngestError, PassingTrouble


@dataclass
class Step:
    """What a step found out about itself while it ran; `exit_code` is for one that ends well and still says no."""

    status: str = "done"
    exit_code: int = 0
    rows: int | None = None
    message: str | None = None
    result: dict[str, Any] = field(default_factory=dict)


class RunLog:
    """`mounted` says that the folder is one of a bucket (Cloud Storage FUSE): a file is replaced there in one act, when
    it is closed, and several processes can't append to the same one.
    """

    def __init__(self, folder: Path, mounted: bool = False) -> None:
        self.folder = folder
        self._mounted = mounted
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def step(self, stage: str, key: Key | None = None) -> Iterator[Step]:
        """Record a stage's start and end: `done`, `unchanged` or `failed`."""
        step = Step()
        name = f"{stage}-{key.slug}" if key else stage
        begun = time.monotonic()
        (self.folder / f"{name}.json").unlink(missing_ok=True)
        self._append(name, stage, key, "started")
        try:
            yield step
        except BaseException as error:
            seconds = round(time.monotonic() - begun, 3)
            code, words = failure(error)
            with suppress(OSError):  # on a full disk, too, the reason is the error itself
                self._append(name, stage, key, "failed", seconds=seconds, message=words.splitlines()[0])
                self._record(name, "failed", seconds, code, message=words)
            raise
        seconds = round(time.monotonic() - begun, 3)
        self._append(name, stage, key, step.status, rows=step.rows, seconds=seconds, message=step.message)
        self._record(name, step.status, seconds, step.exit_code, **step.result)
        self._say(stage, key, step, seconds)

    def _record(self, name: str, status: str, seconds: float, exit_code: int, /, **more: Any) -> None:
        """`execution` tells the record of this try from one that an earlier try left."""
        execution = os.environ.get("CLOUD_RUN_EXECUTION")
        about = {"status": status, "seconds": seconds, "exit_code": exit_code, "execution": execution}
        self.write(name, {**about, **more})

    def write(self, name: str, document: Any) -> None:
        file = self.folder / f"{name}.json"
        if self._mounted:
            file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        else:
            write_json(file, document)

    def read(self, name: str) -> Any | None:
        return read_json(self.folder / f"{name}.json")

    def lines(self) -> list[dict[str, Any]]:
        """All progress lines so far; a last line that a killed process left half written is skipped."""
        lines = []
        for file in [self.folder / "progress.jsonl", *sorted((self.folder / "progress").glob("*.jsonl"))]:
            for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else []:
                try:
                    lines.append(json.loads(line))
                except ValueError:
                    continue
        return lines

    def _append(self, name: str, stage: str, key: Key | None, status: str, **more: Any) -> None:
        month = str(key.file_month) if key and key.file_month else None
        line = {
            "at": now(),
            "service": key.service if key else None,
            "file_month": month,
            "stage": stage,
            "status": status,
        }
        line.update({name: value for name, value in more.items() if value is not None})
        file = self.folder / (f"progress/{name}.jsonl" if self._mounted else "progress.jsonl")
        file.parent.mkdir(exist_ok=True)
        with file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")

    def _say(self, stage: str, key: Key | None, step: Step, seconds: float) -> None:
        what = f"{key or ''!s:<16} {stage:<9} {step.status:<9}"
        rows = f"{step.rows:>9,} rows" if step.rows is not None else " " * 14
        print(f"{what} {rows} {seconds:6.2f} s  {step.message or ''}".rstrip(), file=sys.stderr)


def failure(error: BaseException) -> tuple[int, str]:
    """The exit code of a process that ends by the error, and what it says to people."""
    if isinstance(error, IngestError):
        trouble = None if isinstance(error, PassingTrouble) else disk_trouble(error)
        return error.exit_code, str(trouble or error)
    if isinstance(error, KeyboardInterrupt):
        return 130, "stopped; the same command goes on from here"
    first = str(error).splitlines()[0] if str(error) else ""
    unforeseen = f"{type(error).__name__}: {first}\n  run with --debug to see where"
    return 1, str(disk_trouble(error) or unforeseen)
