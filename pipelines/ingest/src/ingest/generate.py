"""Synthetic trips in the shape of TLC's Parquet files, the same for the same seed.

Trips have TLC's rhythm (rush hours, quiet nights, busy Manhattan zones, airports, tips by card only) and its faults:
about 4 % without passenger data, 2 % that break a warn rule, 0.03 % to reject, a few exact twins. The Parquet files
carry the metadata `generator`, by which a folder source knows them.
"""

from __future__ import annotations

import csv
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingest.contract import ZONES
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.sql import literal

#: Raise it when the same recipe would give other trips: then they count as a new delivery.
GENERATOR_VERSION = 1
_MARK = "synthetic"
_ZONE_NAME = "Synthetic zone"

_HOURS = (28, 19, 13, 9, 7, 9, 21, 37, 47, 46, 46, 49, 53, 54, 58, 59, 57, 64, 71, 65, 58, 57, 53, 41)
_WEEKDAYS = (13, 14, 15, 15, 16, 15, 12)
_MANHATTAN = (
    4, 12, 13, 24, 41, 42, 43, 45, 48, 50, 68, 74, 75, 79, 87, 88, 90, 100, 103, 104, 105, 107, 113, 114, 116,
    120, 125, 127, 128, 137, 140, 141, 142, 143, 144, 148, 151, 152, 153, 158, 161, 162, 163, 164, 166, 170,
    186, 194, 202, 209, 211, 224, 229, 230, 231, 232, 233, 234, 236, 237, 238, 239, 243, 244, 246, 249, 261,
    262, 263,
)  # fmt: skip
_BUSY = {
    "yellow": (237, 236, 161, 132, 162, 186, 142, 230, 138, 170, 163, 239, 234, 48, 68, 79, 141, 238, 107, 164),
    "green": (74, 75, 41, 166, 95, 82, 43, 97, 7, 42, 244, 65, 226, 129, 24, 130, 116, 66, 33, 181),
}


@dataclass(frozen=True)
class Recipe:
    key: Key
    rows: int
    seed: int = 7


def generate(recipe: Recipe, target: Path) -> None:
    """Write a month of trips (Parquet), or the zone table (CSV). Raises IngestError for a service it can't imitate."""
    if recipe.key.service == ZONES:
        _write_zones(target)
        return
    if recipe.key.service not in _BUSY or recipe.key.file_month is None:
        known = ", ".join(_BUSY)
        raise IngestError(f"trips of '{recipe.key.service}' can't be generated", "--services", f"use one of: {known}")
    if recipe.rows < 0:
        raise IngestError(f"{recipe.rows} rows can't be generated", "--rows", "give zero or more")
    with duckdb.connect(":memory:", config={"threads": "1"}) as connection:
        connection.execute(
            f"COPY ({_trips(recipe, recipe.key.file_month)}) TO {literal(str(target))} "
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
            borough = "EWR" if zone == 1 else "Manhattan" if zone in _MANHATTAN else others[zone % 4]
            served = {"EWR": "EWR", "Manhattan": "Yellow Zone"}.get(borough, "Boro Zone")
            rows.writerow((zone, borough, f"{_ZONE_NAME} {zone}", "Airports" if zone in (132, 138) else served))
        rows.writerow((264, "Unknown", "N/A", "N/A"))
        rows.writerow((265, "N/A", "Outside of NYC", "N/A"))


def _trips(recipe: Recipe, month: FileMonth) -> str:
    green = recipe.key.service == "green"
    prefix = "lpep" if green else "tpep"
    first = month.first_day
    days = [_WEEKDAYS[(first.weekday() + day) % 7] for day in range(monthrange(month.year, month.month)[1])]
    busy = _BUSY[recipe.key.service]
    weights = [
        40 - index if (index := _place(zone, busy)) is not None else 3 if zone in _MANHATTAN else 1
        for zone in range(1, 264)
    ]

    def chance(name: str) -> str:
        # Hashed twice: hashes of the same number with two names differ by a constant only, and would go together.
        return f"(hash(hash(seed_row, {literal(f'{name} {recipe.seed} {recipe.key.slug}')})) / 18446744073709551616.0)"

    def pick(name: str, shares: Sequence[int], start: int) -> str:
        lottery = [start + index for index, share in enumerate(shares) for _ in range(share)]
        return f"({lottery})[1 + CAST(floor({chance(name)} * {len(lottery)}) AS BIGINT)]"

    fees = (
        "CAST(NULL AS DOUBLE) AS ehail_fee, CAST(if(street, 1, 2) AS BIGINT) AS trip_type"
        if green
        else 'CAST(if(pickup_zone IN (132, 138), 1.75, 0.0) * present AS DOUBLE) AS "Airport_fee"'
    )
    if str(month) >= "2025-01":
        fees += ", CAST(if(crowded, 0.75, 0.0) AS DOUBLE) AS cbd_congestion_fee"
    return f"""
        WITH numbered AS (
            SELECT i - if(hash(i, 'twin {recipe.seed}') % 2500 = 0, 1, 0) AS seed_row FROM range({recipe.rows}) t(i)),
        drawn AS (
            SELECT {pick("day", days, 0)} AS day, {pick("hour", _HOURS, 0)} AS hour, {chance("second")} AS second,
                {pick("from", weights, 1)} AS from_zone, {pick("to", weights, 1)} AS to_zone,
                {chance("miles")} AS far, {chance("speed")} AS speed, {chance("pay")} AS pay,
                {chance("tip")} AS generous, {chance("party")} AS party, {chance("fault")} AS fault,
                {chance("lost")} AS lost, {chance("vendor")} AS vendor
            FROM numbered),
        driven AS (
            SELECT *,
                if(fault BETWEEN 0.020 AND 0.026, 264 + CAST(fault * 1e5 AS BIGINT) % 2, from_zone) AS pickup_zone,
                if(fault BETWEEN 0.024 AND 0.030, 264 + CAST(fault * 1e5 AS BIGINT) % 2, to_zone) AS dropoff_zone,
                CASE WHEN fault < 0.0002
                    THEN TIMESTAMP '2008-12-31 23:00:00' + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                    WHEN fault < 0.0005
                    THEN TIMESTAMP '{first}' - to_seconds(CAST(floor(second * 1800) AS BIGINT) + 1)
                    ELSE TIMESTAMP '{first}' + to_days(day) + to_hours(hour)
                        + to_seconds(CAST(floor(second * 3600) AS BIGINT))
                END AS pickup,
                from_zone IN (132, 138) OR to_zone IN (132, 138) AS airport,
                CASE WHEN lost < 0.04 THEN 0 WHEN pay < 0.78 THEN 1 WHEN pay < 0.98 THEN 2
                    WHEN pay < 0.99 THEN 3 ELSE 4 END AS paid,
                if(lost < 0.04, NULL, 1) AS present,
                from_zone IN {_MANHATTAN} AND to_zone IN {_MANHATTAN} AS crowded,
                party < 0.97 AS street,
                if(fault BETWEEN 0.040 AND 0.043, -1, 1) AS sign
            FROM drawn),
        measured AS (
            SELECT *, if(fault BETWEEN 0.030 AND 0.036, 0.0,
                round(0.4 - ln(1 - far) * 2.1 + if(airport, 9, 0), 2)) AS miles
            FROM driven),
        timed AS (
            SELECT *, CAST(60 + miles / (7 + 9 * speed + if(hour < 6, 6, 0)) * 3600 AS BIGINT) AS seconds,
                CASE WHEN hour BETWEEN 16 AND 19 THEN 2.5 WHEN hour >= 20 OR hour < 6 THEN 1.0 ELSE 0.0 END AS rush
            FROM measured),
        priced AS (
            SELECT *, CAST(sign * round(3.0 + 2.5 * miles + seconds / 60.0 * 0.35, 1) AS DOUBLE) AS fare,
                CAST(sign * 0.5 AS DOUBLE) AS tax, CAST(sign * 1.0 AS DOUBLE) AS improvement,
                CAST(if(far > 0.985, 6.94, 0.0) AS DOUBLE) AS tolls,
                CAST(if(crowded, 2.5, 0.0) AS DOUBLE) AS congestion,
                CAST(if(paid = 1, round((3.0 + 2.5 * miles) * (0.08 + 0.24 * generous), 2), 0.0) AS DOUBLE) AS tip
            FROM timed)
        SELECT CAST(if(vendor < 0.26, 1, 2) AS INTEGER) AS "VendorID",
            pickup AS {prefix}_pickup_datetime,
            pickup + to_seconds(if(fault BETWEEN 0.050 AND 0.0504, -300, seconds)) AS {prefix}_dropoff_datetime,
            CAST(present * CASE WHEN party < 0.75 THEN 1 WHEN party < 0.9 THEN 2 WHEN party < 0.94 THEN 3
                WHEN party < 0.97 THEN 4 ELSE 5 END AS BIGINT) AS passenger_count,
            CAST(miles AS DOUBLE) AS trip_distance,
            CAST(if(from_zone = 132 AND crowded, 2, 1) * present AS BIGINT) AS "RatecodeID",
            if(present = 1, if(vendor > 0.993, 'Y', 'N'), NULL) AS store_and_fwd_flag,
            CAST(if(fault BETWEEN 0.060 AND 0.0601, NULL, pickup_zone) AS INTEGER) AS "PULocationID",
            CAST(dropoff_zone AS INTEGER) AS "DOLocationID",
            CAST(paid AS BIGINT) AS payment_type,
            fare AS fare_amount, CAST(rush AS DOUBLE) AS extra, tax AS mta_tax,
            tip AS tip_amount, tolls AS tolls_amount,
            improvement AS improvement_surcharge,
            round(fare + rush + tax + tip + tolls + improvement + congestion, 2) AS total_amount,
            congestion * present AS congestion_surcharge, {fees}
        FROM priced
    """


def _place(zone: int, busy: tuple[int, ...]) -> int | None:
    return busy.index(zone) if zone in busy else None
