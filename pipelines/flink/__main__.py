"""`npm run lab:flink`: one question asked of Flink and of DuckDB, compared; writes docs/labs/flink.md.

Exit code 1 when the results differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from events import by_duckdb, differences, make_rides
from page import page

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]

#: Mode and parallelism. A stream that is read in several places at once has no order to speak of.
RUNS = (("batch", 1), ("batch", 2), ("streaming", 1))


@dataclass(frozen=True)
class Measured:
    """`seconds` without those of starting Flink, Java with it. `different`: rows that only one of the two has."""

    mode: str
    parallelism: int
    start_seconds: float
    seconds: float
    duckdb_seconds: float
    rows: int
    different: int


def main() -> int:
    options = _options()
    options.data.mkdir(parents=True, exist_ok=True)
    say(f"generating {options.rows:,} rides, if they aren't there yet …")
    load, rides = os.getloadavg()[0], make_rides(options.data, options.rows)
    with tempfile.TemporaryDirectory(prefix="scratch-", dir=options.data) as folder:
        measured = [_measured(rides, Path(folder), options.debug, *run) for run in RUNS]
    document = {"rows": options.rows, "cores": os.cpu_count(), "load": load, "runs": [asdict(one) for one in measured]}
    if any(one.different for one in measured):
        print(json.dumps(document, indent=2))
        print("error: Flink and DuckDB disagree; the page wasn't written", file=sys.stderr)
        return 1
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(page(document), encoding="utf-8")
    say(f"written: {os.path.relpath(options.output)}")
    return 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _measured(rides: Path, folder: Path, debug: bool, mode: str, parallelism: int) -> Measured:
    """Flink in a process of its own, for its Java stays as long as that."""
    expected, target = folder / "duckdb.parquet", folder / f"{mode}-{parallelism}"
    start = time.perf_counter()
    by_duckdb(rides, expected, with_late=mode == "batch")
    duckdb_seconds = time.perf_counter() - start
    command = [sys.executable, HERE / "job.py", rides, target, mode, str(parallelism)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise SystemExit(
            f"error: Flink ended with {ended.returncode}:\n{ended.stderr if debug else ended.stderr[-2000:]}"
        )
    started, seconds = json.loads(ended.stdout.splitlines()[-1])
    rows, different = differences(target, expected)
    say(f"{mode}, {parallelism} at a time: {started:.1f} s to start, {seconds:.1f} s; {different} rows differ")
    return Measured(mode, parallelism, started, seconds, duckdb_seconds, rows, different)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run lab:flink --", description=__doc__)
    parser.add_argument("--rows", type=_rows, default=300_000)
    parser.add_argument("--data", type=Path, default=ROOT / ".embedded" / "labs" / "flink")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "labs" / "flink.md")
    parser.add_argument("--debug", action="store_true", help="show all that Flink said")
    return parser.parse_args()


def _rows(text: str) -> int:
    if not text.isdigit() or not 1_000 <= int(text) <= 50_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number from 1000 to 50000000")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
