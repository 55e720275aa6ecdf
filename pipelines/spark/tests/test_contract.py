"""The schemas that jobs read by, beside the files that ingest writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SharedSession
from trips_spark.contract import trips_schema, zones_schema


def shape(schema: object) -> list[tuple[str, str]]:
    return [(field.name, field.dataType.simpleString()) for field in schema]  # type: ignore[attr-defined]


@pytest.mark.parametrize("service", ["yellow", "green", "fhv", "fhvhv"])
def test_a_clean_file_has_the_columns_and_types_of_its_schema(
    service: str, filled: Path, session: SharedSession
) -> None:
    file = filled / "clean" / service / "month=2024-01" / "trips.parquet"

    assert shape(session().read.parquet(str(file)).schema) == shape(trips_schema(service))


def test_so_has_the_zone_table(filled: Path, session: SharedSession) -> None:
    assert shape(session().read.parquet(str(filled / "clean/zones/zones.parquet")).schema) == shape(zones_schema())
