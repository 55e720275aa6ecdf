"""Rejected rows: how many, which, and a month read again after a rule or an alias was changed."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import Any

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.commands.through import load_through
from ingest.contract import Contracts, load_contracts
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.lake import Lake, open_lake
from ingest.months import FileMonth
from ingest.quarantine import as_text, explained, listing, rejected_rows
from ingest.settings import load_settings
from ingest.text_table import Cell, text_table


def run(arguments: Arguments) -> int:
    return {"list": _list, "explain": _explain, "replay": _replay}[arguments.action](arguments)


def _list(arguments: Arguments) -> int:
    lake, _ = _deployed(arguments)
    lines = [
        line
        for line in listing(lake)
        if arguments.service in ("", line["service"]) and arguments.file_month in (None, line["file_month"])
    ]
    if arguments.as_json:
        print(json.dumps(lines, indent=2))
        return 0
    rows: list[list[Cell]] = []
    for line in lines:
        share = f"{line['rows_rejected'] / line['rows_read']:.2%}" if line["rows_read"] else ""
        reasons = ", ".join(f"{name} {count:,}" for name, count in line["reasons"].items())
        month = line["file_month"] or ""
        rows.append([line["service"], month, line["state"], line["rows_read"], line["rows_rejected"], share, reasons])
    print(text_table(("service", "month", "state", "rows", "rejected", "share", "reasons"), rows))
    for line in lines:
        for objection in line["objections"]:
            print(f"refused: {line['service']} {line['file_month'] or ''}: {objection}")
    if not lines:
        print("nothing was cleaned yet", file=sys.stderr)
    return 0


def _explain(arguments: Arguments) -> int:
    lake, contracts = _deployed(arguments)
    key = _key(arguments, contracts)
    state, rejected, receipt, objections = explained(lake, contracts, key)
    _check_reason(arguments.reason, receipt.rejections, key)
    with rejected.reading() as file:
        rows = rejected_rows(file, contracts.of_service(key.service), arguments.reason, arguments.limit)
    if arguments.as_json:
        document: dict[str, Any] = {
            "service": key.service,
            "file_month": str(key.file_month) if key.file_month else None,
            "state": state,
            "objections": objections,
            "reasons": receipt.rejections,
            "rows": [asdict(row) for row in rows],
        }
        print(json.dumps(document, indent=2, ensure_ascii=False))
        return 0
    load = receipt.load
    print(f"{key} ({state}): {load.rows_rejected:,} of {load.rows_read:,} rows of {load.source_file} are rejected")
    for objection in objections:
        print(f"refused: {objection}")
    for name, count in receipt.rejections.items():
        print(f"  {count:>9,}  {name}")
    for row in rows:
        print(as_text(row))
        print(f"    {json.dumps(row.raw, ensure_ascii=False)}")
    if len(rows) == arguments.limit:
        print(f"… the first {arguments.limit:,}; more with --limit. All of them: {rejected}")
    return 0


def _check_reason(reason: str | None, there: dict[str, int], key: Key) -> None:
    if reason is not None and not any(name == reason or name.startswith(f"{reason}:") for name in there):
        mend = f"use one of: {', '.join(there)}" if there else "nothing was rejected"
        raise IngestError(f"no row of {key} was rejected for '{reason}'", "--reason", mend)


def _replay(arguments: Arguments) -> int:
    at = Run(arguments)
    change = load_through(replace(arguments, command="replay"))
    at.log.write(f"replay-{at.key.slug}", change.to_json())
    print(json.dumps(change.to_json(), indent=2) if arguments.as_json else change.as_text())
    return 0


def _deployed(arguments: Arguments) -> tuple[Lake, Contracts]:
    """Looking needs no run."""
    if arguments.settings is None:
        raise IngestError("the settings are missing", "the command line", "give --settings")
    settings = load_settings(arguments.settings)
    return open_lake(settings), load_contracts(settings.contracts)


def _key(arguments: Arguments, contracts: Contracts) -> Key:
    if contracts.of_service(arguments.service).partition_by is None:
        return Key(arguments.service, None)
    if arguments.file_month is None:
        raise IngestError(f"{arguments.service} comes by month", "the command line", "give --month YYYY-MM")
    return Key(arguments.service, FileMonth.parse(arguments.file_month, "--month"))
