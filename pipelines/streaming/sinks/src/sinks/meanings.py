"""What Avro doesn't compare when it reads by another schema than it wrote by.

It takes milliseconds for microseconds, and dollars for cents.
"""

from __future__ import annotations

from typing import Any


def difference(written: Any, wanted: Any) -> str | None:
    """For people: the first field of these records whose numbers mean something else than is wanted; else nothing.

    Both are schemas as JSON.
    """
    if not isinstance(written, dict) or not isinstance(written.get("fields"), list):
        return "it is no record"
    of_writer = {field["name"]: field["type"] for field in written["fields"]}
    for field in wanted["fields"]:
        right = [_meaning(branch) for branch in _branches(field["type"]) if _logical(branch)]
        # Where it isn't written it has its default.
        if not right or field["name"] not in of_writer:
            continue
        for meaning in map(_meaning, _branches(of_writer[field["name"]])):
            if meaning not in right:
                return f"{field['name']} is {meaning}, not {' or '.join(right)}"
    return None


def _branches(schema: Any) -> list[Any]:
    return [branch for branch in (schema if isinstance(schema, list) else [schema]) if _kind(branch) != "null"]


def _kind(schema: Any) -> str:
    """Such as long; the name of a type that is defined elsewhere."""
    return _kind(schema.get("type")) if isinstance(schema, dict) else str(schema)


def _logical(schema: Any) -> str | None:
    return schema.get("logicalType") if isinstance(schema, dict) else None


def _meaning(schema: Any) -> str:
    logical = _logical(schema)
    if logical is None:
        return f"a mere {_kind(schema)}"
    return f"decimal of scale {schema.get('scale', 0)}" if logical == "decimal" else logical
