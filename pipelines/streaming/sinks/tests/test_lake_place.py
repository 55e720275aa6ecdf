"""Batches on the lake, whole or not at all."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from pyarrow import parquet

from ingest.errors import IngestError, PassingTrouble
from ingest.objects.store import ObjectStore
from make_rides import CONTRACT, encode, rides
from sinks.columns import arrow_schema
from sinks.lake_place import LakePlace, Source
from sinks.open_store import open_store
from sinks.rides import Batch, hour_of
from test_decoder import decoder

SOURCE = Source("trips.rides", "kN1oLRToQ0mXnEzPvJZbTA", 3)
NAMES = tuple(field["name"] for field in CONTRACT["fields"])


def batch_of(first: int, records: list[dict[str, Any]]) -> Batch:
    batch = Batch(NAMES, first, first)
    for offset, record in enumerate(records, first):
        read = decoder().decode(encode(1, record))
        batch.add(offset, read, hour_of(read))
    return batch


def names(store: ObjectStore) -> list[str]:
    return [found.name for found in store.glob("rides/*/*.parquet")]


def test_a_batch_lies_in_a_file_for_each_hour_named_by_its_offsets(place: LakePlace, store: ObjectStore) -> None:
    first, second, third = rides(3, seed=1)
    first |= {"pickup_datetime": datetime(2019, 3, 1, 17, 59, 59), "total_amount": Decimal("-3.05")}
    second |= {"pickup_datetime": datetime(2019, 3, 1, 18), "total_amount": None}
    third |= {"pickup_datetime": datetime(2019, 3, 1, 17)}
    assert place.begin(SOURCE, 100) == 100
    assert place.put(SOURCE, batch_of(100, [first, second, third])) == 2
    seventeen, eighteen = names(store)
    assert seventeen == "rides/hour=2019-03-01T17/trips.rides@kN1oLRTo+3+100-102.parquet"
    assert eighteen == "rides/hour=2019-03-01T18/trips.rides@kN1oLRTo+3+100-102.parquet"
    with store.reading(seventeen) as file:
        table = parquet.read_table(file, partitioning=None)
    assert table.schema.equals(arrow_schema(CONTRACT))
    assert table.to_pylist()[0] == first
    assert place.begin(SOURCE, 0) == 103


def test_what_a_killed_process_left_of_a_batch_is_removed_nothing_else(place: LakePlace, store: ObjectStore) -> None:
    place.begin(SOURCE, 0)
    place.put(SOURCE, batch_of(0, rides(5, seed=2)))
    before = names(store)
    other = Source("trips.rides", "kN1oLRToQ0mXnEzPvJZbTA", 4)
    place.begin(other, 0)
    # A later batch whose files came to their places, and of which nothing says so.
    standing = store.read_json(f"_standing/{SOURCE}/next.json")
    place.put(SOURCE, batch_of(5, rides(7, seed=3)))
    again = open_store_of(store)
    again.write_json(f"_standing/{SOURCE}/next.json", standing)
    assert len(names(store)) > len(before)
    fresh = LakePlace(again, arrow_schema(CONTRACT))
    assert fresh.begin(SOURCE, 0) == 5
    assert names(store) == before
    fresh.put(SOURCE, batch_of(5, rides(7, seed=3)))


def test_of_two_that_have_a_partition_the_later_writes_nothing(place: LakePlace, store: ObjectStore) -> None:
    place.begin(SOURCE, 0)
    late = LakePlace(open_store_of(store), arrow_schema(CONTRACT))
    assert late.begin(SOURCE, 0) == 0
    place.put(SOURCE, batch_of(0, rides(4, seed=4)))
    before = names(store)
    with pytest.raises(PassingTrouble, match="another process has taken this partition over"):
        late.put(SOURCE, batch_of(0, rides(3, seed=4)))
    assert names(store) == before


def test_a_partition_never_goes_back(place: LakePlace, store: ObjectStore) -> None:
    place.begin(SOURCE, 0)
    place.put(SOURCE, batch_of(0, rides(4, seed=4)))
    before = names(store)
    with pytest.raises(IngestError, match="stands at 4, and would go back to 1"):
        place.skip(SOURCE, 4, 1)
    place.skip(SOURCE, 4, 6)
    assert place.begin(SOURCE, 0) == 6
    assert names(store) == before


def test_files_without_a_word_of_how_far_they_go_are_left_alone(place: LakePlace, store: ObjectStore) -> None:
    place.begin(SOURCE, 0)
    place.put(SOURCE, batch_of(0, rides(4, seed=5)))
    before = names(store)
    store.remove(f"_standing/{SOURCE}/next.json")
    with pytest.raises(IngestError, match="nothing says how far they go"):
        place.begin(SOURCE, 0)
    assert names(store) == before


def test_another_topic_of_the_same_name_begins_anew_beside_the_old_one(place: LakePlace, store: ObjectStore) -> None:
    place.begin(SOURCE, 0)
    place.put(SOURCE, batch_of(0, rides(4, seed=6)))
    another = Source("trips.rides", "AAAALRToQ0mXnEzPvJZbTA", 3)
    assert place.begin(another, 0) == 0
    place.put(another, batch_of(0, rides(4, seed=6)))
    assert len(names(store)) == 2 * len({name.rpartition("/")[0] for name in names(store)})


def open_store_of(store: ObjectStore) -> ObjectStore:
    """The same place, as another process sees it."""
    return open_store(store.address("").rstrip("/"))
