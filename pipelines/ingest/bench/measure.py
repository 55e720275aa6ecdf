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
    """`seconds` of the work, best of the repeats; `peak_mib` of memory (the largest RSS) with Python and libraries."""

    seconds: float
    rows: int
    peak_mib: float

    @property
    def rows_per_second(self) -> float:
        return self.rows / self.seconds

    def better(self, other: Measured | None) -> Measured:
        if other is None:
            return self
        return Measured(min(self.seconds, other.seconds), self.rows, max(self.peak_mib, other.peak_mib))


def run(python: str, program: str, *arguments: str | Path) -> Measured:
    """The program prints {"seconds", "rows"} as its last line. Raises RuntimeError with its errors when it fails."""
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
    return Measured(result["seconds"], result["rows"], usage.ru_maxrss / unit)


def gunzip(files: list[Path], rows: int) -> Measured:
    """gzip -dc into nothing."""
    start = time.perf_counter()
    for file in files:
        subprocess.run(["gzip", "-dc", str(file)], stdout=subprocess.DEVNULL, check=True)
    return Measured(time.perf_counter() - start, rows, 0)
