"""Named points at which a test may kill this process, as a power cut would: nothing is flushed, closed or tidied up.

`INGEST_KILL_AT=land:before-commit python -m ingest … land …` ends with SIGKILL when it comes there. Without the
variable a point does nothing. The tests in `tests/faults` go through all of `POINTS` and `BIGQUERY_POINTS`.
"""

from __future__ import annotations

import os
import signal

VARIABLE = "INGEST_KILL_AT"

POINTS = (
    "fetch:before-rename",  # all bytes are here, under a temporary name
    "fetch:before-receipt",  # … and in their place, but current.json names the last delivery
    "clean:before-rename",  # clean and rejected rows are written, under temporary names
    "clean:between-renames",  # the clean object is the new one, the quarantine object the old one
    "clean:before-receipt",  # both are new
    "land:before-delete",  # the lake has the delivery, the warehouse hasn't
    "land:after-delete",  # in the transaction, the month's rows are gone
    "land:before-commit",
    "land:after-commit",  # the warehouse has the delivery, Postgres hasn't; the file is open, the lock held
    "postgres:mid-copy",
    "postgres:before-commit",  # the new partition is attached, the receipt written
    "postgres:after-commit",
    "export:before-swap",  # the copy for readers is written, under a temporary name
    "export:after-swap",  # … and in its place, but the dashboard shows the last run
)

#: Of landing in BigQuery, where rows and receipt are two acts.
BIGQUERY_POINTS = (
    "land:job-begun",  # BigQuery works on its own now
    "land:job-done",  # the partition has the new rows, the receipt is the old one or none
    "land:receipt-written",
)

#: Of uploads to Cloud Storage that are large enough to go in pieces.
CLOUD_STORAGE_POINTS = ("upload:part-way",)


def reached(point: str) -> None:
    """Die here if the variable names this point."""
    if os.environ.get(VARIABLE) == point:
        os.kill(os.getpid(), signal.SIGKILL)
