"""What of an event is a ride, and the rides of a partition that aren't on the lake yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sinks.avro_values import value_type
from sinks.decoder import Poison

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HOUR = 3_600_000_000
_MICROSECOND = timedelta(microseconds=1)
_YEARS = range(
    (datetime.min.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND,
    (datetime.max.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND + 1,
)
_TIMES = ("local-timestamp-micros", "timestamp-micros")


class Bounds:
    """Of a contract: the most that each amount can be, in units of its last digit, and the fields that are times."""

    def __init__(self, contract: Any) -> None:
        kinds = {field["name"]: value_type(field["type"]) for field in contract["fields"]}
        decimals = {name: kind for name, kind in kinds.items() if kind.get("logicalType") == "decimal"}
        self._most = {name: 10 ** int(kind["precision"]) for name, kind in decimals.items()}
        self._times = [name for name, kind in kinds.items() if kind.get("logicalType") in _TIMES]

    def check(self, record: dict[str, Any]) -> None:
        """Raises Poison for what no file may hold.

        More digits than the contract allows don't go into Parquet; of a time in no year of four digits, BigQuery
        would refuse the whole table.
        """
        for name in self._times:
            value = record[name]
            if value is not None and value not in _YEARS:
                raise Poison(f"its {name} is in no year of four digits")
        for name, most in self._most.items():
            value = record[name]
            if value is not None and abs(int.from_bytes(value, "big", signed=True)) >= most:
                raise Poison(f"{name} has more digits than the contract allows")


def hour_of(record: dict[str, Any]) -> int | None:
    """The hour of event time, counted from 1970; None for what is no ride but a mark. Raises Poison."""
    match record["event_type"]:
        case "end_of_replay":
            return None
        case "ride":
            return int(record["pickup_datetime"]) // _HOUR
    raise Poison(f"its event_type is {record['event_type']!r}, which nobody knows")


def hour_name(hour: int) -> str:
    """Such as 2019-03-01T17."""
    return (_EPOCH + timedelta(hours=hour)).isoformat()[:13]


@dataclass
class Batch:
    """Records of a partition from offset `first` on that were read since the last were put on the lake.

    `next` is the offset after the last of them; between both lie also records that are no rides.
    """

    names: tuple[str, ...]
    first: int
    next: int
    records: int = 0
    rides: int = 0
    hours: dict[int, dict[str, list[Any]]] = field(default_factory=dict)

    def add(self, offset: int, record: dict[str, Any] | None, hour: int | None) -> None:
        self.next = offset + 1
        self.records += 1
        if record is None or hour is None:
            return
        self.rides += 1
        columns = self.hours.get(hour)
        if columns is None:
            columns = self.hours[hour] = defaultdict(list)
        for name in self.names:
            columns[name].append(record[name])
