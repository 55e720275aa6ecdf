"""Commands of ingest as processes of their own, which can be killed, starved and interrupted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from conftest import Deployment
from project import PROJECT

Process = subprocess.Popen[str]

SOURCE = Path(__file__).resolve().parents[2] / "src"


def start(deployment: Deployment, *command: str, run: str = "killed", source: Path = SOURCE, **more: Any) -> Process:
    """`more`: `environment` in addition to this one's, and what `subprocess.Popen` takes."""
    options = ["--settings", str(deployment.settings_file), "--run-id", run, "--lock-wait", "1"]
    environment = {**os.environ, "PYTHONPATH": str(source), **more.pop("environment", {})}
    arguments = [sys.executable, "-m", "ingest", *options, *command]
    return subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True, **more)


def finish(deployment: Deployment, *command: str, **more: Any) -> tuple[int, str]:
    """The exit code (negative: the signal that ended it) and what the command said to people."""
    process = start(deployment, *command, **more)
    _, said = process.communicate(timeout=60)
    return process.returncode, said


def start_dbt(deployment: Deployment, target: Path) -> Process:
    """`dbt run` as the DAG starts it, under the warehouse's lock."""
    program = PROJECT.parent / "dags" / "platform_tasks" / "dbt_under_lock.py"
    arguments = ["--no-use-colors", "run", "--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
    return subprocess.Popen(
        [sys.executable, "-P", str(program), str(deployment.settings.warehouse.lock_file), *arguments],
        env={
            **os.environ,
            "PYTHONPATH": str(SOURCE),
            "PYTHONUNBUFFERED": "1",
            "DBT_TARGET_PATH": str(target),
            "DBT_LOG_PATH": str(target),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
