"""Makes the pools that the DAGs' tasks are in, whenever Airflow's scheduler starts.

Pools live in Airflow's database, which neither Terraform nor a DAG can write to; without its pool a task waits for
ever. A plugin comes with the DAGs, and is the same on Composer, on a VM and on this machine.

In the cloud they are all that bounds how much works at once: a task that waits for its job in Cloud Run counts neither
for Airflow's `parallelism` nor for `max_active_tasks`, and a run may hold hundreds of months.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from airflow.listeners import hookimpl
from airflow.plugins_manager import AirflowPlugin

POOLS = {
    "warehouse": "opens the warehouse",
    "deliveries": "works on one delivery, outside of the warehouse",
}

SLOTS = {
    # DuckDB has one writer, and a reader in another process blocks it; the rest is up to `parallelism`.
    "embedded": {"warehouse": 1, "deliveries": 128},
    # BigQuery refuses the 23rd change of a table at once, such as that of the receipts; the TLC's site is a guest's.
    "cloud": {"warehouse": 16, "deliveries": 16},
}


@hookimpl
def on_starting(component: Any) -> None:
    """Of a scheduler, DAG processor or triggerer, which all reach the database; of a task too, which doesn't."""
    from airflow.jobs.job import Job
    from airflow.models.pool import Pool

    if isinstance(component, Job):
        slots = SLOTS[os.environ.get("PIPELINE_TARGET") or "embedded"]
        for name, description in POOLS.items():
            Pool.create_or_update_pool(name, slots=slots[name], description=description, include_deferred=True)


class PoolsPlugin(AirflowPlugin):
    name = "pools"
    listeners = [sys.modules[__name__]]  # noqa: RUF012 - as Airflow declares it
