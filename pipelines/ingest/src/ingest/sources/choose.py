"""From `--source` to an offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx

from ingest.delivery import Key
from ingest.download import make_client
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.sources.folder import offer_of_folder
from ingest.sources.lake import current_delivery, offer_of_lake
from ingest.sources.offer import ZONES_KEY, Offer
from ingest.sources.synthetic import offer_of_generator, synthetic_zones
from ingest.sources.tlc import (
    ReceivedBefore,
    is_reachable,
    nothing_received,
    offer_of_tlc,
    unreachable,
    zones_of_tlc,
)


def choose(
    source: str,
    services: list[str],
    months: list[FileMonth] | None,
    tlc_url: str,
    today: date | None = None,
    lake: Lake | None = None,
) -> Offer:
    """`auto`, `tlc`, `lake`, `synthetic` or a folder. `auto` is TLC's site, or the generator where it can't be reached.

    With `lake` given, the site is asked only whether what was received before has changed.
    """
    day = today or date.today()
    if source == "lake" and lake is not None:
        return offer_of_lake(lake, services, months)
    received = lake.raw_receipt if lake is not None else nothing_received
    if source == "synthetic":
        return offer_of_generator(services, months, ["synthetic: these trips were generated, nobody drove them"])
    if source not in ("auto", "tlc"):
        offer = offer_of_folder(Path(source), services, months)
        return offer if offer.zones else _with_zones(offer, tlc_url, received, lake)
    with make_client() as client:
        problem = is_reachable(client, tlc_url)
        if problem is None:
            offer = offer_of_tlc(client, tlc_url, services, months, day, received)
            return offer if offer.zones else replace(offer, zones=synthetic_zones())
    if source == "tlc":
        raise unreachable(tlc_url, httpx.HTTPError(problem))
    if lake is not None and _holds_driven_trips(lake, services):
        offer = offer_of_lake(lake, services, months)
        note = f"TLC's site can't be reached ({problem}): nothing new was fetched, the lake keeps what it has"
        return replace(offer, notes=[note, *offer.notes])
    note = f"synthetic: TLC's site can't be reached ({problem}), so trips were generated; nobody drove them"
    return offer_of_generator(services, months, [note])


def _holds_driven_trips(lake: Lake, services: list[str]) -> bool:
    """Generated trips never take the place of driven ones unasked, nor stand among them."""
    keys = [Key(service, month) for service in services for month in lake.received_months(service)]
    return any(receipt is not None and not receipt.synthetic for receipt in map(lake.raw_receipt, keys))


def _with_zones(offer: Offer, tlc_url: str, received: ReceivedBefore, lake: Lake | None) -> Offer:
    """A folder without a zone table takes TLC's, the one received before, or a generated one, and says which."""
    with make_client() as client:
        zones = None
        if is_reachable(client, tlc_url) is None:
            try:
                zones = zones_of_tlc(client, tlc_url, received)
            except (httpx.HTTPError, IngestError):
                zones = None
    if zones is not None:
        return replace(offer, zones=zones, notes=[*offer.notes, "the folder has no zone table: TLC's is used"])
    before = current_delivery(lake, ZONES_KEY) if lake is not None else None
    if before is not None and not before.synthetic:
        return replace(offer, zones=before, notes=[*offer.notes, "the folder has no zone table: the lake's is kept"])
    note = "synthetic zones: the folder has no taxi_zone_lookup.csv and TLC's site can't be reached; names are made up"
    return replace(offer, zones=synthetic_zones(), notes=[*offer.notes, note])
