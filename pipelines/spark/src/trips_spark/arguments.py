"""The command line, typed and checked."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trips_spark.jobs import JOBS
from trips_spark.memory import megabytes_of
from trips_spark.months import parse_months
from trips_spark.storage.addresses import normal_address

#: Services that come by month, as in the contracts.
SERVICES = ("yellow", "green", "fhv", "fhvhv")

_RUN_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:+=-]{0,127}")
#: USD per vCPU and hour with its memory: Dataproc serverless, standard tier, us-central1, 2026-07.
_USD_PER_VCPU_HOUR = 0.06


@dataclass(frozen=True)
class Arguments:
    """`months` and `services` None: all that the lake has. `memory_mb`, `cores`: of a session on this machine."""

    job: str
    input: str
    output: str
    run_id: str
    months: tuple[str, ...] | None
    services: tuple[str, ...] | None
    skip_corrupt: bool
    force: bool
    summary: Path | None
    memory_mb: int
    cores: int | None
    parallel: int
    ui: bool
    event_log: str | None
    usd_per_vcpu_hour: float
    debug: bool


def parse(arguments: Sequence[str] | None) -> Arguments:
    """Ends the process with exit code 2 and a sentence for a wrong command line."""
    return Arguments(**vars(_parser().parse_args(arguments)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="trips_spark", description=__doc__)
    parser.add_argument("job", choices=sorted(JOBS), metavar="job", help=f"one of: {', '.join(sorted(JOBS))}")
    parser.add_argument("--input", required=True, type=_address, help="the clean lake: gs://… or a folder")
    parser.add_argument("--output", required=True, type=_address, help="where jobs publish: gs://… or a folder")
    parser.add_argument("--run-id", required=True, type=_run_id, help="names the folder for what this run makes")
    parser.add_argument("--months", type=_months, help="e.g. 2019-01,2019-03..2019-05 (default: all of the lake)")
    parser.add_argument("--services", type=_services, help="e.g. yellow,green (default: all of the lake)")
    parser.add_argument("--skip-corrupt", action="store_true", help="go on without files that can't be read")
    parser.add_argument("--force", action="store_true", help="compute unchanged months again")
    parser.add_argument("--summary", type=Path, help="a local file for the summary, beside the one in the run's folder")
    parser.add_argument(
        "--memory", dest="memory_mb", type=_memory, default="2g", metavar="SIZE", help="of Spark on this machine (2g)"
    )
    parser.add_argument("--cores", type=_count, help="of Spark on this machine (default: all)")
    parser.add_argument("--parallel", type=_count, default=4, help="files that are worked on at a time (4)")
    parser.add_argument("--ui", action="store_true", help="Spark's own page on this machine, while the job runs")
    parser.add_argument("--event-log", type=_address, help="a folder for the event log of a session on this machine")
    parser.add_argument(
        "--usd-per-vcpu-hour",
        type=float,
        default=_USD_PER_VCPU_HOUR,
        metavar="USD",
        help=f"for the cost of a run on a cluster ({_USD_PER_VCPU_HOUR})",
    )
    parser.add_argument("--debug", action="store_true", help="show where an error came from")
    return parser


def _address(text: str) -> str:
    try:
        return normal_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _months(text: str) -> tuple[str, ...]:
    try:
        return parse_months(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _services(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    unknown = [name for name in names if name not in SERVICES]
    if unknown or not names:
        raise argparse.ArgumentTypeError(f"'{text}' are not services: use some of {', '.join(SERVICES)}")
    return names


def _run_id(text: str) -> str:
    if not _RUN_ID.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"'{text}' can't name a folder: use up to 128 letters, digits, dashes and dots"
        )
    return text


def _memory(text: str) -> int:
    try:
        return megabytes_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number from 1 to 256")
    return int(text)
