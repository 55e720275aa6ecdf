"""Whether Spark and dbt say the same of the run's months."""

from __future__ import annotations

from typing import Any

from ingest.commands.run import Run
from ingest.months import FileMonth
from ingest.report_difference import first_difference
from ingest.spark_report import COLUMNS, SparkReport, months_in, published_report
from ingest.warehouse import TableMissing, open_warehouse

TABLE = "fct_monthly_zone_revenue"


def compare_with_spark(at: Run, summary: dict[str, Any]) -> dict[str, Any] | None:
    """{"rows", "equal", "message", "seconds", "usd"}; None where Spark is switched off, or the run has no trips.

    `equal` is None where comparing would prove nothing, and `message` says why; where it is false, `message` is the
    first difference. `seconds` (Spark's start included) and `usd` are null where the report is an earlier run's, `usd`
    also beside Airflow.

    :param summary: what `summarise` found.
    """
    months = {planned.delivery.key.file_month for planned in at.plan.deliveries} - {None}
    if at.settings.spark_reports is None or not months:
        return None
    report = published_report(at.settings)
    why_not = _why_not(report, summary)
    if report is None or why_not:
        return _result(message=why_not)
    of_run = [month for month in months if month is not None]
    ours = report.rows(of_run)
    try:
        theirs = _dbts_rows(at, of_run)
    except TableMissing:
        return _result(message=f"dbt made no {TABLE}")
    difference = first_difference(ours, theirs)
    account = report.account() if report.run == at.log.folder.name else {}
    seconds = account["seconds"] + account["session_seconds"] if account else None
    return _result(len(theirs), difference is None, difference, seconds, account.get("usd"))


def _why_not(report: SparkReport | None, summary: dict[str, Any]) -> str | None:
    if not summary["equal"]:
        return "the stores differ"
    if summary["dbt"] is None or summary["dbt"]["failed"]:
        return "dbt didn't build its tables"
    if report is None:
        return "Spark published no report"
    for one in summary["deliveries"]:
        key = (one["service"], one["file_month"])
        if one["file_month"] and report.months.get(key) != one["rows_accepted"]:
            return f"Spark's report is without the present trips of {' '.join(key)}"
    return None


def _dbts_rows(at: Run, months: list[FileMonth]) -> list[dict[str, Any]]:
    with open_warehouse(at.settings, at.command, at.arguments.lock_wait) as warehouse:
        table = warehouse.name(at.settings.datasets.marts, TABLE)
        return warehouse.rows(f"SELECT {', '.join(COLUMNS)} FROM {table} WHERE {months_in(months)}")


def _result(
    rows: int | None = None,
    equal: bool | None = None,
    message: str | None = None,
    seconds: float | None = None,
    usd: float | None = None,
) -> dict[str, Any]:
    return {"rows": rows, "equal": equal, "message": message, "seconds": seconds, "usd": usd}
