"""Generated trips for the lessons, by DuckDB: the same rows on every machine, kept between runs.

trips/month=<2019-01 … 2019-06>/trips.parquet    in order of time, row groups of 50,000
zones.parquet                                     265 zones
keys-<size>.parquet                               number and label
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import duckdb

MONTHS = tuple(f"2019-{month:02d}" for month in range(1, 7))

_TRIPS = """
copy (
    select i as trip_number, md5(i::varchar) as trip_id,
        timestamp '{month}-01' + to_seconds((i - {first}) * {seconds} // {count}) as pickup_datetime,
        pickup_datetime + to_seconds(300 + (hash(i + 1) % 2400)::bigint) as dropoff_datetime,
        (1 + hash(i + 2) % 16 * (hash(i + 3) % 17) % 265)::int as pickup_zone_id,
        (1 + hash(i + 4) % 265)::int as dropoff_zone_id,
        (1 + hash(i + 5) % 4)::int as payment_type,
        ((50 + hash(i + 6) % 2500) / 100)::decimal(12, 2) as trip_distance,
        ((300 + hash(i + 7) % 7000) / 100)::decimal(12, 2) as fare_amount,
        ((hash(i + 8) % 900) / 100)::decimal(12, 2) as tip_amount,
        fare_amount + tip_amount as total_amount
    from range({first}, {first} + {count}) as numbers(i)
) to '{file}' (format parquet, compression zstd, row_group_size 50000)"""


def make_trips(folder: Path, rows: int) -> None:
    """Nothing where they are there."""
    if (folder / "zones.parquet").is_file():
        return
    shutil.rmtree(folder, ignore_errors=True)
    with duckdb.connect(":memory:") as connection:
        for number, month in enumerate(MONTHS):
            file = folder / "trips" / f"month={month}" / "trips.parquet"
            file.parent.mkdir(parents=True)
            first, end = (rows * index // len(MONTHS) for index in (number, number + 1))
            values = {"month": month, "first": first, "count": end - first, "seconds": 28 * 86_400, "file": file}
            connection.execute(_TRIPS.format(**values))
        _copy(
            connection,
            "select i::int as zone_id, 'Zone ' || i as zone, 'Borough ' || i % 6 as borough from range(1, 266) as z(i)",
            folder / "zones.parquet",
        )


def make_keys(folder: Path, sizes: Iterable[int]) -> None:
    with duckdb.connect(":memory:") as connection:
        for size in sizes:
            file = folder / f"keys-{size}.parquet"
            if not file.is_file():
                rows = f"select i as key, md5((i + 7)::varchar)[:16] as label from range({size}) as keys(i)"
                _copy(connection, rows, file)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, file: Path) -> None:
    """Whole or not at all."""
    temporary = file.with_suffix(".tmp")
    connection.execute(f"copy ({query}) to '{temporary}' (format parquet, compression zstd)")
    temporary.replace(file)
