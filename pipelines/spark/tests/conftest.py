"""One Spark session for all tests, and lakes that ingest itself filled."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

from trips_spark.arguments import parse
from trips_spark.cli import main
from trips_spark.session import Session

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT.parent / "shared" / "data" / "tlc"
_INGEST = ROOT / ".embedded" / "python" / "data" / "bin" / "python"


class SharedSession(Session):
    """Outlives the runs."""

    def stop(self) -> None:
        pass


class NoSession(Session):
    def __call__(self) -> SparkSession:
        raise AssertionError("Spark was started for nothing")


@pytest.fixture(scope="session")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSession]:
    # Compiling what runs for a second, Java would spend most of the tests' time.
    places = f"-Dspark.sql.warehouse.dir=file://{tmp_path_factory.mktemp('tables')}"
    os.environ["JAVA_TOOL_OPTIONS"] = f"-XX:TieredStopAtLevel=1 {places}"
    options = ["revenue_report", "--input", "/", "--output", "/", "--run-id", "tests", "--memory", "1g"]
    shared = SharedSession(parse(options))
    yield shared
    Session.stop(shared)


@dataclass
class Place:
    """A lake and what jobs published of it."""

    folder: Path
    session: Session
    code: int = 0

    @property
    def clean(self) -> Path:
        return self.folder / "clean"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def run(self, job: str, *options: str, run_id: str = "r1", session: Session | None = None) -> dict[str, Any]:
        """The command line, in this process; gives the summary, {} where there is none."""
        summary = self.folder / "summary.json"
        summary.unlink(missing_ok=True)
        places = ("--input", str(self.clean), "--output", str(self.output), "--summary", str(summary))
        self.code = main([job, *places, "--run-id", run_id, *options], lambda _: session or self.session)
        return dict(json.loads(summary.read_text())) if summary.is_file() else {}

    def pointer(self, job: str) -> dict[str, Any]:
        return dict(json.loads((self.output / job / "current.json").read_text()))

    def file(self, service: str, month: str) -> Path:
        return self.clean / service / f"month={month}" / "trips.parquet"

    def change_receipt(self, service: str, month: str, **values: object) -> None:
        receipt = self.clean / "_receipts" / service / f"{month}.json"
        document = json.loads(receipt.read_text())
        document["load"] |= values
        receipt.write_text(json.dumps(document))

    def report(self, job: str) -> str:
        return f"from read_parquet('{self.output}/{job}/{self.pointer(job)['report']['path']}/*.parquet')"


def fill_lake(folder: Path, *options: str) -> None:
    """By ingest, in its own environment: `yellow:2024-01=1000` generates trips; see make_lake.py."""
    command = [_INGEST, Path(__file__).with_name("make_lake.py"), folder, *options]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lake") / "dev"
    taxis = ("yellow:2024-01=3000", "yellow:2024-02=3000", "green:2024-01=1500")
    fill_lake(folder, *taxis, "fhv:2024-01=800", "fhvhv:2024-01=3000")
    return folder


@pytest.fixture(scope="session")
def filled_with_taxis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taxis") / "dev"
    fill_lake(folder, "yellow:2024-01=300", "yellow:2024-02=300", "green:2024-01=200")
    return folder


@pytest.fixture
def place(filled: Path, tmp_path: Path, session: SharedSession) -> Place:
    """A copy of a lake of four services, of which a test may change what it likes."""
    shutil.copytree(filled / "clean", tmp_path / "dev" / "clean")
    return Place(tmp_path / "dev", session)


@pytest.fixture
def taxis(filled_with_taxis: Path, tmp_path: Path, session: SharedSession) -> Place:
    """Three small files, for tests of everything around the computation."""
    shutil.copytree(filled_with_taxis, tmp_path / "dev")
    return Place(tmp_path / "dev", session)
