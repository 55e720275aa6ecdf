"""### A month of trips, from the TLC's file to the dashboard

`plan` compares what the source offers with the receipts of what was loaded before. Only deliveries that changed pass
through fetch → clean → land → postgres; then one `dbt build` over all that has landed, the dashboard, Spark's monthly
revenue, and the report, which compares Spark's rows with dbt's.

A delivery that fails stops nobody else's: the others land, dbt builds, and `outcome` fails the run, naming what failed.

**Schedule.** The run of month M takes the file month M-2, since the TLC publishes about two months later, and looks
again at the two months before it, for what came late or anew. While M-2 isn't published, `plan` gives its place back
and asks again every 6 hours, for 28 days; then the run goes on with what there is. A run by hand takes what its
parameters say, and names in the report what isn't published yet.

**Retries.** What may pass by itself (a network, a server, a lock, a killed process) is retried `PIPELINE_RETRIES`
times, after `PIPELINE_RETRY_SECONDS`, then twice as long each time, at most an hour. Bad input is not: somebody must
look at it.

**Failures.** Each task that failed for good leaves one line of JSON in its log, with `"event": "task_failed"`,
service, month and message, for an alert to match; embedded, in `logs/failures.jsonl` too. A task that was killed can't;
the last task of the run, `outcome`, names it.

**Places.** The graph is the same on every deployment. The work of a task is done in a child process beside Airflow,
with an empty scratch folder of its own, or by an execution of a Cloud Run job, while the task waits and holds no slot.
Spark's is a session here, and in the cloud a serverless batch of Dataproc's; a run that changed nothing starts neither.

**Freshness.** Where `PIPELINE_FRESHNESS_DAYS` is set, scheduled runs fail when the newest landed month of a service
ended more days ago (100 suits the lag). It is a task and not one of Airflow's deadline alerts: those time a run, not
the data, and need a triggerer to tell anybody.
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
        None,
        type=["null", "array"],
        items={"type": "string"},
        description="yellow, green, fhv, fhvhv; empty for yellow and green, with the lake for all",
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
    spark_report, freshness = tasks.spark_report(), tasks.freshness()

    chain(plan, skip_unchanged, [zones(), months.expand(delivery=plan.output)])
    chain(stages["land"], dbt_build, export, report, *([freshness] if freshness else []), outcome)
    chain(stages[tasks.stages[-1]], report)
    if spark_report:
        chain(dbt_build, spark_report, report)


trips()
