"""What the reports must be, as one would ask DuckDB for it: all trips at once, without parts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

#: A high-volume service's total, as dbt's charged_to_passenger() has it.
_CHARGED = "fare_amount" + "".join(
    f" + coalesce({charge}, 0)"
    for charge in (
        "tolls_amount",
        "tip_amount",
        "sales_tax",
        "black_car_fund",
        "congestion_surcharge",
        "airport_fee",
        "cbd_congestion_fee",
    )
)
_TOTALS = {"yellow": "total_amount", "green": "total_amount", "fhvhv": _CHARGED, "fhv": None}
_AMOUNTS = ("fare_amount", "tip_amount", "tolls_amount", "trip_distance")


def _trips(lake: Path) -> str:
    """All services' trips, with null for what a service's files don't have."""
    services = [service for service in _TOTALS if (lake / service).is_dir()]
    return " union all ".join(_of_service(lake, service, _TOTALS[service]) for service in services)


def _of_service(lake: Path, service: str, total: str | None) -> str:
    amounts = [name if total else "null" for name in _AMOUNTS]
    columns = ", ".join(
        f"cast({value} as decimal(12, 2)) as {name}"
        for name, value in zip((*_AMOUNTS, "total_amount"), (*amounts, total or "null"), strict=True)
    )
    return f"""
        select '{service}' as service, pickup_datetime, dropoff_datetime, pickup_zone_id, dropoff_zone_id, {columns}
        from read_parquet('{lake}/{service}/*/trips.parquet', hive_partitioning = false)"""


def revenue_report(lake: Path) -> str:
    return f"""
        with trips as ({_trips(lake)}), zones as (from '{lake}/zones/zones.parquet')
        select service, cast(date_trunc('month', pickup_datetime) as date) as revenue_month, pickup_zone_id,
            coalesce(any_value(zone), 'Unknown') as pickup_zone,
            coalesce(any_value(borough), 'Unknown') as pickup_borough,
            count(*) as trips, sum(fare_amount) as fare_amount, sum(tip_amount) as tip_amount,
            sum(tolls_amount) as tolls_amount, sum(total_amount) as total_amount, sum(trip_distance) as trip_distance
        from trips left join zones on pickup_zone_id = zone_id
        group by all"""


def demand_by_hour(lake: Path) -> str:
    return f"""
        with trips as ({_trips(lake)}), zones as (from '{lake}/zones/zones.parquet'),
        hours as (
            select service, date_trunc('hour', pickup_datetime) as hour, pickup_zone_id, count(*) as trips
            from trips group by all),
        before as (select service, hour + interval 7 days as hour, pickup_zone_id, trips from hours)
        select hours.service, hours.hour, hours.pickup_zone_id,
            coalesce(zone, 'Unknown') as pickup_zone, coalesce(borough, 'Unknown') as pickup_borough, hours.trips,
            (select sum(day.trips) from hours as day
                where day.service = hours.service and day.pickup_zone_id is not distinct from hours.pickup_zone_id
                and day.hour between hours.hour - interval 23 hours and hours.hour) as trips_24_hours,
            coalesce(before.trips, 0) as trips_week_before,
            rank() over (partition by hours.service, hours.hour order by hours.trips desc) as rank_in_hour
        from hours
        left join before on before.service = hours.service and before.hour = hours.hour
            and before.pickup_zone_id is not distinct from hours.pickup_zone_id
        left join zones on hours.pickup_zone_id = zone_id"""


def zone_flows(lake: Path) -> str:
    return f"""
        with trips as ({_trips(lake)}), zones as (from '{lake}/zones/zones.parquet'),
        flows as (
            select service, cast(date_trunc('month', pickup_datetime) as date) as flow_month, pickup_zone_id,
                dropoff_zone_id, count(*) as trips,
                count(*) filter (dropoff_datetime >= pickup_datetime) as timed_trips,
                sum(date_diff('second', pickup_datetime, dropoff_datetime))
                    filter (dropoff_datetime >= pickup_datetime) as seconds,
                sum(trip_distance) as trip_distance
            from trips group by all)
        select service, flow_month, pickup_zone_id,
            coalesce(origins.zone, 'Unknown'), coalesce(origins.borough, 'Unknown'), dropoff_zone_id,
            coalesce(goals.zone, 'Unknown'), coalesce(goals.borough, 'Unknown'),
            trips, timed_trips, seconds, trip_distance,
            rank() over (partition by service, flow_month, pickup_zone_id order by trips desc)
        from flows
        left join zones as origins on pickup_zone_id = origins.zone_id
        left join zones as goals on dropoff_zone_id = goals.zone_id"""


def dedupe_trips(lake: Path, service: str, delivered: list[str]) -> str:
    """Of one service; the columns of its clean files, then the copies."""
    names = ", ".join(delivered)
    return f"""
        select {names}, min(trip_id), file_month, any_value(_source_file), any_value(_load_id),
            any_value(_warnings), count(*)
        from read_parquet('{lake}/{service}/*/trips.parquet', hive_partitioning = false) group by {names}, file_month"""


def rows(query: str) -> list[tuple[Any, ...]]:
    """In an order of their own, so that lists can be compared."""
    with duckdb.connect(":memory:") as connection:
        return sorted(connection.execute(query).fetchall(), key=repr)
