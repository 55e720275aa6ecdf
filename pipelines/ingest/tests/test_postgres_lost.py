"""A server that goes away in mid-statement is trouble that may pass: exit code 75, nothing changed, run it again."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

import ingest.postgres
from conftest import ROW, Deployment, write_csv, write_zones

DELIVERY = ("--service", "yellow", "--file-month", "2019-01")
HUNG_UP = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'ingest'"
WAITING = "AND wait_event_type = 'Lock' AND datname = current_database()"
TRIPS = "SELECT count(*) FROM trips.yellow_trips"
DEADLINE_SECONDS = 30


@pytest.fixture
def redelivered(deployment: Deployment, samples: Path) -> Deployment:
    """January is loaded, and waits in the lake with one row more."""
    write_csv(samples, ROW)
    write_zones(samples)
    deployment.load(samples)
    write_csv(samples, ROW, ROW.replace(",6.5,", ",8,"))
    for command in (("plan", "--source", str(samples)), ("fetch", *DELIVERY), ("clean", *DELIVERY)):
        assert deployment.run(*command, run="r2") == 0
    return deployment


def expect_recovery(deployment: Deployment) -> None:
    assert deployment.postgres_query(TRIPS) == [(1,)]
    assert deployment.run("postgres", *DELIVERY, run="r2") == 0
    assert deployment.postgres_query(TRIPS) == [(2,)]


def test_hung_up_while_it_waits(redelivered: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    address = redelivered.settings.postgres
    assert address is not None
    password = address.password_file.read_text().strip()
    other = psycopg.connect(
        host=address.host, port=address.port, dbname=address.database, user=address.user, password=password
    )
    with ThreadPoolExecutor() as pool, other:
        ingest.postgres.take_turn(other)
        code = pool.submit(redelivered.run, "postgres", *DELIVERY, run="r2")
        until = time.monotonic() + DEADLINE_SECONDS
        while redelivered.postgres_query(f"{HUNG_UP} {WAITING}") != [(1,)]:
            assert time.monotonic() < until, "the load never waited for its turn"
        assert code.result(DEADLINE_SECONDS) == 75
    assert "Postgres broke off" in capsys.readouterr().err
    expect_recovery(redelivered)


def test_hung_up_in_the_middle_of_copy(redelivered: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    hung_up: list[str] = []

    def hang_up(point: str) -> None:
        if point == "postgres:mid-copy" and not hung_up:
            assert redelivered.postgres_query(HUNG_UP) == [(1,)]
            hung_up.append(point)

    monkeypatch.setattr(ingest.postgres, "reached", hang_up)
    assert redelivered.run("postgres", *DELIVERY, run="r2") == 75
    assert hung_up
    monkeypatch.undo()
    expect_recovery(redelivered)


def test_a_refusal_is_no_passing_trouble(redelivered: Deployment, capsys: pytest.CaptureFixture[str]) -> None:
    redelivered.postgres_query("CREATE VIEW trips.reader AS SELECT * FROM trips.yellow_trips_2019_01")
    assert redelivered.run("postgres", *DELIVERY, run="r2") == 1
    assert "Postgres refused" in capsys.readouterr().err
