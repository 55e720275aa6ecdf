"""How a delivered value becomes a value of the contract's type; a value that can't becomes NULL ("uncastable").

DuckDB's own casts are quick but generous: to BIGINT they round 1.5 to 2 and read 0x10, to DECIMAL they misread small
exponents (5e-8 gives 0.01), to TIMESTAMP they drop a time zone. So a quick cast of text is kept only where its result,
written out again, is that text (a decimal may be longer: 6.5 is 6.50), which holds for nearly all that TLC delivers;
what is left is trimmed and goes through a strict pattern. The rules, which the tests compute again in plain Python:

integer         digits with a sign, also as 1.0 or as a double, if integral
decimal         rounded half away from zero to the scale; doubles are first rounded to 9 decimals, which removes what
                binary fractions add (1.005 is stored as 1.00499999999999989)
local_datetime  YYYY-MM-DD HH:MM[:SS[.ffffff]] (or with T), years 1 to 9999, no time zone
NaN             is how pandas writes a missing number: NULL
"""

from __future__ import annotations

from ingest.contract import Column
from ingest.sql import literal

_INTEGER = r"[+-]?\d+(\.0*)?"
_NUMBER = r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?"
_DATETIME = r"\d{4}-\d{2}-\d{2}([ T]([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,6})?)?)?"
_INTEGERS = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}


def given_expression(value: str, source_type: str) -> str:
    """The delivered value without the ways to write "missing": NULL, empty or blank text, NaN."""
    if source_type == "VARCHAR":
        return f"nullif(trim({value}), '')"
    if source_type in ("DOUBLE", "FLOAT"):
        return f"CASE WHEN NOT isnan({value}) THEN {value} END"
    return value


def quick_cast(value: str, source_type: str, column: Column) -> str | None:
    """SQL for DuckDB's own cast of text; None where there is nothing to gain from it."""
    if source_type != "VARCHAR" or column.type not in ("integer", "decimal", "local_datetime"):
        return None
    return f"TRY_CAST({value} AS {column.duckdb_type})"


def cast_expression(
    value: str, source_type: str, column: Column, quick: str | None = None, shown: str | None = None
) -> str:
    """SQL that gives the delivered `value` as the column's type, or NULL where it is missing or can't be.

    `quick` and `shown` name columns that hold the quick cast and its text, where the caller needs these too.
    """
    quick = quick or quick_cast(value, source_type, column)
    strict = _strict(given_expression(value, source_type), source_type, column)
    if quick is None:
        return strict
    shown = shown or f"CAST({quick} AS VARCHAR)"
    if column.type == "decimal":
        return f"CASE WHEN starts_with({shown}, {value}) THEN {quick} WHEN {value} IS NOT NULL THEN {strict} END"
    kept = f"CASE WHEN {shown} = {value} THEN {quick} WHEN {value} IS NOT NULL THEN {strict} END"
    return _within_calendar(kept) if column.type == "local_datetime" else kept


def _strict(value: str, source_type: str, column: Column) -> str:
    match column.type:
        case "string":
            return _string(value, source_type)
        case "integer":
            return _integer(value, source_type)
        case "decimal":
            return _decimal(value, source_type, column)
        case "local_datetime":
            return _local_datetime(value, source_type)
        case _:
            return f"TRY_CAST(CAST({value} AS VARCHAR) AS {column.duckdb_type})"


def _string(value: str, source_type: str) -> str:
    text = value if source_type == "VARCHAR" else f"CAST({value} AS VARCHAR)"
    return f"CASE WHEN NOT contains({text}, chr(0)) THEN {text} END"  # Postgres has no text with NUL


def _integer(value: str, source_type: str) -> str:
    if source_type in _INTEGERS:
        return f"TRY_CAST({value} AS BIGINT)"
    if source_type in ("DOUBLE", "FLOAT") or source_type.startswith("DECIMAL"):
        return f"CASE WHEN {value} = trunc({value}) THEN TRY_CAST({value} AS BIGINT) END"
    text = value if source_type == "VARCHAR" else f"CAST({value} AS VARCHAR)"
    whole = f"TRY_CAST(split_part({text}, '.', 1) AS BIGINT)"
    return f"CASE WHEN regexp_full_match({text}, {literal(_INTEGER)}) THEN {whole} END"


def _decimal(value: str, source_type: str, column: Column) -> str:
    to = column.duckdb_type
    if source_type in ("DOUBLE", "FLOAT"):
        return _double_to_decimal(value, to)
    if source_type in _INTEGERS or source_type.startswith("DECIMAL"):
        return f"TRY_CAST({value} AS {to})"
    text = value if source_type == "VARCHAR" else f"CAST({value} AS VARCHAR)"
    exponent = _double_to_decimal(f"TRY_CAST({text} AS DOUBLE)", to)
    return (
        f"CASE WHEN NOT (contains({text}, 'e') OR contains({text}, 'E') OR contains({text}, '_')) "
        f"THEN TRY_CAST({text} AS {to}) "
        f"WHEN regexp_full_match({text}, {literal(_NUMBER)}) THEN {exponent} END"
    )


def _double_to_decimal(value: str, to: str) -> str:
    return f"coalesce(TRY_CAST(TRY_CAST({value} AS DECIMAL(18,9)) AS {to}), TRY_CAST({value} AS {to}))"


def _local_datetime(value: str, source_type: str) -> str:
    if source_type == "DATE" or source_type.startswith("TIMESTAMP"):
        # A file that calls its times UTC means New York's wall clock all the same: keep what the clock showed.
        wall = f"({value} AT TIME ZONE 'UTC')" if source_type == "TIMESTAMP WITH TIME ZONE" else value
        return _within_calendar(f"TRY_CAST({wall} AS TIMESTAMP)")
    text = value if source_type == "VARCHAR" else f"CAST({value} AS VARCHAR)"
    return _within_calendar(
        f"CASE WHEN regexp_full_match({text}, {literal(_DATETIME)}) THEN TRY_CAST({text} AS TIMESTAMP) END"
    )


def _within_calendar(value: str) -> str:
    """Only what BigQuery's DATETIME and Postgres both hold: not infinity, not years before 1."""
    return (
        f"CASE WHEN {value} BETWEEN TIMESTAMP '0001-01-01' AND TIMESTAMP '9999-12-31 23:59:59.999998' THEN {value} END"
    )
