"""What a run has to do: each delivery of the source, and whether every store already holds just its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.clean import difference_from_clean
from ingest.contract import Contracts
from ingest.delivery import Delivery, Key
from ingest.errors import IngestError
from ingest.known import known_sha256
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.sources.offer import Offer
from ingest.stores import StoreContents


@dataclass(frozen=True)
class Planned:
    """`why` says what differs, or "unchanged"."""

    delivery: Delivery
    unchanged: bool
    why: str

    def to_json(self) -> dict[str, Any]:
        return {**self.delivery.to_json(), "unchanged": self.unchanged, "why": self.why}


@dataclass(frozen=True)
class Plan:
    kind: str
    location: str
    notes: list[str]
    zones: Planned
    deliveries: list[Planned] = field(default_factory=list)
    awaited: list[Key] = field(default_factory=list)

    @property
    def synthetic(self) -> bool:
        return any(planned.delivery.synthetic for planned in [self.zones, *self.deliveries])

    @property
    def everything(self) -> list[Planned]:
        return [self.zones, *self.deliveries]

    def to_json(self) -> dict[str, Any]:
        deliveries = [planned.to_json() for planned in self.deliveries]
        return {
            "source": {"kind": self.kind, "location": self.location, "synthetic": self.synthetic, "notes": self.notes},
            "zones": self.zones.to_json(),
            "deliveries": deliveries,
            "changed": [delivery for delivery in deliveries if not delivery["unchanged"]],
            "awaited": [
                {"service": key.service, "file_month": str(key.file_month), "why": "not published yet"}
                for key in self.awaited
            ],
        }

    def find(self, key: Key) -> Delivery:
        """Raises IngestError for what isn't in the plan."""
        for planned in self.everything:
            if planned.delivery.key == key:
                return planned.delivery
        there = ", ".join(str(planned.delivery.key) for planned in self.everything)
        raise IngestError(f"{key} isn't in this run's plan", "plan.json", f"plan again; the plan has: {there}")

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Plan:
        source = document["source"]
        return cls(
            source["kind"],
            source["location"],
            source["notes"],
            _planned_from(document["zones"]),
            [_planned_from(delivery) for delivery in document["deliveries"]],
            [Key(item["service"], FileMonth.parse(item["file_month"])) for item in document.get("awaited", [])],
        )


def make_plan(
    offer: Offer, lake: Lake, contracts: Contracts, warehouse: StoreContents, postgres: StoreContents | None
) -> Plan:
    """Compare the offer with the lake and the stores. Raises IngestError for an offer without zones."""
    if offer.zones is None:
        raise IngestError("the source has no zone table", offer.location, "add taxi_zone_lookup.csv")
    stores = [warehouse, postgres] if postgres else [warehouse]

    def compare(delivery: Delivery) -> Planned:
        why = _difference(delivery, lake, contracts, stores)
        return Planned(delivery, why is None, why or "unchanged")

    deliveries = [compare(item) for item in offer.deliveries]
    return Plan(offer.kind, offer.location, offer.notes, compare(offer.zones), deliveries, offer.awaited)


def _difference(delivery: Delivery, lake: Lake, contracts: Contracts, stores: list[StoreContents]) -> str | None:
    try:
        digest = known_sha256(lake, delivery)
    except IngestError as error:
        return error.what  # fetching it fails with the whole error, and leaves the other months alone
    if digest is None:
        return "not fetched yet" if lake.raw_receipt(delivery.key) is None else "the source has another version"
    table = contracts.of_service(delivery.key.service)
    difference = difference_from_clean(lake, delivery.key, digest, table)
    if difference is not None:
        new = lake.raw_receipt(delivery.key) is None
        return "not fetched yet" if new else difference
    for store in stores:
        difference = store.difference(delivery.key, digest, table.hash)
        if difference is not None:
            return difference
    return None


def _planned_from(document: dict[str, Any]) -> Planned:
    return Planned(Delivery.from_json(document), document["unchanged"], document["why"])
