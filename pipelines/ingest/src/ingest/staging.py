"""The SQL that reads a received file by the contract: one row out for each row in, cast and judged.

The temporary table `staged` holds the contract's data columns, `reasons` (why the row is rejected, by comma; NULL if
it isn't), `warnings` (rules it breaks, by comma; '' if none), `raw` (a rejected row as it came, JSON of texts) and
`ordinal` (among identical rows). Its rowid is the row's place in the file. Lines that aren't CSV go to `malformed`.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingest.casting import cast_expression, given_expression
from ingest.contract import Table
from ingest.months import FileMonth
from ingest.rules import broken
from ingest.source_columns import Matching, SourceColumn, is_parquet
from ingest.sql import identifier, literal


def stage(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    source: list[SourceColumn],
    matching: Matching,
    table: Table,
    month: FileMonth | None,
) -> None:
    """Fill `staged` and `malformed`."""
    renamed = [f"{identifier(column.key)} AS {_raw_name(column)}" for column in source]
    matched = [(column, found) for column in table.columns if (found := matching.columns[column.name]) is not None]
    given = [f"{given_expression(_raw_name(found), found.type)} AS {_given(column.name)}" for column, found in matched]
    casts = [
        f"{cast_expression(_given(column.name), found.type, column)} AS {identifier(column.name)}"
        for column, found in matched
    ]
    empties = [
        f"CAST(NULL AS {column.duckdb_type}) AS {identifier(column.name)}"
        for column in table.columns
        if matching.columns[column.name] is None
    ]
    reasons = _reasons(table, matching, month)
    warnings = {rule.name: broken(rule, month) for rule in sorted(table.rules_of("warn"), key=lambda rule: rule.name)}
    connection.execute(f"""
        CREATE TEMP TABLE staged AS
        WITH source AS (SELECT {", ".join(renamed)} FROM {_reader(file, source)}),
        given AS (SELECT *, {", ".join(given)} FROM source),
        cast_rows AS (SELECT *, {", ".join([*casts, *empties])} FROM given)
        SELECT
            {", ".join(identifier(column.name) for column in table.columns)},
            {_when_any(reasons, "{names}", "NULL")} AS reasons,
            {_when_any(warnings, "{names}", "''")} AS warnings,
            {_when_any(reasons, _raw(source), "NULL")} AS raw,
            1 AS ordinal
        FROM cast_rows
    """)
    _collect_malformed(connection, file)


def _reasons(table: Table, matching: Matching, month: FileMonth | None) -> dict[str, str]:
    """Every reject reason and its condition, in contract order: columns first, then rules."""
    reasons: dict[str, str] = {}
    for column in table.columns:
        if matching.columns[column.name] is None:
            continue
        value, given = identifier(column.name), _given(column.name)
        if column.required:
            reasons[f"missing:{column.name}"] = f"{given} IS NULL"
        reasons[f"uncastable:{column.name}"] = f"({value} IS NULL AND {given} IS NOT NULL)"
    for rule in table.rules_of("reject"):
        reasons[rule.name] = broken(rule, month)
    return reasons


def _when_any(conditions: dict[str, str], then: str, otherwise: str) -> str:
    """`then` where any condition holds ({names}: those that do, by comma); most rows cost only the conditions."""
    if not conditions:
        return otherwise
    held = ", ".join(f"CASE WHEN {condition} THEN {literal(name)} END" for name, condition in conditions.items())
    result = then.replace("{names}", f"concat_ws(',', {held})")
    return f"CASE WHEN {' OR '.join(conditions.values())} THEN {result} ELSE {otherwise} END"


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


def _given(name: str) -> str:
    return identifier(f"given {name}")
