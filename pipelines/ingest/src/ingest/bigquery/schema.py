"""A contract as BigQuery's schema: the same as contracts/render/bigquery.ts gives Terraform."""

from __future__ import annotations

from google.cloud.bigquery import SchemaField

from ingest.contract import Column, Table

_TYPES = {
    "string": "STRING",
    "integer": "INTEGER",
    "decimal": "NUMERIC",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "local_datetime": "DATETIME",
    "instant": "TIMESTAMP",
}


def schema_of(table: Table) -> tuple[SchemaField, ...]:
    """NULLABLE throughout, for BigQuery loads no optional Parquet column into a REQUIRED one."""
    return tuple(_field(column) for column in table.all_columns)


def type_of(column: Column) -> str:
    return _TYPES[column.type]


def _field(column: Column) -> SchemaField:
    if column.type == "decimal":
        return SchemaField(column.name, type_of(column), precision=column.precision, scale=column.scale)
    return SchemaField(column.name, type_of(column))
