"""The casting rules, the rules of the contract and trip_id a second time: plain Python, row by row, no SQL."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from ingest.contract import Column, Table
from ingest.delivery import Key

UNCASTABLE = object()


def cast(value: Any, column: Column) -> Any:
    """The value as the contract's type, None if it is missing, UNCASTABLE if it can't be."""
    if isinstance(value, str):
        value = value.strip(" ")
    if value is None or value == "" or value != value:
        return None
    match column.type:
        case "integer":
            return _integer(value)
        case "decimal":
            return _decimal(value, column)
        case "local_datetime":
            return _local_datetime(value)
    return str(value)


def _integer(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"[+-]?\d+(\.0*)?", value, re.ASCII):
            return UNCASTABLE
        value = int(value.split(".")[0])
    number = int(value)
    return number if number == value and -(2**63) <= number < 2**63 else UNCASTABLE


def _decimal(value: Any, column: Column) -> Any:
    exact = value
    if isinstance(value, str):
        if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", value, re.ASCII):
            return UNCASTABLE
        exact = float(value) if "e" in value.lower() else Decimal(value)
    if abs(exact) >= 10**column.precision:
        return UNCASTABLE
    if isinstance(exact, float) and abs(exact) < 1e9:
        exact = Decimal(exact).quantize(Decimal("1e-9"), ROUND_HALF_UP)
    rounded = Decimal(exact).quantize(Decimal(1).scaleb(-column.scale), ROUND_HALF_UP)
    fits = abs(rounded) < 10 ** (column.precision - column.scale)
    return rounded + 0 if fits else UNCASTABLE


def _local_datetime(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?)?", value, re.ASCII):
            return UNCASTABLE
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            return UNCASTABLE
    return value if isinstance(value, datetime) else UNCASTABLE


def canonical(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ").rstrip("0") if value.microsecond else value.isoformat(" ")
    return str(value)


def clean(
    rows: Iterable[dict[str, Any]], table: Table, key: Key
) -> tuple[list[tuple[Any, ...]], list[tuple[int, list[str]]]]:
    """Accepted rows as (data columns…, trip_id, _warnings) in file order; rejected ones as (row from 1, reasons)."""
    accepted, rejected = [], []
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows, 1):
        lower = {name.lower(): value for name, value in row.items()}
        given = {column.name: _find(lower, column) for column in table.columns}
        values = {column.name: cast(given[column.name], column) for column in table.columns}
        reasons = []
        for column in table.columns:
            if values[column.name] is UNCASTABLE:
                reasons.append(f"uncastable:{column.name}")
                values[column.name] = None
            elif column.required and values[column.name] is None:
                reasons.append(f"missing:{column.name}")
        reasons += [rule.name for rule in table.rules_of("reject") if _breaks(rule.check, values, key)]
        if reasons:
            rejected.append((number, reasons))
            continue
        warnings = sorted(rule.name for rule in table.rules_of("warn") if _breaks(rule.check, values, key))
        text = "\x1f".join([key.service, str(key.file_month), *(canonical(value) for value in values.values())])
        seen[text] += 1
        identity = hashlib.md5(f"{text}\x1f{seen[text]}".encode()).hexdigest()
        accepted.append((*values.values(), identity, ",".join(warnings)))
    return accepted, rejected


def _find(row: dict[str, Any], column: Column) -> Any:
    for name in (column.name, *column.aliases):
        if name.lower() in row:
            return row[name.lower()]
    return None


def _breaks(check: dict[str, Any], values: dict[str, Any], key: Key) -> bool:
    value = values[check["column"]]
    if value is None:
        return False
    match check["kind"]:
        case "in_file_month":
            return not _near(value, key, 0)
        case "within_days_of_file_month":
            return not _near(value, key, check["days"])
        case "at_least":
            return bool(value < check["value"])
        case "more_than":
            return bool(value <= check["value"])
        case "between":
            return not check["min"] <= value <= check["max"]
        case "not_before":
            other = values[check["other"]]
            return other is not None and bool(value < other)
    raise AssertionError(check)


def _near(value: datetime, key: Key, days: int) -> bool:
    assert key.file_month is not None
    first: date = key.file_month.first_day - timedelta(days=days)
    end: date = key.file_month.plus(1).first_day + timedelta(days=days)
    return first <= value.date() < end
