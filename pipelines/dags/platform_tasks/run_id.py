"""What a run calls itself outside of Airflow."""

from __future__ import annotations

import re

from airflow.sdk import Context


def run_id_of(context: Context) -> str:
    """Name of the run's folder: the parameter `run_id`, or Airflow's own with nothing in it that a path dislikes."""
    given = context["params"].get("run_id")
    return str(given) if given else re.sub(r"[^A-Za-z0-9._-]+", "-", context["dag_run"].run_id)
