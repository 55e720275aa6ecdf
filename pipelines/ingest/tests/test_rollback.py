"""Rollback: an earlier delivery becomes the current one everywhere, and stays it while the source offers the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import ROW, Deployment, month, write_csv, write_zones
from ingest.durable import sha256_of

JANUARY = month("2019-01")
MONTH = ("--service", "yellow", "--month", "2019-01")


def rows(number: int) -> list[str]:
    return [ROW.replace("9.75", f"{index}.00") for index in range(number)]


def deliver(deployment: Deployment, samples: Path, number: int, run: str) -> str:
    """Load a file of so many rows; gives the delivery's first 16 digits."""
    write_zones(samples)
    file = write_csv(samples, *rows(number))
    deployment.load(samples, run=run)
    return sha256_of(file)[:16]


def landed(deployment: Deployment) -> tuple[int, int]:
    [(warehouse,)] = deployment.query("SELECT count(*) FROM trips_landed.yellow_trips")
    [(postgres,)] = deployment.postgres_query("SELECT count(*) FROM trips.yellow_trips")
    return warehouse, postgres


def test_an_earlier_delivery_comes_back_everywhere_and_stays(
    deployment: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = deliver(deployment, samples, 30, "r1")
    before = deployment.query("SELECT * FROM trips_landed.yellow_trips ORDER BY trip_id")
    second = deliver(deployment, samples, 100, "r2")

    capsys.readouterr()
    assert deployment.run("rollback", *MONTH, "--json", run="r3") == 0
    kept = {item["delivery"]: item["state"] for item in json.loads(capsys.readouterr().out)}
    assert kept == {first: "", second: "current"}
    assert landed(deployment) == (100, 100), "listing changes nothing"

    # 30 rows are fewer than half of 100: here that is what is wanted.
    assert deployment.run("rollback", *MONTH, "--to", first[:6], run="r3") == 0
    assert landed(deployment) == (30, 30)
    assert deployment.query("SELECT * FROM trips_landed.yellow_trips ORDER BY trip_id") == before
    result = deployment.result("rollback-yellow-2019-01", "r3")
    assert (result["before"]["load"]["rows_accepted"], result["after"]["load"]["rows_accepted"]) == (100, 30)

    # The source still offers the second: that is no reason to go forward again.
    assert deployment.load(samples, run="r4")["changed"] == []
    assert deployment.run("fetch", "--service", "yellow", "--file-month", "2019-01", run="r4") == 0
    assert landed(deployment) == (30, 30)
    # Another file is.
    deliver(deployment, samples, 31, "r5")
    assert landed(deployment) == (31, 31)


def test_forward_again_and_to_the_previous(deployment: Deployment, samples: Path) -> None:
    first = deliver(deployment, samples, 10, "r1")
    second = deliver(deployment, samples, 20, "r2")
    assert deployment.run("rollback", *MONTH, "--to", "previous", run="r3") == 0
    assert landed(deployment) == (10, 10)
    assert deployment.run("rollback", *MONTH, "--to", "previous", run="r3") == 0, "repeated, it stays where it went"
    assert landed(deployment) == (10, 10)
    receipt = deployment.lake.raw_receipt(JANUARY)
    assert receipt is not None and receipt.sha256.startswith(first)
    assert deployment.run("rollback", *MONTH, "--to", second, run="r4") == 0
    assert landed(deployment) == (20, 20)
    assert deployment.load(samples, run="r5")["changed"] == []


def test_previous_repeated_goes_back_once(deployment: Deployment, samples: Path) -> None:
    for rows_of, run in ((10, "r1"), (12, "r2"), (14, "r3")):
        deliver(deployment, samples, rows_of, run)
    for run in ("r4", "r5"):
        assert deployment.run("rollback", *MONTH, "--to", "previous", run=run) == 0
        assert landed(deployment) == (12, 12)


def test_there_is_none_before_the_first(deployment: Deployment, samples: Path) -> None:
    deliver(deployment, samples, 10, "r1")
    assert deployment.run("rollback", *MONTH, "--to", "previous", run="r2") == 1


def test_a_refused_delivery_is_left_behind(deployment: Deployment, samples: Path) -> None:
    deliver(deployment, samples, 20, "r1")
    write_csv(samples, *rows(1))
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    delivery = ("--service", "yellow", "--file-month", "2019-01")
    assert deployment.run("fetch", *delivery, run="r2") == 0
    assert deployment.run("clean", *delivery, run="r2") == 1
    assert deployment.run("rollback", *MONTH, "--to", "previous", run="r3") == 0
    assert deployment.lake.refused() == []
    assert deployment.load(samples, run="r4")["changed"] == []
    assert landed(deployment) == (20, 20)


def test_what_cannot_be_gone_back_to_changes_nothing(
    deployment: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = deliver(deployment, samples, 10, "r1")
    deliver(deployment, samples, 20, "r2")
    current = deployment.lake.raw_receipt(JANUARY)
    assert deployment.run("rollback", *MONTH, "--to", "0000", run="r3") == 1
    assert first in capsys.readouterr().err
    old = next(file for file in deployment.lake.received(JANUARY) if file.digest == first)
    deployment.outside.write(old.object, deployment.outside.read(old.object) + ROW.encode())
    assert deployment.run("rollback", *MONTH, "--to", first, run="r3") == 1
    assert "its sha256 has changed" in capsys.readouterr().err
    assert deployment.run("rollback", "--service", "yellow", "--month", "2018-01", run="r3") == 1
    assert deployment.lake.raw_receipt(JANUARY) == current
    assert deployment.lake.set_aside(JANUARY) == []
    assert landed(deployment) == (20, 20)


def test_a_delivery_that_cannot_be_read_any_more_leaves_the_current_one(
    deployment: Deployment, samples: Path, tmp_path: Path
) -> None:
    first = deliver(deployment, samples, 10, "r1")
    deliver(deployment, samples, 20, "r2")
    document = json.loads(deployment.settings.contracts.read_text())
    for column in document["tables"]["yellow_trips"]["columns"]:
        column["aliases"] = [] if column["name"] == "pickup_zone_id" else column["aliases"]
    contracts = tmp_path / "contracts.json"
    contracts.write_text(json.dumps(document))
    settings = json.loads(deployment.settings_file.read_text())
    deployment.settings_file.write_text(json.dumps({**settings, "contracts": str(contracts)}))
    current = deployment.lake.raw_receipt(JANUARY)
    assert deployment.run("rollback", *MONTH, "--to", first, run="r3") == 1
    assert (deployment.lake.raw_receipt(JANUARY), deployment.lake.set_aside(JANUARY)) == (current, [])
