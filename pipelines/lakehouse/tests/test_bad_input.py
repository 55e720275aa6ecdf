"""What is wrong is named, with its place and the way out; what was there before stays as it was."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import FEBRUARY, JANUARY, Place
from lakehouse.alone import alone_in

Check = Callable[..., None]

both_formats = pytest.mark.parametrize("kind", ["iceberg", "delta"])

TIP_SHARE = {"name": "tip_share", "type": "decimal", "precision": 12, "scale": 2, "required": False, "aliases": []}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--months", "2023-12"], "the lake has no rows of 2023-12"),
        (["--months", "2023-12..2024-02", "--services", "yellow"], "the lake has no rows of yellow 2023-12"),
        (["--months", FEBRUARY, "--services", "yellow,green"], "the lake has no rows of green 2024-02"),
        (["--months", "2024-13"], "'2024-13' is not a month"),
        (["--services", "purple"], "there is no service 'purple'"),
        (["--services", "zones"], "there is no service 'zones' with months"),
    ],
)
def test_what_was_asked_for_is_not_there(place: Place, options: list[str], words: str) -> None:
    assert place.run(*options) == {}
    assert place.code == 1
    assert words in place.said
    assert not place.tables.exists()


def test_a_lake_without_trips(place: Place) -> None:
    shutil.rmtree(place.folder / "clean" / "_receipts")
    place.run()
    assert (place.code, "the lake holds no trips" in place.said) == (1, True)


@both_formats
def test_a_file_of_a_newer_contract_is_named_and_costs_no_other(place: Place, kind: str, check_equal: Check) -> None:
    before = place.file(FEBRUARY).read_bytes()
    place.deliver(FEBRUARY, "newer", "SELECT *, 1 AS robot_id FROM clean")
    outcome = place.run("--format", kind, "--services", "yellow")
    assert (place.code, outcome["equal"], outcome["rows"]) == (1, False, place.rows(JANUARY))
    assert "yellow 2024-02 has columns that the contract doesn't have: robot_id" in place.said
    place.file(FEBRUARY).write_bytes(before)
    document = json.loads(place.receipt(FEBRUARY).read_text())
    document["load"]["load_id"] = _load_in(place.file(FEBRUARY))
    place.receipt(FEBRUARY).write_text(json.dumps(document))
    assert place.run("--format", kind, "--services", "yellow")["equal"] is True
    check_equal(kind)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "SELECT * REPLACE (tip_amount::DOUBLE AS tip_amount) FROM clean",
            "tip_amount (double, not decimal128(12, 2))",
        ),
        ("SELECT * EXCLUDE (pickup_zone_id) FROM clean", "lacks required columns of the contract: pickup_zone_id"),
        ("SELECT * REPLACE (NULL::BIGINT AS pickup_zone_id) FROM clean", "doesn't fit the contract yellow_trips"),
    ],
)
def test_a_file_that_does_not_fit_the_contract(place: Place, rows: str, words: str) -> None:
    place.deliver(FEBRUARY, "unfit", rows)
    assert place.run("--services", "yellow")["rows"] == place.rows(JANUARY)
    assert (place.code, words in place.said) == (1, True), place.said


def test_a_corrupt_file_is_named_and_costs_no_other(place: Place) -> None:
    place.file(FEBRUARY).write_bytes(b"PAR1 and nothing else PAR1")
    assert place.run("--services", "yellow")["rows"] == place.rows(JANUARY)
    assert (place.code, "the file of yellow 2024-02 can't be read" in place.said) == (1, True)


def test_rows_that_are_not_of_their_receipt(place: Place) -> None:
    document = json.loads(place.receipt(FEBRUARY).read_text())
    document["load"]["load_id"] = "another"
    place.receipt(FEBRUARY).write_text(json.dumps(document))
    place.run("--services", "yellow")
    assert (place.code, "the rows aren't those of the receipt" in place.said) == (75, True)


@both_formats
def test_a_table_that_is_newer_than_the_contract(place: Place, kind: str) -> None:
    settings = place.settings.read_text()
    place.add_to_contract(TIP_SHARE)
    place.run("--format", kind, "--services", "yellow")
    place.settings.write_text(settings)
    place.run("--format", kind, "--services", "yellow")
    assert (place.code, "doesn't have: tip_share" in place.said) == (1, True)
    assert place.run("--format", kind, "--services", "yellow", "--rebuild")["equal"] is True


@both_formats
def test_a_required_column_can_not_be_added(place: Place, kind: str) -> None:
    place.run("--format", kind, "--services", "yellow")
    place.add_to_contract(TIP_SHARE | {"required": True})
    place.run("--format", kind, "--services", "yellow")
    words = "columns can't become what the contract wants now: tip_share (decimal128(12, 2), required)"
    assert (place.code, words in place.said, "--rebuild" in place.said) == (1, True, True)


def test_a_lost_catalogue_is_made_from_the_metadata(place: Place, check_equal: Check) -> None:
    first = place.run("--format", "iceberg", "--services", "yellow")
    versions = place.table("iceberg").versions()
    (place.tables / "catalog.sqlite").unlink()
    second = place.run("--format", "iceberg", "--services", "yellow")
    assert (place.code, second["months_changed"], second["bytes"]) == (0, 0, first["bytes"])
    assert place.table("iceberg").versions() == versions
    check_equal("iceberg")


def test_metadata_that_was_half_written_is_passed_over(place: Place) -> None:
    place.run("--format", "iceberg", "--services", "yellow")
    (place.tables / "catalog.sqlite").unlink()
    metadata = Path(place.tables / "iceberg/trips/yellow_trips/metadata")
    whole = max(metadata.glob("*.metadata.json")).read_bytes()
    (metadata / "00009-killed.metadata.json").write_bytes(whole[:-200])
    outcome = place.run("--format", "iceberg", "--services", "yellow")
    assert (place.code, outcome["months_changed"], outcome["equal"]) == (0, 0, True)


def test_a_creation_that_was_killed(place: Place, check_equal: Check) -> None:
    metadata = place.tables / "iceberg/trips/yellow_trips/metadata"
    metadata.mkdir(parents=True)
    (metadata / "00000-killed.metadata.json").write_bytes(b'{"location": "')
    assert place.run("--format", "iceberg", "--services", "yellow")["equal"] is True
    check_equal("iceberg")


def test_a_catalogue_that_is_none(place: Place) -> None:
    place.run("--format", "iceberg", "--services", "yellow")
    (place.tables / "catalog.sqlite").write_bytes(b"not a database, however long it may be" * 100)
    place.run("--format", "iceberg", "--services", "yellow")
    assert (place.code, "the catalogue can't be read" in place.said) == (1, True)
    (place.tables / "catalog.sqlite").unlink()
    assert place.run("--format", "iceberg", "--services", "yellow")["months_unchanged"] == 2


@pytest.mark.parametrize(
    ("kind", "lost"),
    [
        ("iceberg", ["iceberg/trips/yellow_trips/metadata"]),
        ("iceberg", ["iceberg/trips/yellow_trips/metadata", "catalog.sqlite"]),
        ("iceberg", ["iceberg/trips/yellow_trips"]),
        ("delta", ["delta/yellow_trips/_delta_log"]),
        ("delta", ["delta/yellow_trips/_delta_log/00000000000000000000.json"]),
    ],
)
def test_data_whose_metadata_is_lost(place: Place, kind: str, lost: list[str], check_equal: Check) -> None:
    place.run("--format", kind, "--services", "yellow")
    for name in lost:
        path = place.tables / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    place.run("--format", kind, "--services", "yellow")
    assert (place.code, "--rebuild" in place.said) == (1, True), place.said
    assert place.run("--format", kind, "--services", "yellow", "--rebuild")["equal"] is True
    check_equal(kind)


@both_formats
def test_a_data_file_that_is_gone(place: Place, kind: str) -> None:
    place.run("--format", kind, "--services", "yellow")
    next(iter(Path(place.table(kind).place).rglob("*.parquet"))).unlink()
    place.run("--format", kind, "--services", "yellow")
    assert (place.code, "DuckDB can't read the rows" in place.said, "--rebuild" in place.said) == (1, True, True)
    assert place.run("--format", kind, "--services", "yellow", "--rebuild")["equal"] is True


def test_a_project_that_was_moved(place: Place) -> None:
    """Iceberg's metadata name files by their whole path, Delta's log by that within the table."""
    place.run("--services", "yellow")
    place.folder = place.folder.rename(place.folder.with_name("moved"))
    text = place.settings.read_text()
    place.settings.write_text(text.replace(f"{place.folder.parent}/dev", str(place.folder)))
    assert place.run("--services", "yellow", "--format", "delta")["months_unchanged"] == 2
    place.run("--services", "yellow", "--format", "iceberg")
    assert (place.code, "--rebuild" in place.said) == (1, True), place.said
    assert place.run("--services", "yellow", "--format", "iceberg", "--rebuild")["equal"] is True


def test_two_at_once(place: Place) -> None:
    with alone_in(place.tables):
        place.run("--services", "yellow")
    assert (place.code, "another command is deriving these tables" in place.said) == (75, True)
    assert list(place.tables.iterdir()) == []


def test_a_lake_in_the_cloud(place: Place) -> None:
    settings = json.loads(place.settings.read_text())
    zones = {zone: f"gs://acme-dev-lake-{zone}" for zone in settings["lake"]}
    cloud = {"target": "cloud", "lake": zones, "warehouse": {"kind": "bigquery", "maximumBytesBilled": 1}}
    place.settings.write_text(json.dumps(settings | cloud))
    place.run()
    assert (place.code, "the lake lies in the cloud" in place.said) == (1, True), place.said


def _load_in(file: Path) -> str:
    return str(pq.read_table(file, columns=["_load_id"], partitioning=None)["_load_id"][0].as_py())
