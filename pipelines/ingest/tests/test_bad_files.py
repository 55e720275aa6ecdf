"""Bad files: each is refused with what, where and how to mend it; nothing is lost, and other months load as ever."""

from __future__ import annotations

import gzip
import os
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import ingest.intact
from conftest import HEADER, LAKES, ROW, Deployment, month, write_csv, write_zones
from ingest.delivery import Delivery
from ingest.errors import IngestError
from ingest.fetch import fetch
from ingest.intact import check_intact

NAME = "yellow_tripdata_2019-01"
JANUARY = month("2019-01")
GOOD = [ROW.replace("9.75", f"{number}.00") for number in range(200)]
TEXT = "\n".join([HEADER, *GOOD]) + "\n"


def parquet(folder: Path) -> bytes:
    file = folder / "good.parquet"
    duckdb.sql(f"COPY (FROM read_csv('{write_csv(folder, *GOOD, name='good.csv')}', header = true)) TO '{file}'")
    return file.read_bytes()


def truncated_gzip(data: Path, aside: Path) -> None:
    packed = gzip.compress(TEXT.encode())
    (data / f"{NAME}.csv.gz").write_bytes(packed[: len(packed) // 2])


def gzip_with_a_flipped_bit(data: Path, aside: Path) -> None:
    packed = bytearray(gzip.compress(TEXT.encode()))
    packed[-8] ^= 1
    (data / f"{NAME}.csv.gz").write_bytes(packed)


def parquet_cut_in_the_middle(data: Path, aside: Path) -> None:
    whole = parquet(aside)
    (data / f"{NAME}.parquet").write_bytes(whole[: len(whole) // 2])


def parquet_with_noise_in_its_pages(data: Path, aside: Path) -> None:
    whole = parquet(aside)
    (data / f"{NAME}.parquet").write_bytes(whole[:8] + b"\xff" * 1500 + whole[1508:])


def web_page_as_csv(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv").write_text("\n <!DOCTYPE html>\n<html><body>Sign in</body></html>\n")


def web_page_as_parquet(data: Path, aside: Path) -> None:
    (data / f"{NAME}.parquet").write_text("<html><body>Access denied</body></html>")


def missing_column(data: Path, aside: Path) -> None:
    write_csv(data, *GOOD, header=HEADER.replace("PULocationID", "pickup_longitude"))


def duplicate_column(data: Path, aside: Path) -> None:
    write_csv(data, *(f"{row},1" for row in GOOD), header=f"{HEADER},pulocationid")


def type_change_that_would_empty_the_month(data: Path, aside: Path) -> None:
    query = f"SELECT * REPLACE (epoch(tpep_pickup_datetime) AS tpep_pickup_datetime) FROM '{aside / 'good.parquet'}'"
    parquet(aside)
    duckdb.sql(f"COPY ({query}) TO '{data / NAME}.parquet'")


def latin_1(data: Path, aside: Path) -> None:
    text = TEXT.replace(",N,", ",é,")
    (data / f"{NAME}.csv").write_bytes(text.encode("latin-1"))


def latin_1_header(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv").write_bytes(TEXT.replace("extra", "extrá").encode("latin-1"))


def utf_16(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv").write_text(TEXT, encoding="utf-16")


def no_rows(data: Path, aside: Path) -> None:
    write_csv(data)


def parquet_without_rows(data: Path, aside: Path) -> None:
    parquet(aside)
    duckdb.sql(f"COPY (FROM '{aside / 'good.parquet'}' LIMIT 0) TO '{data / NAME}.parquet'")


def fifty_thousand_columns(data: Path, aside: Path) -> None:
    more = ",".join(f"column_{number}" for number in range(50_000))
    write_csv(data, *(f"{row}{',' * 50_000}" for row in GOOD[:2]), header=f"{HEADER},{more}")


def fifty_thousand_columns_in_parquet(data: Path, aside: Path) -> None:
    numbers = pa.array([1], pa.int8())
    pq.write_table(pa.table({f"column_{number}": numbers for number in range(50_000)}), data / f"{NAME}.parquet")


def link_out_of_the_folder(data: Path, aside: Path) -> None:
    secret = write_csv(aside, *GOOD, name="secret.csv")
    (data / f"{NAME}.csv").symlink_to(Path("..") / aside.name / secret.name)


def link_to_nowhere(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv").symlink_to(data / "gone.csv")


def gzip_bomb(data: Path, aside: Path) -> None:
    with (data / f"{NAME}.csv.gz").open("wb") as stream:
        packer = zlib.compressobj(9, zlib.DEFLATED, 31)
        for _ in range(1024):
            stream.write(packer.compress(bytes(1 << 20)))
        stream.write(packer.flush())


def parquet_bomb(data: Path, aside: Path) -> None:
    """Two thousand million rows in a few kilobytes."""
    rows = pa.table({"VendorID": pa.nulls(1_000_000, pa.int64())})
    file = data / f"{NAME}.parquet"
    with pq.ParquetWriter(file, rows.schema) as writer:
        for _ in range(251):
            writer.write_table(rows)


def empty_file(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv.gz").touch()


def folder_with_a_files_name(data: Path, aside: Path) -> None:
    (data / f"{NAME}.csv").mkdir()


CASES: list[tuple[Callable[[Path, Path], None], str, str, str]] = [
    (truncated_gzip, "fetch", "the gzip ends early, at byte", "fetch the file again"),
    (gzip_with_a_flipped_bit, "fetch", "the gzip is damaged before byte", "fetch the file again"),
    (parquet_cut_in_the_middle, "fetch", "the Parquet file was cut off", "fetch the file again"),
    (parquet_with_noise_in_its_pages, "clean", "the file can't be read", "fetch the file again"),
    (web_page_as_csv, "fetch", "this is a web page, not a table", "open the address in a browser"),
    (web_page_as_parquet, "fetch", "this isn't Parquet: it begins with b'<htm'", "fetch the file again"),
    (missing_column, "clean", "the required column pickup_zone_id is missing", "add the new name to its aliases"),
    (duplicate_column, "clean", "2 columns of the file are pickup_zone_id", "keep the right one"),
    (type_change_that_would_empty_the_month, "clean", "200 of 200 rows are rejected (100.0%", "--accept-anyway"),
    (latin_1, "clean", "reasons: malformed:invalid_encoding 200", "quarantine -- explain"),
    (latin_1_header, "clean", "the header is not UTF-8 text", "save the file as UTF-8"),
    (utf_16, "clean", "the header is not UTF-8 text", "save the file as UTF-8"),
    (no_rows, "clean", "0 rows would replace the 200 of the last delivery", "--accept-anyway"),
    (parquet_without_rows, "clean", "0 rows would replace the 200 of the last delivery", "--accept-anyway"),
    (fifty_thousand_columns, "clean", "the file has 50,018 columns", "check that it is a TLC trip file"),
    (fifty_thousand_columns_in_parquet, "clean", "the file has 50,000 columns", "check that it is a TLC trip file"),
    (link_out_of_the_folder, "fetch", "the file is a link that leaves its folder", "put a copy in its place"),
    (link_to_nowhere, "fetch", "the file is", "put"),
    (gzip_bomb, "fetch", "the gzip expands beyond all measure", "look where it comes from"),
    (parquet_bomb, "fetch", "the Parquet file is too large to be a month of trips", "look where it comes from"),
    (empty_file, "fetch", "the file is empty (0 bytes)", "fetch the file again"),
    (folder_with_a_files_name, "fetch", "this is a folder with the name of a file", "put the file itself there"),
]


def held(deployment: Deployment) -> tuple[object, ...]:
    """All that January has in the lake and the stores, the received file aside."""
    rows = "SELECT * FROM {}.yellow_trips WHERE file_month = '2019-01-01' ORDER BY trip_id"
    return (
        deployment.query(rows.format("trips_landed")),
        deployment.postgres_query(rows.format("trips")),
        deployment.outside.read(deployment.lake.clean_object(JANUARY)),
        deployment.outside.read(deployment.lake.quarantine_object(JANUARY)),
        deployment.lake.clean_receipt(JANUARY),
    )


def through(deployment: Deployment, key: str) -> str | None:
    """The stage at which a month fails, if it does."""
    for stage in ("fetch", "clean", "land", "postgres"):
        code = deployment.run(stage, "--service", "yellow", "--file-month", key, run="r2")
        if code != 0:
            assert code == 1
            return stage
    return None


#: What happens to the lake depends on how a file is refused, not on why: one case of each way is run with buckets too.
IN_BUCKETS = (truncated_gzip, folder_with_a_files_name, missing_column, no_rows)


CASES_AND_LAKES = [
    pytest.param(make, *expected, lake, id=f"{make.__name__}-{lake}")
    for make, *expected in CASES
    for lake in (LAKES if make in IN_BUCKETS else LAKES[:1])
]


@pytest.mark.parametrize(("make", "stage", "what", "mend", "lake_place"), CASES_AND_LAKES, indirect=["lake_place"])
def test_a_bad_file_is_refused_and_nothing_is_lost(
    deployment: Deployment,
    samples: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    make: Callable[[Path, Path], None],
    stage: str,
    what: str,
    mend: str,
) -> None:
    aside = tmp_path / "aside"
    aside.mkdir()
    write_zones(samples)
    good = write_csv(samples, *GOOD)
    deployment.load(samples)
    before, first = held(deployment), deployment.lake.raw_receipt(JANUARY)
    assert first is not None

    good.unlink()
    make(samples, aside)
    write_csv(samples, *(row.replace("2019-01", "2019-02") for row in GOOD), name="yellow_tripdata_2019-02.csv")
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    capsys.readouterr()
    assert through(deployment, "2019-01") == stage
    error = capsys.readouterr().err
    assert what in error.partition("error: ")[2]
    [where] = [line for line in error.splitlines() if line.startswith("  where: ")]
    assert NAME in where
    assert mend in error.partition("  mend:  ")[2]
    assert "Traceback" not in error

    assert held(deployment) == before
    assert deployment.lake.raw_object(JANUARY, first).find() is not None, "what was received before"
    if stage == "fetch":
        assert deployment.lake.raw_receipt(JANUARY) == first
    assert [name for name in deployment.outside.names("raw") if ".part" in name] == []
    assert through(deployment, "2019-02") is None
    assert deployment.query("SELECT count(*) FROM trips_landed.yellow_trips") == [(400,)]

    # The good file again, and all is as it was.
    for path in samples.glob(f"{NAME}.*"):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    write_csv(samples, *GOOD)
    deployment.load(samples, run="r3")
    assert held(deployment)[:2] == before[:2]


def test_a_bomb_is_read_in_small_pieces(samples: Path) -> None:
    gzip_bomb(samples, samples)
    file = samples / f"{NAME}.csv.gz"
    tracemalloc.start()
    try:
        with pytest.raises(IngestError, match="beyond all measure"):
            check_intact(file, file.name)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
    finally:
        tracemalloc.stop()


def test_a_file_that_is_too_long_is_refused_whatever_its_ratio(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = samples / f"{NAME}.csv.gz"
    file.write_bytes(gzip.compress(os.urandom(3 << 20)))
    assert check_intact(file, file.name)
    monkeypatch.setattr(ingest.intact, "_FREE_BYTES", 1 << 20)
    monkeypatch.setattr(ingest.intact, "_MOST_BYTES", 2 << 20)
    with pytest.raises(IngestError, match="beyond all measure"):
        check_intact(file, file.name)


@pytest.mark.parametrize("name", ["../../escaped.csv", "/etc/passwd", "..", "a/b.csv", "x\0.csv", ""])
def test_a_name_that_would_leave_the_folder_is_refused(name: str) -> None:
    with pytest.raises(IngestError, match="would leave its folder"):
        Delivery(JANUARY, "https://example.com/x", name, False)


def test_a_receipt_that_points_out_of_the_lake_is_refused(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write_csv(samples, *GOOD)
    fetch(lake_only.lake, Delivery(JANUARY, file.as_uri(), file.name, False))
    current = f"{lake_only.lake.raw_folder(JANUARY)}/current.json"
    receipt = lake_only.lake.raw_receipt(JANUARY)
    assert receipt is not None
    text = lake_only.outside.read(current).decode().replace(receipt.object, "../../../../data/" + file.name)
    lake_only.outside.write(current, text.encode())
    assert lake_only.run("clean", "--service", "yellow", "--file-month", "2019-01") == 1
    assert "names a file outside of its folder" in capsys.readouterr().err


@pytest.mark.parametrize("run", ["..", "../x", "a/b"])
def test_a_run_that_would_leave_the_folder_is_refused(lake_only: Deployment, run: str) -> None:
    assert lake_only.run("plan", run=run) == 1
