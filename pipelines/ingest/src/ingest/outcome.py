"""What becomes of the staged rows: the clean and the quarantine object, and the counts that must agree with both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest import INGEST_VERSION
from ingest.clock import now
from ingest.contract import Table
from ingest.delivery import Key, load_id
from ingest.errors import IngestError
from ingest.receipts import CleanReceipt, LoadReceipt, RawReceipt
from ingest.sql import identifier, literal
from ingest.trip_id import has_trip_id
from ingest.twins import number_twins, own_id

_MANY_TWINS = 100_000


@dataclass(frozen=True)
class Batch:
    """A delivery being cleaned; `file` holds the bytes that `raw` describes, `where` says to people where they lie."""

    connection: duckdb.DuckDBPyConnection
    key: Key
    table: Table
    raw: RawReceipt
    file: Path
    where: str

    @property
    def load_id(self) -> str:
        return load_id(self.raw.sha256, self.table.hash)

    @property
    def system_values(self) -> dict[str, str]:
        """SQL for each system column."""
        return {
            "trip_id": "trip_id",
            "file_month": f"DATE '{self.key.file_month.first_day}'" if self.key.file_month else "CAST(NULL AS DATE)",
            "_source_file": literal(self.raw.name),
            "_load_id": literal(self.load_id),
            "_warnings": "warnings",
        }


def reject_duplicates(batch: Batch) -> None:
    """Where the primary key is delivered (zones), keep the first row of each key. Trips get unique ids instead."""
    names = batch.table.primary_key
    if not names or not {column.name for column in batch.table.columns}.issuperset(names):
        return
    values = ", ".join(
        f"{literal(column.name)}, CAST({identifier(column.name)} AS VARCHAR)" for column in batch.table.columns
    )
    batch.connection.execute("ALTER VIEW staged RENAME TO delivered")
    batch.connection.execute(f"""
        CREATE TEMP VIEW staged AS
        WITH firsts AS (
            SELECT min(row) AS row FROM delivered WHERE reasons IS NULL GROUP BY {", ".join(map(identifier, names))}),
        marked AS (SELECT *, reasons IS NULL AND row NOT IN (SELECT row FROM firsts) AS repeated FROM delivered)
        SELECT * EXCLUDE (repeated) REPLACE (
            CASE WHEN repeated THEN {literal("duplicate:" + "+".join(names))} ELSE reasons END AS reasons,
            CASE WHEN repeated THEN CAST(json_object({values}) AS VARCHAR) ELSE raw END AS raw)
        FROM marked
    """)


def write_rejected(batch: Batch, target: Path) -> None:
    """source_row counts the file's data rows from 1: a malformed line, which isn't staged, moves those behind it on."""
    system = batch.system_values
    batch.connection.execute(f"""
        COPY (
            WITH gaps AS (SELECT source_row - row_number() OVER (ORDER BY source_row) + 1 AS before FROM malformed),
            placed AS (
                SELECT row + 1 + (SELECT count(*) FROM gaps WHERE before <= row + 1) AS source_row, reasons, raw
                FROM staged WHERE reasons IS NOT NULL
                UNION ALL SELECT source_row, reasons, raw FROM malformed)
            SELECT {literal(batch.key.service)} AS service, {system["file_month"]} AS file_month,
                {system["_source_file"]} AS _source_file, {system["_load_id"]} AS _load_id,
                CAST(source_row AS BIGINT) AS source_row, string_split(reasons, ',') AS reasons, raw
            FROM placed ORDER BY source_row
        ) TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd)
    """)


def write_accepted(batch: Batch, target: Path) -> None:
    """The contract's columns in its order, rows in the file's order; made of the same bytes, it is the same."""
    system, rows = batch.system_values, "staged WHERE reasons IS NULL"
    if not has_trip_id(batch.table):
        rows += " ORDER BY row"  # what came through reject_duplicates may be in another order
    elif (twins := number_twins(batch.connection, batch.table, batch.key)) > _MANY_TWINS:
        system["trip_id"] = "coalesce(later.trip_id, staged.trip_id)"
        rows = "staged LEFT JOIN later USING (row) WHERE reasons IS NULL ORDER BY row"
    elif twins:
        system["trip_id"] = own_id(batch.connection, batch.table, batch.key)
    data = [identifier(column.name) for column in batch.table.columns]
    added = [f"{system[column.name]} AS {identifier(column.name)}" for column in batch.table.system_columns]
    batch.connection.execute(f"""
        COPY (SELECT {", ".join([*data, *added])} FROM {rows})
        TO {literal(str(target))} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, KV_METADATA {{
            load_id: {literal(batch.load_id)}, synthetic: {literal(str(batch.raw.synthetic).lower())} }})
    """)


def count(batch: Batch, accepted: Path, rejected: Path, notes: list[str]) -> CleanReceipt:
    """Count what was read and what was written, each from its own file. Raises IngestError when they disagree."""
    read = _rows_in_source(batch)
    kept = _rows_in_parquet(batch, accepted)
    refused = _rows_in_parquet(batch, rejected)
    if read != kept + refused:
        raise IngestError(
            f"{read:,} rows were read, but {kept:,} accepted and {refused:,} rejected",
            batch.where,
            "this is a fault in ingest: nothing was replaced; please report it with the file",
        )
    lines = batch.raw.lines
    if lines is not None and read != lines - 1:
        notes = [*notes, f"{lines:,} lines hold {read:,} rows: some are blank, or a quoted value spans several"]
    load = LoadReceipt(
        service=batch.key.service,
        file_month=str(batch.key.file_month) if batch.key.file_month else None,
        load_id=batch.load_id,
        raw_sha256=batch.raw.sha256,
        contract_hash=batch.table.hash,
        ingest_version=INGEST_VERSION,
        source_file=batch.raw.name,
        synthetic=batch.raw.synthetic,
        rows_read=read,
        rows_accepted=kept,
        rows_warned=_number(batch, "SELECT count(*) FROM staged WHERE reasons IS NULL AND warnings <> ''"),
        rows_rejected=refused,
    )
    warnings = _tally(batch, "SELECT warnings AS names FROM staged WHERE reasons IS NULL AND warnings <> ''")
    rejections = _tally(
        batch, "SELECT reasons AS names FROM staged WHERE reasons IS NOT NULL UNION ALL SELECT reasons FROM malformed"
    )
    return CleanReceipt(load, warnings, rejections, notes, accepted.stat().st_size, now())


def _rows_in_source(batch: Batch) -> int:
    if batch.raw.lines is None:
        return _rows_in_parquet(batch, batch.file)
    return _number(batch, "SELECT (SELECT count(*) FROM staged) + (SELECT count(*) FROM malformed)")


def _rows_in_parquet(batch: Batch, file: Path) -> int:
    return _number(batch, f"SELECT num_rows FROM parquet_file_metadata({literal(str(file))})")


def _number(batch: Batch, query: str) -> int:
    row = batch.connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _tally(batch: Batch, names: str) -> dict[str, int]:
    query = f"""
        SELECT name, count(*) FROM (SELECT unnest(string_split(names, ',')) AS name FROM ({names}))
        GROUP BY name ORDER BY name
    """
    return {str(name): int(rows) for name, rows in batch.connection.execute(query).fetchall()}
