"""kill -9 while a month lands in BigQuery, where rows and receipt are two acts: the same command once more heals it."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

from bigquery_emulator import BigQueryEmulator
from cloud_deployment import CloudDeployment, make_cloud_deployment
from cloud_storage import CloudStorage
from conftest import ROW, month, write_csv, write_zones
from ingest.fault_points import BIGQUERY_POINTS, VARIABLE
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents
from processes import finish

LAND = ("land", "--service", "yellow", "--file-month", "2019-01")
FARES = "SELECT fare_amount FROM trips_landed.yellow_trips WHERE file_month = DATE '2019-01-01' ORDER BY fare_amount"
RECEIPTS = "SELECT file_month, load_id, rows_accepted FROM trips_landed.load_receipts WHERE service = 'yellow'"


@pytest.fixture
def redelivered(
    bigquery_emulator: BigQueryEmulator, cloud_storage: CloudStorage, tmp_path: Path, samples: Path
) -> CloudDeployment:
    """January has landed with one trip, and is clean with two others."""
    deployment = make_cloud_deployment(tmp_path / "dev", bigquery_emulator, cloud_storage)
    write_zones(samples)
    for number, fares in enumerate((("6.5",), ("7.5", "8.5"))):
        write_csv(samples, *(ROW.replace(",6.5,", f",{fare},") for fare in fares))
        assert deployment.run("plan", "--source", str(samples), run=f"r{number}") == 0
        for stage in ("fetch", "clean", "land")[: 3 - number]:
            assert deployment.run(stage, *LAND[1:], run=f"r{number}") == 0
    bigquery_emulator.forget()
    return deployment


def state(deployment: CloudDeployment) -> tuple[list[Any], list[Any]]:
    return deployment.query(FARES), deployment.query(RECEIPTS)


@pytest.mark.parametrize("point", BIGQUERY_POINTS)
def test_killed_at(point: str, redelivered: CloudDeployment) -> None:
    before = state(redelivered)
    code, said = finish(redelivered, *LAND, run="r1", environment={VARIABLE: point})
    assert code == -signal.SIGKILL, said
    rows, receipts = state(redelivered)
    assert [float(fare) for (fare,) in rows] == [7.5, 8.5], "a load job works without us"
    is_receipt_new = point == "land:receipt-written"
    assert (receipts == before[1]) is not is_receipt_new
    assert expected_why(redelivered) == (None if is_receipt_new else "another load")

    code, said = finish(redelivered, *LAND, run="r1")
    assert code == 0, said
    assert (state(redelivered)[0], state(redelivered)[1] == before[1]) == (rows, False)
    jobs = [job.body["jobReference"]["jobId"] for job in redelivered.emulator.jobs("load")]
    assert len(set(jobs)) == 1, "the job of the first try is found again"
    redelivered.emulator.forget()
    code, said = finish(redelivered, *LAND, run="r1")
    assert (code, redelivered.emulator.jobs("load")) == (0, []), said


def expected_why(deployment: CloudDeployment) -> str | None:
    """What plan would say of the warehouse."""
    key = month("2019-01")
    clean = deployment.lake.clean_receipt(key)
    assert clean is not None
    with open_warehouse(deployment.settings, "test", 5) as warehouse:
        contents = warehouse_contents(warehouse, deployment.settings.datasets, deployment.contracts)
    difference = contents.difference(key, clean.load.raw_sha256, clean.load.contract_hash)
    if difference is None:
        return None
    assert difference == "the warehouse: the file changed", difference
    old = contents.receipts["yellow", "2019-01"]
    mixed = contents.difference(key, old.raw_sha256, old.contract_hash)
    assert mixed == "the warehouse holds rows of another load than its receipt's", mixed
    return "another load"


def test_killed_before_the_first_receipt(redelivered: CloudDeployment) -> None:
    """Rows without any receipt."""
    redelivered.query("DELETE FROM trips_landed.load_receipts WHERE service = 'yellow'")
    code, said = finish(redelivered, *LAND, run="r1", environment={VARIABLE: "land:job-done"})
    assert code == -signal.SIGKILL, said
    assert state(redelivered)[1] == []
    assert finish(redelivered, *LAND, run="r1")[0] == 0
    assert [rows for *_, rows in state(redelivered)[1]] == [2]


def test_a_job_that_went_well_but_whose_rows_were_replaced_since_is_run_again(redelivered: CloudDeployment) -> None:
    """Its id is used up: the next one gets another."""
    assert redelivered.run(*LAND, run="r1") == 0
    after = state(redelivered)
    redelivered.query(
        "DELETE FROM trips_landed.yellow_trips WHERE fare_amount = 8.5 AND file_month = DATE '2019-01-01'"
    )
    assert redelivered.run(*LAND, run="r1") == 0
    assert state(redelivered) == after
    ids = [job.body["jobReference"]["jobId"] for job in redelivered.emulator.jobs("load")]
    assert [one.rpartition("-")[2] for one in ids] == ["0", "0", "1"]
