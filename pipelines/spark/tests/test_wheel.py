"""The wheel: the same bytes from the same sources, and all that a cluster needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import build_wheel as builder

HERE = Path(__file__).resolve().parents[1]


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    return tmp_path / "a" / builder.build_wheel(str(tmp_path / "a"))


def test_it_is_the_same_whenever_it_is_built(wheel: Path, tmp_path: Path) -> None:
    os.utime(HERE / "src" / "trips_spark" / "cli.py")

    again = tmp_path / "b" / builder.build_wheel(str(tmp_path / "b"))

    assert again.read_bytes() == wheel.read_bytes()


def test_it_holds_the_package_and_the_contracts_and_no_caches(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {"trips_spark/cli.py", "trips_spark/jobs/revenue_report.py", "trips_spark/storage/addresses.py"} <= set(
        names
    )
    assert {"trips_spark/contracts/contracts.json", "trips_spark/contracts/spark/yellow_trips.json"} <= set(names)
    assert not [name for name in names if "__pycache__" in name or "tests" in name]


def test_the_entry_point_runs_with_nothing_but_the_archive(wheel: Path, tmp_path: Path) -> None:
    """As on a cluster: a zip file on the path, its contracts inside."""
    archive = wheel.rename(tmp_path / "trips_spark.zip")
    script = (
        "import trips_spark.contract as c; print(c.__file__); print(c.trips_schema('yellow')['total_amount'].dataType);"
        "print(c.contract_hash('fhv'))"
    )
    environment = {**os.environ, "PYTHONPATH": str(archive)}
    said = subprocess.run(
        [sys.executable, "-c", script], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert said[0].startswith(str(archive))
    assert said[1] == "DecimalType(12,2)"

    command = [sys.executable, str(HERE / "main.py"), "revenue_report", "--input", "gs://", "--output", "/x"]
    refused = subprocess.run(
        [*command, "--run-id", "1"], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert refused.returncode == 2
    assert "'gs://' names no bucket" in refused.stderr


def test_pip_builds_the_same_by_the_backend_that_pyproject_names(wheel: Path, tmp_path: Path) -> None:
    uv = HERE.parents[1] / ".embedded" / "tools" / "uv" / "bin" / "uv"
    command = [
        uv,
        "build",
        "--wheel",
        "--offline",
        "--no-config",
        "--python",
        sys.executable,
        "--out-dir",
        tmp_path / "uv",
    ]
    subprocess.run([*command, HERE], capture_output=True, text=True, check=True, cwd=tmp_path)

    assert (tmp_path / "uv" / wheel.name).read_bytes() == wheel.read_bytes()
