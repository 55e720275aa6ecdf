"""Makes the pool that the DAGs' warehouse tasks are in, whenever Airflow's scheduler starts.

Pools live in Airflow's database, which neither Terraform nor a DAG can write to; without the pool its tasks wait for
ever. A plugin comes with the DAGs, and is the same on Composer, on a VM and on this machine.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

POOL = "warehouse"

SLOTS = {
    "embedded": 1,  # DuckDB has one writer, and a reader in another process blocks it
    "cloud": 128,  # BigQuery bears as many as come; Airflow's own default
}


@hookimpl
def on_starting(component: Any) -> None:
    """Of a scheduler, DAG processor or triggerer, which all reach the database; of a task too, which doesn't."""
    from airflow.jobs.job import Job
    from airflow.models.pool import Pool

    if isinstance(component, Job):
        slots = SLOTS[os.environ.get("PIPELINE_TARGET") or "embedded"]
        Pool.create_or_update_pool(POOL, slots=slots, description="opens the warehouse", include_deferred=False)


class WarehousePoolPlugin(AirflowPlugin):
    name = "warehouse_pool"
    listeners = [sys.modules[__name__]]  # noqa: RUF012 - as Airflow declares it
