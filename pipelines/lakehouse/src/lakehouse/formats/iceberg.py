"""Iceberg by pyiceberg, with a catalogue in SQLite that says which metadata file of a table counts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.compute as pc
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.table import Table

from ingest.errors import IngestError
from lakehouse import sql
from lakehouse.formats.derived_table import Compacted, Merged
from lakehouse.formats.iceberg_catalog import NAMESPACE, find_table, folder_of, forget_table
from lakehouse.formats.iceberg_files import remove_unreferenced

_PROPERTIES = {
    "write.metadata.delete-after-commit.enabled": "true",
    "write.metadata.previous-versions-max": "5",
    "write.parquet.compression-codec": "zstd",
}
#: In a snapshot's summary: pyiceberg's overwrite is one commit, but two snapshots, of which the first lacks rows.
_COMMIT = "trips.commit"


class IcebergTable:
    def __init__(self, catalog: SqlCatalog, name: str) -> None:
        self._catalog = catalog
        self._name = name
        self._opened: Table | None = None

    @property
    def place(self) -> str:
        return str(folder_of(self._catalog, self._name))

    def open(self) -> bool:
        self._opened = find_table(self._catalog, self._name)
        return self._opened is not None

    def create(self, shape: pa.Schema) -> None:
        creation = self._catalog.create_table_transaction((NAMESPACE, self._name), shape, properties=_PROPERTIES)
        with creation, creation.update_spec() as spec:
            spec.add_identity("file_month")
        self.open()

    def remove(self) -> None:
        forget_table(self._catalog, self._name)
        self._opened = None

    def schema(self) -> pa.Schema:
        return self._table.schema().as_arrow()

    def add_columns(self, columns: pa.Schema) -> None:
        with self._table.update_schema() as update:
            update.union_by_name(columns)

    def append(self, rows: pa.Table) -> None:
        self._table.append(rows, snapshot_properties=_commit())

    def merge(self, month: date, rows: pa.Table) -> Merged:
        """Copy on write: the month's files are written anew. (pyiceberg's own upsert deletes nothing, and compares
        rows by an expression of all their keys.)"""
        held = self._rows(month, "trip_id")["trip_id"].combine_chunks()
        kept = pc.sum(pc.is_in(rows["trip_id"], value_set=held)).as_py() or 0
        self._table.overwrite(rows, _of(month), snapshot_properties=_commit())
        return Merged(len(rows) - kept, kept, len(held) - kept)

    def forget(self, month: date) -> None:
        self._table.delete(_of(month), snapshot_properties=_commit())

    def compact(self, keep: timedelta) -> Compacted:
        months: list[date] = [partition["file_month"] for partition in self._partitions()]
        for month in sorted({month for month in months if months.count(month) > 1}):
            self._table.overwrite(self._rows(month), _of(month), snapshot_properties=_commit())
        self._expire(datetime.now(UTC) - keep)
        remove_unreferenced(self._table, Path(self.place))
        return Compacted(len(months), len(self._partitions()))

    def versions(self) -> list[int]:
        last_of_commit: dict[str, int] = {}
        for snapshot in sorted(self._table.snapshots(), key=lambda item: item.sequence_number or 0):
            commit = snapshot.summary[_COMMIT] if snapshot.summary else None
            last_of_commit[commit or str(snapshot.snapshot_id)] = snapshot.snapshot_id
        return list(last_of_commit.values())

    def at(self, version: int) -> pa.Table:
        if self._table.snapshot_by_id(version) is None:
            raise IngestError(f"there is no snapshot {version} (any more)", self.place, "take a newer one")
        return self._table.scan(snapshot_id=version).to_arrow()

    def scan(self) -> str:
        return f"iceberg_scan({sql.text(self._table.metadata_location)})"

    def _expire(self, before: datetime) -> None:
        current = self._table.current_snapshot()
        old = [item.snapshot_id for item in self._table.snapshots() if item.timestamp_ms < before.timestamp() * 1000]
        if expired := [snapshot for snapshot in old if current is None or snapshot != current.snapshot_id]:
            self._table.maintenance.expire_snapshots().by_ids(expired).commit()
            self._table.refresh()

    def _rows(self, month: date, *columns: str) -> pa.Table:
        return self._table.scan(_of(month), selected_fields=columns or ("*",)).to_arrow()

    def _partitions(self) -> list[dict[str, date]]:
        """Of each data file."""
        return list(self._table.inspect.files()["partition"].to_pylist())

    @property
    def _table(self) -> Table:
        assert self._opened is not None, "open() or create() comes first"
        return self._opened


def _commit() -> dict[str, str]:
    return {_COMMIT: str(uuid4())}


def _of(month: date) -> str:
    """Iceberg's filter for the rows of a month."""
    return f"file_month = {sql.text(month.isoformat())}"
