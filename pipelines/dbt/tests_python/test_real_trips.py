"""Real trips, where samples of them lie beside the project: 18 months of the TLC's yellow files."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from dbt_project import DbtProject, expect_success
from project import REAL_TRIPS, contract_tables
from warehouse import LANDED, Warehouse

TYPES = {"integer": "bigint", "decimal": "decimal(12, 2)", "string": "varchar", "local_datetime": "timestamp"}


@pytest.mark.skipif(not REAL_TRIPS.is_dir(), reason=f"no real trips at {REAL_TRIPS}")
def test_real_months_pass_every_test_and_a_second_run_changes_no_day(dbt: DbtProject, warehouse: Warehouse) -> None:
    files = sorted(REAL_TRIPS.glob("yellow_tripdata_*"))
    with duckdb.connect(str(warehouse.file)) as connection:
        for file in files:
            land(connection, file)
    (landed,) = warehouse.query(f"select count(*) from {LANDED}.yellow_trips")

    expect_success(dbt.build())
    dbt.run()

    assert warehouse.query("select count(*) from trips_marts.fct_trips") == [landed]
    assert dbt.rebuilt_days() == []


def land(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Lands a file as ingest would, without its rules: by the contract's names, aliases and types."""
    month = re.findall(r"\d{4}-\d{2}", file.name)[0]
    rows = f"read_parquet('{file}')" if file.suffix == ".parquet" else f"read_csv('{file}', all_varchar = true)"
    delivered = {name.lower(): name for name, *_ in connection.execute(f"describe from {rows}").fetchall()}
    columns = []
    for field in contract_tables()["yellow_trips"]["columns"]:
        names = [delivered[name.lower()] for name in (field["name"], *field["aliases"]) if name.lower() in delivered]
        # Whole numbers come as doubles from some months' files, and as text with a decimal point from others.
        number = (
            f'try_cast("{names[0]}" as double)'
            if names and field["type"] == "integer"
            else f'"{names[0]}"'
            if names
            else "null"
        )
        columns.append(f"try_cast({number} as {TYPES[field['type']]})")
    connection.execute(
        f"""insert into {LANDED}.yellow_trips
        select {", ".join(columns)}, md5('{month}' || row_number() over ()),
            date '{month}-01', '{file.name}', md5('{file.name}')[:16], ''
        from {rows}"""
    )
