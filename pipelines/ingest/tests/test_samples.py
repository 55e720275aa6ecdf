"""The whole way of the 18 sample months (or of generated ones), and what a second time does."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from conftest import SAMPLES, Deployment

MONTHS = [f"2019-{month:02d}" for month in range(1, 13)] + [f"2020-{month:02d}" for month in range(1, 7)]


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample trips aren't on this machine")
def test_eighteen_months_reach_every_store_and_are_unchanged_the_second_time(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = deployment.load(SAMPLES)
    assert [item["file_month"] for item in plan["changed"]] == MONTHS
    assert plan["source"]["synthetic"] is False
    assert plan["source"]["notes"] == ["ignored, not a trip file of yellow or green: rides.csv"]

    assert deployment.run("summary") == 0
    summary = deployment.result("summary")
    assert summary["equal"] is True
    totals = summary["totals"]
    assert (totals["rows_read"], totals["rows_accepted"], totals["rows_rejected"]) == (180_000, 179_998, 2)
    assert totals["rejections"] == {"pickup_far_from_file_month": 2}
    assert (totals["lake"], totals["warehouse"], totals["postgres"]) == (179_998, 179_998, 179_998)
    assert deployment.query("SELECT count(DISTINCT trip_id) FROM trips_landed.yellow_trips") == [(179_998,)]

    begun = time.monotonic()
    assert deployment.run("plan", "--source", str(SAMPLES), run="r2") == 0
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
