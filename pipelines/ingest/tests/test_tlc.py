"""TLC's site: which months it has, what comes again, and downloads that break."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from conftest import Deployment, month
from ingest.delivery import Key
from ingest.download import download, make_client
from ingest.errors import IngestError
from ingest.generate import Recipe, generate
from ingest.sources.choose import choose
from ingest.sources.tlc import is_reachable, offer_of_tlc
from tlc_server import Site, serve


def no_pause(_: float) -> None:
    pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Yellow up to 2024-03, green up to 2024-02."""
    files: dict[str, bytes] = {}
    zones = tmp_path / "zones.csv"
    generate(Recipe(Key("zones", None), 265), zones)
    files["/misc/taxi_zone_lookup.csv"] = zones.read_bytes().replace(b"Synthetic zone", b"Zone")
    for service, months in {"yellow": ("2024-01", "2024-02", "2024-03"), "green": ("2024-01", "2024-02")}.items():
        for text in months:
            trips = tmp_path / "trips.parquet"
            generate(Recipe(month(text, service), 400), trips)
            files[f"/trip-data/{service}_tripdata_{text}.parquet"] = trips.read_bytes()
    with serve(Site(files=files)) as running:
        yield running


def test_the_two_newest_published_months_of_each_service(site: Site) -> None:
    with make_client() as client:
        offer = offer_of_tlc(client, site.url, ["yellow", "green"], None, date(2024, 5, 20))
    found = [str(delivery.key) for delivery in offer.deliveries]
    assert found == ["yellow 2024-02", "yellow 2024-03", "green 2024-01", "green 2024-02"]
    assert offer.zones is not None
    assert not any(delivery.synthetic for delivery in offer.deliveries)
    assert site.gets() == []


def test_a_month_that_is_not_published_is_an_error_that_says_so(site: Site) -> None:
    with pytest.raises(IngestError, match="isn't published"):
        choose("tlc", ["green"], [month("2024-03").file_month], site.url)  # type: ignore[list-item]


def test_an_unchanged_month_is_not_downloaded_again_and_a_republished_one_is(lake_only: Deployment, site: Site) -> None:
    options = ("--services", "yellow", "--months", "2024-01", "--tlc-url", site.url)
    assert [item["why"] for item in lake_only.load("tlc", *options)["deliveries"]] == ["not fetched yet"]
    assert len(site.gets()) == 2
    plan = lake_only.load("tlc", *options, run="r2")
    assert (plan["changed"], plan["zones"]["unchanged"]) == ([], True)
    assert lake_only.run("fetch", "--service", "yellow", "--file-month", "2024-01", run="r2") == 0
    assert lake_only.result("fetch-yellow-2024-01", "r2")["status"] == "unchanged"
    assert len(site.gets()) == 2, "no file was downloaded a second time"

    path = "/trip-data/yellow_tripdata_2024-01.parquet"
    site.files[path] = site.files["/trip-data/yellow_tripdata_2024-02.parquet"]
    plan = lake_only.load("tlc", *options, run="r3")
    assert [item["why"] for item in plan["changed"]] == ["the source has another version"]
    assert len(site.gets()) == 3


def test_a_file_that_changes_between_plan_and_fetch_is_not_taken_for_the_planned_one(
    lake_only: Deployment, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    path = "/trip-data/yellow_tripdata_2024-01.parquet"
    options = ("--services", "yellow", "--months", "2024-01", "--tlc-url", site.url)
    assert lake_only.run("plan", "--source", "tlc", *options) == 0
    site.files[path] = site.files[path] + b"more"
    assert lake_only.run("fetch", "--service", "yellow", "--file-month", "2024-01") == 1
    assert "were announced" in capsys.readouterr().err
    assert lake_only.lake.raw_receipt(month("2024-01")) is None


def test_a_broken_download_goes_on_where_it_stopped(site: Site, tmp_path: Path) -> None:
    site.files["/big"] = bytes(range(256)) * 20_000
    site.drops["/big"] = 2
    with make_client() as client:
        download(client, f"{site.url}/big", tmp_path / "part", no_pause)
    assert (tmp_path / "part").read_bytes() == site.files["/big"]
    ranges = [wanted for _, wanted in site.gets()]
    assert ranges[0] is None
    assert all(wanted and int(wanted[6:-1]) > 0 for wanted in ranges[1:])
    assert site.sent == len(site.files["/big"]), "no byte came twice"
    assert not (tmp_path / "part.json").exists()


def test_a_part_of_another_version_is_not_continued(site: Site, tmp_path: Path) -> None:
    site.files["/big"] = b"old" * 100_000
    site.drops["/big"] = 4
    with make_client() as client:
        with pytest.raises(IngestError, match="failed 4 times"):
            download(client, f"{site.url}/big", tmp_path / "part", no_pause)
        assert (tmp_path / "part").stat().st_size > 0
        site.files["/big"] = b"new" * 100_000
        download(client, f"{site.url}/big", tmp_path / "part", no_pause)
    assert (tmp_path / "part").read_bytes() == site.files["/big"]


def test_a_wrong_length_is_an_error_and_a_busy_server_is_asked_again(site: Site, tmp_path: Path) -> None:
    path = "/misc/taxi_zone_lookup.csv"
    site.failures[path] = [503, 429]
    with make_client() as client:
        download(client, site.url + path, tmp_path / "part", no_pause)
        assert (tmp_path / "part").read_bytes() == site.files[path]
        site.lies.add(path)
        (tmp_path / "part").unlink()
        with pytest.raises(IngestError, match="failed 4 times"):
            download(client, site.url + path, tmp_path / "part", no_pause)


def test_auto_takes_tlc_where_it_answers(site: Site) -> None:
    offer = choose("auto", ["yellow"], [month("2024-01").file_month], site.url)  # type: ignore[list-item]
    assert offer.kind == "tlc"


def test_auto_generates_where_tlc_cannot_be_reached_within_three_seconds() -> None:
    with socket.socket() as deaf:  # listens, and never answers
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        begun = time.monotonic()
        offer = choose("auto", ["yellow", "green"], None, f"http://127.0.0.1:{deaf.getsockname()[1]}")
    assert time.monotonic() - begun < 4
    assert (offer.kind, len(offer.deliveries)) == ("synthetic", 4)
    assert all(delivery.synthetic for delivery in offer.deliveries)
    assert "can't be reached" in offer.notes[0]


def test_a_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: released.wait(20) and [])
    begun = time.monotonic()
    with make_client() as client:
        assert is_reachable(client, "http://tlc.example", seconds=0.3) == "no answer within 0.3 s"
    assert time.monotonic() - begun < 2
    released.set()


def test_tlc_alone_is_an_error_where_it_cannot_be_reached() -> None:
    with pytest.raises(IngestError, match="can't be reached"):
        choose("tlc", ["yellow"], None, "http://127.0.0.1:9")
