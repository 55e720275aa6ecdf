"""Lines of JSON to the wire's bytes in hexadecimal, and back; by fastavro. Amounts are cents in JSON and Decimal here, times microseconds and datetime."""

import io
import json
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastavro

HEAD = b"\x00" + (7).to_bytes(4, "big")
EPOCH = datetime(1970, 1, 1)
MICROSECOND = timedelta(microseconds=1)


def main() -> None:
    mode, schema_file = sys.argv[1:]
    source = json.loads(Path(schema_file).read_text())
    schema = fastavro.parse_schema(source)
    kinds = {field["name"]: kind(field["type"]) for field in source["fields"]}
    for line in sys.stdin:
        print(write(schema, kinds, json.loads(line)) if mode == "write" else read(schema, bytes.fromhex(line.strip())))


def kind(of: Any) -> str | None:
    if isinstance(of, list):
        return next((found for found in map(kind, of) if found), None)
    return of.get("logicalType") if isinstance(of, dict) else None


def write(schema: Any, kinds: dict[str, str | None], record: dict[str, Any]) -> str:
    buffer = io.BytesIO()
    fastavro.schemaless_writer(buffer, schema, {name: to_python(kinds[name], value) for name, value in record.items()})
    return (HEAD + buffer.getvalue()).hex()


def to_python(of: str | None, value: Any) -> Any:
    if value is None:
        return None
    if of == "decimal":
        return Decimal(value).scaleb(-2)
    if of == "local-timestamp-micros":
        return EPOCH + value * MICROSECOND
    if of == "timestamp-micros":
        return EPOCH.replace(tzinfo=UTC) + value * MICROSECOND
    return value


def read(schema: Any, data: bytes) -> str:
    if data[:5] != HEAD:
        raise ValueError("not the wire's head")
    buffer = io.BytesIO(data[5:])
    record = fastavro.schemaless_reader(buffer, schema, None)
    if buffer.read():
        raise ValueError("bytes are left")
    return json.dumps({name: from_python(value) for name, value in record.items()})  # type: ignore[union-attr]


def from_python(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value.scaleb(2))
    if isinstance(value, datetime):
        return (value.replace(tzinfo=None) - EPOCH) // MICROSECOND
    return value


main()
