"""The circuit breaker: a delivery too bad to replace the month's last one changes no store, and says why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import ROW, Deployment, month, write_csv, write_zones

JANUARY = ("--service", "yellow", "--file-month", "2019-01")
BAD = ROW.replace(",6.5,", ",free,").replace("2019-01-15 03:36", "2019-01-15 03:37")


def rows(number: int) -> list[str]:
    return [ROW.replace("9.75", f"{index}.00") for index in range(number)]


def stores(deployment: Deployment) -> tuple[object, ...]:
    """All that must stay as it was."""
    key = month("2019-01")
    counted = "SELECT count(*), any_value(_load_id) FROM {}.yellow_trips"
    return (
        deployment.query(counted.format("trips_landed")),
        deployment.query("SELECT * FROM trips_landed.load_receipts ORDER BY service"),
        deployment.postgres_query(counted.format("trips")),
        deployment.outside.read(deployment.lake.clean_object(key)),
        deployment.outside.read(deployment.lake.quarantine_object(key)),
        deployment.lake.clean_receipt(key),
    )


@pytest.fixture
def loaded(deployment: Deployment, samples: Path) -> Deployment:
    """A hundred rows of January."""
    write_zones(samples)
    write_csv(samples, *rows(100))
    deployment.load(samples)
    return deployment


def deliver(deployment: Deployment, samples: Path, *lines: str) -> int:
    """Plan, fetch and clean; gives clean's exit code."""
    write_csv(samples, *lines)
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    assert deployment.run("fetch", *JANUARY, run="r2") == 0
    return deployment.run("clean", *JANUARY, run="r2")


def test_too_many_rejected_rows_refuse_the_delivery_and_nothing_changes(
    loaded: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stores(loaded)
    assert deliver(loaded, samples, *rows(94), *[BAD] * 6) == 1
    error = capsys.readouterr().err
    assert "yellow 2019-01 is refused, the delivery before stays" in error
    assert "6 of 100 rows are rejected (6.0%, at most 5.0%)" in error
    assert "reasons: uncastable:fare_amount 6" in error
    assert "row 95: uncastable:fare_amount (fare_amount = 'free')" in error
    assert "replay --service yellow --month 2019-01 --accept-anyway" in error
    assert stores(loaded) == before
    # What was received is kept and stays current: the next run tries it, and says it, again.
    assert loaded.run("plan", "--source", str(samples), run="r3") == 0
    assert loaded.result("plan", "r3")["changed"][0]["why"] == "the file changed"
    assert loaded.run("clean", *JANUARY, run="r3") == 1


def test_five_percent_pass(loaded: Deployment, samples: Path) -> None:
    assert deliver(loaded, samples, *rows(95), *[BAD] * 5) == 0


def test_fewer_than_half_of_the_last_delivery_are_refused_and_half_passes(
    loaded: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stores(loaded)
    assert deliver(loaded, samples, *rows(49)) == 1
    assert "49 rows would replace the 100 of the last delivery (49.0%, at least 50.0%)" in capsys.readouterr().err
    assert stores(loaded) == before
    assert deliver(loaded, samples) == 1, "a file without rows"
    assert deliver(loaded, samples, *rows(50)) == 0


def test_the_last_delivery_is_remembered_even_where_its_receipt_is_lost(loaded: Deployment, samples: Path) -> None:
    loaded.lake.forget_clean_receipt(month("2019-01"))
    assert deliver(loaded, samples, *rows(49)) == 1


def test_other_months_load_while_one_is_refused(loaded: Deployment, samples: Path) -> None:
    write_csv(samples, ROW.replace("2019-01", "2019-02"), name="yellow_tripdata_2019-02.csv")
    assert deliver(loaded, samples, *rows(10)) == 1
    for stage in ("fetch", "clean", "land", "postgres"):
        assert loaded.run(stage, "--service", "yellow", "--file-month", "2019-02", run="r2") == 0
    counts = "SELECT file_month::VARCHAR, count(*) FROM trips_landed.yellow_trips GROUP BY 1 ORDER BY 1"
    assert loaded.query(counts) == [("2019-01-01", 100), ("2019-02-01", 1)]


def test_accepting_anyway_holds_until_more_is_rejected(loaded: Deployment, samples: Path) -> None:
    assert deliver(loaded, samples, *rows(94), *[BAD] * 6) == 1
    assert loaded.run("clean", *JANUARY, "--accept-anyway", run="r2") == 0
    for stage in ("land", "postgres"):
        assert loaded.run(stage, *JANUARY, run="r2") == 0
    assert loaded.query("SELECT count(*) FROM trips_landed.yellow_trips") == [(94,)]
    assert loaded.run("plan", "--source", str(samples), run="r3") == 0
    assert loaded.result("plan", "r3")["changed"] == []
    assert loaded.run("clean", *JANUARY, "--force", run="r3") == 0, "the same bytes again"
    assert deliver(loaded, samples, *rows(93), *[BAD] * 7) == 1, "another file"


def test_the_limits_come_from_the_settings(loaded: Deployment, samples: Path) -> None:
    document = json.loads(loaded.settings_file.read_text())
    document["ingest"] = {"maxRejectedShare": 0.06, "minShareOfLastDelivery": 0.95}
    loaded.settings_file.write_text(json.dumps(document))
    assert deliver(loaded, samples, *rows(95), *[BAD] * 6) == 0
    assert deliver(loaded, samples, *rows(90)) == 1
    document["ingest"]["maxRejectedShare"] = 5
    loaded.settings_file.write_text(json.dumps(document))
    assert loaded.run("clean", *JANUARY, run="r2") == 1
