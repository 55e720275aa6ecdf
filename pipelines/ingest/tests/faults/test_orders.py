"""Orders of arrival, on real trips: whatever comes when, every store equals one that got all of it at once.

Each arrival goes the whole way, ingest's command line and dbt, before the next; the other side is a new deployment with
a full refresh. The marts of days that two files share are what an increment gets wrong first.
"""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from conftest import SAMPLES, Deployment, make_deployment
from dbt_project import DbtProject
from everything import Everything, everything
from place import deploying
from postgres_server import PostgresServer

MARCH, APRIL, MAY = "2019-03", "2019-04", "2019-05"
APRIL_AGAIN = "2019-04 again"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample trips aren't on this machine")


@dataclass
class Arrivals:
    folder: Path
    server: PostgresServer
    dbt: DbtProject

    def one_after_the_other(self, *arrivals: str) -> Deployment:
        deployment = self._deploy()
        for number, arrival in enumerate(arrivals):
            self._load(deployment, [arrival], f"r{number}")
            self.dbt.run(*([] if number else ["--full-refresh"]), select="marts" if number else "*")
        return deployment

    def at_once(self, *arrivals: str) -> Deployment:
        deployment = self._deploy()
        self._load(deployment, list(arrivals), "r")
        self.dbt.run("--full-refresh", select="*")
        return deployment

    def _deploy(self) -> Deployment:
        shutil.rmtree(self.folder / "dev", ignore_errors=True)
        return make_deployment(self.folder / "dev", self.server.new_database(self.folder))

    def _load(self, deployment: Deployment, arrivals: list[str], run: str) -> None:
        data = self.folder / "data"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir()
        shutil.copy(SAMPLES / "taxi_zone_lookup.csv", data)
        for arrival in arrivals:
            name = f"yellow_tripdata_{arrival.split()[0]}.csv.gz"
            shutil.copy((self.folder / "again" if arrival == APRIL_AGAIN else SAMPLES) / name, data)
        assert len(deployment.load(data, run=run)["changed"]) == len(arrivals)
        assert deployment.run("summary", run=run) == 0


@pytest.fixture(scope="module")
def arrivals(tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer) -> Iterator[Arrivals]:
    with deploying(tmp_path_factory) as (folder, dbt):
        deliver_april_again(folder / "again")
        yield Arrivals(folder, postgres_server, dbt)


def deliver_april_again(folder: Path) -> None:
    """Every tenth row is gone, the fares of every seventh are others, and the twentieth is there twice."""
    folder.mkdir()
    name = f"yellow_tripdata_{APRIL}.csv.gz"
    header, *rows = gzip.decompress((SAMPLES / name).read_bytes()).decode().splitlines()
    fare = header.split(",").index("fare_amount")
    kept = [changed(row, fare) if n % 7 == 0 else row for n, row in enumerate(rows) if n % 10]
    (folder / name).write_bytes(gzip.compress("\n".join([header, *kept, kept[20]]).encode() + b"\n"))


def changed(row: str, fare: int) -> str:
    values = row.split(",")
    return ",".join([*values[:fare], "99.99", *values[fare + 1 :]])


def rows_of(deployment: Deployment) -> Everything:
    """Without earlier deliveries' bytes, which only a deployment that saw them keeps."""
    return {name: rows for name, rows in everything(deployment).items() if not name.startswith("lake/raw/")}


def trips_of_30_april(deployment: Deployment) -> list[Any]:
    return deployment.query(
        "SELECT file_month::VARCHAR, count(*) FROM trips_marts.fct_trips WHERE pickup_date = '2019-04-30' "
        "GROUP BY ALL ORDER BY ALL"
    )


@pytest.fixture(scope="module")
def all_three(arrivals: Arrivals) -> Everything:
    return rows_of(arrivals.at_once(MARCH, APRIL, MAY))


def test_may_brings_one_more_trip_of_30_april(arrivals: Arrivals, all_three: Everything) -> None:
    deployment = arrivals.one_after_the_other(MARCH, APRIL)
    [(month, before)] = trips_of_30_april(deployment)
    assert month == "2019-04-01"

    deployment = arrivals.one_after_the_other(MARCH, APRIL, MAY)
    assert trips_of_30_april(deployment) == [("2019-04-01", before), ("2019-05-01", 1)]
    assert rows_of(deployment) == all_three


def test_backwards(arrivals: Arrivals, all_three: Everything) -> None:
    assert rows_of(arrivals.one_after_the_other(MAY, APRIL, MARCH)) == all_three


def test_a_month_delivered_again_with_rows_removed_and_changed(arrivals: Arrivals) -> None:
    deployment = arrivals.one_after_the_other(APRIL, MAY, APRIL_AGAIN)
    (landed,) = deployment.query("SELECT count(*) FROM trips_landed.yellow_trips WHERE file_month = '2019-04-01'")
    assert landed == (9_001,)
    increments = rows_of(deployment)
    assert increments == rows_of(arrivals.at_once(APRIL_AGAIN, MAY))
