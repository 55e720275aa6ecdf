"""The site of the Taxi & Limousine Commission: one Parquet file per service and month, about two months late."""

from __future__ import annotations

import threading
from datetime import date

import httpx

from ingest.delivery import Delivery, Key
from ingest.download import refusal
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.sources.offer import ZONES_KEY, ZONES_NAME, Offer

_NEWEST = 2
_LOOK_BACK = 12


def is_reachable(client: httpx.Client, url: str, seconds: float = 3.0) -> str | None:
    """None if the site answers for its zone table within `seconds`, else why not.

    Asked from a thread of its own, since no timeout of the client covers a name server that doesn't answer.
    """
    answer = [f"no answer within {seconds:g} s"]

    def ask() -> None:
        try:
            status = client.head(f"{url}/misc/{ZONES_NAME}", timeout=seconds).status_code
            answer[0] = "" if status == 200 else f"HTTP {status}"
        except (httpx.HTTPError, RuntimeError) as error:
            answer[0] = str(error) or type(error).__name__

    asking = threading.Thread(target=ask, name="is TLC there", daemon=True)
    asking.start()
    asking.join(seconds)
    return answer[0] or None


def offer_of_tlc(
    client: httpx.Client, url: str, services: list[str], months: list[FileMonth] | None, today: date
) -> Offer:
    """The wanted months, or each service's two newest published ones. Raises IngestError when one isn't published."""
    deliveries: list[Delivery] = []
    try:
        for service in services:
            deliveries += _wanted(client, url, service, months) if months else _newest(client, url, service, today)
        zones = zones_of_tlc(client, url)
    except httpx.HTTPError as error:
        raise unreachable(url, error) from error
    notes = [] if zones else ["TLC's site has no zone table now"]
    return Offer("tlc", url, deliveries, zones, notes)


def zones_of_tlc(client: httpx.Client, url: str) -> Delivery | None:
    return _head(client, f"{url}/misc/{ZONES_NAME}", ZONES_KEY)


def unreachable(url: str, error: Exception) -> IngestError:
    return IngestError(
        f"TLC's site can't be reached: {error or type(error).__name__}",
        url,
        "check the network, give a folder (--source <folder>), or use --source synthetic",
    )


def _wanted(client: httpx.Client, url: str, service: str, months: list[FileMonth]) -> list[Delivery]:
    found = []
    for month in months:
        delivery = _head(client, _address(url, service, month), Key(service, month))
        if delivery is None:
            raise refusal(_address(url, service, month), 403)
        found.append(delivery)
    return found


def _newest(client: httpx.Client, url: str, service: str, today: date) -> list[Delivery]:
    found: list[Delivery] = []
    for back in range(1, _LOOK_BACK + 1):
        month = FileMonth.of(today).plus(-back)
        delivery = _head(client, _address(url, service, month), Key(service, month))
        if delivery is not None:
            found.append(delivery)
        if len(found) == _NEWEST:
            return found[::-1]
    raise IngestError(
        f"TLC's site has only {len(found)} of the last {_LOOK_BACK} months of {service}",
        url,
        "name months: --months YYYY-MM",
    )


def _address(url: str, service: str, month: FileMonth) -> str:
    return f"{url}/trip-data/{service}_tripdata_{month}.parquet"


def _head(client: httpx.Client, uri: str, key: Key) -> Delivery | None:
    """What the server says about a file; None if it isn't published (403, or 404)."""
    response = client.head(uri, headers={"Accept-Encoding": "identity"})
    if response.status_code in (403, 404):
        return None
    if response.status_code != 200:
        raise refusal(uri, response.status_code)
    length = response.headers.get("content-length")
    return Delivery(
        key, uri, uri.rsplit("/", 1)[-1], False, response.headers.get("etag"), int(length) if length else None
    )
