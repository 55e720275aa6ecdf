"""What a run leaves behind for others: one result file per command, and a line per step in progress.jsonl."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.delivery import Key
from ingest.durable import read_json, write_json


def now() -> str:
    """The present instant, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Step:
    """What a step found out about itself while it ran."""

    status: str = "done"
    rows: int | None = None
    message: str | None = None
    result: dict[str, Any] = field(default_factory=dict)


class RunLog:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def step(self, stage: str, key: Key | None = None) -> Iterator[Step]:
        """Record a stage's start and end (`done`, `unchanged` or `failed`) and write its result file."""
        step = Step()
        begun = time.monotonic()
        self._append(stage, key, "started")
        try:
            yield step
        except BaseException as error:
            message = str(error).splitlines()[0] if str(error) else type(error).__name__
            self._append(stage, key, "failed", seconds=time.monotonic() - begun, message=message)
            raise
        seconds = round(time.monotonic() - begun, 3)
        self._append(stage, key, step.status, rows=step.rows, seconds=seconds, message=step.message)
        self.write(f"{stage}-{key.slug}" if key else stage, {"status": step.status, "seconds": seconds, **step.result})
        self._say(stage, key, step, seconds)

    def write(self, name: str, document: Any) -> None:
        write_json(self.folder / f"{name}.json", document)

    def read(self, name: str) -> Any | None:
        return read_json(self.folder / f"{name}.json")

    def lines(self) -> list[dict[str, Any]]:
        """All progress lines so far; a last line that a killed process left half written is skipped."""
        try:
            text = (self.folder / "progress.jsonl").read_text(encoding="utf-8")
        except FileNotFoundError:
            return []
        lines = []
        for line in text.splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                continue
        return lines

    def _append(self, stage: str, key: Key | None, status: str, **more: Any) -> None:
        month = str(key.file_month) if key and key.file_month else None
        line = {
            "at": now(),
            "service": key.service if key else None,
            "file_month": month,
            "stage": stage,
            "status": status,
        }
        if "seconds" in more:
            more["seconds"] = round(more["seconds"], 3)
        line.update({name: value for name, value in more.items() if value is not None})
        with (self.folder / "progress.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")

    def _say(self, stage: str, key: Key | None, step: Step, seconds: float) -> None:
        what = f"{key or ''!s:<16} {stage:<9} {step.status:<9}"
        rows = f"{step.rows:>9,} rows" if step.rows is not None else " " * 14
        print(f"{what} {rows} {seconds:6.2f} s  {step.message or ''}".rstrip(), file=sys.stderr)
