"""Spark's report beside dbt's table at the end of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from conftest import ROW, Deployment, make_deployment, new_lake, write_csv, write_zones
from ingest.spark_report import COLUMNS
from outside import Outside

REVENUE = """
SELECT 'yellow' AS service, CAST(date_trunc('month', pickup_datetime) AS DATE) AS revenue_month, pickup_zone_id,
  'Unknown' AS pickup_zone, 'Unknown' AS pickup_borough, count(*) AS trips, sum(fare_amount) AS fare_amount,
  sum(tip_amount) AS tip_amount, sum(tolls_amount) AS tolls_amount, sum(total_amount) AS total_amount,
  sum(trip_distance) AS trip_distance
FROM trips_landed.yellow_trips GROUP BY ALL
"""


class Reported:
    """A deployment with a month, with dbt's table as dbt would build it and a report as Spark would publish it."""

    def __init__(self, deployment: Deployment) -> None:
        self.deployment = deployment
        self.reports = Path(deployment.folder / "reports")
        document = json.loads(deployment.settings_file.read_text())
        document["spark"] = {"reports": self.reports.as_uri(), "memory": "1g", "batch": None}
        deployment.settings_file.write_text(json.dumps(document))

    def build(self, run: str = "r1") -> None:
        self.deployment.query(f"CREATE OR REPLACE TABLE trips_marts.fct_monthly_zone_revenue AS {REVENUE}")
        results = {"results": [{"unique_id": "model.trips.fct", "status": "success"}], "elapsed_time": 1.0}
        file = self.deployment.settings.runs / run / "dbt" / "run_results.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(results))

    def publish(self, query: str = REVENUE, rows_in: int = 3, usd: float | None = None) -> None:
        folder = self.reports / "revenue_report"
        (folder / "runs/r1/report").mkdir(parents=True, exist_ok=True)
        with duckdb.connect(str(self.deployment.settings.warehouse.file)) as warehouse:
            warehouse.execute(f"COPY ({query}) TO '{folder}/runs/r1/report/part-0.parquet'")
        parts = [{"service": "yellow", "month": "2019-01", "rows_in": rows_in}]
        pointer = {"parts": parts, "report": {"run_id": "r1", "path": "runs/r1/report"}}
        (folder / "current.json").write_text(json.dumps(pointer))
        account = {"seconds": 8.5, "session_seconds": 3.5, "usd": usd}
        (folder / "runs/r1/summary.json").write_text(json.dumps(account))

    def compared(self, run: str = "r1", code: int = 0) -> dict[str, Any]:
        assert self.deployment.run("summary", run=run) == code
        document: dict[str, Any] = self.deployment.result("summary", run)["spark"]
        return document


@pytest.fixture
def reported(tmp_path: Path, samples: Path) -> Reported:
    reported = Reported(make_deployment(tmp_path / "dev", None))
    write_csv(samples, ROW, ROW.replace(",N,230,", ",N,1,"), ROW.replace("03:36:12", "03:37:12"))
    write_zones(samples)
    reported.deployment.load(samples)
    reported.build()
    return reported


def test_equal_rows_are_counted_with_what_they_cost(reported: Reported) -> None:
    reported.publish(usd=0.04)

    assert reported.compared() == {"rows": 2, "equal": True, "message": None, "seconds": 12.0, "usd": 0.04}


def test_an_earlier_runs_report_is_compared_and_its_cost_is_not_this_runs(reported: Reported, samples: Path) -> None:
    reported.publish(usd=0.04)
    assert reported.deployment.run("plan", "--source", str(samples), run="r2") == 0
    reported.build("r2")

    assert reported.compared("r2") == {"rows": 2, "equal": True, "message": None, "seconds": None, "usd": None}


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (
            f"SELECT * REPLACE (CASE pickup_zone_id WHEN 230 THEN total_amount + 0.01 ELSE total_amount END "
            f"AS total_amount) FROM ({REVENUE})",
            "yellow 2019-01 zone 230: total_amount is 19.51 in Spark, 19.50 in dbt",
        ),
        (f"FROM ({REVENUE}) WHERE pickup_zone_id = 230", "yellow 2019-01 zone 1 is in dbt alone"),
        (f"FROM ({REVENUE}) UNION ALL FROM ({REVENUE})", "yellow 2019-01 zone 230 is in Spark twice"),
    ],
)
def test_the_first_difference_is_named_and_the_run_fails(reported: Reported, report: str, words: str) -> None:
    reported.publish(f"SELECT * FROM ({report}) ORDER BY pickup_zone_id DESC")

    compared = reported.compared(code=1)

    assert (compared["equal"], compared["message"]) == (False, words)
    said = reported.deployment.result("summary")["message"]
    assert said == f"Spark's report differs from dbt's table: {words}"


def test_other_months_are_not_the_runs_business(reported: Reported) -> None:
    stray = f"SELECT * REPLACE (DATE '2018-12-01' AS revenue_month) FROM ({REVENUE})"
    reported.publish(f"FROM ({REVENUE}) UNION ALL {stray}")

    assert reported.compared()["equal"] is True


def test_what_would_prove_nothing_is_not_compared(reported: Reported) -> None:
    assert reported.compared()["message"] == "Spark published no report"

    reported.publish(rows_in=2)
    assert reported.compared()["message"] == "Spark's report is without the present trips of yellow 2019-01"

    reported.publish()
    reported.deployment.query("DROP TABLE trips_marts.fct_monthly_zone_revenue")
    assert reported.compared()["message"] == "dbt made no fct_monthly_zone_revenue"

    (reported.deployment.settings.runs / "r1/dbt/run_results.json").unlink()
    not_built = reported.compared()
    assert (not_built["equal"], not_built["message"]) == (None, "dbt didn't build its tables")


def test_without_spark_nothing_is_compared(reported: Reported) -> None:
    reported.publish()
    document = json.loads(reported.deployment.settings_file.read_text())
    reported.deployment.settings_file.write_text(json.dumps({**document, "spark": None}))

    assert reported.compared() is None


def test_the_plan_tells_whether_the_report_stands_for_the_lakes_months(reported: Reported, samples: Path) -> None:
    def is_behind(run: str) -> bool:
        assert reported.deployment.run("plan", "--source", str(samples), run=run) == 0
        return bool(reported.deployment.result("plan", run)["report_behind"])

    assert is_behind("r2")

    reported.publish()
    assert not is_behind("r3")

    earlier = {"parts": [], "report": {"run_id": "r1", "path": "runs/r1/report"}}
    (reported.reports / "revenue_report/current.json").write_text(json.dumps(earlier))
    assert is_behind("r4")


def test_a_report_in_a_bucket_is_read_like_one_in_a_folder(
    request: pytest.FixtureRequest, tmp_path: Path, cloud_storage: object
) -> None:
    request.param = "cloud storage"
    lake: Outside = new_lake(request, tmp_path / "lake")
    deployment = make_deployment(tmp_path / "dev", None, outside=lake)
    document = json.loads(deployment.settings_file.read_text())
    reports = f"{document['lake']['clean']}/reports"
    document["spark"] = {"reports": reports, "memory": "1g", "batch": None}
    deployment.settings_file.write_text(json.dumps(document))

    from ingest.months import FileMonth
    from ingest.objects.open_store import store_opener
    from ingest.settings import load_settings
    from ingest.spark_report import published_report

    settings = load_settings(deployment.settings_file)
    assert settings.spark_reports is not None
    store = store_opener(settings)(settings.spark_reports)
    with store.replacing("revenue_report/runs/r1/report/part-0.parquet") as file:
        values = "'yellow', DATE '2019-01-01', 1, 'Newark', 'EWR', 2, 1.10, 0.10, 0.00, 1.20, 3.00"
        rows = f"SELECT * FROM (VALUES ({values})) AS _({', '.join(COLUMNS)})"
        duckdb.execute(f"COPY ({rows}) TO '{file}' (FORMAT parquet)")
    parts = [{"service": "yellow", "month": "2019-01", "rows_in": 2}]
    store.write_json(
        "revenue_report/current.json", {"parts": parts, "report": {"run_id": "r1", "path": "runs/r1/report"}}
    )

    report = published_report(settings)

    assert report is not None
    assert report.months == {("yellow", "2019-01"): 2}
    assert [row["pickup_zone"] for row in report.rows([FileMonth.parse("2019-01")])] == ["Newark"]
    assert report.rows([FileMonth.parse("2019-02")]) == []
    assert report.account() == {}
