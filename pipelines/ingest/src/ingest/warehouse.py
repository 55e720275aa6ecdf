"""The warehouse, of whichever kind: BigQuery in the cloud, a DuckDB file that stands for it on this machine.

Terraform made its datasets and landed tables. What is asked of them is one SQL for both kinds
(warehouse_contents.py, status.py, export.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from ingest.contract import Table
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.receipts import LoadReceipt
from ingest.settings import BigQueryWarehouse, Settings

Row = dict[str, Any]


class TableMissing(IngestError):
    """A query names a table that isn't there: one that dbt makes, or Terraform."""


class Warehouse(Protocol):
    @property
    def where(self) -> str:
        """For messages: the file, or the project."""

    def name(self, dataset: str, table: str) -> str:
        """A table's name as it stands in a query."""

    def rows(self, query: str) -> list[Row]:
        """Answers of a query. Raises TableMissing, and IngestError for whatever else is wrong with it."""

    def land(self, lake: Lake, key: Key, table: Table) -> LoadReceipt:
        """Replace the landed rows of the delivery's month by the lake's clean rows, and then their receipt.

        Raises IngestError when the lake's object isn't that of its receipt, or the landed table isn't the contract's.
        """

    def publish(self) -> str | None:
        """Let readers see the present state; gives where, or None where they see it anyway."""


@contextmanager
def open_warehouse(settings: Settings, command: str, wait_seconds: float, run: str = "") -> Iterator[Warehouse]:
    """`command` is for whoever has to wait meanwhile, and for labels; by `run` BigQuery's load jobs are found again.

    Raises PassingTrouble when a DuckDB file isn't free within `wait_seconds`.
    """
    # Imported here, for neither a DuckDB run nor a BigQuery one shall wait for the other's library.
    if isinstance(settings.warehouse, BigQueryWarehouse):
        from ingest.bigquery.connection import open_bigquery

        with open_bigquery(settings, settings.warehouse, command, run) as warehouse:
            yield warehouse
    else:
        from ingest.warehouse_duckdb import open_duckdb

        with open_duckdb(settings, settings.warehouse, command, wait_seconds) as opened:
            yield opened
