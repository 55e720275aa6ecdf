"""Counts side by side."""

from __future__ import annotations

from ingest.commands.arguments import Arguments
from ingest.commands.compare import look_into_stores
from ingest.commands.compare_reports import compare_with_spark
from ingest.commands.run import Run
from ingest.summary import as_table, summarise


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("summary") as step:
        warehouse, postgres = look_into_stores(at)
        step.result = summarise(at.plan, at.lake, at.log, warehouse, postgres)
        spark = step.result["spark"] = compare_with_spark(at, step.result)
        if spark and spark["equal"] is False:
            step.exit_code, step.result["message"] = 1, f"Spark's report differs from dbt's table: {spark['message']}"
        if not step.result["equal"]:
            step.exit_code, step.result["message"] = 1, "the stores differ: see the lines marked != of the table"
    print(as_table(step.result))
    return step.exit_code
