"""What both warehouses do alike: DuckDB beside folders, and BigQuery beside Cloud Storage by Google's own clients."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bigquery_emulator import BigQueryEmulator
from cloud_deployment import make_cloud_deployment
from cloud_storage import CloudStorage
from conftest import ROW, ZONES, Deployment, make_deployment, month, write_csv, write_zones
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents

MONTHS = ("2019-03", "2019-04", "2019-05")
Deploy = Callable[[str], Deployment]


@pytest.fixture(params=["duckdb", "bigquery"])
def deploy(request: pytest.FixtureRequest, tmp_path: Path) -> Deploy:
    if request.param == "duckdb":
        return lambda name: make_deployment(tmp_path / name, None)
    emulator: BigQueryEmulator = request.getfixturevalue("bigquery_emulator")
    storage: CloudStorage = request.getfixturevalue("cloud_storage")
    return lambda name: make_cloud_deployment(tmp_path / name, emulator, storage)


@pytest.fixture
def deployed(deploy: Deploy) -> Deployment:
    return deploy("dev")


def row(day: str, fare: str = "6.5") -> str:
    return ROW.replace("2019-01-15", day).replace(",6.5,", f",{fare},")


def trips_of(folder: Path, text: str, *rows: str) -> None:
    write_csv(folder, *rows, name=f"yellow_tripdata_{text}.csv")


def write_months(folder: Path) -> None:
    """Each month has twins, and one trip of the next month's first day or the last month's last."""
    trips_of(folder, "2019-03", row("2019-03-05"), row("2019-03-05"), row("2019-04-12"))
    write_april(folder)
    trips_of(folder, "2019-05", row("2019-05-09"), row("2019-04-30"))


def write_april(folder: Path) -> None:
    """For tests in which no other month has a part."""
    trips_of(folder, "2019-04", row("2019-04-07"), row("2019-04-07", "8"))
    write_zones(folder)


def load(deployment: Deployment, source: Path, *options: str, run: str = "r1") -> dict[str, Any]:
    """As the DAG does, without Postgres."""
    return deployment.load(source, *options, run=run)


def landed(deployment: Deployment) -> list[Any]:
    names = ", ".join(column.name for column in deployment.contracts.of_service("yellow").all_columns)
    return deployment.query(
        f"SELECT {names} FROM trips_landed.yellow_trips WHERE file_month >= DATE '2009-01-01' ORDER BY trip_id"
    )


def receipts(deployment: Deployment) -> list[Any]:
    return deployment.query(
        "SELECT service, CAST(file_month AS STRING), load_id, source_file, synthetic, rows_read, rows_accepted, "
        "rows_warned, rows_rejected FROM trips_landed.load_receipts ORDER BY service, file_month"
    )


def clean_rows(deployment: Deployment) -> list[Any]:
    columns = [column.name for column in deployment.contracts.of_service("yellow").all_columns]
    rows = [item for text in MONTHS for item in deployment.clean_rows(month(text))]
    return sorted(rows, key=lambda item: str(item[columns.index("trip_id")]))


def test_what_has_landed_is_what_is_clean_value_for_value(deployed: Deployment, samples: Path) -> None:
    write_months(samples)
    load(deployed, samples)
    assert landed(deployed) == clean_rows(deployed)
    assert deployed.query("SELECT zone_id, borough, zone FROM trips_landed.zones") == [(1, "EWR", "Newark")]
    assert [(line[0], line[1], line[6]) for line in receipts(deployed)] == [
        ("yellow", "2019-03-01", 3),
        ("yellow", "2019-04-01", 2),
        ("yellow", "2019-05-01", 2),
        ("zones", None, 1),
    ]
    assert deployed.run("summary") == 0


def test_every_order_of_arrival_gives_the_same_rows(deploy: Deploy, samples: Path) -> None:
    write_months(samples)
    results = []
    orders = {"at once": [",".join(MONTHS)], "backwards": MONTHS[::-1], "mixed": ("2019-04", "2019-05", "2019-03")}
    for number, batches in enumerate(orders.values()):
        deployment = deploy(f"order-{number}")
        for turn, months in enumerate(batches):
            load(deployment, samples, "--months", months, run=f"r{turn}")
        results.append((landed(deployment), receipts(deployment)))
    assert results[0] == results[1] == results[2]
    assert len(results[0][0]) == 7


def test_a_month_delivered_again_replaces_all_its_rows_and_no_others(deployed: Deployment, samples: Path) -> None:
    write_months(samples)
    load(deployed, samples)
    before = landed(deployed)
    trips_of(samples, "2019-04", row("2019-04-07", "8"), row("2019-04-08", "9"), row("2019-04-09"))
    plan = load(deployed, samples, run="r2")
    assert [(item["file_month"], item["why"]) for item in plan["changed"]] == [("2019-04", "the file changed")]
    assert landed(deployed) == clean_rows(deployed)
    assert len(set(before) & set(landed(deployed))) == 5, "March and May are as they were"
    assert len(receipts(deployed)) == 4


def test_the_same_command_twice_changes_nothing(deployed: Deployment, samples: Path) -> None:
    write_april(samples)
    load(deployed, samples)
    held = "SELECT CAST(loaded_at AS STRING) FROM trips_landed.load_receipts ORDER BY 1"
    before = deployed.query(held)
    april = ("--service", "yellow", "--file-month", "2019-04")
    for run in ("r1", "r2"):
        assert deployed.run("land", *april, run=run) == 0
        assert deployed.result("land-yellow-2019-04", run)["status"] == "unchanged"
    assert deployed.query(held) == before
    assert load(deployed, samples, run="r3")["changed"] == []


def test_force_lands_what_is_there_already(deployed: Deployment, samples: Path) -> None:
    write_april(samples)
    load(deployed, samples)
    before, rows = receipts(deployed), landed(deployed)
    for _ in range(2):
        assert deployed.run("land", "--service", "yellow", "--file-month", "2019-04", "--force") == 0
        assert deployed.result("land-yellow-2019-04")["status"] == "done"
    assert (receipts(deployed), landed(deployed)) == (before, rows)


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("DELETE FROM trips_landed.yellow_trips WHERE file_month = DATE '2019-04-01'", "holds 0 rows"),
        (
            "UPDATE trips_landed.yellow_trips SET _load_id = 'another' "
            "WHERE file_month = DATE '2019-04-01' AND fare_amount = 8",
            "holds rows of another load",
        ),
        ("DELETE FROM trips_landed.load_receipts WHERE file_month = DATE '2019-04-01'", "has no receipt"),
    ],
)
def test_a_receipt_is_believed_only_with_its_rows(damage: str, why: str, deployed: Deployment, samples: Path) -> None:
    write_april(samples)
    trips_of(samples, "2019-05", row("2019-05-09"))
    load(deployed, samples)
    before, rows = receipts(deployed), landed(deployed)
    deployed.query(damage)
    plan = load(deployed, samples, run="r2")
    [changed] = plan["changed"]
    assert changed["file_month"] == "2019-04"
    assert why in changed["why"]
    assert (receipts(deployed), landed(deployed)) == (before, rows)


def test_one_key_alone_is_looked_at(deployed: Deployment, samples: Path) -> None:
    write_months(samples)
    load(deployed, samples)
    with open_warehouse(deployed.settings, "test", 5) as warehouse:
        april, zones = (
            warehouse_contents(warehouse, deployed.settings.datasets, deployed.contracts, key)
            for key in (month("2019-04"), ZONES)
        )
    assert (list(april.receipts), april.rows) == ([("yellow", "2019-04")], {("yellow", "2019-04"): 2})
    assert (list(zones.receipts), zones.rows) == ([("zones", None)], {("zones", None): 1})


def test_a_month_without_accepted_rows_lands_empty(deployed: Deployment, samples: Path) -> None:
    write_zones(samples)
    trips_of(samples, "2019-04", row("2019-04-07"))
    load(deployed, samples)
    trips_of(samples, "2019-04", row("2019-04-07").replace("230,48", ","))
    assert deployed.run("plan", "--source", str(samples), run="r2") == 0
    april = ("--service", "yellow", "--file-month", "2019-04")
    assert deployed.run("fetch", *april, run="r2") == 0
    assert deployed.run("clean", *april, "--accept-anyway", run="r2") == 0
    assert deployed.run("land", *april, run="r2") == 0
    assert landed(deployed) == []
    assert [line[6] for line in receipts(deployed)] == [0, 1]
    assert load(deployed, samples, run="r3")["changed"] == []


def test_a_clean_object_that_is_not_its_receipts_is_refused(
    deployed: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_april(samples)
    load(deployed, samples)
    receipt = f"{deployed.outside.roots['clean'].removeprefix('file://')}/_receipts/yellow/2019-04.json"
    document = json.loads(deployed.outside.read(receipt))
    document["load"]["rows_accepted"] = 3
    deployed.outside.write(receipt, json.dumps(document).encode())
    assert deployed.run("land", "--service", "yellow", "--file-month", "2019-04", "--force") == 1
    assert "the clean object doesn't hold the 3 rows of its receipt" in capsys.readouterr().err
    assert [line[6] for line in receipts(deployed)] == [2, 1], "the receipt is the one before"


def test_a_landed_table_of_another_shape_is_refused(
    deployed: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_april(samples)
    load(deployed, samples)
    deployed.query("DROP TABLE trips_landed.zones")
    columns = ("borough", "zone", "service_zone", "_source_file", "_load_id")
    texts = ", ".join(f"'x' AS {name}" for name in columns)
    deployed.query(f"CREATE TABLE trips_landed.zones AS SELECT 'one' AS zone_id, {texts}, 1 AS old")
    assert deployed.run("land", "--service", "zones", "--force") == 1
    said = capsys.readouterr().err
    assert "the landed table differs from the contract in: old, zone_id" in said
    assert "deploy again" in said


def test_without_landed_tables_it_says_deploy_first(
    deployed: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_april(samples)
    load(deployed, samples)
    deployed.query("DROP TABLE trips_landed.yellow_trips")
    assert deployed.run("land", "--service", "yellow", "--file-month", "2019-04", "--force") == 1
    assert "deploy" in capsys.readouterr().err


MARTS = """
CREATE TABLE trips_marts.fct_trips AS
SELECT 'yellow' AS service, CAST(pickup_datetime AS DATE) AS pickup_date, file_month, pickup_zone_id, payment_type,
    'Credit card' AS payment_type_name, fare_amount, tip_amount, total_amount, _load_id
FROM trips_landed.yellow_trips WHERE file_month >= DATE '2009-01-01'
"""


def make_marts(deployment: Deployment) -> None:
    """As far as they are read."""
    deployment.query(MARTS)
    columns = "zone_id, zone, borough, _load_id"
    deployment.query(f"CREATE TABLE trips_marts.dim_zones AS SELECT {columns} FROM trips_landed.zones")


def test_status_and_freshness_read_what_has_landed(
    deployed: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_months(samples)
    load(deployed, samples)
    states = status(deployed, capsys)
    assert states[("yellow", "2019-03")] == ["current", "current", "current", "missing"]
    make_marts(deployed)
    states = status(deployed, capsys)
    assert set(map(tuple, states.values())) == {("current", "current", "current", "current")}
    assert len(states) == 4
    trips_of(samples, "2019-04", row("2019-04-09"))
    load(deployed, samples, run="r2")
    assert status(deployed, capsys)[("yellow", "2019-04")] == ["current", "current", "current", "stale"]
    assert deployed.run("freshness", "--max-age-days", "100000") == 0
    assert deployed.run("freshness", "--max-age-days", "30") == 1
    assert "the newest month is 2019-05" in capsys.readouterr().err


def status(deployment: Deployment, capsys: pytest.CaptureFixture[str]) -> dict[tuple[str, str | None], list[str]]:
    capsys.readouterr()
    assert deployment.run("status") == 0
    deliveries = json.loads(capsys.readouterr().out)["deliveries"]
    stages = ("raw", "clean", "warehouse", "marts")
    return {
        (item["service"], item["file_month"]): [item["stages"][stage]["state"] for stage in stages]
        for item in deliveries
    }


def test_the_dashboards_data_is_exported(
    deployed: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_months(samples)
    may = row("2019-05-09")
    trips_of(samples, "2019-05", may.replace("230,48", "1,48"), may.replace(",1,6.5", ",2,6.5"))
    load(deployed, samples)
    assert deployed.run("export") == 1
    assert "the marts can't be read" in capsys.readouterr().err
    make_marts(deployed)
    assert deployed.run("export") == 0
    data = json.loads((deployed.settings.dashboard / "data.json").read_text())
    assert [(day["date"], day["trips"]) for day in data["dailyTrips"]] == [
        ("2019-03-05", 2),
        ("2019-04-07", 2),
        ("2019-04-12", 1),
        ("2019-05-09", 2),
    ]
    assert data["dailyTrips"][1] == {
        "service": "yellow",
        "date": "2019-04-07",
        "trips": 2,
        "revenue": 19.5,
        "fare": 14.5,
        "tip": 3.9,
    }
    zones = [(item["zone_id"], item["zone"], item["borough"], item["trips"]) for item in data["zoneRevenue"]]
    assert zones == [(230, "Zone 230", "Unknown", 6), (1, "Newark", "EWR", 1)]
    assert [(item["payment_type"], item["label"], item["trips"]) for item in data["paymentTypes"]] == [
        (1, "Credit card", 6),
        (2, "Credit card", 1),
    ]
    assert data["quality"][0]["rows_accepted"] == 3
