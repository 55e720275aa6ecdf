"""What a source offers, and the names that TLC gives its files."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.contract import ZONES
from ingest.delivery import Delivery, Key

TLC_URL = "https://d37ci6vzurychx.cloudfront.net"
ZONES_NAME = "taxi_zone_lookup.csv"
ZONES_KEY = Key(ZONES, None)


@dataclass(frozen=True)
class Offer:
    """`kind` is folder, lake, tlc or synthetic; `notes` are for people. `zones` is None where there is no zone table.

    `awaited` are wanted months that the source doesn't have yet: a run goes on without them.
    """

    kind: str
    location: str
    deliveries: list[Delivery]
    zones: Delivery | None
    notes: list[str] = field(default_factory=list)
    awaited: list[Key] = field(default_factory=list)
