"""Rides as a stream delivers them: nearly in the order of time, a few of them hours late."""

from __future__ import annotations

from pathlib import Path

import duckdb

#: Rides may be overtaken by others by up to so many minutes; those that are late come hours later.
DISORDER_MINUTES = 10
LATE_HOURS = 5
#: One ride of so many is late.
LATE_ONE_OF = 500

COLUMNS = "(pickup_datetime timestamp, pickup_zone_id integer, total_amount decimal(12, 2), late boolean)"

_RIDES = f"""
copy (
    with rides as (
        select
            timestamp '2019-03-01' + to_seconds(i * 31 * 86400 // {{rows}}) as pickup_datetime,
            (1 + hash(i) % 263)::integer as pickup_zone_id,
            ((300 + hash(i + 1) % 9000) / 100)::decimal(12, 2) as total_amount,
            hash(i + 2) % {LATE_ONE_OF} = 0 as late,
            pickup_datetime + to_seconds(case
                when late then {LATE_HOURS * 3600} else (hash(i + 3) % {DISORDER_MINUTES * 60})::bigint end) as seen
        from range({{rows}}) as numbers(i)
    )
    select strftime(pickup_datetime, '%Y-%m-%d %H:%M:%S') as pickup_datetime, pickup_zone_id, total_amount, late
    from rides order by seen, pickup_datetime, pickup_zone_id
) to '{{file}}' (format csv, header false)"""


def make_rides(folder: Path, rows: int) -> Path:
    """A folder with one CSV file of rides of March 2019; made once."""
    made = folder / f"rides-{rows}"
    file = made / "rides.csv"
    if not file.is_file():
        made.mkdir(parents=True, exist_ok=True)
        temporary = made / ".rides.tmp"
        with duckdb.connect(":memory:") as connection:
            connection.execute(_RIDES.format(rows=rows, file=temporary))
        temporary.replace(file)
    return made


def by_duckdb(rides: Path, target: Path, with_late: bool) -> None:
    """Pickups and revenue per zone and hour, as one asks SQL for them."""
    where = "" if with_late else "where not late"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table rides {COLUMNS}")
        connection.execute(f"insert into rides from read_csv('{rides}/rides.csv', header = false)")
        connection.execute(f"""
            copy (
                select pickup_zone_id, date_trunc('hour', pickup_datetime) as window_start, count(*) as pickups,
                    sum(total_amount) as revenue
                from rides {where} group by all
            ) to '{target}' (format parquet)""")


def differences(flink: Path, duckdb_file: Path) -> tuple[int, int]:
    """Rows that Flink wrote, and rows that only one of the two has."""
    columns = "{'zone': 'INTEGER', 'start': 'TIMESTAMP', 'pickups': 'BIGINT', 'revenue': 'DECIMAL(38, 2)'}"
    ours = f"from read_csv('{flink}/*', header = false, columns = {columns})"
    theirs = f"select * replace (revenue::decimal(38, 2) as revenue) from '{duckdb_file}'"
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(f"""
            select (select count(*) from ({ours})),
                (select count(*) from ({ours} except all {theirs}))
                + (select count(*) from ({theirs} except all {ours}))
        """).fetchone()
    assert row is not None
    return int(row[0]), int(row[1])
