"""Lakes of generated trips, made by ingest, kept between runs."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CACHE = ROOT / ".embedded" / "bench"
_INGEST = ROOT / ".embedded" / "python" / "data" / "bin" / "python"
_MAKE_LAKE = ROOT / "pipelines" / "spark" / "tests" / "make_lake.py"

#: Of ten files, as many are of each service.
_MIX = {"yellow": 5, "fhvhv": 3, "green": 1, "fhv": 1}
_FIRST_YEAR = 2020


def lake_of(rows: int, file_rows: int) -> Path:
    """Its clean zone; `rows` in files of `file_rows`. Raises CalledProcessError when ingest fails."""
    folder = CACHE / f"spark-{rows}-{file_rows}"
    tens = max(1, round(rows / file_rows / 10))
    months = [
        f"{service}:{_FIRST_YEAR + index // 12}-{index % 12 + 1:02d}={file_rows}"
        for service, share in _MIX.items()
        for index in range(share * tens)
    ]
    subprocess.run([_INGEST, _MAKE_LAKE, folder, *months, "--keep"], check=True, stdout=subprocess.DEVNULL)
    return folder / "clean"
