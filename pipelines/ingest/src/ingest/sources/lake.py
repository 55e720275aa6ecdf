"""The lake itself as a source: what was received before, read again after a change of contract, code or delivery."""

from __future__ import annotations

from ingest.delivery import Delivery, Key
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.sources.offer import ZONES_KEY, Offer


def offer_of_lake(lake: Lake, services: list[str], months: list[FileMonth] | None) -> Offer:
    """The current delivery of each wanted month, or of all months. Nothing outside the lake is asked.

    Raises IngestError when the lake has received nothing of what is wanted.
    """
    keys = [
        Key(service, month)
        for service in services
        for month in lake.received_months(service)
        if months is None or month in months
    ]
    deliveries = [delivery for key in keys if (delivery := current_delivery(lake, key)) is not None]
    if not deliveries:
        raise IngestError(
            "the lake has received nothing of what is wanted",
            lake.raw_address,
            "name another source: --source tlc, or a folder",
        )
    absent = [Key(service, month) for service in services for month in months or [] if Key(service, month) not in keys]
    notes = [f"never received: {', '.join(map(str, absent))}"] if absent else []
    return Offer("lake", lake.raw_address, deliveries, current_delivery(lake, ZONES_KEY), notes)


def current_delivery(lake: Lake, key: Key) -> Delivery | None:
    """The delivery that the lake holds now; None when it never received any, or lost its bytes."""
    receipt = lake.raw_receipt(key)
    if receipt is None or lake.raw_object(key, receipt).find() is None:
        return None
    return Delivery(key, lake.raw_object(key, receipt).uri, receipt.name, receipt.synthetic)
