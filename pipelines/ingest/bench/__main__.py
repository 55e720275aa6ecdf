"""`npm run bench`: ingest beside pandas and gzip, as ratios of one run; a table, and the same as JSON.

What is asked for is in comparisons.py. Exit code 0 whatever the ratios are: they depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from comparisons import Bench, Comparison
from measure import Measured
from workspace import Input, generated_csv, generated_parquet, sample_inputs

from postgres_server import PostgresServer, find_binaries

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / ".embedded" / "bench"
SAMPLES = ROOT.parent / "shared" / "data" / "tlc"
_MOST_MIB = 1024


def main() -> int:
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    say(f"generating {options.rows:,} trips where they aren't there yet …")
    csv, parquet = generated_csv(CACHE, options.rows), generated_parquet(CACHE, options.rows)
    samples = sample_inputs(SAMPLES)
    if not samples:
        say(f"no real sample in {SAMPLES}: measured on generated trips only")
    with tempfile.TemporaryDirectory(prefix="bench-", dir=CACHE) as folder:
        bench = Bench(options.python, Path(folder), options.repeat, say)
        compared = _compare(bench, [csv, parquet, *samples], options.sql_rows)
        large = None
        if options.large_rows:
            say(f"memory at {options.large_rows:,} rows …")
            large = bench.memory(generated_parquet(CACHE, options.large_rows))
    document = _document(compared, large, options.rows)
    file = CACHE / f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    file.write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(document, indent=2) if options.json else _table(compared, large))
    say(f"kept in {file.relative_to(ROOT)}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run bench --", description=__doc__)
    parser.add_argument("--python", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=3_000_000, help="of the generated month (3000000)")
    parser.add_argument(
        "--large-rows", type=int, default=20_000_000, help="for peak memory; 0: leave it out (20000000)"
    )
    parser.add_argument("--sql-rows", type=int, default=200_000, help="that pandas' to_sql writes, at most (200000)")
    parser.add_argument("--repeat", type=int, default=3, help="the best of so many runs counts (3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args()


def _compare(bench: Bench, inputs: list[Input], sql_rows: int) -> list[Comparison]:
    compared = []
    binaries = find_binaries(ROOT)
    if binaries is None:
        raise SystemExit("no Postgres here: run `npm run setup`")
    server = PostgresServer(binaries)
    server.start()
    try:
        for number, source in enumerate(inputs):
            if source.files[0].name.endswith(".gz"):
                bench.say(f"CSV.gz, {source.name} …")
                compared += bench.csv(source)
                continue
            bench.say(f"Parquet, {source.name} …")
            compared.append(bench.parquet(source))
            bench.say(f"Postgres, {source.name} …")
            place = bench.folder / f"database-{number}"
            place.mkdir()
            compared.append(bench.postgres(source, server.new_database(place), sql_rows))
    finally:
        server.stop()
    return compared


def _document(compared: list[Comparison], large: Measured | None, rows: int) -> dict[str, Any]:
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
            "load_average": os.getloadavg()[0],
        },
        "rows": rows,
        "comparisons": [comparison.to_json() for comparison in compared],
        "peak_memory_limit_mib": _MOST_MIB,
        "large": None if large is None else vars(large),
    }


def _table(compared: list[Comparison], large: Measured | None) -> str:
    lines = [
        "| measure | over | ratio | asked | | ours, rows/s | other, rows/s | ours, CPU s/M rows | other's | our peak |",
        "|---|---|--:|--:|---|--:|--:|--:|--:|--:|",
    ]
    for item in compared:
        mark = "met" if item.ratio >= item.asked else "missed"
        lines.append(
            f"| {item.what} | {item.over}, {item.rows:,} rows | {item.ratio:.2f} | {item.asked:.2f} | {mark} "
            f"| {item.ours.rows_per_second:,.0f} | {item.other.rows_per_second:,.0f} "
            f"| {item.ours.cpu_seconds_per_million:.2f} | {item.other.cpu_seconds_per_million:.2f} "
            f"| {item.ours.peak_mib:,.0f} MiB |"
        )
    if large is not None:
        mark = "met" if large.peak_mib < _MOST_MIB else "missed"
        lines.append(
            f"| Parquet to clean, peak memory | generated month, {large.rows:,} rows | | 1024 MiB | {mark} "
            f"| {large.rows_per_second:,.0f} | | {large.cpu_seconds_per_million:.2f} | | {large.peak_mib:,.0f} MiB |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
