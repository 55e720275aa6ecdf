"""The statement that replaces a receipt."""

from __future__ import annotations

from google.cloud.bigquery import ScalarQueryParameter

from ingest.bigquery.schema import type_of
from ingest.contract import Table
from ingest.delivery import Key
from ingest.receipts import LoadReceipt

#: Schemas have older names of types.
_IN_QUERIES = {"INTEGER": "INT64", "BOOLEAN": "BOOL"}
_NAMES = list(LoadReceipt.__dataclass_fields__)


def merge_receipt(receipts: str) -> str:
    """`receipts` is the table's name, as in a query; the values are parameters of the columns' names."""
    given = ", ".join(f"@{name} AS {name}" for name in _NAMES)
    columns = [*_NAMES, "loaded_at"]
    return "\n".join(
        [
            f"MERGE {receipts} AS held",
            f"USING (SELECT {given}, CURRENT_TIMESTAMP() AS loaded_at) AS fresh",
            "ON held.service = fresh.service AND held.file_month IS NOT DISTINCT FROM fresh.file_month",
            f"WHEN MATCHED THEN UPDATE SET {', '.join(f'{name} = fresh.{name}' for name in columns)}",
            f"WHEN NOT MATCHED THEN INSERT ({', '.join(columns)}) VALUES ({', '.join(columns)})",
        ]
    )


def receipt_parameters(receipt: LoadReceipt, key: Key, contract: Table) -> list[ScalarQueryParameter]:
    """`contract` is that of load_receipts."""
    types = {column.name: _IN_QUERIES.get(type_of(column), type_of(column)) for column in contract.all_columns}
    values = {**vars(receipt), "file_month": key.file_month.first_day if key.file_month else None}
    return [ScalarQueryParameter(name, types[name], values[name]) for name in _NAMES]
