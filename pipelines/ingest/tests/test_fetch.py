"""Fetching: bytes as received, checked before they count, kept once."""

from __future__ import annotations

import gzip
import os
import subprocess
from pathlib import Path

import duckdb
import pytest

from conftest import HEADER, ROW, Deployment, month, write_csv
from ingest.delivery import Delivery
from ingest.durable import remove_leftovers, sha256_of
from ingest.errors import IngestError
from ingest.fetch import fetch
from ingest.intact import check_intact

JANUARY = month("2019-01")


def delivery_of(file: Path) -> Delivery:
    return Delivery(JANUARY, file.as_uri(), file.name, False)


def objects(deployment: Deployment) -> list[str]:
    return [name.removeprefix("yellow/2019-01/") for name in deployment.outside.names("raw")]


def test_bytes_lie_under_their_hash_and_the_same_again_makes_no_copy(lake_only: Deployment, samples: Path) -> None:
    file = write_csv(samples, ROW)
    digest = sha256_of(file)
    first = fetch(lake_only.lake, delivery_of(file))
    assert not first.unchanged
    assert objects(lake_only) == sorted([f"{digest[:16]}/{file.name}", "current.json"])
    assert lake_only.outside.read(lake_only.lake.raw_object(JANUARY, first.receipt)) == file.read_bytes()
    assert (first.receipt.sha256, first.receipt.lines) == (digest, 2)

    again = fetch(lake_only.lake, delivery_of(file))
    assert again.unchanged
    assert again.receipt == first.receipt


def test_a_new_version_becomes_current_and_the_old_one_stays(lake_only: Deployment, samples: Path) -> None:
    fetch(lake_only.lake, delivery_of(write_csv(samples, ROW)))
    fetched = fetch(lake_only.lake, delivery_of(write_csv(samples, ROW, ROW)))
    assert len(objects(lake_only)) == 3
    assert lake_only.lake.raw_receipt(JANUARY) == fetched.receipt
    assert fetched.receipt.lines == 3


def test_a_lost_object_is_fetched_again(lake_only: Deployment, samples: Path) -> None:
    file = write_csv(samples, ROW)
    receipt = fetch(lake_only.lake, delivery_of(file)).receipt
    lake_only.outside.remove(lake_only.lake.raw_object(JANUARY, receipt))
    fetch(lake_only.lake, delivery_of(file))
    assert lake_only.lake.raw_object(JANUARY, receipt).find() is not None


def damaged(folder: Path, name: str) -> Path:
    text = "\n".join([HEADER, *[ROW] * 2_000]).encode()
    packed = gzip.compress(text)
    parquet = folder / "whole.parquet"
    duckdb.sql(f"COPY (SELECT range AS a, hash(range) AS b FROM range(5000)) TO '{parquet}'")
    whole = parquet.read_bytes()
    contents = {
        "empty.csv": b"",
        "empty.csv.gz": b"",
        "cut.csv.gz": packed[: len(packed) // 2],
        "trailer.csv.gz": packed[:-4],
        "crc.csv.gz": packed[:-8] + b"\0\0\0\0" + packed[-4:],
        "noise.csv.gz": packed[:60] + b"\xff" * 300 + packed[360:],
        "page.csv.gz": b"<html>not found</html>",
        "page.parquet": b"<html>not found</html>",
        "cut.parquet": whole[: len(whole) // 2],
        "middle.parquet": whole[:1000] + whole[5000:],
    }
    file = folder / name
    file.write_bytes(contents[name])
    return file


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("empty.csv", "empty"),
        ("empty.csv.gz", "empty"),
        ("cut.csv.gz", "ends early, at byte"),
        ("trailer.csv.gz", "ends early, at byte"),
        ("crc.csv.gz", "incorrect data check"),
        ("noise.csv.gz", "damaged before byte"),
        ("page.csv.gz", "incorrect header check"),
        ("page.parquet", "begins with b'<htm'"),
        ("cut.parquet", "cut off"),
        ("middle.parquet", "shorter than its footer says"),
    ],
)
def test_a_damaged_file_is_refused_and_the_current_delivery_stays(
    lake_only: Deployment, samples: Path, name: str, word: str
) -> None:
    fetch(lake_only.lake, delivery_of(write_csv(samples, ROW)))
    before = objects(lake_only)
    with pytest.raises(IngestError) as caught:
        fetch(lake_only.lake, delivery_of(damaged(samples, name)))
    assert word in caught.value.what
    assert name in caught.value.where
    assert "fetch the file again" in caught.value.mend
    assert objects(lake_only) == before


def test_a_gzip_of_several_members_is_whole(samples: Path) -> None:
    file = samples / "x.csv.gz"
    file.write_bytes(gzip.compress(b"a\n1\n") + gzip.compress(b"2\n3"))
    assert check_intact(file, file.name) == 4


def test_what_a_killed_process_left_is_removed_and_what_a_living_one_writes_is_not(samples: Path) -> None:
    dead = subprocess.Popen(["true"])
    dead.wait()
    left = samples / f".trips.parquet.tmp-{dead.pid}"
    busy = samples / f".trips.parquet.tmp-{os.getpid()}"
    for file in (left, busy):
        file.write_text("half")
    assert remove_leftovers(samples) == [left]
    assert busy.exists()
