"""Back to an earlier delivery of a month: raw keeps all of them, so one only has to be made the current one again.

The delivery that is left is set aside: that a source still offers it doesn't bring it back. Another file does.
"""

from __future__ import annotations

from dataclasses import dataclass

from ingest.delivery import Key
from ingest.durable import sha256_of
from ingest.errors import IngestError
from ingest.generate import is_generated
from ingest.intact import check_intact
from ingest.lake import KeptFile, Lake
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
        raise IngestError(f"the lake has received nothing of {key}", lake.raw_folder(key), "load the month first")
    kept = []
    for file in files:
        is_current = current is not None and current.object == f"{file.digest}/{file.name}"
        state = "current" if is_current else "set aside" if file.digest in aside else ""
        kept.append(Kept(file.digest, file.name, file.bytes, _received_at(file), state))
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


def _find(lake: Lake, key: Key, delivery: str) -> KeptFile:
    if delivery == PREVIOUS:
        kept = kept_deliveries(lake, key)
        at = next((place for place, item in enumerate(kept) if item.state == "current"), 0)
        # Repeated after a failure on its way, it stays where it went: going further back needs a name.
        done = any(item.state == "set aside" for item in kept[:at])
        earlier = [kept[at].delivery] if done else [item.delivery for item in kept if not item.state]
        if not earlier:
            raise IngestError(
                f"there is no earlier delivery of {key}",
                lake.raw_folder(key),
                "name one: without --to they are shown",
            )
        delivery = earlier[0]
    found = [file for file in lake.received(key) if file.digest.startswith(delivery)]
    if not delivery or len({file.digest for file in found}) != 1:
        there = ", ".join(file.digest for file in lake.received(key)) or "nothing"
        what = f"there is no delivery '{delivery}' of {key}" if not found else f"'{delivery}' fits several deliveries"
        raise IngestError(what, lake.raw_folder(key), f"use one of: {there}")
    return found[0]


def _receipt_of(lake: Lake, key: Key, kept: KeptFile) -> RawReceipt:
    """As it was when the delivery was set aside, or else by the file itself, which is its own source then."""
    place = f"{kept.digest}/{kept.name}"
    with kept.object.reading() as file:
        digest = sha256_of(file)
        if digest[:_DIGITS] != kept.digest:
            raise IngestError(
                "the file isn't what was received: its sha256 has changed",
                str(kept.object),
                "go back to another delivery",
            )
        lines, generated = check_intact(file, str(kept.object)), is_generated(file)
    for receipt in lake.set_aside(key):
        if receipt.sha256 == digest and receipt.object == place:
            return receipt
    found = kept.object.find()
    return RawReceipt(
        service=key.service,
        file_month=str(key.file_month) if key.file_month else None,
        name=kept.name,
        object=place,
        sha256=digest,
        bytes=kept.bytes,
        lines=lines,
        uri=kept.object.uri,
        etag=None,
        length=None,
        synthetic=generated,
        received_at=_received_at(kept),
        generation=found.generation if found is not None else None,
    )


def _received_at(kept: KeptFile) -> str:
    return kept.kept_at.isoformat(timespec="seconds").replace("+00:00", "Z")
