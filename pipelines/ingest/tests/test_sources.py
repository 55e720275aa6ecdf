"""A folder as source, the generator, and what travels with synthetic trips."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import ROW, ZONES, Deployment, month, write_csv, write_zones
from ingest.errors import IngestError
from ingest.generate import Recipe, generate
from ingest.months import FileMonth, parse_months
from ingest.sources.folder import offer_of_folder

NOWHERE = "http://127.0.0.1:9"
BOTH = ["yellow", "green"]


def test_a_folder_offers_tlc_s_files_and_names_the_others(samples: Path) -> None:
    for name in (
        "green_tripdata_2019-02.csv.gz",
        "yellow_tripdata_2019-03.parquet",
        "rides.csv",
        "fhv_tripdata_2019-01.csv",
    ):
        (samples / name).write_text("x")
    write_csv(samples)
    write_zones(samples)
    offer = offer_of_folder(samples, BOTH, None)
    assert [str(delivery.key) for delivery in offer.deliveries] == ["yellow 2019-01", "yellow 2019-03", "green 2019-02"]
    assert offer.notes == ["ignored, not a trip file of yellow or green: fhv_tripdata_2019-01.csv, rides.csv"]
    assert offer.zones is not None
    only = offer_of_folder(samples, ["yellow"], [FileMonth(2019, 3)])
    assert [str(delivery.key) for delivery in only.deliveries] == ["yellow 2019-03"]


@pytest.mark.parametrize(
    ("names", "months", "words"),
    [
        ([], None, "it is empty"),
        (["rides.csv"], None, "there is only rides.csv"),
        (["yellow_tripdata_2019-01.csv", "yellow_tripdata_2019-01.parquet"], None, "two files are yellow 2019-01"),
        (["yellow_tripdata_2019-01.csv"], "2019-01..2019-02", "no file of 2019-02"),
    ],
)
def test_a_folder_that_will_not_do_is_an_error(samples: Path, names: list[str], months: str | None, words: str) -> None:
    for name in names:
        (samples / name).write_text("x")
    with pytest.raises(IngestError) as caught:
        offer_of_folder(samples, BOTH, parse_months(months) if months else None)
    assert words in caught.value.what
    assert str(samples) in caught.value.where
    if "two files" not in words:
        assert "yellow_tripdata_YYYY-MM.{csv,csv.gz,parquet}" in caught.value.mend


def test_a_folder_that_is_not_there_is_an_error(samples: Path) -> None:
    with pytest.raises(IngestError, match="no such folder"):
        offer_of_folder(samples / "nowhere", BOTH, None)


def test_months_are_written_as_list_or_range() -> None:
    assert [str(item) for item in parse_months("2019-11..2020-02,2019-01")] == [
        "2019-01", "2019-11", "2019-12", "2020-01", "2020-02",
    ]  # fmt: skip
    for wrong in ("2019", "2019-13", "2019-02..2019-01", "2019-1"):
        with pytest.raises(IngestError):
            parse_months(wrong)


def test_a_folder_without_zones_gets_generated_ones_and_says_so(lake_only: Deployment, samples: Path) -> None:
    write_csv(samples, ROW)
    plan = lake_only.load(samples, "--tlc-url", NOWHERE)
    assert plan["zones"]["synthetic"] is True
    assert any("synthetic zones" in note for note in plan["source"]["notes"])
    assert len(lake_only.clean_rows(ZONES)) == 265


def test_generated_trips_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        generate(Recipe(month("2024-01"), 5_000, seed), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_generated_trips_say_that_they_are_wherever_they_go(lake_only: Deployment, samples: Path) -> None:
    lake_only.run("generate", "--out", str(samples), "--rows", "20000", "--months", "2024-02", "--services", "yellow")
    plan = lake_only.load(samples)
    assert (plan["source"]["synthetic"], plan["zones"]["synthetic"]) == (True, True)
    receipt = lake_only.lake.clean_receipt(month("2024-02"))
    assert receipt is not None
    assert receipt.load.synthetic
    assert lake_only.query("SELECT DISTINCT synthetic FROM trips_landed.load_receipts") == [(True,)]
    assert 0 < receipt.load.rows_rejected < 30
    assert 200 < receipt.load.rows_warned < 800
    assert lake_only.run("summary") == 0
    assert lake_only.result("summary")["source"]["synthetic"] is True


def test_the_synthetic_source_needs_no_network_and_is_unchanged_the_second_time(lake_only: Deployment) -> None:
    plan = lake_only.load("synthetic", "--services", "green")
    assert [item["file_month"] for item in plan["changed"]] == ["2024-01", "2024-02"]
    assert lake_only.load("synthetic", "--services", "green", run="r2")["changed"] == []


UNREACHABLE = ("--tlc-url", "http://127.0.0.1:9")


def test_generated_trips_never_take_the_place_of_driven_ones_unasked(lake_only: Deployment, samples: Path) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    lake_only.load(samples)

    plan = lake_only.load("auto", *UNREACHABLE, run="r2")

    assert (plan["source"]["kind"], plan["source"]["synthetic"], plan["changed"]) == ("lake", False, [])
    assert [delivery["file_month"] for delivery in plan["deliveries"]] == ["2019-01"]
    assert "nothing new was fetched" in plan["source"]["notes"][0]


def test_a_folder_without_zones_keeps_those_received_before(lake_only: Deployment, samples: Path) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    lake_only.load(samples)
    (samples / "taxi_zone_lookup.csv").unlink()

    plan = lake_only.load(samples, *UNREACHABLE, run="r2")

    assert (plan["zones"]["synthetic"], plan["zones"]["unchanged"]) == (False, True)


def test_a_service_that_lacks_a_wanted_month_is_noted(lake_only: Deployment, samples: Path) -> None:
    write_csv(samples, ROW)
    write_zones(samples)

    plan = lake_only.load(samples, "--services", "yellow,green", "--months", "2019-01")

    assert "not in the folder: green 2019-01" in plan["source"]["notes"]
