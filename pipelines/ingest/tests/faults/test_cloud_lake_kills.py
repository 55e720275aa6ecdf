"""kill -9 while the lake in Cloud Storage is written: nothing is half done, and the same run once more mends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cloud_storage import CloudStorage
from conftest import ROW, Deployment, make_deployment, month, write_csv, write_zones
from ingest.fault_points import CLOUD_STORAGE_POINTS, POINTS, VARIABLE
from outside import OutsideBuckets
from processes import SOURCE, finish

JANUARY = month("2019-01")
MONTH = ("--service", "yellow", "--file-month", "2019-01")
LARGE = 120_000  # rows, whose bytes go in pieces


@pytest.fixture
def loaded(tmp_path: Path, samples: Path, cloud_storage: CloudStorage) -> Deployment:
    deployment = make_deployment(tmp_path / "dev", None, outside=OutsideBuckets(cloud_storage))
    write_zones(samples)
    write_csv(samples, ROW)
    deployment.load(samples)
    return deployment


@pytest.mark.parametrize(
    "point", [*(point for point in POINTS if point.startswith(("fetch:", "clean:"))), *CLOUD_STORAGE_POINTS]
)
def test_killed_at(point: str, loaded: Deployment, samples: Path) -> None:
    large = point in CLOUD_STORAGE_POINTS
    rows = [ROW.replace("9.75", f"{number}.00") for number in range(LARGE if large else 1)]
    write_csv(samples, *rows)
    stage = "clean" if point.startswith("clean") else "fetch"
    assert loaded.run("plan", "--source", str(samples), run="killed") == 0
    if stage == "clean":
        assert loaded.run("fetch", *MONTH, run="killed") == 0
    before = loaded.query("SELECT * FROM trips_landed.yellow_trips")
    record = loaded.settings.runs / "killed" / f"{stage}-yellow-2019-01.json"
    record.write_text('{"status": "failed", "exit_code": 75}')  # of an earlier try
    code, said = finish(loaded, stage, *MONTH, run="killed", environment={VARIABLE: point})
    assert code == -signal.SIGKILL, said
    assert not record.exists(), "it was killed, and says nothing of how it ended"
    unfinished = point in ("clean:between-renames", "clean:before-receipt")
    assert loaded.run("land", *MONTH, run="killed") == (1 if unfinished else 0)
    assert loaded.query("SELECT * FROM trips_landed.yellow_trips") == before, "nothing of it lands half done"

    loaded.load(samples, run="again")
    assert len(loaded.clean_rows(JANUARY)) == len(rows)
    assert loaded.run("summary", run="again") == 0
    assert len([name for name in loaded.outside.names("raw") if name.endswith(".csv")]) == 3, "zones and two deliveries"
    assert loaded.outside.names("clean") == [
        "_receipts/yellow/2019-01.json",
        "_receipts/zones.json",
        "yellow/month=2019-01/trips.parquet",
        "zones/zones.parquet",
    ]


def test_google_s_libraries_are_not_loaded_for_a_folder(tmp_path: Path) -> None:
    """They take half a second."""
    settings = make_deployment(tmp_path / "dev", None).settings_file
    program = (
        "import sys; from pathlib import Path; "
        "from ingest.lake import open_lake; from ingest.settings import load_settings; "
        f"open_lake(load_settings(Path({str(settings)!r}))); "
        "print([name for name in sys.modules if name.startswith(('google.auth', 'google.cloud.'))])"
    )
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert (ran.stdout.strip(), ran.stderr) == ("[]", "")
