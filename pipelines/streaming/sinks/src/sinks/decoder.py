"""Records of a topic, in Confluent's wire format: a zero, four bytes of a schema's id, Avro."""

from __future__ import annotations

import io
import struct
from typing import Any

import fastavro

from sinks.avro_values import without_logical_types
from sinks.meanings import difference
from sinks.registry import Registry, UnknownSchema


class Poison(Exception):
    """A record that nobody can read, however often it is tried."""


class Decoder:
    """Reads records as `contract` says, by whichever schema they were written; see `avro_values` for their values."""

    def __init__(self, registry: Registry, contract: Any) -> None:
        self._registry = registry
        self._contract = contract
        self._reader = fastavro.parse_schema(without_logical_types(contract))
        self._writers: dict[int, tuple[Any, Any]] = {}

    def decode(self, value: bytes | None) -> dict[str, Any]:
        """Raises Poison; PassingTrouble where the registry doesn't answer."""
        if value is None:
            raise Poison("it has no value")
        if len(value) < 5 or value[0] != 0:
            raise Poison("it isn't in Confluent's wire format: a zero and a schema's id come first")
        (schema_id,) = struct.unpack(">I", value[1:5])
        writer, reader = self._schemas(schema_id)
        stream = io.BytesIO(value)
        stream.seek(5)
        try:
            record = fastavro.schemaless_reader(stream, writer, reader)
        except Exception as error:  # whatever bytes make of a decoder: fastavro says no more of it than that
            raise Poison(f"it can't be read by its schema {schema_id}: {type(error).__name__}: {error}") from error
        if stream.tell() != len(value):
            raise Poison(f"{len(value) - stream.tell()} bytes are left over after reading it by its schema {schema_id}")
        if not isinstance(record, dict):
            raise Poison(f"its schema {schema_id} is none of a record")
        return record

    def _schemas(self, schema_id: int) -> tuple[Any, Any]:
        """Of the writer, and of the reader where it is another one."""
        if schema_id not in self._writers:
            try:
                written = self._registry.schema(schema_id)
            except UnknownSchema as error:
                raise Poison(str(error)) from error
            other = difference(written, self._contract)
            if other is not None:
                raise Poison(f"by its schema {schema_id} {other}")
            try:
                parsed = fastavro.parse_schema(without_logical_types(written))
            except (fastavro.schema.SchemaParseException, KeyError, TypeError, ValueError) as error:
                raise Poison(f"its schema {schema_id} can't be read: {error}") from error
            self._writers[schema_id] = (parsed, None if written == self._contract else self._reader)
        return self._writers[schema_id]
