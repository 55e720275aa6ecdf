"""What a sink did, for people and programs."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass, field

from sinks.lake_place import Source
from sinks.rides import Batch


@dataclass
class Summary:
    records: int = 0
    rides: int = 0
    dead_letters: int = 0
    files: int = 0
    missed: int = 0
    commits_failed: int = 0
    _begun: float = field(default_factory=time.monotonic)

    def add(self, batch: Batch, files: int) -> None:
        self.records += batch.records
        self.rides += batch.rides
        self.files += files
        print(f"{batch.records:>9,} records, {batch.rides:>9,} rides, {files:>4} files", file=sys.stderr)

    def miss(self, source: Source, first: int, oldest: int) -> None:
        """Records that the topic gave up before they were read, because of their age or by hand."""
        self.missed += oldest - first
        words = f"the topic begins at {oldest}, and the lake stood at {first}: what lay between is gone from Kafka"
        print(f"{source}: {words}", file=sys.stderr)

    def as_json(self) -> str:
        told = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return json.dumps({**told, "seconds": round(time.monotonic() - self._begun, 3)})
