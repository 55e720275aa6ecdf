"""What the lake sink is asked to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Times are in seconds. What is in memory goes to the lake at the first bound that is reached, and in the end."""

    bootstrap: str
    topic: str = "trips.rides"
    group: str = "trips-lake-sink"
    once: bool = False
    #: Records in memory, over all partitions: some 500 bytes each.
    flush_records: int = 100_000
    #: Since the oldest of them was read.
    flush_seconds: float = 60.0
    #: Since the newest of them was read.
    idle_seconds: float = 5.0
    #: For which no broker may answer.
    patience_seconds: float = 60.0
