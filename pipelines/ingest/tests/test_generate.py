"""Generated trips of for-hire vehicles have the shape of TLC's files of their month, and load."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from conftest import CONTRACTS, Deployment, folder_lake, month
from ingest.errors import IngestError
from ingest.generate import Recipe, generate

SERVICES = ("fhv", "fhvhv")
ERAS: list[dict[str, Any]] = [
    era
    for era in json.loads((CONTRACTS.parent / "eras.json").read_text())
    if era["service"] in SERVICES and era["format"] == "parquet"
]


@pytest.mark.parametrize("edge", ["from", "to"])
@pytest.mark.parametrize("era", ERAS, ids=lambda era: f"{era['service']} {era['from']}")
def test_columns_order_and_types_are_those_of_the_era(tmp_path: Path, era: dict[str, Any], edge: str) -> None:
    file = tmp_path / "trips.parquet"
    generate(Recipe(month(era[edge] or "2026-08", era["service"]), 300), file)
    table = pyarrow.parquet.read_table(file)
    shape = {
        field.name: "null" if table[field.name].null_count == len(table) else str(field.type) for field in table.schema
    }
    # Parquet knows one kind of text; which of Arrow's two the writer had is a note for Arrow.
    assert list(shape.items()) == [(name, kind.replace("large_", "")) for name, kind in era["columns"].items()]


@pytest.mark.parametrize("service", SERVICES)
def test_a_month_before_the_first_is_refused(tmp_path: Path, service: str) -> None:
    with pytest.raises(IngestError, match=f"{service} has no file of 2014-12"):
        generate(Recipe(month("2014-12", service), 1), tmp_path / "trips.parquet")
    assert not (tmp_path / "trips.parquet").exists()


@folder_lake
@pytest.mark.parametrize("service", SERVICES)
def test_a_month_is_loaded_with_its_faults(deployment: Deployment, service: str) -> None:
    deployment.load("synthetic", "--services", service, "--months", "2024-02")

    receipt = deployment.lake.clean_receipt(month("2024-02", service))
    assert receipt is not None
    load, table = receipt.load, deployment.contracts.of_service(service).name
    assert load.synthetic
    assert not [note for note in receipt.notes if "lines" in note], "Parquet has no lines to count"
    assert {"pickup_far_from_file_month"} <= set(receipt.rejections)
    assert {"dropoff_before_pickup", "dropoff_zone_unknown", "stray_pickup_month"} <= set(receipt.warnings)
    assert 0 < load.rows_rejected < load.rows_read / 1000
    assert deployment.query(f"SELECT count(*) FROM trips_landed.{table}") == [(load.rows_accepted,)]
    assert deployment.postgres_query(f"SELECT count(*) FROM trips.{table}") == [(load.rows_accepted,)]
