"""What a derived table holds, read by DuckDB, which wrote neither format; and whether that is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from ingest.contract import Table
from ingest.errors import IngestError
from lakehouse import sql
from lakehouse.clean_month import CleanMonth


@dataclass(frozen=True)
class Held:
    """Rows of a month in a derived table; `load_id` None where they are of more than one load."""

    load_id: str | None
    rows: int


def months_of(reader: duckdb.DuckDBPyConnection, scan: str) -> dict[date, Held]:
    query = f"SELECT file_month, min(_load_id), max(_load_id), count(*) FROM {scan} GROUP BY file_month"
    return {
        month: Held(first if first == last else None, rows) for month, first, last, rows in _all(reader, query, scan)
    }


def different_months(
    reader: duckdb.DuckDBPyConnection, contract: Table, scan: str, clean: Sequence[CleanMonth]
) -> list[date]:
    """Months whose rows differ between the table and the clean files, to the last column: by their number, and the sum
    of the hashes of whole rows, in whatever order they lie."""
    columns = ", ".join(sql.name(column.name) for column in contract.all_columns)
    held = _fingerprints(reader, columns, scan)
    if not clean:
        return sorted(held)
    files = " UNION ALL ".join(f"SELECT {_projection(contract, month)} FROM {_file(month)}" for month in clean)
    true = _fingerprints(reader, columns, f"({files})")
    return sorted(month for month in held.keys() | true.keys() if held.get(month) != true.get(month))


def _fingerprints(reader: duckdb.DuckDBPyConnection, columns: str, source: str) -> dict[date, tuple[int, int]]:
    query = f"SELECT file_month, count(*), sum(hash({columns}))::HUGEINT FROM {source} GROUP BY file_month"
    return {month: (rows, digest) for month, rows, digest in _all(reader, query, source)}


def _projection(contract: Table, month: CleanMonth) -> str:
    """Of a file that may be older than the contract."""
    there = month.columns()
    return ", ".join(
        sql.name(column.name)
        if column.name in there
        else f"CAST(NULL AS {column.duckdb_type}) AS {sql.name(column.name)}"
        for column in contract.all_columns
    )


def _file(month: CleanMonth) -> str:
    return f"read_parquet({sql.text(month.file)}, hive_partitioning = false)"


def _all(reader: duckdb.DuckDBPyConnection, query: str, where: str) -> list[tuple[Any, ...]]:
    try:
        return reader.execute(query).fetchall()
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise IngestError(f"DuckDB can't read the rows: {first}", where, "derive the table anew: --rebuild") from None
