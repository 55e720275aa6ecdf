"""What cleaning accepts, warns about and rejects; and what it says when it can't read a file at all."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

import ingest.outcome
from conftest import HEADER, ROW, ZONES, Deployment, month, write_csv
from ingest.clean import clean
from ingest.delivery import Delivery, Key
from ingest.errors import IngestError
from ingest.fetch import fetch
from ingest.receipts import CleanReceipt

JANUARY = month("2019-01")


def clean_file(deployment: Deployment, file: Path, key: Key = JANUARY) -> CleanReceipt:
    fetch(deployment.lake, Delivery(key, file.as_uri(), file.name, False))
    return clean(deployment.lake, key, deployment.contracts.of_service(key.service))


def with_value(**values: str) -> str:
    """The good row with some values replaced."""
    names = HEADER.split(",")
    fields = ROW.split(",")
    for name, value in values.items():
        fields[names.index(name)] = value
    return ",".join(fields)


def test_a_rejected_row_goes_to_quarantine_with_every_reason_and_its_raw_values(
    lake_only: Deployment, samples: Path
) -> None:
    bad = with_value(tpep_pickup_datetime="2008-12-31 23:00:00", PULocationID="", fare_amount="free", extra="0.50")
    receipt = clean_file(lake_only, write_csv(samples, ROW, bad, with_value(fare_amount="7")))
    assert (receipt.load.rows_read, receipt.load.rows_accepted, receipt.load.rows_rejected) == (3, 2, 1)
    assert receipt.rejections == {
        "missing:pickup_zone_id": 1,
        "pickup_far_from_file_month": 1,
        "uncastable:fare_amount": 1,
    }
    [(row, reasons, raw)] = lake_only.rejected(JANUARY)
    assert (row, reasons) == (2, ["missing:pickup_zone_id", "uncastable:fare_amount", "pickup_far_from_file_month"])
    values = json.loads(raw)
    assert (values["fare_amount"], values["extra"], values["congestion_surcharge"]) == ("free", "0.50", None)


def test_a_row_that_breaks_a_warn_rule_is_kept_flagged_and_counted(lake_only: Deployment, samples: Path) -> None:
    odd = with_value(trip_distance="0", PULocationID="264", tpep_pickup_datetime="2019-02-01 00:00:00")
    receipt = clean_file(lake_only, write_csv(samples, ROW, odd))
    assert (receipt.load.rows_accepted, receipt.load.rows_warned) == (2, 1)
    expected = ["dropoff_before_pickup", "pickup_zone_unknown", "stray_pickup_month", "zero_distance"]
    assert receipt.warnings == dict.fromkeys(expected, 1)
    rows = [row[-1:] for row in lake_only.clean_rows(JANUARY)]
    assert rows == [("",), (",".join(expected),)]


def test_lines_that_are_not_csv_are_rejected_and_later_rows_keep_their_numbers(
    lake_only: Deployment, samples: Path
) -> None:
    rows = [with_value(extra=f"{number / 100:.2f}") for number in range(5_000)]
    rows[2] = "1,2"
    rows[3] = rows[3] + ",and,more"
    rows[4] = with_value(fare_amount="free")
    rows[4_000] = with_value(fare_amount="dear")
    receipt = clean_file(lake_only, write_csv(samples, *rows))
    assert [(row, reasons) for row, reasons, _ in lake_only.rejected(JANUARY)] == [
        (3, ["malformed:missing_columns"]),
        (4, ["malformed:too_many_columns"]),
        (5, ["uncastable:fare_amount"]),
        (4_001, ["uncastable:fare_amount"]),
    ]
    assert (receipt.load.rows_read, receipt.load.rows_accepted) == (5_000, 4_996)


def test_wrong_encoding_rejects_the_row_only(lake_only: Deployment, samples: Path) -> None:
    file = write_csv(samples, ROW, ROW)
    file.write_bytes(file.read_bytes() + with_value(store_and_fwd_flag="é").encode("latin-1") + b"\n")
    receipt = clean_file(lake_only, file)
    assert receipt.rejections == {"malformed:invalid_encoding": 1}
    assert receipt.load.rows_accepted == 2


@pytest.mark.parametrize("rows", [(), ("", "")], ids=["header only", "blank lines"])
def test_a_file_without_rows_is_a_month_without_rows(
    lake_only: Deployment, samples: Path, rows: tuple[str, ...]
) -> None:
    receipt = clean_file(lake_only, write_csv(samples, *rows))
    assert (receipt.load.rows_read, receipt.load.rows_accepted, receipt.load.rows_rejected) == (0, 0, 0)
    table = lake_only.contracts.of_service("yellow")
    with lake_only.lake.clean_object(JANUARY).reading() as file:
        described = duckdb.sql(f"DESCRIBE SELECT * FROM read_parquet('{file}', hive_partitioning = false)").fetchall()
    assert [(row[0], row[1]) for row in described] == [
        (column.name, column.duckdb_type) for column in table.all_columns
    ]


def test_columns_match_by_alias_in_any_case_and_any_order(lake_only: Deployment, samples: Path) -> None:
    names = [name.upper() for name in HEADER.split(",")]
    file = samples / "yellow_tripdata_2019-01.csv.gz"
    text = "\ufeff" + ",".join(reversed(names)) + "\r\n" + ",".join(reversed(ROW.split(","))) + "\r\n"
    file.write_bytes(gzip.compress(text.encode()))
    receipt = clean_file(lake_only, file)
    shuffled = lake_only.clean_rows(JANUARY)
    clean_file(lake_only, write_csv(samples, ROW))
    plain = lake_only.clean_rows(JANUARY)
    assert [row[:-4] for row in shuffled] == [row[:-4] for row in plain]
    assert shuffled[0][-5] == plain[0][-5], "trip_id"
    assert receipt.notes == []


def test_a_missing_required_column_is_an_error_that_names_what_stood_there(
    lake_only: Deployment, samples: Path
) -> None:
    header = HEADER.replace("PULocationID", "pickup_longitude")
    with pytest.raises(IngestError) as caught:
        clean_file(lake_only, write_csv(samples, ROW, header=header))
    assert "pickup_zone_id is missing; expected PULocationID or pickup_zone_id" in caught.value.what
    assert "pickup_longitude" in caught.value.what
    assert "yellow_tripdata_2019-01.csv" in caught.value.where
    assert lake_only.outside.names("clean") == []


def test_two_columns_for_one_are_an_error(lake_only: Deployment, samples: Path) -> None:
    file = samples / "yellow_tripdata_2019-01.parquet"
    duckdb.sql(
        'COPY (SELECT *, 1.0 AS airport_fee, 2.0 AS "Airport_fee " '
        f"FROM read_csv('{write_csv(samples, ROW)}', header = true)) TO '{file}'"
    )
    with pytest.raises(IngestError, match="2 columns of the file are airport_fee"):
        clean_file(lake_only, write_csv(samples, ROW + ",1,2", header=HEADER + ",airport_fee,Airport_fee"))
    receipt = clean_file(lake_only, file)
    assert receipt.notes == ["columns that the contract doesn't know, kept in raw only: Airport_fee "]


def test_unknown_and_absent_columns_are_noted(lake_only: Deployment, samples: Path) -> None:
    header = HEADER.replace("store_and_fwd_flag", "driver_mood")
    receipt = clean_file(lake_only, write_csv(samples, ROW, header=header))
    assert receipt.notes == [
        "no column store_and_fwd_flag: store_and_fwd_flag is empty",
        "columns that the contract doesn't know, kept in raw only: driver_mood",
    ]


def test_identical_rows_have_different_ids_that_survive_another_order(lake_only: Deployment, samples: Path) -> None:
    other = with_value(fare_amount="7")
    clean_file(lake_only, write_csv(samples, ROW, ROW, other, ROW))
    first = [row[-5] for row in lake_only.clean_rows(JANUARY)]
    clean_file(lake_only, write_csv(samples, other, ROW, ROW, ROW))
    assert len(set(first)) == 4
    assert {row[-5] for row in lake_only.clean_rows(JANUARY)} == set(first)


@pytest.mark.parametrize("many", [0, 100_000])
def test_twins_far_apart_are_numbered_in_the_order_of_a_large_file(
    many: int, lake_only: Deployment, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So many rows that DuckDB writes them in several groups, and reads these on more than one thread."""
    monkeypatch.setattr(ingest.outcome, "_MANY_TWINS", many)
    apart = [with_value(fare_amount=f"{number}.25") for number in range(130_000)]
    places = (0, 1, 70_000, 129_999)
    for place in places:
        apart[place] = ROW
    clean_file(lake_only, write_csv(samples, *apart))
    rows = lake_only.clean_rows(JANUARY)
    assert [float(row[10]) for row in rows] == [6.5 if place in places else place + 0.25 for place in range(130_000)]
    assert [rows[place][-5] for place in places] == [trip_id(rows[0], ordinal) for ordinal in (1, 2, 3, 4)]
    assert rows[2][-5] == trip_id(rows[2], 1)


def trip_id(row: tuple[Any, ...], ordinal: int) -> str:
    """As trip_id.py describes it, without its code: `row` holds the data columns and the five of the system."""
    texts = ["" if value is None else str(value) for value in row[:-5]]
    return hashlib.md5("\x1f".join(["yellow", "2019-01", *texts, str(ordinal)]).encode()).hexdigest()


def test_the_same_bytes_give_the_same_object(lake_only: Deployment, samples: Path) -> None:
    file = write_csv(samples, *(with_value(extra=f"{number / 100:.2f}") for number in range(20_000)))
    clean_file(lake_only, file)
    first = lake_only.outside.read(lake_only.lake.clean_object(JANUARY))
    clean_file(lake_only, file)
    assert lake_only.outside.read(lake_only.lake.clean_object(JANUARY)) == first


def test_a_zone_that_comes_twice_is_kept_once(lake_only: Deployment, samples: Path) -> None:
    file = samples / "taxi_zone_lookup.csv"
    file.write_text('LocationID,Borough,Zone,service_zone\n56,Queens,Corona,Boro\n56,Queens,"Corona, again",Boro\n')
    receipt = clean_file(lake_only, file, ZONES)
    assert (receipt.load.rows_accepted, receipt.rejections) == (1, {"duplicate:zone_id": 1})
    assert [(row, reasons) for row, reasons, _ in lake_only.rejected(ZONES)] == [(2, ["duplicate:zone_id"])]
    assert lake_only.clean_rows(ZONES)[0][:3] == (56, "Queens", "Corona")
