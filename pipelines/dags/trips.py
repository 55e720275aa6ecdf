"""### A month of trips, from the TLC's file to the dashboard

`plan` compares what the source offers with the receipts of what was loaded before. Only deliveries that changed pass
through fetch → clean → land → postgres; then one `dbt build` over all that has landed, the dashboard, the report.

A delivery that fails stops nobody else's: the others land, dbt builds, and `outcome` fails the run, naming what failed.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

from airflow.sdk import BaseOperator, Param, chain, dag, task_group

from platform_tasks.factory import platform_tasks

PARAMETERS = {
    "source": Param("auto", type="string", description="auto, tlc, synthetic, or a folder of TLC's files"),
    "services": Param(
        None, type=["null", "array"], items={"type": "string"}, description="yellow, green; empty for all"
    ),
    "months": Param(
        None, type=["null", "string"], description="2019-01,2019-02 or 2019-01..2019-03; empty for all on offer"
    ),
    "run_id": Param(
        None,
        type=["null", "string"],
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="name of the run's folder; empty for Airflow's own",
    ),
}

tasks = platform_tasks(os.environ)


@dag(
    schedule="@monthly",
    start_date=datetime(2019, 1, 1, tzinfo=UTC),
    catchup=False,
    max_active_runs=1,
    params=PARAMETERS,
    default_args=tasks.default_args,
    doc_md=__doc__,
    tags=["trips"],
)
def trips() -> None:
    stages: dict[str, list[BaseOperator]] = {stage: [] for stage in tasks.stages}

    def through_all_stages(delivery: Any) -> None:
        made = [tasks.stage(stage, delivery) for stage in tasks.stages]
        chain(*made)
        for stage, operator in zip(tasks.stages, made, strict=True):
            stages[stage].append(operator)

    @task_group(group_id="zones")
    def zones() -> None:
        through_all_stages({"service": "zones", "file_month": None})

    @task_group(group_id="months")
    def months(delivery: Any) -> None:
        through_all_stages(delivery)

    plan = tasks.plan()
    skip_unchanged = tasks.skip_unchanged(zones_group="zones", months_group="months")
    dbt_build, export, report, outcome = tasks.dbt_build(), tasks.export(), tasks.report(), tasks.outcome()

    chain(plan, skip_unchanged, [zones(), months.expand(delivery=plan.output)])
    chain(stages["land"], dbt_build, export, report, outcome)
    chain(stages[tasks.stages[-1]], report)


trips()
