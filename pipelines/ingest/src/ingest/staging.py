"""The SQL that reads a received file by the contract: one row out for each row in, cast and judged.

The view `staged` shows the contract's data columns, `reasons` (why the row is rejected, by comma; NULL if it isn't),
`warnings` (rules it breaks, by comma; '' if none), `raw` (a rejected row as it came, JSON of texts), `trip_id` (as if
no row had a twin; NULL where a table has no ids) and `row`, its place in the file from 0. The rows lie in a Parquet
file, not in memory: that costs no more than a table, and a month of any size needs the same memory. Lines that aren't
CSV go to the table `malformed`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from ingest.casting import cast_expression, given_expression, quick_cast
from ingest.contract import Column, Table
from ingest.delivery import Key
from ingest.months import FileMonth
from ingest.rules import broken
from ingest.source_columns import Matching, SourceColumn, is_parquet
from ingest.sql import identifier, literal
from ingest.trip_id import has_trip_id, identity


def stage(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    source: list[SourceColumn],
    matching: Matching,
    table: Table,
    month: FileMonth | None,
    staged: Path,
) -> None:
    """Make `staged` (of the file of that name, which is written) and `malformed`."""
    found = {column.name: match for column in table.columns if (match := matching.columns[column.name]) is not None}
    # Each step is a projection of its own, so that nothing is computed twice: DuckDB streams rows through all of them.
    renamed = [f"{identifier(column.key)} AS {_raw_name(column)}" for column in source]
    quick = {
        column.name: cast
        for column in table.columns
        if column.name in found
        and (cast := quick_cast(_raw_name(found[column.name]), found[column.name].type, column)) is not None
    }
    tried = [f"{cast} AS {_quick(name)}" for name, cast in quick.items()]
    shown = [f"CAST({_quick(name)} AS VARCHAR) AS {_shown(name)}" for name in quick]
    values = [
        f"{_value(column, found.get(column.name), quick)} AS {identifier(column.name)}" for column in table.columns
    ]
    connection.execute(f"""
        COPY (
        WITH source AS (SELECT {", ".join(renamed)} FROM {_reader(file, source)}),
        tried AS (SELECT {", ".join(["*", *tried])} FROM source),
        shown AS (SELECT {", ".join(["*", *shown])} FROM tried),
        cast_rows AS (SELECT *, {", ".join(values)} FROM shown),
        judged AS (
            SELECT *, {_reasons(table, found, month)} AS reasons, {_warnings(table, month)} AS warnings,
                {_as_shown(quick)} AS as_shown
            FROM cast_rows)
        SELECT
            {", ".join(identifier(column.name) for column in table.columns)},
            reasons,
            warnings,
            CASE WHEN reasons IS NOT NULL THEN {_raw(source)} END AS raw,
            {_trip_id(table, month, quick)} AS trip_id
        FROM judged
        ) TO {literal(str(staged))} (FORMAT parquet, COMPRESSION lz4_raw, PARQUET_VERSION v2)
    """)
    connection.execute(f"""
        CREATE TEMP VIEW staged AS SELECT * RENAME (file_row_number AS row)
        FROM read_parquet({literal(str(staged))}, file_row_number = true, hive_partitioning = false)
    """)
    _collect_malformed(connection, file)


def _value(column: Column, found: SourceColumn | None, quick: Mapping[str, str]) -> str:
    if found is None:
        return f"CAST(NULL AS {column.duckdb_type})"
    if column.name not in quick:
        return cast_expression(_raw_name(found), found.type, column)
    return cast_expression(_raw_name(found), found.type, column, _quick(column.name), _shown(column.name))


def _as_shown(quick: Mapping[str, str]) -> str:
    """Whether every quick cast was kept, so that its text is the value's."""
    return " AND ".join(["true", *(f"{identifier(name)} IS NOT DISTINCT FROM {_quick(name)}" for name in quick)])


def _trip_id(table: Table, month: FileMonth | None, quick: Mapping[str, str]) -> str:
    """The id of a row that has no twin; NULL for a table without ids. Texts that were written out are used again."""
    if not has_trip_id(table):
        return "CAST(NULL AS VARCHAR)"
    key = Key(table.service or "", month)
    shown = {name: _shown(name) for name in quick}
    return f"CASE WHEN as_shown THEN {identity(table, key, texts=shown)} ELSE {identity(table, key)} END"


def _reasons(table: Table, found: Mapping[str, SourceColumn], month: FileMonth | None) -> str:
    """SQL for every reject reason that holds, by comma, in contract order, columns first; NULL if none does."""
    reasons: dict[str, str] = {}
    suspicions: list[str] = []
    for column in table.columns:
        if column.name not in found:
            continue
        value, source = identifier(column.name), found[column.name]
        given = given_expression(_raw_name(source), source.type)
        # What was given is asked only of rows that one of these quick conditions suspects.
        suspicions.append(
            f"{value} IS NULL" if column.required else f"({value} IS NULL AND {_raw_name(source)} IS NOT NULL)"
        )
        if column.required:
            reasons[f"missing:{column.name}"] = f"({value} IS NULL AND {given} IS NULL)"
        reasons[f"uncastable:{column.name}"] = f"({value} IS NULL AND {given} IS NOT NULL)"
    for rule in table.rules_of("reject"):
        reasons[rule.name] = broken(rule, month)
        suspicions.append(reasons[rule.name])
    return f"CASE WHEN {' OR '.join(suspicions)} THEN nullif({_names(reasons)}, '') END"


def _warnings(table: Table, month: FileMonth | None) -> str:
    """SQL for every warn rule that is broken, by comma, sorted; '' if none is."""
    broken_rules = {
        rule.name: broken(rule, month) for rule in sorted(table.rules_of("warn"), key=lambda rule: rule.name)
    }
    if not broken_rules:
        return "''"
    return f"CASE WHEN {' OR '.join(broken_rules.values())} THEN {_names(broken_rules)} ELSE '' END"


def _names(conditions: dict[str, str]) -> str:
    held = ", ".join(f"CASE WHEN {condition} THEN {literal(name)} END" for name, condition in conditions.items())
    return f"concat_ws(',', {held})"


def _raw(source: list[SourceColumn]) -> str:
    pairs = ", ".join(f"{literal(column.name)}, CAST({_raw_name(column)} AS VARCHAR)" for column in source)
    return f"CAST(json_object({pairs}) AS VARCHAR)"


def _reader(file: Path, source: list[SourceColumn]) -> str:
    path = literal(str(file))
    if is_parquet(file):
        return f"read_parquet({path})"
    columns = ", ".join(f"{literal(column.key)}: 'VARCHAR'" for column in source)
    return (
        f"read_csv({path}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}, store_rejects = true, rejects_limit = 0)"
    )


def _collect_malformed(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """One row per line that isn't CSV of the header's width; source_row counts data lines from 1."""
    if is_parquet(file):
        connection.execute("CREATE TEMP TABLE malformed (source_row BIGINT, reasons VARCHAR, raw VARCHAR)")
        return
    connection.execute("""
        CREATE TEMP TABLE malformed AS
        SELECT
            CAST(line AS BIGINT) - 1 AS source_row,
            string_agg(DISTINCT 'malformed:' || replace(lower(CAST(error_type AS VARCHAR)), ' ', '_'), ',') AS reasons,
            CAST(json_object('line', trim(any_value(csv_line), chr(10) || chr(13))) AS VARCHAR) AS raw
        FROM reject_errors
        GROUP BY line
    """)


def _raw_name(column: SourceColumn) -> str:
    return identifier(f"raw {column.key}")


def _quick(name: str) -> str:
    return identifier(f"quick {name}")


def _shown(name: str) -> str:
    return identifier(f"shown {name}")
