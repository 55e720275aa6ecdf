"""Runs one contender as a process of its own and tells its seconds, its rows and its peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_SOURCES = _HERE.parent / "src"


@dataclass(frozen=True)
class Measured:
    """`seconds` and `cpu_seconds` (of all threads) of the work, best of the repeats; `peak_mib` of memory (the largest
    RSS) with Python and libraries.
    """

    seconds: float
    cpu_seconds: float
    rows: int
    peak_mib: float

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.seconds

    @property
    def cpu_seconds_per_million(self) -> float:
        return self.cpu_seconds / self.rows * 1e6

    def better(self, other: Measured | None) -> Measured:
        if other is None:
            return self
        seconds, cpu_seconds = min(self.seconds, other.seconds), min(self.cpu_seconds, other.cpu_seconds)
        return Measured(seconds, cpu_seconds, self.rows, max(self.peak_mib, other.peak_mib))


def run(python: str, program: str, *arguments: str | Path) -> Measured:
    """The program prints {"seconds", "cpu_seconds", "rows"} as its last line. Raises RuntimeError with its errors when
    it fails.
    """
    command = [python, str(_HERE / program), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": f"{_SOURCES}{os.pathsep}{_HERE}"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stderr is not None
    output, errors = process.stdout.read(), process.stderr.read()
    # wait4 gives the peak of this one child; RUSAGE_CHILDREN would give that of the largest so far.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{program} ended with {process.returncode}:\n{errors[-2000:]}")
    result = json.loads(output.splitlines()[-1])
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10  # bytes there, KiB elsewhere
    return Measured(result["seconds"], result["cpu_seconds"], result["rows"], usage.ru_maxrss / unit)


def gunzip(files: list[Path], rows: int) -> Measured:
    """gzip -dc into nothing."""
    start, cpu = time.perf_counter(), 0.0
    for file in files:
        process = subprocess.Popen(["gzip", "-dc", str(file)], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            raise RuntimeError(f"gzip -dc {file} ended with {process.returncode}")
        cpu += usage.ru_utime + usage.ru_stime
    return Measured(time.perf_counter() - start, cpu, rows, 0)
