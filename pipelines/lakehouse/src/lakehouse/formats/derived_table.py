"""What a table of either format can do here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import pyarrow as pa


@dataclass(frozen=True)
class Merged:
    """Rows that a month's merge changed."""

    inserted: int
    updated: int
    deleted: int


@dataclass(frozen=True)
class Compacted:
    """Data files of the present version."""

    files_before: int
    files_after: int


class DerivedTable(Protocol):
    """A table of a contract's trips, partitioned by `file_month`. Each change is one commit: done, or not at all.

    Rows that are written have the columns and the types of `schema()`, in any order.
    """

    @property
    def place(self) -> str:
        """The folder of its files."""
        ...

    def open(self) -> bool:
        """Find the table; False where there is none yet. Raises IngestError for the ruins of one."""
        ...

    def create(self, shape: pa.Schema) -> None: ...

    def remove(self) -> None:
        """With its data and its past; of a table that isn't there, whatever is left of it."""
        ...

    def schema(self) -> pa.Schema: ...

    def add_columns(self, columns: pa.Schema) -> None:
        """Nullable ones; rows that are there read as null in them."""
        ...

    def append(self, rows: pa.Table) -> None: ...

    def merge(self, month: date, rows: pa.Table) -> Merged:
        """Make the month's rows those given, which are all its own: upsert by trip_id, delete what is gone."""
        ...

    def forget(self, month: date) -> None:
        """Delete the month's rows."""
        ...

    def compact(self, keep: timedelta) -> Compacted:
        """Write small files together; versions older than `keep`, and files that no version has, are removed."""
        ...

    def versions(self) -> list[int]:
        """What `at` takes, oldest first."""
        ...

    def at(self, version: int) -> pa.Table:
        """The rows as they were. Raises IngestError for a version that there isn't (any more)."""
        ...

    def scan(self) -> str:
        """What DuckDB reads the present version by, in a FROM clause."""
        ...
