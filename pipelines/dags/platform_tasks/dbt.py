"""What is asked of dbt, the same wherever it runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platform_tasks.deployment import Deployment
from platform_tasks.run_settings import BigQuery, RunSettings

RESULTS = "run_results.json"


def dbt_arguments(deployment: Deployment, target: str) -> tuple[str, ...]:
    project = str(deployment.dbt_project)
    return ("--no-use-colors", "build", "--project-dir", project, "--profiles-dir", project, "--target", target)


def dbt_datasets(settings: RunSettings) -> dict[str, str]:
    """What `pipelines/dbt` reads of its environment, whatever the warehouse."""
    return {f"DBT_{name.upper()}_DATASET": value for name, value in settings.datasets.items()}


def big_query_environment(warehouse: BigQuery) -> dict[str, str]:
    """What the profile's target `bigquery` reads of its environment."""
    impersonate = {"DBT_IMPERSONATE_SERVICE_ACCOUNT": warehouse.impersonate} if warehouse.impersonate else {}
    return {
        "DBT_PROJECT_ID": warehouse.project,
        "DBT_LOCATION": warehouse.location,
        "DBT_MAXIMUM_BYTES_BILLED": str(warehouse.maximum_bytes_billed),
        **impersonate,
    }


def read_results(file: Path) -> dict[str, Any] | None:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return document if isinstance(document, dict) else None


def failed_nodes(results: Mapping[str, Any]) -> str:
    """Named with their messages, for people."""
    return "; ".join(
        f"{one['unique_id']}: {one['message'] or one['status']}"
        for one in results["results"]
        if one["status"] in ("error", "fail")
    )
