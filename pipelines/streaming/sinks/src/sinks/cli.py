"""`python -m sinks lake --bootstrap … --registry … --to …`: rides from Kafka to Parquet on the lake."""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from ingest.run_log import failure
from sinks.client_properties import read_properties
from sinks.columns import arrow_schema
from sinks.dead_letters import DeadLetters
from sinks.decoder import Decoder
from sinks.events import CONTRACTS, contract
from sinks.kafka_client import connection, consumer_of, topic_id
from sinks.lake_place import LakePlace
from sinks.lake_sink import LakeSink
from sinks.open_store import open_store
from sinks.options import Options
from sinks.postgres_table import make_table
from sinks.registry import Registry, patience

_DEFAULTS = Options("")


def main(arguments: Sequence[str] | None = None) -> int:
    """Gives the exit code: 0; 1 for an error, 75 for trouble that may pass; 2 for a wrong command line."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except (Exception, KeyboardInterrupt) as error:
        code, words = failure(error)
        print(words if isinstance(error, KeyboardInterrupt) else f"error: {words}", file=sys.stderr)
        if options.debug and isinstance(error, Exception):
            traceback.print_exc()
        return code


def _lake(arguments: argparse.Namespace) -> int:
    given = {name: value for name, value in vars(arguments).items() if name in Options.__dataclass_fields__}
    options = Options(**given)
    event = contract("ride_event", arguments.contracts)
    properties = read_properties(arguments.client_properties) if arguments.client_properties else {}
    base = connection(options.bootstrap, properties)
    store = open_store(arguments.to)
    store.remove_leftovers()
    sink = LakeSink(
        options,
        lambda on_error: consumer_of({**base, "error_cb": on_error}, options.group),
        Decoder(Registry(arguments.registry, patience(options.patience_seconds)), event),
        DeadLetters(base, options.group),
        LakePlace(store, arrow_schema(event)),
        event,
        topic_id(base, options.topic),
    )
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sink.stop())
    sink.run()
    print(sink.summary.as_json())
    return 0


def _postgres_table(arguments: argparse.Namespace) -> int:
    make_table(arguments.settings)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sinks", description=__doc__)
    parser.add_argument("--debug", action="store_true", help="show where an error came from")
    commands = parser.add_subparsers(required=True, metavar="command")
    lake = commands.add_parser("lake", help="rides into Parquet on the lake, by hour of event time")
    lake.set_defaults(run=_lake)
    lake.add_argument("--bootstrap", required=True, help="addresses of brokers, e.g. 127.0.0.1:9092")
    lake.add_argument("--registry", required=True, help="e.g. http://127.0.0.1:8181/apis/ccompat/v7")
    lake.add_argument("--to", required=True, help="a folder, or gs://bucket/folder")
    lake.add_argument("--client-properties", type=Path, help="how to log in to Kafka, as its own tools read it")
    lake.add_argument("--once", action="store_true", help="end when what is there now has been read")
    lake.add_argument("--topic", default=_DEFAULTS.topic)
    lake.add_argument("--group", default=_DEFAULTS.group)
    lake.add_argument("--contracts", type=Path, default=CONTRACTS, help=argparse.SUPPRESS)
    bounds = lake.add_argument_group("when what is in memory goes to the lake")
    _number(bounds, "--flush-records", _DEFAULTS.flush_records, "as soon as it is so many records")
    _number(bounds, "--flush-seconds", _DEFAULTS.flush_seconds, "as soon as the oldest of it was read so long ago")
    _number(bounds, "--idle-seconds", _DEFAULTS.idle_seconds, "as soon as nothing more has come for so long")
    _number(lake, "--patience-seconds", _DEFAULTS.patience_seconds, "how long no broker may answer")
    table = commands.add_parser("postgres-table", help="the table in Postgres that Kafka Connect fills")
    table.set_defaults(run=_postgres_table)
    table.add_argument("--settings", type=Path, required=True, help="settings.json of the deployment")
    return parser


def _number(parser: argparse._ActionsContainer, name: str, default: int | float, words: str) -> None:
    parser.add_argument(name, type=type(default), default=default, metavar="N", help=f"{words} (default {default:,g})")
