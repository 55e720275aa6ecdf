"""The files that are measured: real samples where they are, and generated months, each as CSV.gz and as Parquet.

Generated files are kept in the cache folder, named by their size and the generator's version.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.delivery import Delivery, Key
from ingest.fetch import fetch
from ingest.generate import GENERATOR_VERSION, Recipe, generate
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.objects.folder_store import FolderStore
from ingest.sql import literal

MONTH = FileMonth.parse("2019-03")  # a month of the years in which TLC published CSV


@dataclass(frozen=True)
class Input:
    """Files that are measured one after the other, as one amount of work. `name` is for the table."""

    name: str
    files: list[Path]
    rows: int

    @property
    def bytes(self) -> int:
        return sum(file.stat().st_size for file in self.files)


def sample_inputs(folder: Path) -> list[Input]:
    """The real months that lie there: those in CSV.gz, those in Parquet. Nothing where there is no such folder."""
    found = (sorted(folder.glob(f"yellow_tripdata_*.{end}")) for end in ("csv.gz", "parquet"))
    return [Input(f"real sample, {len(files)} months", files, _rows(files)) for files in found if files]


def generated_parquet(cache: Path, rows: int) -> Input:
    folder = cache / f"generated-{GENERATOR_VERSION}-{rows}"
    file = folder / f"yellow_tripdata_{MONTH}.parquet"
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        generate(Recipe(Key("yellow", MONTH), rows), part)
        part.rename(file)
    return Input("generated month", [file], rows)


def generated_csv(cache: Path, rows: int) -> Input:
    """The same trips as TLC wrote them in 2019: without the columns that came later."""
    typed = generated_parquet(cache, rows).files[0]
    file = typed.with_suffix("").with_suffix(".csv.gz")
    if not file.is_file():
        part = file.with_suffix(".part")
        with duckdb.connect(":memory:", config={"threads": "1"}) as engine:
            engine.execute(
                f'COPY (SELECT * EXCLUDE "Airport_fee" FROM {literal(str(typed))}) TO {literal(str(part))} '
                "(FORMAT csv, HEADER, COMPRESSION gzip)"
            )
        part.rename(file)
    return Input("generated month", [file], rows)


def lake_with(files: list[Path], folder: Path) -> tuple[Lake, list[Key]]:
    """A lake into which the files were fetched as the current deliveries of their months."""
    lake = Lake(*(FolderStore(folder / zone) for zone in ("raw", "clean", "quarantine")))
    keys = []
    for file in files:
        service, month = file.name.split(".")[0].split("_tripdata_")
        key = Key(service, FileMonth.parse(month))
        if lake.raw_receipt(key) is None:
            fetch(lake, Delivery(key, file.as_uri(), file.name, synthetic=True))
        keys.append(key)
    return lake, keys


def _rows(files: list[Path]) -> int:
    total = 0
    with duckdb.connect(":memory:") as engine:
        for file in files:
            reader = "read_parquet" if file.suffix == ".parquet" else "read_csv"
            options = "" if file.suffix == ".parquet" else ", all_varchar = true"
            row = engine.execute(f"SELECT count(*) FROM {reader}({literal(str(file))}{options})").fetchone()
            total += int(row[0]) if row else 0
    return total
