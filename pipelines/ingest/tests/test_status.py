"""How far each month has come, as every stage is moved away from the truth; how old the newest month may be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import ROW, Deployment, month, write_csv, write_zones
from ingest.errors import IngestError
from ingest.freshness import check_freshness
from ingest.stores import StoreContents

JANUARY = month("2019-01")


@pytest.fixture
def loaded(deployment: Deployment, samples: Path) -> Deployment:
    write_csv(samples, ROW, ROW)
    write_zones(samples)
    deployment.load(samples)
    deployment.query(
        "CREATE TABLE trips_marts.fct_trips AS SELECT 'yellow' AS service, file_month, _load_id "
        "FROM trips_landed.yellow_trips"
    )
    deployment.query("CREATE TABLE trips_marts.dim_zones AS SELECT * FROM trips_landed.zones")
    return deployment


class Grid:
    def __init__(self, deployment: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        assert deployment.run("status") == 0
        self.document: dict[str, Any] = json.loads(capsys.readouterr().out)

    def states(self, service: str = "yellow", file_month: str | None = "2019-01") -> str:
        """`state` of raw, clean, warehouse, postgres and marts; of what isn't current also why."""
        [line] = [
            line
            for line in self.document["deliveries"]
            if (line["service"], line["file_month"]) == (service, file_month)
        ]
        cells = [cell for cell in line["stages"].values() if cell is not None]
        return " | ".join(cell["why"] or cell["state"] for cell in cells)


CURRENT = "current | current | current | current | current"


def test_all_is_current_after_a_load(loaded: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    grid = Grid(loaded, capsys)
    assert [(line["service"], line["file_month"]) for line in grid.document["deliveries"]] == [
        ("zones", None),
        ("yellow", "2019-01"),
    ]
    assert (grid.states(), grid.states("zones", None)) == (CURRENT, CURRENT)
    assert [cell["rows"] for cell in grid.document["deliveries"][1]["stages"].values()] == [None, 2, 2, 2, 2]


def test_what_is_only_fetched_is_missing_further_on(
    loaded: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, ROW, name="yellow_tripdata_2019-02.csv")
    loaded.run("plan", "--source", str(samples), run="r2")
    loaded.run("fetch", "--service", "yellow", "--file-month", "2019-02", run="r2")
    assert Grid(loaded, capsys).states("yellow", "2019-02") == "current | missing | missing | missing | missing"


def test_a_new_delivery_makes_everything_after_it_stale(
    loaded: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, ROW)
    loaded.run("plan", "--source", str(samples), run="r2")
    loaded.run("fetch", "--service", "yellow", "--file-month", "2019-01", run="r2")
    changed = "the file changed"
    assert Grid(loaded, capsys).states() == f"current | {changed} | {changed} | {changed} | current"
    loaded.run("clean", "--service", "yellow", "--file-month", "2019-01", run="r2")
    loaded.run("land", "--service", "yellow", "--file-month", "2019-01", run="r2")
    other = "made from another load than the one that landed"
    assert Grid(loaded, capsys).states() == f"current | current | current | {changed} | {other}"


def test_losses_are_seen_where_they_happened(loaded: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    receipt = loaded.lake.raw_receipt(JANUARY)
    assert receipt is not None
    loaded.outside.remove(loaded.lake.raw_object(JANUARY, receipt))
    loaded.outside.remove(loaded.lake.clean_object(JANUARY))
    loaded.postgres_query("TRUNCATE trips.yellow_trips")
    loaded.query("DELETE FROM trips_marts.fct_trips WHERE rowid = 0")
    assert Grid(loaded, capsys).states() == (
        "the lake has lost yellow_tripdata_2019-01.csv | the lake has lost trips.parquet | current | "
        "Postgres holds 0 rows, its receipt says 2 | 1 rows, 2 have landed"
    )


def test_without_postgres_and_before_dbt(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    assert lake_only.run("plan", "--source", str(samples)) == 0
    for stage in ("fetch", "clean", "land"):
        assert lake_only.run(stage, "--service", "yellow", "--file-month", "2019-01") == 0
    grid = Grid(lake_only, capsys)
    assert grid.states() == "current | current | current | missing"
    assert grid.document["deliveries"][-1]["stages"]["postgres"] is None


def test_a_postgres_that_does_not_run_is_a_note(loaded: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(loaded.settings_file.read_text())
    document["postgres"]["port"] = 9
    loaded.settings_file.write_text(json.dumps(document))
    grid = Grid(loaded, capsys)
    assert "Postgres doesn't answer" in grid.document["notes"][0]
    assert grid.states() == "current | current | current | current"


def test_the_lake_is_a_source_of_what_was_received_before(loaded: Deployment) -> None:
    plan = loaded.load("lake", run="r2")
    assert (plan["source"]["kind"], plan["changed"]) == ("lake", [])
    loaded.query("DELETE FROM trips_landed.load_receipts WHERE service = 'yellow'")
    plan = loaded.load("lake", "--services", "yellow", run="r3")
    assert [item["why"] for item in plan["changed"]] == ["the warehouse has no receipt"]
    assert loaded.load("lake", "--services", "yellow", run="r4")["changed"] == []
    assert loaded.run("plan", "--source", "lake", "--months", "2019-07", run="r5") == 1


def test_the_newest_landed_month_may_be_so_old(loaded: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    days = (date.today() - date(2019, 1, 31)).days
    assert loaded.run("freshness", "--max-age-days", str(days)) == 0
    assert loaded.result("freshness")["days"] == {"yellow": days}
    assert loaded.run("freshness", "--max-age-days", str(days - 1)) == 1
    assert f"the newest month is 2019-01, which ended {days} days ago" in capsys.readouterr().err
    assert loaded.run("freshness", "--max-age-days", str(days), "--services", "yellow,green") == 1
    assert "green: nothing has landed" in capsys.readouterr().err


def test_an_empty_warehouse_is_not_fresh() -> None:
    with pytest.raises(IngestError, match="nothing has landed"):
        check_freshness(StoreContents("the warehouse", {}, {}), [], 100, date(2024, 5, 1))
