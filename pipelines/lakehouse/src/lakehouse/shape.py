"""A contract's columns as Arrow has them, and what it means when a table or a file has others."""

from __future__ import annotations

import pyarrow as pa

from ingest.contract import Column, Table
from ingest.errors import IngestError

_PLAIN = {
    "string": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "local_datetime": pa.timestamp("us"),
    "instant": pa.timestamp("us", tz="UTC"),
    "date": pa.date32(),
}


def shape_of(contract: Table) -> pa.Schema:
    """Decimals exact, wall-clock times without a zone, and not nullable what is required."""
    return pa.schema([_field(column) for column in contract.all_columns])


def missing_columns(contract: Table, table: pa.Schema, where: str, rebuild: str) -> pa.Schema:
    """The contract's columns that a derived table has yet to get.

    Raises IngestError where adding columns doesn't make the one into the other; `rebuild` is the way out then.
    """
    wanted = shape_of(contract)
    strangers = [name for name in table.names if name not in wanted.names]
    if strangers:
        raise IngestError(
            f"the table has columns that the contract {contract.name} doesn't have: {', '.join(strangers)}",
            where,
            f"a newer contract made it: use that one; or derive the table anew: {rebuild}",
        )
    changed = [field for field in wanted if field.name in table.names and not _alike(table.field(field.name), field)]
    added = [field for field in wanted if field.name not in table.names]
    unfit = changed + [field for field in added if not field.nullable]
    if unfit:
        names = ", ".join(f"{field.name} ({field.type}{'' if field.nullable else ', required'})" for field in unfit)
        raise IngestError(f"columns can't become what the contract wants now: {names}", where, rebuild)
    return pa.schema(added)


def _alike(one: pa.Field, other: pa.Field) -> bool:
    """Iceberg's text and bytes come back as Arrow's large ones, which is the same to everybody else."""
    return (_small(one.type), one.nullable) == (_small(other.type), other.nullable)


def _small(kind: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_large_string(kind) else kind


def _field(column: Column) -> pa.Field:
    kind = pa.decimal128(column.precision, column.scale) if column.type == "decimal" else _PLAIN[column.type]
    return pa.field(column.name, kind, nullable=not column.required)
