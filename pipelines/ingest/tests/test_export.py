"""The dashboard's data, the page, and the copy for readers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import duckdb
import pytest

from conftest import ROW, Deployment, write_csv, write_zones

PLACE = '<script id="data" type="application/json"></script>'


@pytest.fixture
def loaded(lake_only: Deployment, samples: Path) -> Deployment:
    """With marts as dbt would build them, and one row of three rejected: the breaker must let that pass here."""
    settings = json.loads(lake_only.settings_file.read_text())
    settings["ingest"]["maxRejectedShare"] = 0.5
    lake_only.settings_file.write_text(json.dumps(settings))
    write_csv(samples, ROW, ROW.replace(",N,230,", ",N,1,"), ROW.replace("2019-01-15 03:36", "2008-01-15 03:36"))
    write_zones(samples)
    lake_only.load(samples)
    lake_only.query(
        "CREATE TABLE trips_marts.fct_trips AS SELECT trip_id, 'yellow' AS service, file_month, "
        "CAST(pickup_datetime AS DATE) AS pickup_date, pickup_zone_id, payment_type, "
        "'Credit card' AS payment_type_name, fare_amount, tip_amount, total_amount FROM trips_landed.yellow_trips"
    )
    lake_only.query(
        "CREATE TABLE trips_marts.dim_zones AS "
        "SELECT zone_id, borough, '</script><b>' AS zone, service_zone FROM trips_landed.zones"
    )
    return lake_only


def test_data_json_and_the_read_copy(loaded: Deployment) -> None:
    assert loaded.run("export") == 0
    data = json.loads((loaded.settings.dashboard / "data.json").read_text())
    assert (data["environment"], data["synthetic"], data["services"]) == ("dev", False, ["yellow"])
    assert data["source"]["kind"] == "folder"
    assert data["dailyTrips"] == [
        {"service": "yellow", "date": "2019-01-15", "trips": 2, "revenue": 19.5, "fare": 13.0, "tip": 3.9}
    ]
    assert data["zoneRevenue"] == [
        {"service": "yellow", "zone_id": 1, "zone": "</script><b>", "borough": "EWR", "revenue": 9.75, "trips": 1},
        {"service": "yellow", "zone_id": 230, "zone": "Zone 230", "borough": "Unknown", "revenue": 9.75, "trips": 1},
    ]
    assert data["paymentTypes"] == [
        {"service": "yellow", "payment_type": 1, "label": "Credit card", "trips": 2, "revenue": 19.5}
    ]
    assert data["quality"] == [
        {
            "service": "yellow", "file_month": "2019-01", "rows_read": 3, "rows_accepted": 2, "rows_warned": 0,
            "rows_rejected": 1, "warnings": {}, "rejections": {"pickup_far_from_file_month": 1},
        }
    ]  # fmt: skip
    with duckdb.connect(str(loaded.settings.warehouse.read_copy), read_only=True) as reader:
        assert reader.execute("SELECT count(*) FROM trips_marts.fct_trips").fetchall() == [(2,)]
        assert loaded.run("export") == 0, "a reader of the copy is in nobody's way"


def test_trips_without_amounts_and_zones_are_counted(loaded: Deployment) -> None:
    loaded.query(
        "INSERT INTO trips_marts.fct_trips BY NAME SELECT 'f' AS trip_id, 'fhv' AS service, "
        "DATE '2019-01-01' AS file_month, DATE '2019-01-02' AS pickup_date, 'Not recorded' AS payment_type_name"
    )
    assert loaded.run("export") == 0
    data = json.loads((loaded.settings.dashboard / "data.json").read_text())
    assert data["dailyTrips"][0] == {
        "service": "fhv", "date": "2019-01-02", "trips": 1, "revenue": None, "fare": None, "tip": None,
    }  # fmt: skip
    assert data["zoneRevenue"][0] == {
        "service": "fhv", "zone_id": None, "zone": "Not recorded", "borough": "Unknown", "revenue": None, "trips": 1,
    }  # fmt: skip


def test_the_data_cannot_break_out_of_the_page(loaded: Deployment) -> None:
    template = loaded.settings.dashboard / "template.html"
    template.parent.mkdir()
    template.write_text(f"<html>{PLACE}<p>é</p></html>")
    assert loaded.run("export") == 0
    page = (loaded.settings.dashboard / "index.html").read_text()
    assert page.count("</script>") == 1
    inside = re.fullmatch(r'<html><script id="data" type="application/json">(.*)</script><p>é</p></html>', page)
    assert inside is not None
    assert json.loads(inside[1])["zoneRevenue"][0]["zone"] == "</script><b>"


def test_a_page_without_a_place_for_the_data_is_an_error_and_leaves_the_old_page(
    loaded: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = loaded.settings.dashboard
    folder.mkdir()
    (folder / "index.html").write_text("old")
    (folder / "template.html").write_text("<html></html>")
    assert loaded.run("export") == 1
    assert "no place" in capsys.readouterr().err
    assert (folder / "index.html").read_text() == "old"


def test_without_marts_the_error_says_to_run_dbt(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    lake_only.load(samples)
    assert lake_only.run("export") == 1
    assert "run dbt build first" in capsys.readouterr().err
    assert not lake_only.settings.warehouse.read_copy.exists()
