"""How the stream's rides lie on the lake, and how far each partition has come there.

rides/hour=2019-03-01T17/trips.rides@f3aZk1Qx+0+1000-1999.parquet  rides of the hour in records 1000-1999 of partition 0
_standing/trips.rides@f3aZk1Qx+0/next.json                         the offset that follows: all before is on the lake

`f3aZk1Qx` is the beginning of the topic's own id: another topic of the same name has another one, and other records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pyarrow import Schema, parquet

from ingest.errors import IngestError, PassingTrouble
from ingest.objects.store import ObjectStore
from sinks.columns import table
from sinks.fault_points import reached
from sinks.rides import Batch, hour_name

_ID_DIGITS = 8
_RANGE = re.compile(r"\+(\d+)-(\d+)\.parquet$")


@dataclass(frozen=True)
class Source:
    """A partition of a topic; `topic_id` is Kafka's own."""

    topic: str
    topic_id: str
    partition: int

    def __str__(self) -> str:
        return f"{self.topic}@{self.topic_id[:_ID_DIGITS]}+{self.partition}"


class LakePlace:
    def __init__(self, store: ObjectStore, schema: Schema) -> None:
        self._store = store
        self._schema = schema

    def __str__(self) -> str:
        return self._store.address("").rstrip("/")

    def begin(self, source: Source, oldest: int) -> int:
        """The offset to go on from; what a killed process left after it is removed.

        `oldest` is the first one that the topic still has. Where the lake stands is written down before there is a
        first file, so that files without it can't be taken for leftovers.
        """
        with self._store.alone(f"_standing/{source}"):
            next_offset = self._standing(source)
            found = self._store.glob(f"rides/*/{source}+*.parquet")
            if next_offset is None:
                if found:
                    raise _lost(self._store.address(self._standing_name(source)), self._store.address(found[0].name))
                self._store.write_json(self._standing_name(source), {"next_offset": oldest})
                return oldest
            for file in found:
                if _first(file.name) >= next_offset:
                    self._store.remove(file.name)
            return next_offset

    def put(self, source: Source, batch: Batch) -> int:
        """Puts the batch on the lake, whole or not at all, and says how many files that are.

        Raises PassingTrouble where the partition stands elsewhere by now: then another process has taken it over.
        """
        with self._store.alone(f"_standing/{source}"):
            standing = self._standing(source)
            if standing != batch.first:
                raise _taken_over(self._store.address(self._standing_name(source)), batch.first, standing)
            for hour, columns in sorted(batch.hours.items()):
                name = f"rides/hour={hour_name(hour)}/{source}+{batch.first}-{batch.next - 1}.parquet"
                with self._store.replacing(name) as file:
                    parquet.write_table(table(self._schema, columns), file, compression="zstd")
                reached("lake:file-written")
            reached("lake:before-standing")
            self._store.write_json(self._standing_name(source), {"next_offset": batch.next})
        reached("lake:after-standing")
        return len(batch.hours)

    def skip(self, source: Source, batch_first: int, next_offset: int) -> None:
        """Goes on from `next_offset`: what lies between is gone from the topic.

        Raises IngestError for a way back: files of what lies between would be taken for a killed process's.
        """
        if next_offset < batch_first:
            raise _back(self._store.address(self._standing_name(source)), batch_first, next_offset)
        with self._store.alone(f"_standing/{source}"):
            if self._standing(source) == batch_first:
                self._store.write_json(self._standing_name(source), {"next_offset": next_offset})

    def _standing(self, source: Source) -> int | None:
        document = self._store.read_json(self._standing_name(source))
        next_offset = document.get("next_offset") if isinstance(document, dict) else None
        return next_offset if isinstance(next_offset, int) else None

    def _standing_name(self, source: Source) -> str:
        return f"_standing/{source}/next.json"


def _first(name: str) -> int:
    found = _RANGE.search(name)
    return int(found[1]) if found else -1


def _lost(where: str, file: str) -> IngestError:
    return IngestError(
        f"files of this partition are there, such as {file}, and nothing says how far they go",
        where,
        "restore it, or move the partition's files away: then its rides are read from the topic's beginning",
    )


def _back(where: str, first: int, next_offset: int) -> IngestError:
    return IngestError(
        f"the partition stands at {first}, and would go back to {next_offset}",
        where,
        "nothing was changed; look whether brokers have lost records: then delete the topic, make it anew and replay",
    )


def _taken_over(where: str, mine: int, standing: int | None) -> PassingTrouble:
    return PassingTrouble(
        f"another process has taken this partition over: it stands at {standing}, and this one has what follows {mine}",
        where,
        "start it again: it goes on from where the lake stands",
    )
