"""Fills a lake by ingest itself, in ingest's own environment: `make_lake.py FOLDER [--data FOLDER] [NAME=ROWS …]`.

A NAME is that of a month, such as yellow:2024-01; its trips are generated. `--data` takes TLC's files that lie there
instead. The clean zone is FOLDER/clean.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import duckdb
from ingest.cli import main
from ingest.delivery import Key
from ingest.generate import Recipe, generate
from ingest.months import FileMonth

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "generated"
DATASETS = {"landed": "trips_landed", "lake": "trips_lake", "staging": "trips_staging", "marts": "trips_marts"}


def fill(folder: Path, data: Path, months: list[str]) -> None:
    settings = folder / "settings.json"
    _deploy(folder, settings)
    ingest(
        settings,
        "plan",
        "--source",
        str(data),
        "--services",
        "yellow,green,fhv,fhvhv",
        *(["--months", ",".join(months)] if months else []),
    )
    plan = json.loads((folder / "runs" / "r" / "plan.json").read_text())
    todo = [] if plan["zones"]["unchanged"] else [["--service", "zones"]]
    todo += [["--service", item["service"], "--file-month", item["file_month"]] for item in plan["changed"]]
    for delivery in todo:
        for stage in ("fetch", "clean"):
            ingest(settings, stage, *delivery)


def ingest(settings: Path, *command: str) -> None:
    if main(["--settings", str(settings), "--run-id", "r", *command]) != 0:
        raise SystemExit(f"ingest {' '.join(command)} failed")


def _deploy(folder: Path, settings: Path) -> None:
    warehouse = folder / "warehouse.duckdb"
    document = {
        "version": 1,
        "environment": "dev",
        "target": "embedded",
        "projectId": "acme-dev",
        "location": "europe-west1",
        "contracts": str(CONTRACTS / "contracts.json"),
        "lake": {zone: (folder / zone).as_uri() for zone in ("raw", "clean", "quarantine")},
        "warehouse": {
            "kind": "duckdb",
            "file": str(warehouse),
            "lockFile": str(folder / "warehouse.lock"),
            "readCopy": str(folder / "warehouse.read.duckdb"),
        },
        "datasets": DATASETS,
        "ingest": {"maxRejectedShare": 1, "minShareOfLastDelivery": 0},
        "postgres": None,
        "paths": {name: str(folder / name) for name in ("runs", "dashboard", "logs")},
    }
    folder.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(document))
    if warehouse.is_file():
        return
    with duckdb.connect(str(warehouse)) as connection:
        for schema in DATASETS.values():
            connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"USE {DATASETS['landed']}")
        for ddl in sorted((CONTRACTS / "duckdb").glob("*.sql")):
            connection.execute(ddl.read_text())


def _generate(data: Path, wanted: list[str], keep: bool) -> None:
    data.mkdir(parents=True, exist_ok=True)
    for number, item in enumerate(wanted):
        name, rows = item.split("=")
        service, month = name.split(":")
        key = Key(service, FileMonth.parse(month))
        target = data / f"{service}_tripdata_{month}.parquet"
        if not (keep and target.is_file()):
            generate(Recipe(key, int(rows), 7 + number), target)
    generate(Recipe(Key("zones", None), 265), data / "taxi_zone_lookup.csv")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("generated", nargs="*")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--months", nargs="*", default=[])
    parser.add_argument("--keep", action="store_true", help="generated files that are there")
    options = parser.parse_args()
    if options.data is None:
        options.data = options.folder / "tlc"
        _generate(options.data, options.generated, options.keep)
    fill(options.folder, options.data, options.months)
    sys.exit(0)
