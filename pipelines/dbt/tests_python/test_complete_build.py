"""`dbt build` as production runs it: every model, every data test, every unit test."""

from __future__ import annotations

import shutil

import pytest

from dbt_project import DbtProject, expect_success, failures
from project import RESULTS
from warehouse import Trip, Warehouse

TRIPS = {
    ("yellow", "2019-01"): [
        Trip(f"2019-01-{day:02} 10:00", f"{day}.50", day, 264 - day, day % 7) for day in range(1, 32)
    ],
    ("yellow", "2019-02"): [Trip(f"2019-02-{day:02} 23:59", "-3.00", 132, 1, None, -5) for day in range(1, 29)],
    ("green", "2019-01"): [Trip("2019-01-31 23:59"), Trip("2019-02-01 00:00"), Trip("2019-02-01 00:00")],
    ("fhv", "2019-01"): [Trip("2019-01-31 23:59"), Trip("2019-01-31 23:59")],
    ("fhvhv", "2019-02"): [Trip("2019-02-01 00:00", "17.25"), Trip("2019-01-31 10:00")],
}


@pytest.fixture
def landed(warehouse: Warehouse) -> Warehouse:
    for (service, month), trips in TRIPS.items():
        warehouse.land(service, month, trips)
    return warehouse


def test_build_passes_twice_and_the_second_changes_nothing(dbt: DbtProject, landed: Warehouse) -> None:
    first = dbt.build()
    RESULTS.mkdir(parents=True, exist_ok=True)
    shutil.copy(dbt.target / "run_results.json", RESULTS)
    expect_success(first)
    marts = landed.marts()

    expect_success(dbt.build())

    assert dbt.rebuilt_days() == []
    assert landed.marts() == marts
    assert len(marts["fct_trips"]) == sum(len(trips) for trips in TRIPS.values())


def test_build_passes_when_nothing_was_landed_yet(dbt: DbtProject, warehouse: Warehouse) -> None:
    expect_success(dbt.build())

    assert warehouse.marts()["fct_trips"] == []


@pytest.mark.parametrize(
    ("damage", "noticed_by"),
    [
        ("insert into trips_landed.green_trips from trips_landed.green_trips", "unique_stg_green_trips_trip_id"),
        (
            "update trips_marts.fct_trips set _load_id = 'another' where service = 'green'",
            "fct_trips_holds_every_landed_trip",
        ),
        ("delete from trips_marts.fct_trips where service = 'fhv'", "fct_trips_holds_every_landed_trip"),
        (
            "update trips_marts.fct_trips set pickup_zone_id = null where service = 'fhvhv'",
            "not_null_fct_trips_pickup_zone_id",
        ),
        ("update trips_marts.fct_monthly_zone_revenue set total_amount = 0", "monthly_revenue_equals_trips"),
        (
            "insert into trips_marts.fct_monthly_zone_revenue from trips_marts.fct_monthly_zone_revenue",
            "unique_together",
        ),
        ("update trips_marts.fct_trips set service = 'blue'", "accepted_values_fct_trips_service"),
    ],
)
def test_damage_is_noticed(damage: str, noticed_by: str, dbt: DbtProject, landed: Warehouse) -> None:
    dbt.run()
    landed.query(damage)

    assert failures(dbt.test(select=f"*{noticed_by}*")) != []
