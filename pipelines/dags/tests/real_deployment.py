"""An embedded deployment without Postgres, made and looked into by what ingest's own tests do it with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PIPELINES = Path(__file__).resolve().parents[2]
DATA_PYTHON = Path(sys.prefix).parent / "data" / "bin" / "python"

_MAKE = """
from conftest import make_deployment
make_deployment(Path(sys.argv[1]), None)
"""
_DESCRIBE = """
from types import SimpleNamespace
from faults.everything import lake, warehouse
folder = Path(sys.argv[1])
file = json.loads((folder / "settings.json").read_text())["warehouse"]["file"]
deployment = SimpleNamespace(folder=folder, settings=SimpleNamespace(warehouse=SimpleNamespace(file=Path(file))))
print(json.dumps({**lake(deployment), **warehouse(deployment)}))
"""


@dataclass(frozen=True)
class RealDeployment:
    folder: Path

    @classmethod
    def make(cls, folder: Path) -> RealDeployment:
        _data_python(_MAKE, folder)
        return cls(folder)

    def environment(self, data_python: Path = DATA_PYTHON) -> dict[str, str]:
        """For Airflow."""
        return {
            "PIPELINE_TARGET": "embedded",
            "PIPELINE_POSTGRES": "false",
            "PIPELINE_RETRIES": "1",
            "PIPELINE_RETRY_SECONDS": "1",
            "PIPELINE_SETTINGS": str(self.folder / "settings.json"),
            "PIPELINE_DATA_PYTHON": str(data_python),
        }

    def holds(self) -> dict[str, str]:
        """Every file of the lake and every table of the warehouse, with its rows and their hash, without times."""
        described: dict[str, str] = json.loads(_data_python(_DESCRIBE, self.folder).splitlines()[-1])
        return described

    def outcome(self) -> dict[str, object]:
        document: dict[str, object] = json.loads((self.folder / "runs/r1/outcome.json").read_text(encoding="utf-8"))
        return document


def generate(folder: Path, services: str, months: str, rows: int) -> Path:
    """TLC files with that many generated rows each."""
    options = ["--out", str(folder), "--services", services, "--months", months, "--rows", str(rows)]
    environment = {**os.environ, "PYTHONPATH": str(PIPELINES / "ingest/src")}
    command = [str(DATA_PYTHON), "-m", "ingest", "generate", *options]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120)
    return folder


def _data_python(program: str, folder: Path) -> str:
    tests = PIPELINES / "ingest" / "tests"
    command = [str(DATA_PYTHON), "-c", "import json, sys\nfrom pathlib import Path\n" + program, str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{PIPELINES / 'ingest/src'}:{tests}"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
