"""A whole deployment per test: lake folders, a DuckDB file with Terraform's tables, a database in a real Postgres."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest

from bigquery_emulator import BigQueryEmulator, write_login
from cloud_storage import CloudStorage
from ingest.cli import main
from ingest.contract import Contracts, load_contracts
from ingest.delivery import Key
from ingest.lake import Lake, open_lake
from ingest.months import FileMonth
from ingest.settings import Settings, load_settings
from outside import Outside, OutsideBuckets, OutsideFolder
from postgres_server import PostgresServer, find_binaries

ROOT = Path(__file__).resolve().parents[3]
CONTRACTS = ROOT / "contracts" / "generated" / "contracts.json"
SAMPLES = ROOT.parent / "shared" / "data" / "tlc"

HEADER = (
    "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,RatecodeID,store_and_fwd_flag,"
    "PULocationID,DOLocationID,payment_type,fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,"
    "total_amount,congestion_surcharge"
)
ROW = "1,2019-01-15 03:36:12,2019-01-15 03:42:19,1,1.0,1,N,230,48,1,6.5,0.5,0.5,1.95,0.0,0.3,9.75,"


def month(text: str, service: str = "yellow") -> Key:
    return Key(service, FileMonth.parse(text))


ZONES = Key("zones", None)


@dataclass
class Deployment:
    folder: Path
    settings_file: Path
    settings: Settings
    contracts: Contracts
    lake: Lake
    outside: Outside

    def run(self, *command: str, run: str = "r1") -> int:
        """The command line, in this process; gives the exit code."""
        return main(["--settings", str(self.settings_file), "--run-id", run, "--lock-wait", "5", *command])

    def load(self, source: Path | str, *options: str, run: str = "r1") -> dict[str, Any]:
        """Plan and do what the plan says, as the DAG does; gives the plan."""
        assert self.run("plan", "--source", str(source), *options, run=run) == 0
        plan: dict[str, Any] = self.result("plan", run)
        todo = [] if plan["zones"]["unchanged"] else [["--service", "zones"]]
        todo += [["--service", item["service"], "--file-month", item["file_month"]] for item in plan["changed"]]
        for delivery in todo:
            for stage in ("fetch", "clean", "land", "postgres"):
                assert self.run(stage, *delivery, run=run) == 0, (stage, delivery)
        return plan

    def result(self, name: str, run: str = "r1") -> Any:
        return json.loads((self.settings.runs / run / f"{name}.json").read_text())

    def query(self, sql: str) -> list[Any]:
        with duckdb.connect(str(self.settings.warehouse.file)) as connection:
            return connection.execute(sql).fetchall()

    def clean_rows(self, key: Key) -> list[Any]:
        """Without the column that DuckDB reads out of the folder's name."""
        with self.lake.clean_object(key).reading() as file:
            return duckdb.sql(f"SELECT * FROM read_parquet('{file}', hive_partitioning = false)").fetchall()

    def rejected(self, key: Key) -> list[Any]:
        with self.lake.quarantine_object(key).reading() as file:
            return duckdb.sql(f"SELECT source_row, reasons, raw FROM '{file}'").fetchall()

    def postgres_query(self, sql: str) -> list[Any]:
        chosen = self.settings.postgres
        assert chosen is not None
        with psycopg.connect(
            host=chosen.host,
            port=chosen.port,
            dbname=chosen.database,
            user=chosen.user,
            password=chosen.password_file.read_text(),
        ) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    binaries = find_binaries(ROOT)
    if binaries is None:
        pytest.fail("no Postgres binaries: run `npm start` once (it makes .embedded/postgres), or install postgresql")
    server = PostgresServer(binaries)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def bigquery_server() -> Iterator[BigQueryEmulator]:
    python = ROOT / ".embedded" / "python" / "emulators" / "bin" / "python"
    if not python.exists():
        pytest.fail("no emulator of BigQuery: npm run setup installs it (pipelines/environments/emulators.in)")
    emulator = BigQueryEmulator(python)
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def bigquery_emulator(
    bigquery_server: BigQueryEmulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> BigQueryEmulator:
    """Google's client library finds it, here and in processes that a test starts, and somebody to log in as."""
    bigquery_server.forget()
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(write_login(tmp_path / "login.json")))
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "acme")
    monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", bigquery_server.url)
    return bigquery_server


@pytest.fixture(scope="session")
def cloud_storage_server() -> Iterator[CloudStorage]:
    python = ROOT / ".embedded" / "python" / "emulators" / "bin" / "python"
    if not python.exists():
        pytest.skip("no emulator of Cloud Storage: npm run setup installs it (pipelines/environments/emulators.in)")
    storage = CloudStorage(python)
    storage.start()
    with pytest.MonkeyPatch.context() as environment:
        # Google's client library finds it by this, here and in processes that a test starts.
        environment.setenv("STORAGE_EMULATOR_HOST", storage.url)
        yield storage
    storage.stop()


@pytest.fixture
def cloud_storage(cloud_storage_server: CloudStorage) -> CloudStorage:
    cloud_storage_server.forget()
    return cloud_storage_server


LAKES = ("folder", "cloud storage")

#: For tests of what is the same wherever the lake lies: they needn't be run once more with buckets.
folder_lake = pytest.mark.parametrize("lake_place", ["folder"], indirect=True)


@pytest.fixture(params=LAKES)
def lake_place(request: pytest.FixtureRequest, tmp_path: Path) -> Outside:
    return new_lake(request, tmp_path / "dev" / "lake")


def new_lake(request: pytest.FixtureRequest, folder: Path) -> Outside:
    """An empty lake of the kind that the request's parameter names."""
    if request.param == "folder":
        return OutsideFolder(folder)
    return OutsideBuckets(request.getfixturevalue("cloud_storage_server"))


def make_deployment(
    folder: Path, postgres: dict[str, Any] | None, contracts: Path = CONTRACTS, outside: Outside | None = None
) -> Deployment:
    """With its lake in the folder, or where `outside` has one."""
    outside = outside or OutsideFolder(folder / "lake")
    datasets = {"landed": "trips_landed", "lake": "trips_lake", "staging": "trips_staging", "marts": "trips_marts"}
    document = {
        "version": 1,
        "environment": "dev",
        "target": "embedded",
        "projectId": "acme-dev",
        "location": "europe-west1",
        "contracts": str(contracts),
        "lake": outside.roots,
        "warehouse": {
            "kind": "duckdb",
            "file": str(folder / "warehouse" / "warehouse.duckdb"),
            "lockFile": str(folder / "warehouse" / "warehouse.lock"),
            "readCopy": str(folder / "warehouse" / "warehouse.read.duckdb"),
        },
        "datasets": datasets,
        "ingest": {"maxRejectedShare": 0.05, "minShareOfLastDelivery": 0.5},
        "postgres": postgres,
        "paths": {name: str(folder / name) for name in ("runs", "dashboard", "logs")},
    }
    (folder / "warehouse").mkdir(parents=True)
    settings_file = folder / "settings.json"
    settings_file.write_text(json.dumps(document))
    Path(document["warehouse"]["file"]).write_bytes(_empty_warehouse(tuple(datasets.values())))  # type: ignore[index]
    settings = load_settings(settings_file)
    return Deployment(folder, settings_file, settings, load_contracts(contracts), open_lake(settings), outside)


@cache
def _empty_warehouse(schemas: tuple[str, ...]) -> bytes:
    """A file with Terraform's tables, made once: making them takes longer than most that a test does with them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "warehouse.duckdb"
        with duckdb.connect(str(file)) as connection:
            for schema in schemas:
                connection.execute(f"CREATE SCHEMA {schema}")
            connection.execute(f"USE {schemas[0]}")
            for ddl in sorted((ROOT / "contracts" / "generated" / "duckdb").glob("*.sql")):
                connection.execute(ddl.read_text())
        return file.read_bytes()


@pytest.fixture
def deployment(tmp_path: Path, postgres_server: PostgresServer, lake_place: Outside) -> Deployment:
    return make_deployment(tmp_path / "dev", postgres_server.new_database(tmp_path), outside=lake_place)


@pytest.fixture
def lake_only(tmp_path: Path, lake_place: Outside) -> Deployment:
    """Without Postgres, which `"postgres": null` means."""
    return make_deployment(tmp_path / "dev", None, outside=lake_place)


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder to which a test copies what it wants; real trips where they are on this machine."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def write_csv(folder: Path, *rows: str, name: str = "yellow_tripdata_2019-01.csv", header: str = HEADER) -> Path:
    file = folder / name
    file.write_text("\n".join([header, *rows]) + "\n")
    return file


def write_zones(folder: Path) -> None:
    (folder / "taxi_zone_lookup.csv").write_text(
        '"LocationID","Borough","Zone","service_zone"\n1,"EWR","Newark","EWR"\n'
    )
