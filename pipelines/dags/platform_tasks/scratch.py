"""An empty folder for each task that works here, gone once it has ended, however it ended."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from airflow.sdk import Context

from platform_tasks.deployment import Deployment
from platform_tasks.run_id import run_id_of


@contextmanager
def scratch_folder(deployment: Deployment, context: Context) -> Iterator[Path]:
    """The task's own folder, below Airflow's TMPDIR. What a killed try left in it is removed by the next.

    Where no try follows, `remove_scratch` does it: the last task of the run, which runs whatever happened.
    """
    ti = context["ti"]
    index = f".{ti.map_index}" if ti.map_index is not None and ti.map_index >= 0 else ""
    folder = _of_run(deployment, context) / f"{ti.task_id}{index}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_scratch(deployment: Deployment, context: Context) -> None:
    """All of a run's folders."""
    shutil.rmtree(_of_run(deployment, context), ignore_errors=True)


def _of_run(deployment: Deployment, context: Context) -> Path:
    """Two deployments of one machine may have a run of the same name."""
    whose = hashlib.sha256(str(deployment.settings).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"trips-scratch-{os.getuid()}-{whose}" / run_id_of(context)
