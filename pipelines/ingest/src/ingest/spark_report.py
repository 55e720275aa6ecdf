"""The revenue report that Spark published in the lake: pipelines/spark/src/trips_spark/publication.py writes it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import duckdb

from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.objects.open_store import store_opener
from ingest.objects.store import ObjectStore
from ingest.settings import Settings
from ingest.sql import literal
from ingest.warehouse import Row

KEY = ("service", "revenue_month", "pickup_zone_id")
COLUMNS = (
    *KEY,
    *("pickup_zone", "pickup_borough", "trips"),
    *("fare_amount", "tip_amount", "tolls_amount", "total_amount", "trip_distance"),
)
"""dbt's table and the report have the same ones."""

_JOB = "revenue_report"


@dataclass(frozen=True)
class SparkReport:
    """`run` made it; `months` holds, by service and month, how many trips of the file it counts."""

    run: str
    months: dict[tuple[str, str], int]
    path: str
    _store: ObjectStore

    def rows(self, months: Collection[FileMonth]) -> list[Row]:
        """Of the calendar months. Raises IngestError when the files can't be read."""
        rows: list[Row] = []
        for found in self._store.glob(f"{_JOB}/{self.path}/*.parquet"):
            with self._store.reading(found.name) as file:
                rows += _rows(str(file), months_in(months))
        return rows

    def account(self) -> dict[str, Any]:
        """What the job said of the run that made it: seconds, cost."""
        document = self._store.read_json(f"{_JOB}/{PurePosixPath(self.path).parent}/summary.json")
        return document if isinstance(document, dict) else {}


def published_report(settings: Settings) -> SparkReport | None:
    """None where there is none, or what says which it is can't be read: then it is made again."""
    if settings.spark_reports is None:
        return None
    store = store_opener(settings)(settings.spark_reports)
    try:
        pointer: Any = store.read_json(f"{_JOB}/current.json")
        months = {(str(part["service"]), str(part["month"])): int(part["rows_in"]) for part in pointer["parts"]}
        return SparkReport(str(pointer["report"]["run_id"]), months, str(pointer["report"]["path"]), store)
    except (KeyError, TypeError, ValueError):
        return None


def months_in(months: Collection[FileMonth]) -> str:
    """SQL that BigQuery and DuckDB understand."""
    days = ", ".join(f"DATE '{month.first_day}'" for month in sorted(months, key=str))
    return f"revenue_month IN ({days})"


def _rows(file: str, condition: str) -> list[Row]:
    query = f"SELECT {', '.join(COLUMNS)} FROM read_parquet({literal(file)}) WHERE {condition}"
    try:
        with duckdb.connect() as connection:
            found = connection.execute(query).fetchall()
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise IngestError(
            f"Spark's report can't be read: {first}", file, "remove its current.json; the next run makes it again"
        ) from error
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]
