"""What a step tells of itself in the run's folder: Cloud Run hands nothing back but that an execution failed."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowException

_SEEN_AFTER_SECONDS = 120.0
"""A mounted bucket may show an older object for a minute: https://cloud.google.com/storage/docs/cloud-storage-fuse/caching"""

_LOOK_AGAIN_SECONDS = 2.0


@dataclass(frozen=True)
class FailureRecord:
    exit_code: int
    message: str


def await_document(file: Path, execution: str | None) -> dict[str, Any]:
    """The JSON object that this very execution wrote. Raises AirflowException when it doesn't come to be seen.

    :param execution: Cloud Run's name for it; None where nothing stands between the writer and this reader.
    """
    deadline = time.monotonic() + (_SEEN_AFTER_SECONDS if execution else 0)
    while True:
        document = _read(file)
        if document is not None and (execution is None or document.get("execution") == execution):
            return document
        if time.monotonic() >= deadline:
            raise AirflowException(f"{execution or 'ingest'} succeeded, but left no {file.name} in the run's folder.")
        time.sleep(_LOOK_AGAIN_SECONDS)


def failure_record(file: Path, execution: str) -> FailureRecord | None:
    """None when the execution left none: it was killed, or ended before it knew its run.

    An older record is none either. It isn't waited for: to take bad input for passing trouble costs one more try.
    """
    document = _read(file)
    if document is None or document.get("execution") != execution or not document.get("exit_code"):
        return None
    return FailureRecord(int(document["exit_code"]), str(document.get("message") or "it didn't say why"))


def _read(file: Path) -> dict[str, Any] | None:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return document if isinstance(document, dict) else None
