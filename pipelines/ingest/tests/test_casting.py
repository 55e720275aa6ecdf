"""Casting, proven by a second path: what SQL makes of a value is what plain Python makes of it."""

from __future__ import annotations

import csv
import gzip
import math
import random
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet
import pytest

import plain_python
from conftest import CONTRACTS, SAMPLES, Deployment, folder_lake, month
from ingest.casting import cast_expression, given_expression
from ingest.contract import Column, load_contracts
from ingest.delivery import Delivery, Key
from ingest.fetch import fetch

INTEGER = Column("number", "integer", False)
MONEY = Column("money", "decimal", False, precision=12, scale=2)
CLOCK = Column("clock", "local_datetime", False)


def by_sql(values: list[Any], column: Column, kind: pa.DataType | None = None) -> list[Any]:
    """None for missing, UNCASTABLE for what can't be cast."""
    given = pa.table({"value": pa.array(values, kind)})
    with duckdb.connect() as connection:
        connection.register("given", given)
        source_type = connection.execute("DESCRIBE given").fetchall()[0][1]
        there = given_expression("value", source_type)
        cast = cast_expression("value", source_type, column)
        query = f"SELECT there IS NULL, {cast} FROM (SELECT value, {there} AS there FROM given)"
        rows = connection.execute(query).fetchall()
    return [None if missing else plain_python.UNCASTABLE if value is None else value for missing, value in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("7", 7), (" 7 ", 7), ("1.0", 1), ("-3.", -3), ("+4", 4), ("007", 7), ("", None), ("  ", None), ("1.5", "no"),
     ("1e2", "no"), ("0x10", "no"), ("1_000", "no"), ("seven", "no"), ("99999999999999999999", "no"), ("NaN", "no")],
)  # fmt: skip
def test_integer_from_text(text: str, expected: Any) -> None:
    assert by_sql([text], INTEGER) == [plain_python.UNCASTABLE if expected == "no" else expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1.005", "1.01"), ("-1.005", "-1.01"), ("2.344", "2.34"), (".5", "0.50"), ("7", "7.00"), ("-0.001", "0.00"),
     ("1e2", "100.00"), ("5e-8", "0.00"), ("9999999999.99", "9999999999.99"), ("10000000000", "no"), ("1_0", "no"),
     ("$5", "no"), ("1,5", "no"), ("inf", "no"), ("nan", "no"), ("", None)],
)  # fmt: skip
def test_decimal_from_text(text: str, expected: str | None) -> None:
    no = plain_python.UNCASTABLE
    assert by_sql([text], MONEY) == [no if expected == "no" else None if expected is None else Decimal(expected)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2019-01-15 03:36:12", datetime(2019, 1, 15, 3, 36, 12)), ("2019-01-15T03:36", datetime(2019, 1, 15, 3, 36)),
     ("2019-01-15 03:36:12.25", datetime(2019, 1, 15, 3, 36, 12, 250000)), ("2019-01-15", datetime(2019, 1, 15)),
     ("2019-02-30 00:00:00", "no"), ("2019-01-15 03:36:12+02", "no"), ("2019-01-15T03:36:12Z", "no"),
     ("infinity", "no"), ("epoch", "no"), ("15/01/2019 03:36", "no"), ("0000-01-01 00:00:00", "no"),
     ("2019-01-15 24:00:00", "no"), ("1547523372", "no"), ("", None)],
)  # fmt: skip
def test_local_datetime_from_text(text: str, expected: Any) -> None:
    assert by_sql([text], CLOCK) == [plain_python.UNCASTABLE if expected == "no" else expected]


def test_doubles_and_integers_from_parquet() -> None:
    no = plain_python.UNCASTABLE
    assert by_sql([1.0, 1.5, None, math.nan, math.inf, 1e19], INTEGER, pa.float64()) == [1, no, None, None, no, no]
    assert by_sql([1.005, -1.005, 0.285, 17.799999999999997, math.nan, 1e11], MONEY, pa.float64()) == [
        Decimal("1.01"), Decimal("-1.01"), Decimal("0.29"), Decimal("17.80"), None, no,
    ]  # fmt: skip
    assert by_sql([7, None], MONEY, pa.int32()) == [Decimal("7.00"), None]
    assert by_sql([0.1], MONEY, pa.float32()) == [Decimal("0.10")]
    assert by_sql([1_547_523_372], CLOCK, pa.int64()) == [no]
    noon = datetime(2019, 1, 15, 12)
    for kind in (pa.timestamp("ns"), pa.timestamp("us"), pa.timestamp("s"), pa.timestamp("us", tz="UTC")):
        assert by_sql([noon], CLOCK, kind) == [noon]


def test_ten_thousand_odd_texts_are_cast_as_plain_python_casts_them() -> None:
    chance = random.Random(5)
    texts = [
        "".join(chance.choice("0123456789..-+eE _x:T") for _ in range(chance.randint(1, 7))) for _ in range(10_000)
    ]
    for column in (INTEGER, MONEY):
        expected = [plain_python.cast(text, column) for text in texts]
        assert [pair for pair in zip(texts, by_sql(texts, column), expected, strict=True) if pair[1] != pair[2]] == []
    kinds = ["{:04d}-{:02d}-{:02d}", "{:04d}-{:02d}-{:02d} {:02d}:{:02d}:{:02d}", "{:04d}-{:02d}-{:02d}T{:02d}:{:02d}"]

    def number(most: int) -> int:
        return chance.randint(0, most)

    clocks = [
        chance.choice(kinds).format(number(2100), number(13), number(32), number(24), number(60), number(60))
        for _ in range(5_000)
    ]
    wrong = [
        (text, got)
        for text, got in zip(clocks, by_sql(clocks, CLOCK), strict=True)
        if got != plain_python.cast(text, CLOCK)
    ]
    assert wrong == []


def read_plainly(file: Path) -> list[dict[str, Any]]:
    if file.suffix == ".parquet":
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(file).to_pylist()
        return rows
    with gzip.open(file, "rt", newline="") as stream:
        return list(csv.DictReader(stream))


def check_against_plain_python(deployment: Deployment, file: Path, key: Key) -> None:
    from ingest.clean import clean

    table = load_contracts(CONTRACTS).of_service(key.service)
    fetch(deployment.lake, Delivery(key, file.as_uri(), file.name, False))
    receipt = clean(deployment.lake, key, table)
    accepted, rejected = plain_python.clean(read_plainly(file), table, key)
    names = [column.name for column in table.columns]
    columns = ", ".join([*names, "trip_id", "_warnings"])
    with deployment.lake.clean_object(key).reading() as clean_file:
        got = duckdb.sql(f"SELECT {columns} FROM '{clean_file}'").fetchall()
    assert got == accepted
    assert [(row, reasons) for row, reasons, _ in deployment.rejected(key)] == rejected
    assert (receipt.load.rows_accepted, receipt.load.rows_rejected) == (len(accepted), len(rejected))
    assert len(accepted) > 1000


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample trips aren't on this machine")
@folder_lake
@pytest.mark.parametrize("name", ["2019-01.csv.gz", "2019-08.csv.gz", "2020-03.parquet"])
def test_every_row_of_a_sample_month_is_what_plain_python_makes_of_it(lake_only: Deployment, name: str) -> None:
    check_against_plain_python(lake_only, SAMPLES / f"yellow_tripdata_{name}", month(name[:7]))


@folder_lake
@pytest.mark.parametrize("service", ["yellow", "green"])
def test_every_row_of_a_generated_month_is_what_plain_python_makes_of_it(
    lake_only: Deployment, samples: Path, service: str
) -> None:
    lake_only.run("generate", "--out", str(samples), "--rows", "6000", "--services", service, "--months", "2025-02")
    check_against_plain_python(lake_only, samples / f"{service}_tripdata_2025-02.parquet", month("2025-02", service))
