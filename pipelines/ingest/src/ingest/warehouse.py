"""The warehouse on this machine: a DuckDB file that stands for BigQuery. Terraform made its schemas and tables."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from ingest.clean import receipt_to_load
from ingest.contract import ZONES, Contracts, Table
from ingest.delivery import Key
from ingest.durable import replacing
from ingest.errors import IngestError, PassingTrouble
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.receipts import LoadReceipt
from ingest.settings import Settings
from ingest.sql import identifier, literal
from ingest.stores import ByMonth, StoreContents
from ingest.warehouse_lock import warehouse_lock

_RECEIPT_COLUMNS = (
    "service, strftime(file_month, '%Y-%m'), load_id, raw_sha256, contract_hash, ingest_version, source_file, "
    "synthetic, rows_read, rows_accepted, rows_warned, rows_rejected"
)


@contextmanager
def open_warehouse(settings: Settings, command: str, wait_seconds: float) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the file under its lock, for reading too: DuckDB allows one process at a time."""
    file = settings.warehouse.file
    with warehouse_lock(settings.warehouse.lock_file, command, wait_seconds):
        if not file.is_file():
            raise IngestError("there is no warehouse file", str(file), "deploy first: npm start")
        with _connect(settings) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection


def _connect(settings: Settings) -> duckdb.DuckDBPyConnection:
    file = settings.warehouse.file
    try:
        return duckdb.connect(str(file), config={"threads": "2", "memory_limit": "900MB"})
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if "lock" in str(error).lower():
            who = f"process {holder[1]}" if holder else "another process"
            raise PassingTrouble(
                f"{who} has the warehouse file open without the lock",
                str(file),
                f"end it; to read, open {settings.warehouse.read_copy}",
            ) from error
        raise IngestError(
            f"the warehouse can't be opened: {str(error).splitlines()[0]}", str(file), "move it away and deploy again"
        ) from error


def land(connection: duckdb.DuckDBPyConnection, settings: Settings, lake: Lake, key: Key, table: Table) -> LoadReceipt:
    """Replace the landed rows of the delivery's month by the lake's clean rows, receipt included, in one act.

    Raises IngestError when the lake's object isn't the one of its receipt, or the landed table isn't the contract's.
    """
    receipt = receipt_to_load(lake, key, table)
    target = _landed(settings, table.name)
    clean_object = literal(str(lake.clean_object(key)))
    _check_shape(connection, settings, table)
    columns = ", ".join(identifier(column.name) for column in table.all_columns)
    reached("land:before-delete")
    connection.execute("BEGIN TRANSACTION")
    try:
        connection.execute(f"DELETE FROM {target} WHERE {_month_condition(key)}")
        reached("land:after-delete")
        connection.execute(f"INSERT INTO {target} ({columns}) SELECT {columns} FROM read_parquet({clean_object})")
        held = connection.execute(
            f"SELECT count(*), count(*) FILTER (_load_id <> ?) FROM {target} WHERE {_month_condition(key)}",
            [receipt.load_id],
        ).fetchone()
        if held != (receipt.rows_accepted, 0):
            raise IngestError(
                f"the clean object doesn't hold the {receipt.rows_accepted:,} rows of its receipt",
                str(lake.clean_object(key)),
                "run clean again with --force",
            )
        receipts = _landed(settings, "load_receipts")
        connection.execute(
            f"DELETE FROM {receipts} WHERE service = ? AND file_month IS NOT DISTINCT FROM ?",
            [key.service, _first_day(key)],
        )
        names = ", ".join(LoadReceipt.__dataclass_fields__)
        values = [_first_day(key) if name == "file_month" else value for name, value in vars(receipt).items()]
        connection.execute(
            f"INSERT INTO {receipts} ({names}, loaded_at) VALUES ({', '.join('?' * len(values))}, now())", values
        )
        reached("land:before-commit")
        connection.execute("COMMIT")
        reached("land:after-commit")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return receipt


def warehouse_contents(
    connection: duckdb.DuckDBPyConnection, settings: Settings, contracts: Contracts
) -> StoreContents:
    """All receipts, and the rows per service and file month, counted in the landed tables."""
    rows = connection.execute(f"SELECT {_RECEIPT_COLUMNS} FROM {_landed(settings, 'load_receipts')}").fetchall()
    receipts = {(str(row[0]), row[1]): LoadReceipt(*row) for row in rows}
    counts: dict[ByMonth, int] = {}
    for service in [*contracts.services, ZONES]:
        table = contracts.of_service(service)
        month = "strftime(file_month, '%Y-%m')" if table.partition_by else "NULL"
        query = f"SELECT {month} AS month, count(*) FROM {_landed(settings, table.name)} GROUP BY month"
        counts.update({(service, row[0]): int(row[1]) for row in connection.execute(query).fetchall()})
    return StoreContents("the warehouse", receipts, counts)


def swap_read_copy(connection: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Give readers a copy of the present state; they never see a half-written one. The lock must be held."""
    connection.execute("CHECKPOINT")
    with replacing(settings.warehouse.read_copy) as temporary:
        shutil.copyfile(settings.warehouse.file, temporary)
        reached("export:before-swap")
    reached("export:after-swap")


def _landed(settings: Settings, table: str) -> str:
    return f"{identifier(settings.datasets.landed)}.{identifier(table)}"


def _first_day(key: Key) -> date | None:
    return key.file_month.first_day if key.file_month else None


def _month_condition(key: Key) -> str:
    return f"file_month = DATE '{key.file_month.first_day}'" if key.file_month else "true"


def _check_shape(connection: duckdb.DuckDBPyConnection, settings: Settings, table: Table) -> None:
    rows = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? AND database_name = current_database()",
        [settings.datasets.landed, table.name],
    ).fetchall()
    there = {str(name): str(kind) for name, kind in rows}
    wanted = {column.name: column.duckdb_type for column in table.all_columns}
    if there == wanted:
        return
    where = f"{settings.warehouse.file}, {settings.datasets.landed}.{table.name}"
    if not there:
        raise IngestError("the landed table isn't there", where, "deploy first: npm start")
    names = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
    raise IngestError(
        f"the landed table differs from the contract in: {', '.join(names)}", where, "deploy again: npm start"
    )
