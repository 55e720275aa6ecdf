"""Which columns a file has, and which of the contract's columns each of them is."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ingest.contract import Column, Table
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.sql import literal

_MOST_COLUMNS = 2000
_LONGEST_HEADER = 1 << 20


@dataclass(frozen=True)
class SourceColumn:
    """`name` as the file has it; `key` is unique within the file and is what SQL calls it."""

    name: str
    key: str
    type: str


@dataclass(frozen=True)
class Matching:
    """The source column of each contract column (None: the file has none) and remarks for the receipt."""

    columns: dict[str, SourceColumn | None]
    notes: list[str] = field(default_factory=list)


def is_parquet(file: Path) -> bool:
    return file.name.endswith(".parquet")


def read_columns(connection: duckdb.DuckDBPyConnection, file: Path) -> list[SourceColumn]:
    """The file's columns in its order. Raises IngestError for a file without a header, or with too many columns."""
    if is_parquet(file):
        # Before DuckDB is asked to describe them, which takes it seconds for tens of thousands.
        _refuse_too_many(len(_parquet_names(connection, file)), file)
        rows = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(file))})").fetchall()
        # DuckDB calls a second column of the same name (in any case) x_1; only the schema has its true name.
        names = _parquet_names(connection, file)
        true_names = names if len(names) == len(rows) else [str(row[0]) for row in rows]
        columns = [SourceColumn(name, str(row[0]), str(row[1])) for name, row in zip(true_names, rows, strict=True)]
    else:
        names = _csv_header(file)
        columns = [SourceColumn(name, f"column{index}", "VARCHAR") for index, name in enumerate(names)]
    _refuse_too_many(len(columns), file)
    return columns


def _refuse_too_many(columns: int, file: Path) -> None:
    if columns > _MOST_COLUMNS:
        raise IngestError(
            f"the file has {columns:,} columns; trips have about 20", str(file), "check that it is a TLC trip file"
        )


def _parquet_names(connection: duckdb.DuckDBPyConnection, file: Path) -> list[str]:
    query = f"SELECT name FROM parquet_schema({literal(str(file))}) WHERE num_children IS NULL"
    return [str(row[0]) for row in connection.execute(query).fetchall()]


def _csv_header(file: Path) -> list[str]:
    try:
        with gzip.open(file, "rb") if file.name.endswith(".gz") else file.open("rb") as stream:
            line = stream.readline(_LONGEST_HEADER)
    except (OSError, EOFError) as error:
        raise IngestError(f"the file can't be read: {error}", str(file), "fetch the file again") from None
    try:
        text = line.decode("utf-8-sig").strip("\r\n")
    except UnicodeDecodeError as error:
        raise IngestError(
            f"the header is not UTF-8 text: {error.reason} at byte {error.start}", str(file), "save the file as UTF-8"
        ) from None
    if not text.strip():
        raise IngestError(
            "the file has no header line", str(file), "fetch it again; a TLC CSV begins with column names"
        )
    return [name.strip() for name in next(csv.reader([text]))]


def match_columns(source: list[SourceColumn], table: Table, month: FileMonth | None, where: str) -> Matching:
    """Find the contract's columns among the file's, by name or alias, in any case.

    Raises IngestError when a required one is missing, or when two columns of the file claim the same one.
    """
    by_name: dict[str, list[SourceColumn]] = {}
    for item in source:
        by_name.setdefault(item.name.lower(), []).append(item)
    matched: dict[str, SourceColumn | None] = {}
    notes: list[str] = []
    for column in table.columns:
        names = dict.fromkeys(name.lower() for name in (column.name, *column.aliases))
        candidates = [candidate for name in names for candidate in by_name.pop(name, [])]
        if len(candidates) > 1:
            given = ", ".join(candidate.name for candidate in candidates)
            raise IngestError(
                f"{len(candidates)} columns of the file are {column.name}: {given}",
                where,
                "keep the right one in the source, or correct the aliases in contracts/",
            )
        if not candidates:
            _report_missing(column, source, month, where, notes)
        matched[column.name] = candidates[0] if candidates else None
    unknown = Counter(column.name for columns in by_name.values() for column in columns)
    if unknown:
        notes.append(f"columns that the contract doesn't know, kept in raw only: {', '.join(sorted(unknown))}")
    return Matching(matched, notes)


def _report_missing(
    column: Column, source: list[SourceColumn], month: FileMonth | None, where: str, notes: list[str]
) -> None:
    names = " or ".join(dict.fromkeys((*column.aliases, column.name)))
    if column.required:
        there = ", ".join(item.name[:40] for item in source[:30]) or "nothing"
        raise IngestError(
            f"the required column {column.name} is missing; expected {names}, there stood: {there}",
            where,
            "fetch the file again; if TLC renamed the column, add the new name to its aliases in contracts/",
        )
    if column.since is None or (month is not None and str(month) >= column.since):
        notes.append(f"no column {names}: {column.name} is empty")
