"""Arrow's columns of an event, as its Avro contract has them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from sinks.avro_values import is_optional, value_type

_SIMPLE = {"string": pa.string(), "long": pa.int64(), "int": pa.int32(), "double": pa.float64(), "boolean": pa.bool_()}
#: What a whole number of 64 bits may need.
_WHOLE = pa.decimal128(19, 0)


def arrow_schema(contract: Any) -> pa.Schema:
    """Times on a wall clock have no time zone, instants are UTC, amounts are decimals."""
    fields = contract["fields"]
    return pa.schema([pa.field(field["name"], _type(field["type"]), is_optional(field["type"])) for field in fields])


def table(schema: pa.Schema, columns: dict[str, list[Any]]) -> pa.Table:
    """Of values without logical types. Raises ArrowInvalid for an amount with more digits than its type has."""
    return pa.table([_column(field, columns[field.name]) for field in schema], schema=schema)


def _type(schema: Any) -> Any:
    kind = value_type(schema)
    match kind.get("logicalType"):
        case "decimal":
            return pa.decimal128(kind["precision"], kind["scale"])
        case "local-timestamp-micros":
            return pa.timestamp("us")
        case "timestamp-micros":
            return pa.timestamp("us", "UTC")
    return _SIMPLE[kind["type"]]


def _column(field: Any, values: list[Any]) -> Any:
    if not pa.types.is_decimal(field.type):
        return (
            pa.array(values, pa.int64()).cast(field.type)
            if pa.types.is_timestamp(field.type)
            else pa.array(values, field.type)
        )
    unscaled = [None if value is None else int.from_bytes(value, "big", signed=True) for value in values]
    whole = pa.array(unscaled, pa.int64()).cast(_WHOLE)
    # The same digits, with the point elsewhere.
    return pa.Array.from_buffers(pa.decimal128(19, field.type.scale), len(whole), whole.buffers()).cast(field.type)
