"""Points at which a test may kill this process, as a power cut would: nothing is flushed, closed or tidied up.

`SINKS_KILL_AT=lake:file-written#17 python -m sinks lake …` ends with SIGKILL when it comes there for the 17th time.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

VARIABLE = "SINKS_KILL_AT"

POINTS = (
    "lake:record-read",  # in memory only
    "lake:file-written",  # a file of a batch is in its place; the others, and where the partition stands, aren't
    "lake:before-standing",  # all files of a batch are, and nothing says so
    "lake:after-standing",  # the lake says so, Kafka's committed offsets don't
)

_reached: Counter[str] = Counter()


def reached(point: str) -> None:
    """Die here if the variable names this point, and this is the time that it names."""
    asked = os.environ.get(VARIABLE)
    if asked is None:
        return
    _reached[point] += 1
    if asked == f"{point}#{_reached[point]}":
        os.kill(os.getpid(), signal.SIGKILL)
