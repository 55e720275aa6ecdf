"""The warehouse on this machine: a DuckDB file that stands for BigQuery."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import duckdb

from ingest.clean import receipt_to_load
from ingest.contract import Table
from ingest.delivery import Key
from ingest.durable import replacing
from ingest.errors import IngestError, PassingTrouble
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.receipts import LoadReceipt
from ingest.settings import DatasetSettings, DuckDbWarehouse, Settings
from ingest.sql import identifier, literal
from ingest.warehouse import Row, TableMissing
from ingest.warehouse_lock import warehouse_lock


@contextmanager
def open_duckdb(
    settings: Settings, warehouse: DuckDbWarehouse, command: str, wait_seconds: float
) -> Iterator[WarehouseFile]:
    """Open the file under its lock, for reading too: DuckDB allows one process at a time."""
    with warehouse_lock(warehouse.lock_file, command, wait_seconds):
        if not warehouse.file.is_file():
            raise IngestError("there is no warehouse file", str(warehouse.file), "deploy first: npm start")
        with _connect(warehouse) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield WarehouseFile(connection, warehouse, settings.datasets)


def _connect(warehouse: DuckDbWarehouse) -> duckdb.DuckDBPyConnection:
    file = str(warehouse.file)
    try:
        return duckdb.connect(file, config={"threads": "2", "memory_limit": "900MB"})
    except duckdb.IOException as error:
        holder = re.search(r"PID (\d+)", str(error))
        if "lock" in str(error).lower():
            who = f"process {holder[1]}" if holder else "another process"
            raise PassingTrouble(
                f"{who} has the warehouse file open without the lock",
                file,
                f"end it; to read, open {warehouse.read_copy}",
            ) from error
        raise IngestError(
            f"the warehouse can't be opened: {str(error).splitlines()[0]}", file, "move it away and deploy again"
        ) from error


class WarehouseFile:
    """A `Warehouse`; the lock is held while it is open."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, settings: DuckDbWarehouse, datasets: DatasetSettings
    ) -> None:
        self.connection = connection
        self._settings = settings
        self._datasets = datasets

    @property
    def where(self) -> str:
        return str(self._settings.file)

    def name(self, dataset: str, table: str) -> str:
        return f"{identifier(dataset)}.{identifier(table)}"

    def rows(self, query: str) -> list[Row]:
        try:
            result = self.connection.execute(query)
        except duckdb.CatalogException as error:
            raise TableMissing(_first_line(error), self.where, "deploy first: npm start") from error
        except duckdb.Error as error:
            raise IngestError(
                f"the warehouse doesn't answer: {_first_line(error)}",
                self.where,
                "deploy again (npm start), then dbt build",
            ) from error
        names = [column[0] for column in result.description or []]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def land(self, lake: Lake, key: Key, table: Table) -> LoadReceipt:
        """Rows and receipt in one transaction."""
        receipt = receipt_to_load(lake, key, table)
        self._check_shape(table)
        reached("land:before-delete")
        self.connection.execute("BEGIN TRANSACTION")
        try:
            self._replace_rows(lake, key, table, receipt)
            self._replace_receipt(key, receipt)
            reached("land:before-commit")
            self.connection.execute("COMMIT")
            reached("land:after-commit")
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        return receipt

    def publish(self) -> str:
        """Give readers a copy; they never see a half-written one."""
        self.connection.execute("CHECKPOINT")
        with replacing(self._settings.read_copy) as temporary:
            shutil.copyfile(self._settings.file, temporary)
            reached("export:before-swap")
        reached("export:after-swap")
        return str(self._settings.read_copy)

    def _replace_rows(self, lake: Lake, key: Key, table: Table, receipt: LoadReceipt) -> None:
        target = self.name(self._datasets.landed, table.name)
        of_month = f"file_month = DATE '{key.file_month.first_day}'" if key.file_month else "true"
        columns = ", ".join(identifier(column.name) for column in table.all_columns)
        with lake.clean_object(key).reading() as file:
            self.connection.execute(f"DELETE FROM {target} WHERE {of_month}")
            reached("land:after-delete")
            self.connection.execute(
                f"INSERT INTO {target} ({columns}) SELECT {columns} FROM read_parquet({literal(str(file))})"
            )
        held = self.connection.execute(
            f"SELECT count(*), count(*) FILTER (_load_id <> ?) FROM {target} WHERE {of_month}", [receipt.load_id]
        ).fetchone()
        if held != (receipt.rows_accepted, 0):
            raise IngestError(
                f"the clean object doesn't hold the {receipt.rows_accepted:,} rows of its receipt",
                str(lake.clean_object(key)),
                "run clean again with --force",
            )

    def _replace_receipt(self, key: Key, receipt: LoadReceipt) -> None:
        receipts = self.name(self._datasets.landed, "load_receipts")
        month: date | None = key.file_month.first_day if key.file_month else None
        self.connection.execute(
            f"DELETE FROM {receipts} WHERE service = ? AND file_month IS NOT DISTINCT FROM ?", [key.service, month]
        )
        values = {**vars(receipt), "file_month": month}
        self.connection.execute(
            f"INSERT INTO {receipts} ({', '.join(values)}, loaded_at) VALUES ({', '.join('?' * len(values))}, now())",
            list(values.values()),
        )

    def _check_shape(self, table: Table) -> None:
        there = self._shape(self.name(self._datasets.landed, table.name))
        wanted = {column.name: column.duckdb_type for column in table.all_columns}
        if there == wanted:
            return
        where = f"{self.where}, {self._datasets.landed}.{table.name}"
        if not there:
            raise IngestError("the landed table isn't there", where, "deploy first: npm start")
        names = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        raise IngestError(
            f"the landed table differs from the contract in: {', '.join(names)}", where, "deploy again: npm start"
        )

    def _shape(self, table: str) -> dict[str, str]:
        """Column to type; nothing where there is no such table. (duckdb_columns() goes through all of DuckDB's own.)"""
        try:
            rows = self.connection.execute(f"DESCRIBE {table}").fetchall()
        except duckdb.CatalogException:
            return {}
        return {str(name): str(kind) for name, kind, *_ in rows}


def _first_line(error: duckdb.Error) -> str:
    return str(error).splitlines()[0]
