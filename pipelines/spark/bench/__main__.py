"""`npm run bench -- spark`: revenue_report beside DuckDB, and beside itself with more rows; ratios of one run.

One machine favours DuckDB: it reads, groups and writes within one process, with nothing to schedule, to serialise or
to exchange, while Spark plans for machines that fail and data that no machine can hold. That is what a cluster is for:
there Spark adds machines, and DuckDB can't. Exit code 0 whatever the ratios are, 1 when the results differ.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from contenders import Measured, by_duckdb, by_spark, differences
from lakes import CACHE, ROOT, lake_of

#: Most times as long as DuckDB, and most times as long for five times the rows.
_ASKED_OF_DUCKDB = 6.0
_ASKED_OF_GROWTH = 1.1


@dataclass(frozen=True)
class Compared:
    rows: int
    spark: Measured
    duckdb: Measured
    differences: int


def main() -> int:
    options = _options()
    CACHE.mkdir(parents=True, exist_ok=True)
    file_rows = max(1000, options.rows // 10)
    compared = []
    with tempfile.TemporaryDirectory(prefix="bench-spark-", dir=CACHE) as folder:
        for rows in (options.rows, options.large_rows):
            if rows:
                say(f"{rows:,} trips: generating and cleaning those that aren't there yet …")
                compared.append(_compare(lake_of(rows, file_rows), Path(folder), options))
    document = _document(compared)
    file = CACHE / f"spark-{datetime.now(UTC):%Y-%m-%d-%H%M%S}.json"
    file.write_text(json.dumps(document, indent=2) + "\n")
    print(json.dumps(document, indent=2) if options.json else _table(compared, document))
    say(f"kept in {file.relative_to(ROOT)}")
    return 1 if any(item.differences for item in compared) else 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run bench -- spark", description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, help="in ten files (10000000)")
    parser.add_argument("--large-rows", type=int, default=50_000_000, help="in files of that size; 0: none (50000000)")
    parser.add_argument("--repeat", type=int, default=3, help="the best of so many runs counts (3)")
    parser.add_argument("--memory", default="2g", help="of Spark (2g)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    return parser.parse_args()


def _compare(lake: Path, folder: Path, options: argparse.Namespace) -> Compared:
    """In turns, so that a busy moment of the machine doesn't hit one only."""
    output, target = folder / "spark", folder / "duckdb.parquet"
    spark: Measured | None = None
    duckdb: Measured | None = None
    for _ in range(options.repeat):
        duckdb = by_duckdb(lake, target).better(duckdb)
        spark = (measured := by_spark(lake, output, options.memory)).better(spark)
        started = f"{measured.start_seconds:.2f} s to start"
        say(f"  Spark {measured.seconds:.2f} s, and {started}; DuckDB {duckdb.seconds:.2f} s")
    assert spark is not None and duckdb is not None
    return Compared(spark.rows, spark, duckdb, differences(output, target))


def _document(compared: list[Compared]) -> dict[str, Any]:
    first, last = compared[0], compared[-1]
    more = last.rows / first.rows
    growth = last.spark.seconds / first.spark.seconds
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "load_average": os.getloadavg()[0]},
        "sizes": [
            {
                "rows": item.rows,
                "spark": item.spark.to_json(),
                "duckdb": item.duckdb.to_json(),
                "ratio": round(item.spark.seconds / item.duckdb.seconds, 2),
                "asked": _ASKED_OF_DUCKDB,
                "differences": item.differences,
            }
            for item in compared
        ],
        "growth": {"rows": round(more, 2), "seconds": round(growth, 2), "asked": round(more * _ASKED_OF_GROWTH, 2)},
    }


def _table(compared: list[Compared], document: dict[str, Any]) -> str:
    lines = [
        "| revenue_report over | Spark, s | DuckDB, s | ratio | asked | | Spark's start, s | shuffled, MB | results |",
        "|---|--:|--:|--:|--:|---|--:|--:|---|",
    ]
    for item, size in zip(compared, document["sizes"], strict=True):
        same = "equal" if item.differences == 0 else f"{item.differences} rows differ"
        lines.append(
            f"| {item.rows:,} trips | {item.spark.seconds:.2f} | {item.duckdb.seconds:.2f} | {size['ratio']:.2f} "
            f"| {_ASKED_OF_DUCKDB:.1f} | {_mark(size['ratio'], _ASKED_OF_DUCKDB)} | {item.spark.start_seconds:.2f} "
            f"| {item.spark.shuffle_bytes / 1e6:.1f} | {same} |"
        )
    growth = document["growth"]
    if len(compared) > 1:
        verdict = _mark(growth["seconds"], growth["asked"])
        lines.append(
            f"\n{growth['rows']} times the trips cost Spark {growth['seconds']} times the seconds; "
            f"asked: at most {growth['asked']}, {verdict}"
        )
    return "\n".join(lines)


def _mark(ratio: float, asked: float) -> str:
    return "met" if ratio <= asked else "missed"


if __name__ == "__main__":
    sys.exit(main())
