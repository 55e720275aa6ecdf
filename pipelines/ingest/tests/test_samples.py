"""The whole way of the 18 sample months (or of generated ones), and what a second time does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from conftest import SAMPLES, Deployment

MONTHS = [f"2019-{month:02d}" for month in range(1, 13)] + [f"2020-{month:02d}" for month in range(1, 7)]


#: A month in CSV and one in Parquet; each has a row that is rejected, and no other has.
TWO_MONTHS = ["2019-08", "2020-03"]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample trips aren't on this machine")
@pytest.mark.parametrize(
    ("lake_place", "months"),
    [pytest.param("folder", MONTHS, id="all, folder"), pytest.param("cloud storage", TWO_MONTHS, id="two, buckets")],
    indirect=["lake_place"],
)
def test_the_sample_months_reach_every_store_and_are_unchanged_the_second_time(
    deployment: Deployment, months: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    wanted, rows = ("--months", ",".join(months)), 10_000 * len(months)
    plan = deployment.load(SAMPLES, *wanted)
    assert [item["file_month"] for item in plan["changed"]] == months
    assert plan["source"]["synthetic"] is False
    assert plan["source"]["notes"][0] == "ignored, not a trip file of yellow or green: rides.csv"

    assert deployment.run("summary") == 0
    summary = deployment.result("summary")
    assert summary["equal"] is True
    totals = summary["totals"]
    assert (totals["rows_read"], totals["rows_accepted"], totals["rows_rejected"]) == (rows, rows - 2, 2)
    assert totals["rejections"] == {"pickup_far_from_file_month": 2}
    assert (totals["lake"], totals["warehouse"], totals["postgres"]) == (rows - 2, rows - 2, rows - 2)
    assert deployment.query("SELECT count(DISTINCT trip_id) FROM trips_landed.yellow_trips") == [(rows - 2,)]

    begun = time.monotonic()
    assert deployment.run("plan", "--source", str(SAMPLES), *wanted, run="r2") == 0
    assert time.monotonic() - begun < 3
    again = deployment.result("plan", "r2")
    assert again["changed"] == []
    assert {item["why"] for item in [again["zones"], *again["deliveries"]]} == {"unchanged"}
    assert "!=" not in capsys.readouterr().out


def test_stores_hold_the_same_rows(deployment: Deployment, samples: Path) -> None:
    deployment.run("generate", "--out", str(samples), "--rows", "3000", "--services", "yellow,green")
    deployment.load(samples)
    for table in ("yellow_trips", "green_trips", "zones"):
        key = "zone_id" if table == "zones" else "trip_id"
        landed = deployment.query(f"SELECT * FROM trips_landed.{table} ORDER BY {key}")
        assert (
            deployment.postgres_query(
                f'SELECT * FROM trips.{table} ORDER BY {key} COLLATE "C"'
                if key == "trip_id"
                else f"SELECT * FROM trips.{table} ORDER BY {key}"
            )
            == landed
        )
        assert len(landed) > 200
