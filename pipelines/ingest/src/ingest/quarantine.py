"""Rejected rows for people: how many of each reason, and the rows themselves with the values that were at fault."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ingest.breaker import Refusal
from ingest.contract import Contracts, Table
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.objects.stored_object import StoredObject
from ingest.receipts import CleanReceipt
from ingest.sql import literal

LOADED, REFUSED = "loaded", "refused"


@dataclass(frozen=True)
class RejectedRow:
    """`row` counts the file's data rows from 1. `at_fault` holds, by source name, the values that the reasons name."""

    source_file: str
    row: int
    reasons: list[str]
    at_fault: dict[str, str | None]
    raw: dict[str, str | None]


def listing(lake: Lake) -> list[dict[str, Any]]:
    """A line per service and month: of what is loaded, and of current deliveries that were refused."""
    lines = [_line(receipt, LOADED, []) for receipt in lake.clean_receipts()]
    for key in lake.refused():
        refusal = lake.refusal(key)
        if refusal is not None:
            lines.append(_line(refusal.receipt, REFUSED, refusal.objections))
    return sorted(lines, key=lambda line: (line["service"], line["file_month"] or "", line["state"]))


def rejected_rows(file: Path, table: Table, reason: str | None, limit: int) -> list[RejectedRow]:
    """The first `limit` rows in the file's order; `reason` is a whole one, or its part before the colon."""
    wanted = ""
    if reason is not None:
        exact, kind = literal(reason), literal(reason + ":")
        wanted = f"WHERE len(list_filter(reasons, lambda r: r = {exact} OR starts_with(r, {kind}))) > 0"
    query = (
        f"SELECT _source_file, source_row, reasons, raw FROM read_parquet({literal(str(file))}, "
        f"hive_partitioning = false) {wanted} ORDER BY source_row LIMIT {limit}"
    )
    with duckdb.connect(":memory:") as connection:
        rows = connection.execute(query).fetchall()
    return [_rejected_row(table, *row) for row in rows]


def explained(lake: Lake, contracts: Contracts, key: Key) -> tuple[str, StoredObject, CleanReceipt, list[str]]:
    """State, rejected rows, receipt, objections: of the refused delivery if there is one, else of the loaded one.

    Raises IngestError when neither is there.
    """
    refusal: Refusal | None = lake.refusal(key)
    if refusal is not None:
        return REFUSED, lake.refused_rows(key), refusal.receipt, refusal.objections
    receipt, file = lake.clean_receipt(key), lake.quarantine_object(key)
    if receipt is None or file.find() is None:
        there = ", ".join(f"{item.load.service} {item.load.file_month or ''}".strip() for item in lake.clean_receipts())
        raise IngestError(
            f"nothing of {key} was cleaned yet", str(file), f"load it first; there is {there or 'nothing'}"
        )
    return LOADED, file, receipt, []


def as_text(row: RejectedRow) -> str:
    """One line: `row 17: uncastable:fare_amount (fare_amount = 'free')`."""
    values = ", ".join(
        f"{name} = {'nothing' if value is None else repr(value)}" for name, value in row.at_fault.items()
    )
    return f"row {row.row:,}: {', '.join(row.reasons)}" + (f" ({values})" if values else "")


def month_of(receipt: CleanReceipt) -> Key:
    month = receipt.load.file_month
    return Key(receipt.load.service, FileMonth.parse(month) if month else None)


def _line(receipt: CleanReceipt, state: str, objections: list[str]) -> dict[str, Any]:
    load = receipt.load
    return {
        "service": load.service,
        "file_month": load.file_month,
        "state": state,
        "source_file": load.source_file,
        "rows_read": load.rows_read,
        "rows_accepted": load.rows_accepted,
        "rows_rejected": load.rows_rejected,
        "reasons": receipt.rejections,
        "objections": objections,
    }


def _rejected_row(table: Table, source_file: str, row: int, reasons: list[str], raw: str) -> RejectedRow:
    values: dict[str, str | None] = json.loads(raw)
    names = {alias.lower(): column.name for column in table.columns for alias in (column.name, *column.aliases)}
    checked = {rule.name: {str(value) for value in rule.check.values()} for rule in table.rules}
    concerned: set[str] = set()
    for reason in reasons:
        concerned |= checked.get(reason, set()) | set(reason.partition(":")[2].split("+"))
    at_fault = {
        name: value for name, value in values.items() if names.get(name.lower()) in concerned or name in ("line",)
    }
    return RejectedRow(source_file, row, list(reasons), at_fault, values)
