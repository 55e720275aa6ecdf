"""Each job beside DuckDB, over the same files: equal, to the cent."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import reference
from conftest import SAMPLES, Place, SharedSession, fill_lake
from trips_spark.contract import delivered_columns


@pytest.mark.parametrize("job", ["revenue_report", "demand_by_hour", "zone_flows"])
def test_a_report_is_what_duckdb_says(job: str, place: Place) -> None:
    summary = place.run(job)

    assert place.code == 0
    expected = reference.rows(getattr(reference, job)(place.clean))
    assert reference.rows(place.report(job)) == expected
    assert summary["report_rows"] == len(expected)
    assert summary["rows_in"] == sum(part["rows_in"] for part in place.pointer(job)["parts"])


def test_what_the_report_is_compared_with_has_amounts_of_all_services_but_one(filled: Path) -> None:
    report = reference.revenue_report(filled / "clean")

    services = reference.rows(f"select service, count(total_amount) > 0 from ({report}) group by all")
    assert services == [("fhv", False), ("fhvhv", True), ("green", True), ("yellow", True)]


def test_amounts_that_are_too_large_for_the_quick_way_are_added_up_all_the_same(taxis: Place) -> None:
    file = taxis.file("yellow", "2024-02")
    with duckdb.connect(":memory:") as connection:
        amount = "case when rowid % 7 = 0 then 9999999.99 else fare_amount end::decimal(12, 2) as fare_amount"
        connection.execute(f"create table trips as from read_parquet('{file}', hive_partitioning = false)")
        connection.execute(f"copy (select * replace ({amount}) from trips) to '{file}' (format parquet)")

    taxis.run("revenue_report")

    assert taxis.code == 0
    assert reference.rows(taxis.report("revenue_report")) == reference.rows(reference.revenue_report(taxis.clean))


@pytest.mark.parametrize("service", ["yellow", "green", "fhv", "fhvhv"])
def test_of_twins_one_stays(service: str, place: Place) -> None:
    double_up(place, service)
    summary = place.run("dedupe_trips", "--services", service)

    assert place.code == 0
    parts = [f"{place.output}/dedupe_trips/{part['path']}/*.parquet" for part in place.pointer("dedupe_trips")["parts"]]
    names = ", ".join([*delivered_columns(service), "trip_id", "file_month", "_source_file", "_load_id", "_warnings"])
    kept = reference.rows(f"select {names}, copies from read_parquet({parts})")
    assert kept == reference.rows(reference.dedupe_trips(place.clean, service, delivered_columns(service)))
    assert summary["rows_out"] < summary["rows_in"]


def double_up(place: Place, service: str) -> None:
    """A tenth of a service's January twice, with ids of their own, as ingest numbers twins."""
    file = place.file(service, "2024-01")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table trips as from read_parquet('{file}', hive_partitioning = false)")
        connection.execute(
            "insert into trips select * replace ('~' || trip_id as trip_id) from trips where hash(trip_id) % 10 = 0"
        )
        connection.execute(f"copy trips to '{file}' (format parquet)")
        rows = connection.execute("select count(*) from trips").fetchone()
    place.change_receipt(service, "2024-01", rows_accepted=rows[0] if rows else 0)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no real trips on this machine")
def test_real_trips_too(tmp_path: Path, session: SharedSession) -> None:
    place = Place(tmp_path, session)
    fill_lake(tmp_path, "--data", str(SAMPLES), "--months", "2019-12", "2020-01")
    place.run("revenue_report")

    assert place.code == 0
    assert reference.rows(place.report("revenue_report")) == reference.rows(reference.revenue_report(place.clean))
