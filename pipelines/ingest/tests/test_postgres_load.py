"""postgres-load: what is clean in the cloud's lake, into a Postgres that the pipelines there can't reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cloud_storage import CloudStorage
from conftest import ROW, Deployment, make_deployment, write_csv, write_zones
from outside import OutsideBuckets
from postgres_server import PostgresServer

TRIPS = "SELECT file_month::text, count(*) FROM trips.yellow_trips GROUP BY 1 ORDER BY 1"


@pytest.fixture
def clean(tmp_path: Path, postgres_server: PostgresServer, cloud_storage: CloudStorage, samples: Path) -> Deployment:
    """Three months are clean in Cloud Storage, and Postgres is empty."""
    deployment = make_deployment(
        tmp_path / "dev", postgres_server.new_database(tmp_path), outside=OutsideBuckets(cloud_storage)
    )
    write_zones(samples)
    for text in ("2019-01", "2019-02", "2019-03"):
        trip = ROW.replace("2019-01-15", f"{text}-15")
        write_csv(samples, trip, trip, name=f"yellow_tripdata_{text}.csv")
    assert deployment.run("plan", "--source", str(samples), run="cloud") == 0
    keys = [("zones",), *(("yellow", "--file-month", text) for text in ("2019-01", "2019-02", "2019-03"))]
    for key in keys:
        for stage in ("fetch", "clean"):
            assert deployment.run(stage, "--service", *key, run="cloud") == 0
    return deployment


def states(deployment: Deployment, run: str) -> Any:
    return deployment.result("postgres-load", run)["states"]


def test_all_that_is_clean_is_loaded_once(clean: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    assert clean.run("postgres-load") == 0
    assert clean.postgres_query(TRIPS) == [("2019-01-01", 2), ("2019-02-01", 2), ("2019-03-01", 2)]
    assert clean.postgres_query("SELECT zone FROM trips.zones") == [("Newark",)]
    assert states(clean, "r1") == {"done": 4}
    assert "4 of 4: 4 done" in capsys.readouterr().err
    assert clean.run("postgres-load", run="r2") == 0
    assert states(clean, "r2") == {"unchanged": 4}


def test_months_that_are_there_already_are_not_loaded_again(clean: Deployment) -> None:
    assert clean.run("postgres-load", "--months", "2019-02..2019-03", "--services", "yellow") == 0
    assert clean.postgres_query(TRIPS) == [("2019-02-01", 2), ("2019-03-01", 2)]
    clean.postgres_query("DELETE FROM trips.yellow_trips WHERE file_month = '2019-02-01'")
    assert clean.run("postgres-load", run="r2") == 0
    assert states(clean, "r2") == {"unchanged": 2, "done": 2}
    assert clean.postgres_query(TRIPS) == [("2019-01-01", 2), ("2019-02-01", 2), ("2019-03-01", 2)]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--months", "2018-01"), "the lake holds no clean rows of what is wanted"),
        (("--services", "blue"), "there is no service 'blue'"),
        (("--months", "2019-03..2019-01"), "ends before it begins"),
    ],
)
def test_what_is_not_there_is_said(
    options: tuple[str, ...], words: str, clean: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert clean.run("postgres-load", *options) == 1
    assert words in capsys.readouterr().err


def test_without_postgres_it_is_said(lake_only: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    assert lake_only.run("postgres-load") == 1
    assert "dev has no Postgres" in capsys.readouterr().err
