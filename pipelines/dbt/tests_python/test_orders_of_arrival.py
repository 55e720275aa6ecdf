"""Whatever arrives in whatever order, the marts equal those of a full refresh, row for row."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from dbt_project import DbtProject, expect_success
from warehouse import ZONES, Row, Trip, Warehouse, Zone

# Files hold trips of other days: January's and February's share 31 January and 1 February; only March's knows 5 April.
JANUARY = (Trip("2019-01-15 08:00"), Trip("2019-01-31 23:50", "31.10"), Trip("2019-02-01 00:05", "2.10"))
FEBRUARY = (
    Trip("2019-01-31 23:59", "31.20"),
    Trip("2019-02-01 10:00", "2.20"),
    Trip("2019-02-14 10:00", pickup_zone=999),
)
MARCH = (Trip("2019-03-01 10:00"), Trip("2019-03-01 10:00"), Trip("2019-04-05 10:00", payment_type=None))
MONTHS = {"2019-01": JANUARY, "2019-02": FEBRUARY, "2019-03": MARCH}

FEBRUARY_AGAIN = (Trip("2019-02-01 10:00", "99.00"), Trip("2019-02-20 10:00"))
"""Delivered once more: one trip changed, one new on a new day, those of 31 January and 14 February gone."""

MARCH_AGAIN = (Trip("2019-03-01 10:00"),)
"""One of two identical trips is gone, and so is the only trip of 5 April."""


def expect_full_refresh_changes_nothing(dbt: DbtProject, warehouse: Warehouse) -> dict[str, list[Row]]:
    increments = warehouse.marts()
    dbt.run("--full-refresh")
    assert warehouse.marts() == increments
    return increments


def land_and_run(dbt: DbtProject, warehouse: Warehouse, *months: str) -> None:
    for month in months:
        warehouse.land("yellow", month, MONTHS[month])
        dbt.run()


@pytest.fixture(scope="module")
def all_three(dbt: DbtProject, built_once: Warehouse) -> dict[str, list[Row]]:
    """The marts when the three months were landed together, before dbt ran at all."""
    built_once.empty()
    for month, trips in MONTHS.items():
        built_once.land("yellow", month, trips)
    dbt.run()
    return built_once.marts()


@pytest.mark.parametrize("order", list(permutations(MONTHS)), ids=lambda order: " ".join(order))
def test_every_order_of_arrival_ends_with_the_same_rows(
    order: tuple[str, ...], all_three: dict[str, list[Row]], dbt: DbtProject, warehouse: Warehouse
) -> None:
    land_and_run(dbt, warehouse, *order)

    assert warehouse.marts() == all_three
    assert len(all_three["fct_trips"]) == 9


def test_a_re_delivery_replaces_its_rows_and_a_day_without_trips_vanishes(
    dbt: DbtProject, warehouse: Warehouse
) -> None:
    land_and_run(dbt, warehouse, *MONTHS)
    assert "2019-04-05" in warehouse.days()

    warehouse.land("yellow", "2019-02", FEBRUARY_AGAIN)
    dbt.run()
    assert dbt.rebuilt_days() == ["2019-01-31", "2019-02-01", "2019-02-14", "2019-02-20"]
    warehouse.land("yellow", "2019-03", MARCH_AGAIN)
    dbt.run()
    assert dbt.rebuilt_days() == ["2019-03-01", "2019-04-05"]

    assert warehouse.days() == ["2019-01-15", "2019-01-31", "2019-02-01", "2019-02-20", "2019-03-01"]
    expect_full_refresh_changes_nothing(dbt, warehouse)


def test_a_withdrawn_month_leaves_nothing_behind(dbt: DbtProject, warehouse: Warehouse) -> None:
    land_and_run(dbt, warehouse, "2019-01", "2019-02")

    warehouse.land("yellow", "2019-02", ())
    dbt.run()

    marts = expect_full_refresh_changes_nothing(dbt, warehouse)
    assert len(marts["fct_trips"]) == len(JANUARY)


def test_the_same_delivery_again_rebuilds_nothing(dbt: DbtProject, warehouse: Warehouse) -> None:
    land_and_run(dbt, warehouse, "2019-01", "2019-01")

    assert dbt.rebuilt_days() == []
    expect_full_refresh_changes_nothing(dbt, warehouse)


def test_a_run_that_was_killed_after_landing_is_caught_up_with(dbt: DbtProject, warehouse: Warehouse) -> None:
    land_and_run(dbt, warehouse, "2019-01")
    warehouse.land("yellow", "2019-02", FEBRUARY)  # … and nobody ran dbt.
    warehouse.land("yellow", "2019-02", FEBRUARY_AGAIN)

    land_and_run(dbt, warehouse, "2019-03")

    expect_full_refresh_changes_nothing(dbt, warehouse)


def test_services_share_a_day_and_a_file_may_serve_two_months(dbt: DbtProject, warehouse: Warehouse) -> None:
    # The same bytes delivered for two months have one load id; both months' rows count.
    land_and_run(dbt, warehouse, "2019-01")
    for service, month in (("green", "2019-01"), ("green", "2019-02"), ("yellow", "2019-02")):
        warehouse.land(service, month, JANUARY)
        dbt.run()

    marts = expect_full_refresh_changes_nothing(dbt, warehouse)
    assert len(marts["fct_trips"]) == 4 * len(JANUARY)


def test_all_services_in_any_order_equal_a_full_refresh_and_stay_apart(dbt: DbtProject, warehouse: Warehouse) -> None:
    for service, month in (("fhvhv", "2019-02"), ("fhv", "2019-02"), ("yellow", "2019-01"), ("fhvhv", "2019-01")):
        warehouse.land(service, month, MONTHS[month])
        dbt.run()
    warehouse.land("fhvhv", "2019-02", FEBRUARY_AGAIN)
    dbt.run()
    assert dbt.rebuilt_days() == ["2019-01-31", "2019-02-01", "2019-02-14", "2019-02-20"]

    marts = expect_full_refresh_changes_nothing(dbt, warehouse)
    assert len({row[0] for row in marts["fct_trips"]}) == len(marts["fct_trips"]) == 3 + 3 + 3 + 2
    assert warehouse.query(
        "select service, sum(trips), sum(total_amount) from trips_marts.fct_monthly_zone_revenue group by 1 order by 1"
    ) == [("fhv", 3, None), ("fhvhv", 5, Decimal("152.20")), ("yellow", 3, Decimal("43.20"))]


def test_a_trip_of_fhv_without_zones_and_end_is_a_trip(dbt: DbtProject, warehouse: Warehouse) -> None:
    warehouse.land("fhv", "2019-01", [Trip("2019-01-15 08:00")])
    warehouse.query(
        "update trips_landed.fhv_trips set pickup_zone_id = null, dropoff_zone_id = null, dropoff_datetime = null"
    )

    expect_success(dbt.build("--exclude", "resource_type:unit_test"))

    assert warehouse.query("select pickup_zone, pickup_zone_id, trips from trips_marts.fct_monthly_zone_revenue") == [
        ("Unknown", None, 1)
    ]


def test_other_zones_rename_the_trips_of_every_day(dbt: DbtProject, warehouse: Warehouse) -> None:
    land_and_run(dbt, warehouse, "2019-01", "2019-02")

    warehouse.land_zones([*ZONES[:2], Zone(999, "Marble Hill", "Bronx")])
    dbt.run()

    marts = expect_full_refresh_changes_nothing(dbt, warehouse)
    assert "Marble Hill" in {row[3] for row in marts["fct_monthly_zone_revenue"]}


def test_lost_rows_are_found_and_made_again(dbt: DbtProject, warehouse: Warehouse) -> None:
    land_and_run(dbt, warehouse, *MONTHS)
    whole = warehouse.marts()

    warehouse.query("delete from trips_marts.fct_trips where pickup_date = '2019-02-01'")
    dbt.run()

    assert warehouse.marts() == whole
