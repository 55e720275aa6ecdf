"""The three kinds of deployment, as a DAG sees them while it is parsed, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DAGS = Path(__file__).parent.parent

COMMON = {
    "PIPELINE_SETTINGS": "/absent/settings.json",
    "PIPELINE_RETRIES": "2",
    "PIPELINE_RETRY_SECONDS": "90",
    "PIPELINE_FRESHNESS_DAYS": "100",
    "PIPELINE_SPARK": "true",
}
HERE = {"PIPELINE_DATA_PYTHON": "/absent/python", "PIPELINE_SPARK_PYTHON": "/absent/spark"}
JOBS = {
    "PIPELINE_TARGET": "cloud",
    "PIPELINE_WORK": "jobs",
    "PIPELINE_PROJECT": "acme-prod",
    "PIPELINE_REGION": "europe-west1",
    "PIPELINE_INGEST_JOB": "trips-ingest",
    "PIPELINE_DBT_JOB": "trips-dbt",
}
PLACES = {
    "embedded": HERE,
    "cloud, work here": {**HERE, "PIPELINE_TARGET": "cloud", "PIPELINE_WORK": "here"},
    "cloud, work in jobs": JOBS,
}


def python_at(place: str, program: str) -> str:
    """What the program printed, run in the DAGs' folder; its errors are raised."""
    environment = {**os.environ, **COMMON, **PLACES[place]}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=DAGS, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
