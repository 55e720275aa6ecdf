"""revenue_report by Spark and by DuckDB, each in a process of its own, over the same files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

_HERE = Path(__file__).resolve().parent
_PACKAGE = _HERE.parent


@dataclass(frozen=True)
class Measured:
    """`seconds` of the work, without starting Python or a session; `start_seconds` of the session."""

    seconds: float
    rows: int
    start_seconds: float = 0.0
    shuffle_bytes: int = 0

    def better(self, other: Measured | None) -> Measured:
        return other if other is not None and other.seconds < self.seconds else self

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "rows_per_second": round(self.rows / self.seconds)}


def by_spark(lake: Path, output: Path, memory: str) -> Measured:
    """All months anew, into an empty folder."""
    shutil.rmtree(output, ignore_errors=True)
    summary = output.with_suffix(".json")
    places = ["--input", lake, "--output", output, "--run-id", "bench", "--summary", summary]
    _run([_PACKAGE / "main.py", "revenue_report", *places, "--memory", memory])
    said = json.loads(summary.read_text())
    return Measured(said["seconds"], said["rows_in"], said["session_seconds"], said["shuffle_write_bytes"])


def by_duckdb(lake: Path, target: Path) -> Measured:
    said = json.loads(_run([_HERE / "duckdb_report.py", lake, target]).splitlines()[-1])
    return Measured(said["seconds"], said["rows"])


def differences(output: Path, target: Path) -> int:
    """Rows that one of the two reports has and the other hasn't."""
    pointer = json.loads((output / "revenue_report" / "current.json").read_text())
    ours = f"from '{output}/revenue_report/{pointer['report']['path']}/*.parquet'"
    other = f"from '{target}'"
    row = duckdb.sql(f"""
        select (select count(*) from ({ours} except all {other})) + (select count(*) from ({other} except all {ours}))
    """).fetchone()
    return int(row[0]) if row else 0


def _run(command: list[Any]) -> str:
    path = os.pathsep.join(map(str, (_PACKAGE / "src", _PACKAGE / "tests")))
    environment = {**os.environ, "PYTHONPATH": path}
    ended = subprocess.run([sys.executable, *map(str, command)], env=environment, capture_output=True, text=True)
    if ended.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    return ended.stdout
