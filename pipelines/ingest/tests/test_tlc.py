"""TLC's site: which months it has, which it doesn't have yet, and what comes again."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from conftest import Deployment, month
from ingest.delivery import Key
from ingest.download import make_client
from ingest.errors import IngestError, PassingTrouble
from ingest.generate import Recipe, generate
from ingest.months import FileMonth
from ingest.retries import Retries
from ingest.sources.choose import choose
from ingest.sources.tlc import is_reachable, offer_of_tlc
from tlc_server import Site, serve


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


def months(*texts: str) -> list[FileMonth]:
    return [FileMonth.parse(text) for text in texts]


def test_a_month_that_is_not_published_yet_is_waited_for_and_the_others_go_on(
    lake_only: Deployment, site: Site
) -> None:
    with make_client() as client:
        wanted = months("2024-02", "2024-03")
        offer = offer_of_tlc(client, site.url, ["yellow", "green"], wanted, date(2024, 5, 20))
    assert [str(delivery.key) for delivery in offer.deliveries] == ["yellow 2024-02", "yellow 2024-03", "green 2024-02"]
    assert offer.awaited == [month("2024-03", "green")]
    assert offer.notes == ["not published yet, waited for: green 2024-03; run again later"]


def test_the_plan_and_the_report_say_what_is_not_published_yet(lake_only: Deployment, site: Site) -> None:
    newest = FileMonth.of(date.today())
    options = ("--services", "yellow", "--months", f"2024-01,{newest}", "--tlc-url", site.url)
    plan = lake_only.load("tlc", *options)
    assert [item["file_month"] for item in plan["deliveries"]] == ["2024-01"]
    assert plan["awaited"] == [{"service": "yellow", "file_month": str(newest), "why": "not published yet"}]
    assert lake_only.run("summary") == 0
    assert f"yellow {newest}" in lake_only.result("summary")["source"]["notes"][0]


def test_only_months_that_are_not_published_yet_leave_nothing_to_do(lake_only: Deployment, site: Site) -> None:
    newest = str(FileMonth.of(date.today()))
    options = ("--services", "yellow", "--months", newest, "--tlc-url", site.url)
    assert lake_only.run("plan", "--source", "tlc", *options) == 0
    assert lake_only.result("plan")["deliveries"] == []
    assert len(lake_only.result("plan")["awaited"]) == 1


def test_a_month_that_will_not_come_is_an_error_where_nothing_else_is_wanted(site: Site) -> None:
    with make_client() as client, pytest.raises(IngestError, match="isn't published") as caught:
        offer_of_tlc(client, site.url, ["green"], months("2008-03"), date(2024, 5, 20))
    assert caught.value.exit_code == 1
    with make_client() as client:
        offer = offer_of_tlc(client, site.url, ["green"], months("2008-03", "2024-01"), date(2024, 5, 20))
    assert offer.notes == ["TLC has no file of: green 2008-03"]
    assert offer.awaited == []


def test_what_was_received_before_is_asked_for_by_its_version(lake_only: Deployment, site: Site) -> None:
    options = ("--services", "yellow", "--months", "2024-01", "--tlc-url", site.url)
    lake_only.load("tlc", *options)
    before = site.not_modified
    plan = lake_only.load("tlc", *options, run="r2")
    assert plan["changed"] == []
    assert site.not_modified - before == 2, "the month and the zones"


def test_a_busy_site_is_asked_again(site: Site) -> None:
    site.busy = 2
    with make_client() as client:
        patience = Retries(attempts=3, sleep=lambda _: None)
        offer = offer_of_tlc(client, site.url, ["yellow"], months("2024-01"), date(2024, 5, 20), retries=patience)
    assert len(offer.deliveries) == 1
    site.busy = 4
    with make_client() as client, pytest.raises(PassingTrouble, match="failed 3 times, at last with: HTTP 503"):
        offer_of_tlc(client, site.url, ["yellow"], months("2024-01"), date(2024, 5, 20), retries=patience)


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


def test_a_file_published_anew_between_plan_and_fetch_is_taken_and_its_own_version_noted(
    lake_only: Deployment, site: Site
) -> None:
    path = "/trip-data/yellow_tripdata_2024-01.parquet"
    options = ("--services", "yellow", "--months", "2024-01", "--tlc-url", site.url)
    assert lake_only.run("plan", "--source", "tlc", *options) == 0
    site.files[path] = site.files["/trip-data/yellow_tripdata_2024-02.parquet"]
    assert lake_only.run("fetch", "--service", "yellow", "--file-month", "2024-01") == 0
    receipt = lake_only.lake.raw_receipt(month("2024-01"))
    assert receipt is not None
    assert receipt.length == receipt.bytes == len(site.files[path])
    assert receipt.etag == f'"{hashlib.md5(site.files[path]).hexdigest()}"'
    lake_only.load("tlc", *options, run="r2")
    assert lake_only.load("tlc", *options, run="r3")["changed"] == []


def test_auto_takes_tlc_where_it_answers(site: Site) -> None:
    offer = choose("auto", ["yellow"], [FileMonth(2024, 1)], site.url)
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
    with pytest.raises(PassingTrouble, match="can't be reached"):
        choose("tlc", ["yellow"], None, "http://127.0.0.1:9")
