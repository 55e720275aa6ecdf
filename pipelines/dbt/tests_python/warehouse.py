"""A small real warehouse: DuckDB tables made by the contract's own DDL, filled as ingest fills them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from project import CONTRACTS, contract_tables

LANDED = "trips_landed"
MARTS = ("dim_zones", "fct_trips", "fct_monthly_zone_revenue")

#: Services whose trips are landed, by the table that holds them.
SERVICES = {table["service"]: table for table in contract_tables().values() if table["partitionBy"] == "file_month"}

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Trip:
    """What a test wants to say about a trip; the rest of the row stays empty, as does what its service lacks."""

    pickup: str
    """Start, e.g. `2019-01-31 23:50`, New York time."""
    total: str = "10.00"
    """Charged to the passenger; of fhvhv the fare, all else being null."""
    pickup_zone: int = 132
    dropoff_zone: int = 1
    payment_type: int | None = 1
    minutes: int = 12
    rate_code: int | None = 1


@dataclass(frozen=True)
class Zone:
    zone_id: int
    zone: str
    borough: str


ZONES = (Zone(1, "Newark Airport", "EWR"), Zone(132, "JFK Airport", "Queens"), Zone(264, "NV", "Unknown"))


class Warehouse:
    """One DuckDB file, opened for each act: dbt needs it between two of ours."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def create(self) -> None:
        """Starts over with empty landed tables, as Terraform leaves them."""
        self.file.unlink(missing_ok=True)
        with duckdb.connect(str(self.file)) as connection:
            connection.execute(f"create schema {LANDED}; use {LANDED}")
            for ddl in sorted((CONTRACTS / "duckdb").glob("*.sql")):
                connection.execute(ddl.read_text())
        self.land_zones(ZONES)

    def empty(self) -> None:
        """Takes away all trips and all marts, and leaves the zones; quicker than starting over."""
        with duckdb.connect(str(self.file)) as connection:
            for service in SERVICES:
                connection.execute(f"truncate {LANDED}.{service}_trips")
            for mart in MARTS:
                connection.execute(f"drop table if exists trips_marts.{mart}")
        self.land_zones(ZONES)

    def land_zones(self, zones: Sequence[Zone]) -> None:
        """Replaces the zones by others."""
        load_id = _digest(repr(zones))[:16]
        rows = [(zone.zone_id, zone.borough, zone.zone, "zones.csv", load_id) for zone in zones]
        with duckdb.connect(str(self.file)) as connection:
            connection.begin()
            connection.execute(f"delete from {LANDED}.zones")
            connection.executemany(
                f"insert into {LANDED}.zones (zone_id, borough, zone, _source_file, _load_id) values (?, ?, ?, ?, ?)",
                rows,
            )
            connection.commit()

    def land(self, service: str, month: str, trips: Sequence[Trip]) -> None:
        """Replaces one file month (`2019-01`) by a delivery; the same trips make the same rows and the same load."""
        load_id = _digest(service, repr(trips))[:16]
        file_month = date.fromisoformat(f"{month}-01")
        copies: Counter[Trip] = Counter()
        rows: list[dict[str, Any]] = []
        for trip in trips:
            copies[trip] += 1
            trip_id = _digest(service, month, repr(astuple(trip)), str(copies[trip]))
            system = {"trip_id": trip_id, "file_month": file_month, "_load_id": load_id, "_warnings": ""}
            rows.append(_delivered(service, trip) | system | {"_source_file": f"{service}-{month}.parquet"})
        with duckdb.connect(str(self.file)) as connection:
            connection.begin()
            connection.execute(f"delete from {LANDED}.{service}_trips where file_month = ?", [file_month])
            if rows:
                names, values = ", ".join(rows[0]), ", ".join("?" for _ in rows[0])
                connection.executemany(
                    f"insert into {LANDED}.{service}_trips ({names}) values ({values})",
                    [list(row.values()) for row in rows],
                )
            connection.commit()

    def query(self, sql: str) -> list[Row]:
        """The rows of a query."""
        with duckdb.connect(str(self.file)) as connection:
            return connection.execute(sql).fetchall()

    def marts(self) -> dict[str, list[Row]]:
        """Every row of every mart, in one order: what has to be equal however the warehouse came to be."""
        return {mart: self.query(f"select * from trips_marts.{mart} order by all") for mart in MARTS}

    def days(self) -> list[str]:
        """The pickup days that fct_trips holds."""
        return [str(day) for (day,) in self.query("select distinct pickup_date from trips_marts.fct_trips order by 1")]


def _delivered(service: str, trip: Trip) -> dict[str, Any]:
    """The trip as the service's files deliver it: without what they have no column for."""
    pickup = datetime.fromisoformat(trip.pickup)
    columns = {column["name"] for column in SERVICES[service]["columns"]}
    row = {
        "pickup_datetime": pickup,
        "dropoff_datetime": pickup + timedelta(minutes=trip.minutes),
        "pickup_zone_id": trip.pickup_zone,
        "dropoff_zone_id": trip.dropoff_zone,
        "payment_type": trip.payment_type,
        "rate_code_id": trip.rate_code,
        "total_amount" if "total_amount" in columns else "fare_amount": Decimal(trip.total),
    }
    return {name: value for name, value in row.items() if name in columns}


def _digest(*parts: str) -> str:
    return hashlib.md5("|".join(parts).encode()).hexdigest()
