"""Delta Lake by delta-rs: the log in the table's folder is all there is, no catalogue."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
from deltalake import DeltaTable as Table
from deltalake import Schema, WriterProperties, write_deltalake
from deltalake.exceptions import DeltaError

from ingest.errors import IngestError
from lakehouse import sql
from lakehouse.formats.derived_table import Compacted, Merged

_WRITING = WriterProperties(compression="ZSTD")


class DeltaTable:
    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder / name
        self._opened: Table | None = None

    @property
    def place(self) -> str:
        return str(self._folder)

    def open(self) -> bool:
        if not Table.is_deltatable(self.place):
            if any(self._folder.rglob("*.parquet")):
                what = "the table's log is gone, and without it nobody knows which of its files count"
                raise IngestError(what, str(self._folder / "_delta_log"), "derive the table anew: --rebuild")
            return False
        try:
            self._opened = Table(self.place)
        except (DeltaError, OSError) as error:
            first = str(error).splitlines()[0]
            words = f"the table's log can't be read: {first}"
            raise IngestError(words, str(self._folder / "_delta_log"), "derive the table anew: --rebuild") from None
        return True

    def create(self, shape: pa.Schema) -> None:
        self._opened = Table.create(self.place, Schema.from_arrow(shape), partition_by=["file_month"])

    def remove(self) -> None:
        # The log first: a table without one is no table.
        for folder in (self._folder / "_delta_log", self._folder):
            shutil.rmtree(folder, ignore_errors=True)
        self._opened = None

    def schema(self) -> pa.Schema:
        return pa.schema(self._table.schema().to_arrow())

    def add_columns(self, columns: pa.Schema) -> None:
        self._table.alter.add_columns(list(Schema.from_arrow(columns).fields))

    def append(self, rows: pa.Table) -> None:
        write_deltalake(self._table, rows.select(self.schema().names), mode="append", writer_properties=_WRITING)
        self._table.update_incremental()

    def merge(self, month: date, rows: pa.Table) -> Merged:
        of_month = f"table.file_month = DATE '{month.isoformat()}'"
        counts = (
            self._table.merge(
                rows, f"{of_month} AND table.trip_id = rows.trip_id", "rows", "table", writer_properties=_WRITING
            )
            .when_matched_update_all()
            .when_not_matched_insert_all()
            .when_not_matched_by_source_delete(of_month)
            .execute()
        )
        kinds = ("inserted", "updated", "deleted")
        return Merged(*(int(counts[f"num_target_rows_{kind}"]) for kind in kinds))

    def forget(self, month: date) -> None:
        self._table.delete(f"file_month = DATE '{month.isoformat()}'")

    def compact(self, keep: timedelta) -> Compacted:
        before = len(self._table.file_uris())
        self._table.optimize.compact(writer_properties=_WRITING)
        hours = int(keep.total_seconds() // 3600)
        # `full` also finds what a killed writer left.
        self._table.vacuum(hours, dry_run=False, enforce_retention_duration=False, full=True)
        return Compacted(before, len(self._table.file_uris()))

    def versions(self) -> list[int]:
        return sorted(int(entry["version"]) for entry in self._table.history())

    def at(self, version: int) -> pa.Table:
        try:
            return Table(self.place, version=version).to_pyarrow_table()
        except (DeltaError, OSError) as error:
            first = str(error).splitlines()[0]
            raise IngestError(f"version {version} can't be read: {first}", self.place, "take a newer one") from None

    def scan(self) -> str:
        return f"delta_scan({sql.text(self.place)})"

    @property
    def _table(self) -> Table:
        assert self._opened is not None, "open() or create() comes first"
        return self._opened
