"""The command line: `python -m lakehouse --settings S --folder F …`; results are JSON on standard output."""

from __future__ import annotations

import argparse
import json
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from duckdb import DuckDBPyConnection

from ingest.errors import IngestError
from ingest.months import parse_months
from ingest.settings import load_settings
from lakehouse.alone import alone_in
from lakehouse.clean_lake import CleanLake
from lakehouse.derive import Derivation, Wanted
from lakehouse.formats.delta import DeltaTable
from lakehouse.formats.derived_table import DerivedTable
from lakehouse.formats.iceberg import IcebergTable
from lakehouse.formats.iceberg_catalog import open_catalog
from lakehouse.outcome import Outcome
from lakehouse.reader import open_reader

FORMATS = ("iceberg", "delta")

Reader = AbstractContextManager[DuckDBPyConnection]


def main(arguments: Sequence[str] | None = None, reading: Callable[[], Reader] = open_reader) -> int:
    """Gives the exit code: 0 when all tables are equal to the lake; 1 for an error, 75 for trouble that may pass; 2 for
    a wrong command line; 130 after Ctrl-C.
    """
    options = _parser().parse_args(arguments)
    try:
        outcomes = _derive(options, reading)
    except KeyboardInterrupt:
        _say("stopped; the same command goes on from here")
        return 130
    except IngestError as error:
        _say(f"error: {error}")
        return error.exit_code
    except Exception as error:
        _say(f"error: {type(error).__name__}: {error}\n  run with --debug to see where")
        if options.debug:
            traceback.print_exc()
        return 1
    print(json.dumps([outcome.to_json() for outcome in outcomes], ensure_ascii=False))
    for problem in sorted({problem for outcome in outcomes for problem in outcome.problems}):
        _say(f"error: {problem}")
    return 0 if all(outcome.equal for outcome in outcomes) else 1


def _derive(options: argparse.Namespace, reading: Callable[[], Reader]) -> list[Outcome]:
    lake = CleanLake(load_settings(options.settings))
    services = options.services.split(",") if options.services else None
    months = parse_months(options.months) if options.months else None
    folder: Path = options.folder.absolute()
    contracts = lake.contracts(services, derived_in(folder))
    lake.check_months(contracts, months or [], named=services is not None)
    wanted = Wanted(months, options.compact, options.rebuild)
    with alone_in(folder), reading() as reader:
        return [
            Derivation(table_of(name, folder, contract.name), contract, name, _say_for(name)).run(
                lake.months(contract), wanted, reader
            )
            for name in (FORMATS if options.format == "both" else (options.format,))
            for contract in contracts
        ]


def derived_in(folder: Path) -> set[str]:
    """Names of the tables that there are in either format."""
    return {path.name for places in ("iceberg/trips/*", "delta/*") for path in folder.glob(places)}


def table_of(name: str, folder: Path, table: str) -> DerivedTable:
    if name == "iceberg":
        return IcebergTable(open_catalog(folder), table)
    return DeltaTable(folder / "delta", table)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lakehouse", description=__doc__)
    parser.add_argument("--settings", type=Path, required=True, help="settings.json of the deployment")
    parser.add_argument("--folder", type=Path, required=True, help="where the tables and the catalogue lie")
    parser.add_argument("--format", choices=[*FORMATS, "both"], default="both", help="(default both)")
    parser.add_argument("--months", help="e.g. 2019-01,2019-03..2019-05 (default: all of the lake)")
    parser.add_argument("--services", help="e.g. yellow,green (default: all of the lake)")
    parser.add_argument("--compact", action="store_true", help="small files together; versions older than a week go")
    parser.add_argument("--rebuild", action="store_true", help="remove the tables first, with their past")
    parser.add_argument("--debug", action="store_true", help="show where an unforeseen error came from")
    return parser


def _say_for(name: str) -> Callable[[str], None]:
    return lambda line: _say(f"{name:7}  {line}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
