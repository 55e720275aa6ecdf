"""What can be read of a record, and what nobody can read."""

from __future__ import annotations

import json
import struct
from typing import Any

import pytest

from make_rides import CONTRACT, encode, mark, rides
from sinks.decoder import Decoder, Poison
from sinks.registry import Registry, UnknownSchema
from sinks.rides import Bounds, hour_name, hour_of


class _Schemas(Registry):
    """A registry's answers, as it would give them."""

    def __init__(self, schemas: dict[int, Any]) -> None:
        self._known = schemas

    def schema(self, schema_id: int) -> Any:
        if schema_id not in self._known:
            raise UnknownSchema(f"the registry has no schema {schema_id}")
        return self._known[schema_id]


def decoder(schemas: dict[int, Any] | None = None) -> Decoder:
    return Decoder(_Schemas(schemas or {1: CONTRACT}), CONTRACT)


RIDE = rides(1, seed=1)[0]
GOOD = encode(1, RIDE)


def test_a_ride_and_a_mark() -> None:
    ride = decoder().decode(GOOD)
    assert ride["event_id"] == RIDE["event_id"]
    hour = hour_of(ride)
    assert hour is not None
    assert hour_name(hour) == f"{RIDE['pickup_datetime']:%Y-%m-%dT%H}"
    assert hour_of(decoder().decode(encode(1, mark(0)))) is None


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (None, "it has no value"),
        (b"", "wire format"),
        (b"\x01" + GOOD[1:], "wire format"),
        (struct.pack(">bI", 0, 99) + GOOD[5:], "no schema 99"),
        (GOOD[:20], "can't be read by its schema 1"),
        (GOOD + b"\x00", "1 bytes are left over"),
        (GOOD[:6] + b"\xff\xfe" + GOOD[8:], "can't be read by its schema 1"),
    ],
)
def test_what_nobody_can_read_says_why(value: bytes | None, why: str) -> None:
    with pytest.raises(Poison, match=why):
        decoder().decode(value)


def test_an_older_writers_record_is_read_as_the_contract_says() -> None:
    fields = [field for field in CONTRACT["fields"] if field["name"] != "fare_amount"]
    older = json.loads(json.dumps({**CONTRACT, "fields": fields}))
    known = decoder({1: CONTRACT, 2: older})
    import io

    import fastavro

    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, fastavro.parse_schema(older), RIDE)
    read = known.decode(struct.pack(">bI", 0, 2) + stream.getvalue())
    assert read["fare_amount"] is None
    assert read["total_amount"] == known.decode(GOOD)["total_amount"]


def test_a_kind_of_event_that_nobody_knows_and_amounts_that_no_file_can_hold_are_poison() -> None:
    ride = decoder().decode(GOOD)
    with pytest.raises(Poison, match="event_type is 'tip'"):
        hour_of({**ride, "event_type": "tip"})
    with pytest.raises(Poison, match="fare_amount has more digits"):
        Bounds(CONTRACT).check({**ride, "fare_amount": (10**12).to_bytes(9, "big")})
    Bounds(CONTRACT).check({**ride, "fare_amount": (10**12 - 1).to_bytes(9, "big")})


@pytest.mark.parametrize("field", ["pickup_datetime", "dropoff_datetime", "produced_at"])
@pytest.mark.parametrize(("last", "beyond"), [(253_402_300_799_999_999, 1), (-62_135_596_800_000_000, -1)])
def test_a_time_in_no_year_of_four_digits_is_poison(field: str, last: int, beyond: int) -> None:
    ride = decoder().decode(GOOD)
    Bounds(CONTRACT).check({**ride, field: last})
    with pytest.raises(Poison, match=f"its {field} is in no year"):
        Bounds(CONTRACT).check({**ride, field: last + beyond})


@pytest.mark.parametrize(
    ("field", "kind", "difference"),
    [
        (
            "pickup_datetime",
            {"type": "long", "logicalType": "local-timestamp-millis"},
            "pickup_datetime is local-timestamp-millis, not local-timestamp-micros",
        ),
        ("produced_at", "long", "produced_at is a mere long, not timestamp-micros"),
        (
            "total_amount",
            ["null", {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 4}],
            "total_amount is decimal of scale 4, not decimal of scale 2",
        ),
    ],
)
def test_numbers_that_mean_something_else_by_their_schema_are_poison(field: str, kind: Any, difference: str) -> None:
    fields = [{**each, "type": kind} if each["name"] == field else each for each in CONTRACT["fields"]]
    known = decoder({1: CONTRACT, 7: {**CONTRACT, "fields": fields}})
    with pytest.raises(Poison, match=f"^by its schema 7 {difference}$"):
        known.decode(struct.pack(">bI", 0, 7) + GOOD[5:])


def test_schemas_that_are_no_record_or_of_a_type_that_nobody_knows_are_poison() -> None:
    strange = {**CONTRACT, "fields": [*CONTRACT["fields"], {"name": "tip", "type": "trips.Tip"}]}
    known = decoder({2: "string", 3: strange})
    with pytest.raises(Poison, match="by its schema 2 it is no record"):
        known.decode(struct.pack(">bI", 0, 2))
    with pytest.raises(Poison, match="its schema 3 can't be read"):
        known.decode(struct.pack(">bI", 0, 3))
