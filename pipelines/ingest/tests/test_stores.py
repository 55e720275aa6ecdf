"""Landing and Postgres: a month is replaced as a whole, with its receipt, in any order of arrival, or not at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ingest.postgres
from conftest import CONTRACTS, ROW, Deployment, make_deployment, month, write_csv, write_zones
from ingest.settings import load_settings
from postgres_server import PostgresServer

TRIPS = "SELECT * EXCLUDE (_load_id) FROM trips_landed.yellow_trips ORDER BY trip_id"
MONTHS = ("2019-03", "2019-04", "2019-05")


def row(day: str, fare: str = "6.5") -> str:
    return ROW.replace("2019-01-15", day).replace(",6.5,", f",{fare},")


def trips_of(folder: Path, text: str, *rows: str) -> Path:
    return write_csv(folder, *rows, name=f"yellow_tripdata_{text}.csv")


def write_months(folder: Path) -> None:
    """Each month has twins, and one trip of the next month's first day or the last month's last."""
    trips_of(folder, "2019-03", row("2019-03-05"), row("2019-03-05"), row("2019-04-12"))
    trips_of(folder, "2019-04", row("2019-04-07"), row("2019-04-07", "8"))
    trips_of(folder, "2019-05", row("2019-05-09"), row("2019-04-30"))
    write_zones(folder)


def contents(deployment: Deployment) -> tuple[list[Any], list[Any], list[Any]]:
    columns = [column.name for column in deployment.contracts.of_service("yellow").all_columns]
    names = ", ".join(columns)
    landed = deployment.query(f"SELECT {names} FROM trips_landed.yellow_trips ORDER BY trip_id")
    stored = deployment.postgres_query(f'SELECT {names} FROM trips.yellow_trips ORDER BY trip_id COLLATE "C"')
    lake = [item for text in MONTHS for item in deployment.clean_rows(month(text))]
    return landed, stored, sorted(lake, key=lambda item: item[columns.index("trip_id")])


def test_every_order_of_arrival_gives_the_same_rows(postgres_server: PostgresServer, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    write_months(data)
    results = []
    orders = {"at once": [",".join(MONTHS)], "backwards": MONTHS[::-1], "mixed": ("2019-04", "2019-05", "2019-03")}
    for name, batches in orders.items():
        deployment = make_deployment(tmp_path / name, postgres_server.new_database(tmp_path))
        for number, months in enumerate(batches):
            deployment.load(data, "--months", months, run=f"r{number}")
        landed, stored, lake = contents(deployment)
        assert landed == stored == lake
        results.append(landed)
    assert results[0] == results[1] == results[2]
    assert len(results[0]) == 7


def test_a_redelivered_month_replaces_all_its_rows_and_no_others(deployment: Deployment, samples: Path) -> None:
    write_months(samples)
    deployment.load(samples)
    before = contents(deployment)[0]
    trips_of(samples, "2019-04", row("2019-04-07", "8"), row("2019-04-08", "9"), row("2019-04-09"))
    plan = deployment.load(samples, run="r2")
    assert [(item["file_month"], item["why"]) for item in plan["changed"]] == [("2019-04", "the file changed")]
    landed, stored, lake = contents(deployment)
    assert landed == stored == lake
    assert len(landed) == 8
    assert len(set(before) & set(landed)) == 5, "March and May are as they were"
    assert deployment.run("summary", run="r2") == 0


def test_a_failure_in_the_middle_changes_no_store(
    deployment: Deployment, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_months(samples)
    deployment.load(samples)
    before = contents(deployment)
    held = "SELECT * REPLACE (CAST(loaded_at AS VARCHAR) AS loaded_at) FROM trips_landed.load_receipts ORDER BY ALL"
    receipts = deployment.query(held)
    trips_of(samples, "2019-04", row("2019-04-07", "8"))
    delivery = ("--service", "yellow", "--file-month", "2019-04")
    for command in (("plan", "--source", str(samples)), ("fetch", *delivery), ("clean", *delivery)):
        assert deployment.run(*command, run="r2") == 0

    def broken(*_: object) -> None:
        raise RuntimeError("killed here")

    monkeypatch.setattr(ingest.postgres, "_write_receipt", broken)
    assert deployment.run("postgres", *delivery, run="r2") == 1
    # A clean object that isn't its receipt's: the count is wrong after the insert, inside the transaction.
    clean_object = deployment.lake.clean_object(month("2019-04"))
    right = deployment.outside.read(clean_object)
    other = deployment.outside.read(deployment.lake.clean_object(month("2019-05")))
    deployment.outside.write(clean_object, other)
    assert deployment.run("land", *delivery, run="r2") == 1
    assert deployment.query(held) == receipts
    deployment.outside.write(clean_object, right)
    assert contents(deployment)[:2] == before[:2]

    monkeypatch.undo()
    for stage in ("clean", "land", "postgres"):  # a bucket knows that the object was replaced: it is made again
        assert deployment.run(stage, *delivery, run="r2") == 0
    landed, stored, lake = contents(deployment)
    assert landed == stored == lake


def test_a_dropped_database_reloads_postgres_only(deployment: Deployment, samples: Path) -> None:
    write_months(samples)
    deployment.load(samples)
    deployment.postgres_query("DROP SCHEMA trips CASCADE")
    plan = deployment.load(samples, run="r2")
    assert {item["why"] for item in [plan["zones"], *plan["deliveries"]]} == {"Postgres has no receipt"}
    assert deployment.result("clean-yellow-2019-03", "r2")["status"] == "unchanged"
    assert deployment.result("land-yellow-2019-03", "r2")["status"] == "unchanged"
    assert deployment.result("postgres-yellow-2019-03", "r2")["status"] == "done"
    landed, stored, _ = contents(deployment)
    assert landed == stored


def changed_contracts(deployment: Deployment, change: dict[str, Any]) -> None:
    """The deployment with an edited contract of yellow trips."""
    document = json.loads(CONTRACTS.read_text())
    table = document["tables"]["yellow_trips"]
    table["hash"] = "f" * 64
    edits = [(column, change.get(column["name"], {})) for column in table["columns"]]
    table["columns"] = [{**column, **edit} for column, edit in edits if edit is not None] + change.get("+", [])
    file = deployment.folder / "contracts.json"
    file.write_text(json.dumps(document))
    settings = json.loads(deployment.settings_file.read_text())
    deployment.settings_file.write_text(json.dumps({**settings, "contracts": str(file)}))
    deployment.settings = load_settings(deployment.settings_file)


def test_a_new_and_a_dropped_column_change_postgres_in_place(deployment: Deployment, samples: Path) -> None:
    write_months(samples)
    deployment.load(samples)
    mood = {"name": "mood", "type": "string", "required": False, "aliases": [], "description": ""}
    changed_contracts(deployment, {"extra": None, "+": [mood]})
    deployment.query("ALTER TABLE trips_landed.yellow_trips DROP COLUMN extra")
    deployment.query("ALTER TABLE trips_landed.yellow_trips ADD COLUMN mood VARCHAR")
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    plan = deployment.result("plan", "r2")
    assert {item["why"] for item in plan["deliveries"]} == {"the contract changed"}
    assert plan["zones"]["unchanged"] is True
    deployment.load(samples, run="r2")
    assert deployment.result("postgres-yellow-2019-03", "r2")["notes"] == [
        "Postgres: yellow_trips took the contract's new shape (+mood, -extra)"
    ]
    assert deployment.postgres_query("SELECT DISTINCT mood FROM trips.yellow_trips") == [(None,)]
    assert deployment.run("summary", run="r2") == 0


def test_a_column_that_is_no_longer_required_may_be_empty_in_postgres_too(
    deployment: Deployment, samples: Path
) -> None:
    write_months(samples)
    deployment.load(samples)
    changed_contracts(deployment, {"total_amount": {"required": False}})
    without_total = row("2019-03-05").replace(",9.75,", ",,")
    trips_of(samples, "2019-03", row("2019-03-06"), without_total)
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    for stage in ("fetch", "clean", "postgres"):
        assert deployment.run(stage, "--service", "yellow", "--file-month", "2019-03", run="r2") == 0
    empty = "SELECT count(*) FROM trips.yellow_trips_2019_03 WHERE total_amount IS NULL"
    assert deployment.postgres_query(empty) == [(1,)]
    demanded = "SELECT attname FROM pg_attribute WHERE attrelid = 'trips.yellow_trips'::regclass AND attnotnull"
    assert ("total_amount",) not in deployment.postgres_query(demanded)
    assert ("pickup_datetime",) in deployment.postgres_query(demanded)


def test_a_changed_type_makes_the_table_anew(deployment: Deployment, samples: Path) -> None:
    write_months(samples)
    deployment.load(samples)
    changed_contracts(deployment, {"extra": {"scale": 4, "precision": 14}})
    delivery = ("--service", "yellow", "--file-month", "2019-03")
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    for stage in ("fetch", "clean", "postgres"):
        assert deployment.run(stage, *delivery, run="r2") == 0
    assert "emptied and made anew (extra changed)" in deployment.result("postgres-yellow-2019-03", "r2")["notes"][0]
    assert deployment.postgres_query("SELECT count(*) FROM trips.yellow_trips") == [(3,)]
    counted = "SELECT service, count(*) FROM trips.load_receipts GROUP BY service ORDER BY service"
    assert deployment.postgres_query(counted) == [("yellow", 1), ("zones", 1)]
    # The warehouse's tables are Terraform's: ingest says so instead of changing them.
    assert deployment.run("land", *delivery, run="r2") == 1


def test_postgres_tables_are_shaped_as_the_contracts_render_them(deployment: Deployment, samples: Path) -> None:
    write_months(samples)
    deployment.load(samples)
    shape = (
        "SELECT table_name, column_name, data_type, numeric_precision, numeric_scale, is_nullable "
        "FROM information_schema.columns WHERE table_schema = '{}' AND table_name IN "
        "('yellow_trips', 'green_trips', 'zones', 'load_receipts') ORDER BY 1, ordinal_position"
    )
    rendered = "CREATE SCHEMA rendered; SET search_path = rendered; "
    rendered += "".join(file.read_text() for file in (CONTRACTS.parent / "postgres").glob("*.sql"))
    deployment.postgres_query(rendered)
    assert deployment.postgres_query(shape.format("trips")) == deployment.postgres_query(shape.format("rendered"))


def test_an_environment_without_postgres(lake_only: Deployment, samples: Path) -> None:
    write_months(samples)
    lake_only.load(samples)
    assert lake_only.load(samples, run="r2")["changed"] == []
    assert lake_only.run("summary", run="r2") == 0
    assert lake_only.result("summary", "r2")["deliveries"][1]["counts"] == {"lake": 3, "warehouse": 3, "postgres": None}
