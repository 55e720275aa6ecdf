"""The site of the Taxi & Limousine Commission: one Parquet file per service and month, about two months late."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import httpx

from ingest.delivery import Delivery, Key
from ingest.download import refusal
from ingest.errors import IngestError, PassingTrouble
from ingest.months import FileMonth
from ingest.receipts import RawReceipt
from ingest.retries import Retries, persist, raise_if_busy
from ingest.sources.offer import ZONES_KEY, ZONES_NAME, Offer

_NEWEST = 2
_LOOK_BACK = 12
#: TLC publishes about two months after a month's end; a month that is this many behind and absent won't come by itself.
_OVERDUE = 6
#: A plan asks for many small answers, so it gives up sooner than a download.
_RETRIES = Retries(attempts=4, total_seconds=120.0)

#: The receipt of what was received before for a key, if any.
ReceivedBefore = Callable[[Key], RawReceipt | None]


def nothing_received(_: Key) -> RawReceipt | None:
    return None


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
    client: httpx.Client,
    url: str,
    services: list[str],
    months: list[FileMonth] | None,
    today: date,
    received: ReceivedBefore = nothing_received,
    retries: Retries = _RETRIES,
) -> Offer:
    """The wanted months, or each service's two newest published ones.

    A wanted month that isn't published yet is awaited, not an error. Raises IngestError when none of the wanted months
    is there and none can be expected, PassingTrouble when the site keeps failing.
    """
    site = _Site(client, url, received, retries)
    if months:
        wanted = [Key(service, month) for service in services for month in months]
        found = {key: site.trips(key) for key in wanted}
        deliveries = [delivery for delivery in found.values() if delivery is not None]
        awaited = [key for key in wanted if found[key] is None]
    else:
        deliveries = [delivery for service in services for delivery in _newest(site, service, today)]
        awaited = []
    zones = site.zones()
    overdue = [key for key in awaited if _is_overdue(key, today)]
    if awaited and not deliveries and overdue == awaited:
        raise refusal(site.address(awaited[0]), 403)
    notes = [] if zones else ["TLC's site has no zone table now"]
    pending = [key for key in awaited if key not in overdue]
    if pending:
        notes.append(f"not published yet, waited for: {_named(pending)}; run again later")
    if overdue:
        notes.append(f"TLC has no file of: {_named(overdue)}")
    return Offer("tlc", url, deliveries, zones, notes, pending)


def zones_of_tlc(client: httpx.Client, url: str, received: ReceivedBefore = nothing_received) -> Delivery | None:
    return _Site(client, url, received, _RETRIES).zones()


def unreachable(url: str, error: Exception) -> PassingTrouble:
    return PassingTrouble(
        f"TLC's site can't be reached: {error or type(error).__name__}",
        url,
        "check the network, give a folder (--source <folder>), or use --source synthetic",
    )


def _newest(site: _Site, service: str, today: date) -> list[Delivery]:
    found: list[Delivery] = []
    for back in range(1, _LOOK_BACK + 1):
        delivery = site.trips(Key(service, FileMonth.of(today).plus(-back)))
        if delivery is not None:
            found.append(delivery)
        if len(found) == _NEWEST:
            return found[::-1]
    raise IngestError(
        f"TLC's site has only {len(found)} of the last {_LOOK_BACK} months of {service}",
        site.url,
        "name months: --months YYYY-MM",
    )


def _is_overdue(key: Key, today: date) -> bool:
    return key.file_month is not None and key.file_month < FileMonth.of(today).plus(-_OVERDUE)


def _named(keys: list[Key]) -> str:
    return ", ".join(map(str, keys))


class _Site:
    """Asks for headers only, and of a file received before only whether it has changed."""

    def __init__(self, client: httpx.Client, url: str, received: ReceivedBefore, retries: Retries) -> None:
        self.url = url
        self._client = client
        self._received = received
        self._retries = retries

    def address(self, key: Key) -> str:
        return f"{self.url}/trip-data/{key.service}_tripdata_{key.file_month}.parquet"

    def trips(self, key: Key) -> Delivery | None:
        return self._head(self.address(key), key)

    def zones(self) -> Delivery | None:
        return self._head(f"{self.url}/misc/{ZONES_NAME}", ZONES_KEY)

    def _head(self, uri: str, key: Key) -> Delivery | None:
        """What the server says about a file; None if it isn't published (403, or 404)."""
        return persist(lambda _: self._ask(uri, key), uri, self._retries)

    def _ask(self, uri: str, key: Key) -> Delivery | None:
        name = uri.rsplit("/", 1)[-1]
        before = self._received(key)
        etag = before.etag if before is not None and before.uri == uri else None
        headers = {"Accept-Encoding": "identity"} | ({"If-None-Match": etag} if etag else {})
        response = self._client.head(uri, headers=headers)
        raise_if_busy(response)
        if response.status_code == 304 and before is not None:
            return Delivery(key, uri, name, False, before.etag, before.length)
        if response.status_code in (403, 404):
            return None
        if response.status_code != 200:
            raise refusal(uri, response.status_code)
        length = response.headers.get("content-length")
        return Delivery(key, uri, name, False, response.headers.get("etag"), int(length) if length else None)
