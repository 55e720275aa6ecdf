"""What the warehouse holds: receipts, and rows counted by service and file month, with the loads they came with."""

from __future__ import annotations

from ingest.contract import ZONES, Contracts
from ingest.delivery import Key
from ingest.receipts import LoadReceipt
from ingest.settings import DatasetSettings
from ingest.sql import literal
from ingest.stores import ByMonth, StoreContents
from ingest.warehouse import Row, Warehouse

#: A condition that every row fulfils: BigQuery refuses to read a landed table without one on its partitions.
_ANY_MONTH = "file_month >= DATE '0001-01-01'"
_MONTH = "substr(CAST(file_month AS STRING), 1, 7)"


def warehouse_contents(
    warehouse: Warehouse, datasets: DatasetSettings, contracts: Contracts, key: Key | None = None
) -> StoreContents:
    """Of everything, or of one delivery's key alone: then BigQuery reads no other month."""
    receipts = [_receipt(row) for row in warehouse.rows(receipts_query(warehouse, datasets, key))]
    held = [row for row in warehouse.rows(rows_query(warehouse, datasets, contracts, key)) if row["number"]]
    months: list[ByMonth] = [(row["service"], row["month"]) for row in held]
    return StoreContents(
        "the warehouse",
        {(receipt.service, receipt.file_month): receipt for receipt in receipts},
        {month: int(row["number"]) for month, row in zip(months, held, strict=True)},
        # The least and the greatest are the same only where all are.
        {month: frozenset({row["first"], row["last"]}) for month, row in zip(months, held, strict=True)},
    )


def receipts_query(warehouse: Warehouse, datasets: DatasetSettings, key: Key | None = None) -> str:
    columns = ", ".join(
        f"{_MONTH} AS month" if name == "file_month" else name for name in LoadReceipt.__dataclass_fields__
    )
    query = f"SELECT {columns} FROM {warehouse.name(datasets.landed, 'load_receipts')}"
    return query if key is None else f"{query} WHERE service = {literal(key.service)} AND {_of(key)}"


def rows_query(warehouse: Warehouse, datasets: DatasetSettings, contracts: Contracts, key: Key | None = None) -> str:
    """One query for all tables: as many would take BigQuery as many seconds."""
    services = [*contracts.services, ZONES] if key is None else [key.service]
    return "\nUNION ALL\n".join(_rows_of(warehouse, datasets, contracts, service, key) for service in services)


def _rows_of(
    warehouse: Warehouse, datasets: DatasetSettings, contracts: Contracts, service: str, key: Key | None
) -> str:
    table = contracts.of_service(service)
    counts = "count(*) AS number, min(_load_id) AS first, max(_load_id) AS last"
    source = warehouse.name(datasets.landed, table.name)
    if table.partition_by is None:
        return f"SELECT {literal(service)} AS service, CAST(NULL AS STRING) AS month, {counts} FROM {source}"
    condition = _ANY_MONTH if key is None else _of(key)
    return (
        f"SELECT {literal(service)} AS service, {_MONTH} AS month, {counts} FROM {source} "
        f"WHERE {condition} GROUP BY file_month"
    )


def _of(key: Key) -> str:
    return f"file_month = DATE '{key.file_month.first_day}'" if key.file_month else "file_month IS NULL"


def _receipt(row: Row) -> LoadReceipt:
    return LoadReceipt(
        **{name: row["month" if name == "file_month" else name] for name in LoadReceipt.__dataclass_fields__}
    )
