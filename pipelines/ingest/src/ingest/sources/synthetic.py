"""Trips that nobody drove, for where TLC's site can't be reached; whatever is made of them says so."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from ingest.contract import ZONES
from ingest.delivery import Delivery, Key
from ingest.generate import GENERATOR_VERSION, Recipe
from ingest.months import FileMonth
from ingest.sources.offer import ZONES_KEY, ZONES_NAME, Offer

#: Fixed, so that the same command gives the same trips whatever the date.
DEFAULT_MONTHS = (FileMonth(2024, 1), FileMonth(2024, 2))
_ROWS = {"green": 4_000, "fhv": 8_000, "fhvhv": 60_000}
_DEFAULT_ROWS = 20_000


def offer_of_generator(services: list[str], months: list[FileMonth] | None, notes: list[str]) -> Offer:
    """The wanted months, or January and February 2024, of each service."""
    deliveries = [
        _delivery(Recipe(Key(service, month), _ROWS.get(service, _DEFAULT_ROWS)))
        for service in services
        for month in months or DEFAULT_MONTHS
    ]
    return Offer("synthetic", "generated on this machine", deliveries, synthetic_zones(), notes)


def synthetic_zones() -> Delivery:
    return _delivery(Recipe(ZONES_KEY, 265))


def recipe_of(delivery: Delivery) -> Recipe:
    """What to generate for a `synthetic:` address."""
    query = parse_qs(urlsplit(delivery.uri).query)
    return Recipe(delivery.key, int(query["rows"][0]), int(query["seed"][0]))


def _delivery(recipe: Recipe) -> Delivery:
    key = recipe.key
    name = ZONES_NAME if key.service == ZONES else f"{key.service}_tripdata_{key.file_month}.parquet"
    uri = f"synthetic:{key.slug}?rows={recipe.rows}&seed={recipe.seed}&generator={GENERATOR_VERSION}"
    return Delivery(key, uri, name, True)
