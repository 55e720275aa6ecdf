"""Back to an earlier delivery of a month: raw keeps all of them, so one only has to be made the current one again.

The delivery that is left is set aside: that a source still offers it doesn't bring it back. Another file does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.delivery import Key
from ingest.durable import sha256_of
from ingest.errors import IngestError
from ingest.generate import is_generated
from ingest.intact import check_intact
from ingest.lake import Lake
from ingest.receipts import RawReceipt

#: The newest delivery that is neither the current one nor set aside.
PREVIOUS = "previous"
_DIGITS = 16


@dataclass(frozen=True)
class Kept:
    """A delivery in raw; `delivery` is the first 16 digits of its sha256. `state`: current, set aside or empty."""

    delivery: str
    name: str
    bytes: int
    received_at: str
    state: str


def kept_deliveries(lake: Lake, key: Key) -> list[Kept]:
    """Newest first. Raises IngestError when the lake has none."""
    current, aside = lake.raw_receipt(key), {receipt.sha256[:_DIGITS] for receipt in lake.set_aside(key)}
    files = lake.received(key)
    if not files:
        raise IngestError(f"the lake has received nothing of {key}", str(lake.raw_folder(key)), "load the month first")
    kept = []
    for file in files:
        digest = file.parent.name
        is_current = current is not None and current.object == f"{digest}/{file.name}"
        state = "current" if is_current else "set aside" if digest in aside else ""
        kept.append(Kept(digest, file.name, file.stat().st_size, _received_at(file), state))
    return kept


def make_current(lake: Lake, key: Key, delivery: str) -> RawReceipt:
    """Make a kept delivery the current one, and set aside the one that was.

    Raises IngestError for one that isn't there, isn't clear, or is damaged; nothing is changed then.
    """
    receipt = _receipt_of(lake, key, _find(lake, key, delivery))
    before = lake.raw_receipt(key)
    left = [before] if before is not None else []
    aside = {item.sha256: item for item in [*lake.set_aside(key), *left] if item.sha256 != receipt.sha256}
    lake.write_set_aside(key, list(aside.values()))
    lake.write_raw_receipt(key, receipt)
    return receipt


def restore(lake: Lake, key: Key, current: RawReceipt | None, aside: list[RawReceipt]) -> None:
    """Take `make_current` back."""
    lake.write_set_aside(key, aside)
    if current is not None:
        lake.write_raw_receipt(key, current)


def _find(lake: Lake, key: Key, delivery: str) -> Path:
    if delivery == PREVIOUS:
        kept = kept_deliveries(lake, key)
        at = next((place for place, item in enumerate(kept) if item.state == "current"), 0)
        # Repeated after a failure on its way, it stays where it went: going further back needs a name.
        done = any(item.state == "set aside" for item in kept[:at])
        earlier = [kept[at].delivery] if done else [item.delivery for item in kept if not item.state]
        if not earlier:
            raise IngestError(
                f"there is no earlier delivery of {key}",
                str(lake.raw_folder(key)),
                "name one: without --to they are shown",
            )
        delivery = earlier[0]
    found = [file for file in lake.received(key) if file.parent.name.startswith(delivery)]
    if not delivery or len({file.parent for file in found}) != 1:
        there = ", ".join(file.parent.name for file in lake.received(key)) or "nothing"
        what = f"there is no delivery '{delivery}' of {key}" if not found else f"'{delivery}' fits several deliveries"
        raise IngestError(what, str(lake.raw_folder(key)), f"use one of: {there}")
    return found[0]


def _receipt_of(lake: Lake, key: Key, file: Path) -> RawReceipt:
    """As it was when the delivery was set aside, or else by the file itself, which is its own source then."""
    place = f"{file.parent.name}/{file.name}"
    digest = sha256_of(file)
    if digest[:_DIGITS] != file.parent.name:
        raise IngestError(
            "the file isn't what was received: its sha256 has changed", str(file), "go back to another delivery"
        )
    lines = check_intact(file, str(file))
    for receipt in lake.set_aside(key):
        if receipt.sha256 == digest and receipt.object == place:
            return receipt
    return RawReceipt(
        service=key.service,
        file_month=str(key.file_month) if key.file_month else None,
        name=file.name,
        object=place,
        sha256=digest,
        bytes=file.stat().st_size,
        lines=lines,
        uri=file.resolve().as_uri(),
        etag=None,
        length=None,
        synthetic=is_generated(file),
        received_at=_received_at(file),
    )


def _received_at(file: Path) -> str:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
