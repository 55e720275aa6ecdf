"""From `--source` to an offer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx

from ingest.download import make_client
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.sources.folder import offer_of_folder
from ingest.sources.offer import Offer
from ingest.sources.synthetic import offer_of_generator, synthetic_zones
from ingest.sources.tlc import is_reachable, offer_of_tlc, unreachable, zones_of_tlc


def choose(
    source: str, services: list[str], months: list[FileMonth] | None, tlc_url: str, today: date | None = None
) -> Offer:
    """`auto`, `tlc`, `synthetic` or a folder. `auto` is TLC's site, or the generator where that can't be reached."""
    day = today or date.today()
    if source == "synthetic":
        return offer_of_generator(services, months, ["synthetic: these trips were generated, nobody drove them"])
    if source not in ("auto", "tlc"):
        offer = offer_of_folder(Path(source), services, months)
        return offer if offer.zones else _with_zones(offer, tlc_url)
    with make_client() as client:
        problem = is_reachable(client, tlc_url)
        if problem is None:
            offer = offer_of_tlc(client, tlc_url, services, months, day)
            return offer if offer.zones else replace(offer, zones=synthetic_zones())
    if source == "tlc":
        raise unreachable(tlc_url, httpx.HTTPError(problem))
    note = f"synthetic: TLC's site can't be reached ({problem}), so trips were generated; nobody drove them"
    return offer_of_generator(services, months, [note])


def _with_zones(offer: Offer, tlc_url: str) -> Offer:
    """A folder without a zone table takes TLC's, or a generated one, and says which."""
    with make_client() as client:
        zones = None
        if is_reachable(client, tlc_url) is None:
            try:
                zones = zones_of_tlc(client, tlc_url)
            except (httpx.HTTPError, IngestError):
                zones = None
    if zones is not None:
        return replace(offer, zones=zones, notes=[*offer.notes, "the folder has no zone table: TLC's is used"])
    note = "synthetic zones: the folder has no taxi_zone_lookup.csv and TLC's site can't be reached; names are made up"
    return replace(offer, zones=synthetic_zones(), notes=[*offer.notes, note])
