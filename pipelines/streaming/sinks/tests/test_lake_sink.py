"""The sink with real clients: what it reads goes to the lake once, and the lake never goes back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import Consumer, TopicPartition

from ingest.errors import IngestError
from kafka_in_process import Brokers
from make_rides import CONTRACT, encode, rides
from sinks.columns import arrow_schema
from sinks.dead_letters import DeadLetters
from sinks.kafka_client import consumer_of
from sinks.lake_place import LakePlace
from sinks.lake_sink import LakeSink
from sinks.open_store import open_store
from sinks.options import Options
from test_decoder import decoder

TOPIC = "trips.rides"
#: Of partition 0.
STANDING = "_standing/trips.rides@kN1oLRTo+0/next.json"


class _Astray(Consumer):
    """Goes elsewhere once, after the fifth record of partition 0."""

    def __init__(self, configuration: dict[str, Any], offset: int) -> None:
        super().__init__(configuration)
        self._elsewhere: list[TopicPartition] = [TopicPartition(TOPIC, 0, offset)]

    def consume(self, _at_once: int, seconds: float) -> Any:
        messages = super().consume(1, seconds)
        if self._elsewhere and any(each.error() is None and each.offset() == 4 for each in messages):
            self.seek(self._elsewhere.pop())
        return messages


def sink_from(brokers: Brokers, lake: Path, open_consumer: Callable[[dict[str, Any]], Consumer]) -> LakeSink:
    base = brokers.connection
    place = LakePlace(open_store(str(lake)), arrow_schema(CONTRACT))
    return LakeSink(
        Options(brokers.bootstrap, once=True),
        lambda on_error: open_consumer({**base, "error_cb": on_error}),
        decoder(),
        DeadLetters(base, "trips-lake-sink"),
        place,
        CONTRACT,
        "kN1oLRToQ0mXnEzPvJZbTA",
    )


def astray(base: dict[str, Any], offset: int) -> Consumer:
    return _Astray(
        {
            **base,
            "group.id": "trips-lake-sink",
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
        },
        offset,
    )


def test_where_brokers_have_lost_what_the_lake_has_it_stops_and_the_lake_stays(tmp_path: Path) -> None:
    brokers = Brokers()
    brokers.send(TOPIC, *(encode(1, ride) for ride in rides(10, seed=1)))
    store = open_store(str(tmp_path))
    # As after a power cut: the log doesn't go as far as we have read.
    with pytest.raises(IngestError, match=r"goes from 0 to 10, and the lake has what goes up to 5: brokers have lost"):
        sink_from(brokers, tmp_path, lambda base: astray(base, 500)).run()
    assert store.read_json(STANDING) == {"next_offset": 5}
    files = [found.name for found in store.glob("rides/*/*.parquet")]
    assert files
    # Nothing that the lake has is taken for a killed process's.
    again = sink_from(brokers, tmp_path, lambda base: consumer_of(base, "another-group"))
    again.run()
    assert again.summary.records == 5
    assert set(files) < {found.name for found in store.glob("rides/*/*.parquet")}


def test_a_record_that_comes_again_is_passed_over(tmp_path: Path) -> None:
    brokers = Brokers()
    brokers.send(TOPIC, *(encode(1, ride) for ride in rides(10, seed=1)))
    sink = sink_from(brokers, tmp_path, lambda base: astray(base, 2))
    sink.run()
    assert (sink.summary.records, sink.summary.rides) == (10, 10)
    assert open_store(str(tmp_path)).read_json(STANDING) == {"next_offset": 10}
