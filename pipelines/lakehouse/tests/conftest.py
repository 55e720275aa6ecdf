"""Lakes that ingest itself filled, and what is derived from them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest.contract import Table, load_contracts
from lakehouse.cli import main, table_of
from lakehouse.formats.derived_table import DerivedTable
from lakehouse.reader import open_reader

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT.parent / "shared" / "data" / "tlc"
_INGEST = ROOT / ".embedded" / "python" / "data" / "bin" / "python"
_MAKE_LAKE = ROOT / "pipelines" / "spark" / "tests" / "make_lake.py"

JANUARY, FEBRUARY = "2024-01", "2024-02"


def fill_lake(folder: Path, *options: str) -> None:
    """By ingest, in its own environment: `yellow:2024-01=1000` generates trips; see make_lake.py."""
    made = subprocess.run([_INGEST, _MAKE_LAKE, folder, *options], capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


@dataclass
class Place:
    """A deployment, its lake, and the tables derived from that."""

    folder: Path
    capture: pytest.CaptureFixture[str]
    reader: duckdb.DuckDBPyConnection
    said: str = ""
    code: int = 0
    outcomes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def settings(self) -> Path:
        return self.folder / "settings.json"

    @property
    def tables(self) -> Path:
        return self.folder / "lakehouse"

    def arguments(self, *options: str) -> list[str]:
        return ["--settings", str(self.settings), "--folder", str(self.tables), *options]

    def run(self, *options: str) -> dict[str, Any]:
        """The command line, in this process; gives the first outcome, {} where there is none."""
        self.code = main(self.arguments(*options), lambda: nullcontext(self.reader))
        output, self.said = self.capture.readouterr()
        self.outcomes = json.loads(output) if output else []
        return self.outcomes[0] if self.outcomes else {}

    def table(self, kind: str, name: str = "yellow_trips") -> DerivedTable:
        table = table_of(kind, self.tables, name)
        assert table.open(), f"{name} isn't there"
        return table

    def contract(self, service: str = "yellow") -> Table:
        settings = json.loads(self.settings.read_text())
        return load_contracts(Path(settings["contracts"])).of_service(service)

    def file(self, month: str, service: str = "yellow") -> Path:
        return self.folder / "clean" / service / f"month={month}" / "trips.parquet"

    def receipt(self, month: str, service: str = "yellow") -> Path:
        return self.folder / "clean" / "_receipts" / service / f"{month}.json"

    def rows(self, *months: str) -> int:
        """That the lake has of yellow; by default of both months."""
        receipts = [json.loads(self.receipt(month).read_text()) for month in months or (JANUARY, FEBRUARY)]
        return sum(receipt["load"]["rows_accepted"] for receipt in receipts)

    def deliver(self, month: str, load_id: str, rows: str) -> None:
        """What a new delivery leaves in clean: `rows` is a query over `clean`, the rows as they were."""
        file = self.file(month)
        fresh = file.with_name("fresh.parquet")
        with duckdb.connect() as connection:
            connection.execute(f"CREATE VIEW clean AS FROM read_parquet('{file}', hive_partitioning = false)")
            connection.execute(f"COPY (SELECT * REPLACE ('{load_id}' AS _load_id) FROM ({rows})) TO '{fresh}'")
            count = connection.execute(f"SELECT count(*) FROM read_parquet('{fresh}')").fetchall()[0][0]
        fresh.replace(file)
        document = json.loads(self.receipt(month).read_text())
        document["load"] |= {"load_id": load_id, "rows_accepted": count, "rows_read": count}
        self.receipt(month).write_text(json.dumps(document))

    def add_to_contract(self, *columns: dict[str, Any]) -> None:
        """Yellow's contract gets columns, behind those that files deliver."""
        settings = json.loads(self.settings.read_text())
        contracts = json.loads(Path(settings["contracts"]).read_text())
        contracts["tables"]["yellow_trips"]["columns"] += columns
        file = self.folder / "contracts.json"
        file.write_text(json.dumps(contracts))
        self.settings.write_text(json.dumps(settings | {"contracts": str(file)}))


@pytest.fixture(scope="session")
def received_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A month as ingest cleaned it, and again after another file of it came."""
    folder = tmp_path_factory.mktemp("twice") / "dev"
    fill_lake(folder, f"yellow:{JANUARY}=300")
    first = shutil.copytree(folder / "clean", folder.with_name("first"))
    fill_lake(folder, f"yellow:{JANUARY}=320")
    return first, folder / "clean"


@pytest.fixture(scope="session")
def real_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("real") / "dev"
    fill_lake(folder, "--data", str(SAMPLES), "--months", "2019-01", "2019-02")
    return folder


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake") / "dev"
    fill_lake(
        folder, f"yellow:{JANUARY}=2000", f"yellow:{FEBRUARY}=1500", f"green:{JANUARY}=500", f"fhvhv:{JANUARY}=500"
    )
    return folder


@pytest.fixture(scope="session")
def reader() -> Iterator[duckdb.DuckDBPyConnection]:
    with open_reader() as connection:
        yield connection


@pytest.fixture
def place(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], reader: duckdb.DuckDBPyConnection) -> Place:
    """A copy of the lake, of which a test may change what it likes."""
    shutil.copytree(filled / "clean", tmp_path / "dev" / "clean")
    settings = (filled / "settings.json").read_text().replace(str(filled), str(tmp_path / "dev"))
    (tmp_path / "dev" / "settings.json").write_text(settings)
    return Place(tmp_path / "dev", capsys, reader)


@pytest.fixture
def check_equal(place: Place, reader: duckdb.DuckDBPyConnection) -> Callable[..., None]:
    """That a table has just the rows of the clean files, whoever reads it: DuckDB, or the format's own library."""

    def check(kind: str, name: str = "yellow_trips", service: str = "yellow") -> None:
        table = place.table(kind, name)
        columns = ", ".join(f'"{column.name}"' for column in place.contract(service).all_columns)
        files = f"{place.folder}/clean/{service}/*/trips.parquet"
        clean = f"SELECT {columns} FROM read_parquet('{files}', hive_partitioning = false, union_by_name = true)"
        own = table.at(table.versions()[-1])
        for rows in (f"SELECT {columns} FROM {table.scan()}", f"SELECT {columns} FROM own"):
            reader.register("own", own)
            assert reader.execute(f"DESCRIBE {clean}").fetchall() == reader.execute(f"DESCRIBE {rows}").fetchall()
            for one, other in ((clean, rows), (rows, clean)):
                assert reader.execute(f"({one}) EXCEPT ALL ({other})").fetchall() == []

    return check
