"""How much memory a session on this machine gets, and whether that can work."""

from __future__ import annotations

import os
import re

from trips_spark.errors import JobError

#: Spark itself refuses less than 450 MiB, and needs some besides to do anything.
LEAST_MB = 512

_WHERE = "--memory, or the variable SPARK_MEMORY of npm start"

_SIZE = re.compile(r"(\d+)([mg])b?", re.IGNORECASE)


def megabytes_of(text: str) -> int:
    """Read `2g` or `1536m`. Raises ValueError for anything else."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"'{text}' is no amount of memory: write e.g. 2g or 1536m")
    return int(match[1]) * (1024 if match[2].lower() == "g" else 1)


def check_memory(memory_mb: int) -> None:
    """Raises JobError for less than Spark starts with, and for more than the machine has."""
    if memory_mb < LEAST_MB:
        raise JobError(
            f"{memory_mb} MiB are too little memory for Spark",
            _WHERE,
            f"set it to {LEAST_MB}m at least; 2g do well",
        )
    there = _machine_mb()
    if there is not None and memory_mb > there:
        raise JobError(
            f"Spark is to get {memory_mb} MiB of memory, this machine has {there}",
            _WHERE,
            f"set it to at most {max(LEAST_MB, there * 3 // 4)}m",
        )


def _machine_mb() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (ValueError, OSError, AttributeError):
        return None
