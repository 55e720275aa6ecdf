"""Which writers' schemas Spark's query reads by: those by which the sink reads, too."""

from __future__ import annotations

import json
from typing import Any

from stream_spark.meanings import meant_alike

from make_rides import CONTRACT


def with_type(name: str, kind: Any) -> str:
    fields = [{**field, "type": kind} if field["name"] == name else field for field in CONTRACT["fields"]]
    return json.dumps({**CONTRACT, "fields": fields})


def test_schemas_whose_numbers_mean_something_else_are_named_not_read_by() -> None:
    contract = json.dumps(CONTRACT)
    older = json.dumps({**CONTRACT, "fields": [each for each in CONTRACT["fields"] if each["name"] != "fare_amount"]})
    cents = {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 4}
    millis = {"type": "long", "logicalType": "local-timestamp-millis"}
    schemas = {
        1: contract,
        2: older,
        3: with_type("pickup_datetime", millis),
        4: with_type("total_amount", ["null", cents]),
        5: '"string"',
    }
    alike, others = meant_alike(schemas, contract)
    assert alike == {1: contract, 2: older}
    assert others == {
        3: "pickup_datetime is local-timestamp-millis, not local-timestamp-micros",
        4: "total_amount is decimal of scale 4, not decimal of scale 2",
        5: "it is no record",
    }
