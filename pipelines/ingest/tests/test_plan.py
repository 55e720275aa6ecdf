"""Unchanged means: the same bytes, contract and code, and every store still holds the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import ingest.receipts
from conftest import LAKES, ROW, Deployment, make_deployment, month, new_lake, write_csv, write_zones
from postgres_server import PostgresServer

JANUARY = month("2019-01")


def why(deployment: Deployment, data: Path) -> str:
    assert deployment.run("plan", "--source", str(data), run="again") == 0
    [delivery] = deployment.result("plan", "again")["deliveries"]
    assert delivery["unchanged"] == (delivery["why"] == "unchanged")
    return str(delivery["why"])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    write_csv(folder, ROW, ROW)
    write_zones(folder)
    return folder


@pytest.fixture(scope="module", params=LAKES)
def deployed(
    request: pytest.FixtureRequest,
    postgres_server: PostgresServer,
    data: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Deployment:
    folder = tmp_path_factory.mktemp("dev")
    outside = new_lake(request, folder / "dev" / "lake")
    deployment = make_deployment(folder / "dev", postgres_server.new_database(folder), outside=outside)
    deployment.load(data)
    return deployment


@pytest.fixture
def loaded(deployed: Deployment, data: Path) -> Deployment:
    """One deployment for all tests here, since each mends what it broke; two rows and nothing to do at first."""
    write_csv(data, ROW, ROW)
    deployed.load(data)
    assert why(deployed, data) == "unchanged"
    return deployed


def edit_file(deployment: Deployment, data: Path) -> None:
    write_csv(data, ROW)


def receipt_of(deployment: Deployment) -> str:
    clean = str(deployment.lake.clean_object(JANUARY)).removesuffix("/yellow/month=2019-01/trips.parquet")
    return f"{clean}/_receipts/yellow/2019-01.json"


def forget_in_lake(deployment: Deployment, data: Path) -> None:
    deployment.outside.remove(receipt_of(deployment))


def damage_lake_receipt(deployment: Deployment, data: Path) -> None:
    receipt = receipt_of(deployment)
    deployment.outside.write(receipt, deployment.outside.read(receipt)[:100])


def lose_clean_object(deployment: Deployment, data: Path) -> None:
    deployment.outside.remove(deployment.lake.clean_object(JANUARY))


def replace_clean_object(deployment: Deployment, data: Path) -> None:
    deployment.outside.write(deployment.lake.clean_object(JANUARY), b"PAR1PAR1")


def forget_in_warehouse(deployment: Deployment, data: Path) -> None:
    deployment.query("DELETE FROM trips_landed.load_receipts WHERE service = 'yellow'")


def lose_a_landed_row(deployment: Deployment, data: Path) -> None:
    deployment.query(
        "DELETE FROM trips_landed.yellow_trips WHERE trip_id = (SELECT min(trip_id) FROM trips_landed.yellow_trips)"
    )


def older_warehouse_receipt(deployment: Deployment, data: Path) -> None:
    deployment.query("UPDATE trips_landed.load_receipts SET raw_sha256 = 'older'")


def forget_in_postgres(deployment: Deployment, data: Path) -> None:
    deployment.postgres_query("DELETE FROM trips.load_receipts WHERE service = 'yellow'")


def empty_postgres(deployment: Deployment, data: Path) -> None:
    deployment.postgres_query("TRUNCATE trips.yellow_trips")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit_file, "the file changed"),
        (forget_in_lake, "the lake has no receipt"),
        (damage_lake_receipt, "the lake has no receipt"),
        (lose_clean_object, "the lake has lost trips.parquet"),
        (replace_clean_object, "the clean object isn't the one of its receipt"),
        (forget_in_warehouse, "the warehouse has no receipt"),
        (lose_a_landed_row, "the warehouse holds 1 rows, its receipt says 2"),
        (older_warehouse_receipt, "the warehouse: the file changed"),
        (forget_in_postgres, "Postgres has no receipt"),
        (empty_postgres, "Postgres holds 0 rows, its receipt says 2"),
    ],
)
def test_what_differs_is_named_and_loading_mends_it(
    loaded: Deployment, data: Path, change: Callable[[Deployment, Path], None], expected: str
) -> None:
    change(loaded, data)
    assert why(loaded, data) == expected
    loaded.load(data, run="mended")
    assert why(loaded, data) == "unchanged"
    assert loaded.run("summary", run="mended") == 0


def test_another_ingest_version_reloads(loaded: Deployment, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.receipts, "INGEST_VERSION", "next")
    assert why(loaded, data) == "the ingest version changed"


def test_summary_fails_when_the_stores_differ(
    loaded: Deployment, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert loaded.run("summary") == 0
    lose_a_landed_row(loaded, data)
    assert loaded.run("summary") == 1
    assert loaded.result("summary")["equal"] is False
    assert "THE STORES DIFFER" in capsys.readouterr().out


def test_the_lakes_rows_are_counted_in_its_object(loaded: Deployment, tmp_path: Path) -> None:
    rows = len(loaded.clean_rows(JANUARY))
    fewer = tmp_path / "fewer.parquet"
    with loaded.lake.clean_object(JANUARY).reading() as clean:
        duckdb.execute(f"COPY (SELECT * FROM read_parquet('{clean}') LIMIT {rows - 1}) TO '{fewer}' (FORMAT parquet)")
    loaded.outside.write(loaded.lake.clean_object(JANUARY), fewer.read_bytes())

    assert loaded.run("summary") == 1
    first = next(one for one in loaded.result("summary")["deliveries"] if one["file_month"] == "2019-01")
    assert first["counts"]["lake"] == rows - 1
