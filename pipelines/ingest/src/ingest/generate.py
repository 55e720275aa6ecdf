"""Synthetic trips in the shape of TLC's Parquet files, the same for the same seed.

All four services can be had: for-hire trips with the columns and types of their month, taxis' with those of newer
months. Trips have TLC's rhythm (rush hours, quiet nights, busy Manhattan zones, airports, tips by card only) and its
faults: about 4 % without passenger data, 2 % that break a warn rule, 0.03 % to reject, a few exact twins. The Parquet
files carry the metadata `generator`, by which a folder source knows them.
"""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from ingest.contract import ZONES
from ingest.draw import Recipe
from ingest.errors import IngestError
from ingest.for_hire_trips import FIRST_MONTHS, for_hire_trips
from ingest.rhythm import MANHATTAN
from ingest.sql import literal
from ingest.taxi_trips import taxi_trips

__all__ = ["GENERATOR_VERSION", "Recipe", "generate", "is_generated"]

#: Raise it when the same recipe would give other trips: then they count as a new delivery.
GENERATOR_VERSION = 1
_MARK = "synthetic"
_ZONE_NAME = "Synthetic zone"
_QUERIES = {"yellow": taxi_trips, "green": taxi_trips, "fhv": for_hire_trips, "fhvhv": for_hire_trips}


def generate(recipe: Recipe, target: Path) -> None:
    """Write a month of trips (Parquet), or the zone table (CSV). Raises IngestError for a service it can't imitate."""
    if recipe.key.service == ZONES:
        _write_zones(target)
        return
    service, month = recipe.key.service, recipe.key.file_month
    if service not in _QUERIES or month is None:
        known = ", ".join(_QUERIES)
        raise IngestError(f"trips of '{service}' can't be generated", "--services", f"use one of: {known}")
    if str(month) < FIRST_MONTHS.get(service, ""):
        raise IngestError(f"{service} has no file of {month}", "--months", f"begin with {FIRST_MONTHS[service]}")
    if recipe.rows < 0:
        raise IngestError(f"{recipe.rows} rows can't be generated", "--rows", "give zero or more")
    with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
        connection.execute(
            f"COPY ({_QUERIES[service](recipe, month)}) TO {literal(str(target))} "
            f"(FORMAT parquet, COMPRESSION snappy, KV_METADATA {{ generator: {literal(_MARK)} }})"
        )


def is_generated(file: Path) -> bool:
    """Whether this module wrote the file (CSV trips can't tell)."""
    if file.suffix == ".csv":
        with file.open("rb") as stream:
            return _ZONE_NAME.encode() in stream.read(4096)
    if file.suffix != ".parquet":
        return False
    try:
        with duckdb.connect(":memory:") as connection:
            row = connection.execute(
                f"SELECT count(*) FROM parquet_kv_metadata({literal(str(file))}) "
                f"WHERE key = 'generator' AND value = {literal(_MARK)}"
            ).fetchone()
    except duckdb.Error:
        return False  # damaged: fetching it says how
    return bool(row and row[0])


def _write_zones(target: Path) -> None:
    others = ("Queens", "Brooklyn", "Bronx", "Staten Island")
    with target.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(("LocationID", "Borough", "Zone", "service_zone"))
        for zone in range(1, 264):
            borough = "EWR" if zone == 1 else "Manhattan" if zone in MANHATTAN else others[zone % 4]
            served = {"EWR": "EWR", "Manhattan": "Yellow Zone"}.get(borough, "Boro Zone")
            rows.writerow((zone, borough, f"{_ZONE_NAME} {zone}", "Airports" if zone in (132, 138) else served))
        rows.writerow((264, "Unknown", "N/A", "N/A"))
        rows.writerow((265, "N/A", "Outside of NYC", "N/A"))
