"""The commands: `python -m ingest --settings S --run-id R [--debug] <command> …`."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

from ingest.commands.arguments import Arguments
from ingest.run_log import failure
from ingest.sources.offer import TLC_URL


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0; 1 for an error, 75 for trouble that may pass; 2 for a wrong
    command line; 130 after Ctrl-C.
    """
    options = _parser().parse_args(arguments)
    try:
        given = {name: value for name, value in vars(options).items() if name != "debug"}
        command: Callable[[Arguments], int] = import_module(f"ingest.commands.{options.command.replace('-', '_')}").run
        return command(Arguments(**given))
    except (Exception, KeyboardInterrupt) as error:
        code, words = failure(error)
        print(words if isinstance(error, KeyboardInterrupt) else f"error: {words}", file=sys.stderr)
        if options.debug and isinstance(error, Exception):
            traceback.print_exc()
        return code


@cache
def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="ingest", description=__doc__)
    parser.add_argument("--settings", type=Path, help="settings.json of the deployment")
    parser.add_argument("--run-id", help="names the folder for this run's results")
    parser.add_argument("--debug", action="store_true", help="show where an error came from")
    parser.add_argument(
        "--lock-wait", type=float, default=120.0, metavar="SECONDS", help="for the warehouse (default 120)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")

    plan = commands.add_parser("plan", help="what the source offers, and what of it changed")
    plan.add_argument("--source", default="auto", help="auto, tlc, lake, synthetic, or a folder (default auto)")
    plan.add_argument("--services", help="e.g. yellow,green (default: all of the contracts)")
    plan.add_argument("--months", help="e.g. 2019-01,2019-03..2019-05 (default: all of a folder, TLC's two newest)")
    plan.add_argument("--tlc-url", default=TLC_URL, help=argparse.SUPPRESS)

    for name, words in (
        ("fetch", "the bytes, as received, into raw"),
        ("clean", "raw, read by the contract, into clean and quarantine"),
        ("land", "clean into the warehouse"),
        ("postgres", "clean into Postgres"),
    ):
        stage = commands.add_parser(name, help=words)
        stage.add_argument("--service", required=True, help="e.g. yellow; zones is one too")
        stage.add_argument("--file-month", help="YYYY-MM; zones has none")
        stage.add_argument("--force", action="store_true", help="do it again even where nothing changed")
        if name == "clean":
            _add_accept_anyway(stage)

    pull = commands.add_parser("postgres-load", help="many months of clean into Postgres")
    pull.add_argument("--services", help="e.g. yellow,green (default: all)")
    pull.add_argument("--months", help="e.g. 2019-01,2019-03..2019-05 (default: all that are clean)")

    commands.add_parser("export", help="the dashboard's data, and the copy of the warehouse for readers")
    commands.add_parser("summary", help="counts side by side; exit code 1 if they differ")

    commands.add_parser("status", help="how far each month has come, as JSON (needs no run)")
    freshness = commands.add_parser("freshness", help="exit code 1 when the newest landed month is too old")
    freshness.add_argument("--max-age-days", type=int, required=True, help="since the end of the newest landed month")
    freshness.add_argument("--services", help="that must have landed (default: those that have)")

    _add_quarantine(commands.add_parser("quarantine", help="rejected rows: list, explain, replay"))
    rollback = commands.add_parser("rollback", help="back to an earlier delivery of a month")
    _add_month(rollback, required=True)
    rollback.add_argument(
        "--to", metavar="DELIVERY", help="its first digits, or previous (without: which ones there are)"
    )
    _add_accept_anyway(rollback)

    generate = commands.add_parser("generate", help="synthetic TLC files in a folder (needs no settings)")
    generate.add_argument("--out", type=Path, required=True)
    generate.add_argument("--services", default="yellow,green")
    generate.add_argument("--months", default="2024-01,2024-02")
    generate.add_argument("--rows", type=int, default=20_000, help="per file (default 20,000)")
    generate.add_argument("--seed", type=int, default=7)
    return parser


def _add_quarantine(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="action")
    _add_month(actions.add_parser("list", help="counts per month and reason"), required=False)
    explain = actions.add_parser("explain", help="the rows of a month, with their raw values")
    _add_month(explain, required=True)
    explain.add_argument("--reason", help="e.g. missing:pickup_zone_id, or missing for all of the kind")
    explain.add_argument("--limit", type=int, default=20, help="rows (default 20)")
    replay = actions.add_parser("replay", help="read a month's delivery again by today's contract, and load it")
    _add_month(replay, required=True)
    _add_accept_anyway(replay)


def _add_month(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--service", required=required, default="", help="e.g. yellow; zones is one too")
    parser.add_argument("--month", "--file-month", dest="file_month", metavar="YYYY-MM", help="zones has none")
    parser.add_argument("--json", dest="as_json", action="store_true", help="for a program instead of people")


def _add_accept_anyway(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--accept-anyway", action="store_true", help="even where too much of it is rejected or missing")
