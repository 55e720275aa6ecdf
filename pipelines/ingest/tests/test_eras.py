"""Every era of TLC's files (contracts/eras.ts), one generated file each, through the whole way."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from conftest import CONTRACTS, Deployment, folder_lake, month, write_zones

ERAS: list[dict[str, Any]] = json.loads((CONTRACTS.parent / "eras.json").read_text())
ROWS = 20


def arrow_type(name: str) -> pa.DataType:
    return pa.timestamp("us") if name == "timestamp[us]" else pa.type_for_alias(name)


def value_of(column: str, kind: str, era: dict[str, Any], row: int) -> Any:
    """A value that the contract accepts; row 1 has none where a column needn't have one."""
    lower = column.lower()
    if kind == "null":
        return None
    clock = datetime.fromisoformat(f"{era['from']}-15 10:{row:02d}:00")
    if "date" in lower:
        dropped = clock.replace(hour=11) if "drop" in lower else clock
        return str(dropped) if kind.endswith("string") else dropped
    optional = lower in ("passenger_count", "ratecodeid", "airport_fee", "trip_type", "sr_flag", "originating_base_num")
    if row == 1 and optional:
        return None
    if kind.endswith("string"):
        texts = {"pulocationid": "142", "dolocationid": "236", "locationid": "142", "store_and_fwd_flag": "N"}
        numbers = era["format"] == "csv" and "base_num" not in lower
        return texts.get(lower, str(row + 1) if numbers else f"{column}-{row}")
    number = 142 if "location" in lower else row + 1
    return float(number) if kind == "double" else number


def write_era(era: dict[str, Any], folder: Path) -> Path:
    data = {
        name: pa.array([value_of(name, kind, era, row) for row in range(ROWS)], arrow_type(kind))
        for name, kind in era["columns"].items()
    }
    file = folder / f"{era['service']}_tripdata_{era['from']}.{era['format']}"
    if era["format"] == "csv":
        pyarrow.csv.write_csv(pa.table(data), file)
    else:
        pyarrow.parquet.write_table(pa.table(data), file)
        written = pyarrow.parquet.read_schema(file)
        assert {field.name: str(field.type) for field in written} == era["columns"]
    return file


def title(era: dict[str, Any]) -> str:
    return f"{era['service']} {era['from']} {era['format']}"


@folder_lake
@pytest.mark.parametrize("era", [era for era in ERAS if "refused" not in era], ids=title)
def test_a_file_of_the_era_is_loaded_whole(deployment: Deployment, samples: Path, era: dict[str, Any]) -> None:
    write_zones(samples)
    write_era(era, samples)
    deployment.load(samples, "--services", era["service"])
    key = month(era["from"], era["service"])
    receipt = deployment.lake.clean_receipt(key)
    assert receipt is not None
    assert (receipt.load.rows_read, receipt.load.rows_accepted, receipt.rejections) == (ROWS, ROWS, {})
    unknown = ", ".join(sorted(era.get("unknown", [])))
    noted = [note.rpartition(": ")[2] for note in receipt.notes if "doesn't know" in note]
    assert noted == ([unknown] if unknown else [])

    # Each column of the file that has values is one of the table's, value for value.
    table = deployment.contracts.of_service(era["service"])
    names = {alias.lower(): column for column in table.columns for alias in (column.name, *column.aliases)}
    for name, kind in era["columns"].items():
        if name not in era.get("unknown", []):
            column = names[name.lower()]
            given = [value_of(name, kind, era, row) for row in range(ROWS)]
            query = f'SELECT "{column.name}" FROM trips_landed.{table.name} ORDER BY pickup_datetime'
            got = [row[0] for row in deployment.query(query)]
            expected = [None if value is None else plain(column.type, value) for value in given]
            assert [None if value is None else plain(column.type, value) for value in got] == expected, name
    assert deployment.postgres_query(f"SELECT count(*) FROM trips.{table.name}") == [(ROWS,)]
    # Of the contract's columns, just those that came late or are gone may be empty.
    missing = [note for note in receipt.notes if note.startswith("no column")]
    early = [column.name for column in table.columns if column.since and era["from"] < column.since]
    assert not [note for note in missing if any(note.endswith(f"{name} is empty") for name in early)]


def plain(kind: str, value: Any) -> Any:
    """One spelling for what text, integers, doubles and decimals say alike."""
    if kind == "local_datetime":
        return str(value)
    return float(value) if kind in ("integer", "decimal") else value


@pytest.mark.parametrize("era", [era for era in ERAS if "refused" in era], ids=title)
def test_a_file_of_an_era_without_zones_is_refused_by_the_columns_it_lacks(
    deployment: Deployment, samples: Path, era: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    write_zones(samples)
    write_era(era, samples)
    assert deployment.run("plan", "--source", str(samples)) == 0
    delivery = ("--service", era["service"], "--file-month", era["from"])
    assert deployment.run("fetch", *delivery) == 0
    assert deployment.run("clean", *delivery) == 1
    assert "the required column" in capsys.readouterr().err


def test_without_a_word_a_run_takes_the_taxis_only(lake_only: Deployment, samples: Path) -> None:
    write_zones(samples)
    for era in ERAS:
        if era["service"] == "fhv" and era["to"] is None:
            write_era(era, samples)
    newest = next(era for era in ERAS if era["service"] == "green" and era["to"] is None)
    write_era(newest, samples)
    plan = lake_only.load(samples)
    assert [item["service"] for item in plan["deliveries"]] == ["green"]
    assert "fhv_tripdata_2023-02.parquet" in plan["source"]["notes"][0]
