"""The commands: `python -m ingest --settings S --run-id R [--debug] <command> …`."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from ingest.commands.arguments import Arguments
from ingest.errors import IngestError
from ingest.sources.offer import TLC_URL


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code: 0, or 1 for an error, 2 for a wrong command line, 130 after Ctrl-C."""
    options = _parser().parse_args(arguments)
    try:
        given = {name: value for name, value in vars(options).items() if name != "debug"}
        command: Callable[[Arguments], int] = import_module(f"ingest.commands.{options.command}").run
        return command(Arguments(**given))
    except IngestError as error:
        print(f"error: {error}", file=sys.stderr)
        if options.debug:
            traceback.print_exc()
        return 1
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here", file=sys.stderr)
        return 130
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        first = str(error).splitlines()[0] if str(error) else ""
        print(f"error: {type(error).__name__}: {first}\n  run with --debug to see where", file=sys.stderr)
        return 1


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
    plan.add_argument("--source", default="auto", help="auto, tlc, synthetic, or a folder (default auto)")
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

    commands.add_parser("export", help="the dashboard's data, and the copy of the warehouse for readers")
    commands.add_parser("summary", help="counts side by side; exit code 1 if they differ")

    generate = commands.add_parser("generate", help="synthetic TLC files in a folder (needs no settings)")
    generate.add_argument("--out", type=Path, required=True)
    generate.add_argument("--services", default="yellow,green")
    generate.add_argument("--months", default="2024-01,2024-02")
    generate.add_argument("--rows", type=int, default=20_000, help="per file (default 20,000)")
    generate.add_argument("--seed", type=int, default=7)
    return parser
