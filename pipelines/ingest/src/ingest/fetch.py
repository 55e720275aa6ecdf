"""A delivery's bytes, as received, into raw; checked before they count."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.clock import now
from ingest.delivery import Delivery
from ingest.durable import replacing, sha256_of
from ingest.errors import IngestError, PassingTrouble
from ingest.fault_points import reached
from ingest.generate import generate
from ingest.intact import check_intact
from ingest.known import is_set_aside, kept_at, known_sha256, path_of, sha256_of_object
from ingest.lake import Lake
from ingest.objects.stored_object import StoredObject
from ingest.receipts import RawReceipt
from ingest.sources.synthetic import recipe_of


@dataclass(frozen=True)
class Fetched:
    receipt: RawReceipt
    unchanged: bool


def fetch(lake: Lake, delivery: Delivery) -> Fetched:
    """Make the delivery current. The same content again makes no copy; a damaged file changes nothing.

    Raises IngestError when the bytes can't be had or aren't whole. Waits while another process fetches or cleans it.
    """
    with lake.alone(delivery.key) as workspace:
        return _fetch(lake, delivery, workspace)


def _refuse_altered(kept: StoredObject, receipt: RawReceipt) -> None:
    """The lake as its own source: bytes that aren't those received are damage, not a new delivery."""
    if kept.find() is None or sha256_of_object(kept) != receipt.sha256:
        raise IngestError(
            "the file isn't what was received: its sha256 has changed",
            str(kept),
            "fetch it again from its source, or roll the month back",
        )


def _fetch(lake: Lake, delivery: Delivery, workspace: Path) -> Fetched:
    key = delivery.key
    current = lake.raw_receipt(key)
    if current is not None and known_sha256(lake, delivery) == current.sha256 and _is_kept(lake, delivery, current):
        return Fetched(current, True)
    if current is not None and delivery.uri == lake.raw_object(key, current).uri:
        _refuse_altered(lake.raw_object(key, current), current)
    arriving = workspace / f".{delivery.name}.part"
    received = _bring(lake, delivery, arriving)
    try:
        # A synthetic address is a recipe and says nothing of the file's format.
        lines = check_intact(arriving, delivery.name if delivery.uri.startswith("synthetic:") else delivery.uri)
    except IngestError:
        arriving.unlink(missing_ok=True)
        raise
    digest = sha256_of(arriving)
    if current is not None and is_set_aside(lake, key, digest):
        arriving.unlink()
        if lake.raw_object(key, current).find() is None:
            raise IngestError(
                "the delivery rolled back to is gone, and the source offers only the one that was left",
                str(lake.raw_object(key, current)),
                f"take that one again: rollback --to {digest[:16]}",
            )
        return Fetched(current, True)
    place = f"{digest[:16]}/{delivery.name}"
    size = arriving.stat().st_size
    reached("fetch:before-rename")
    kept = lake.keep(arriving, key, place).find()
    reached("fetch:before-receipt")
    month = str(key.file_month) if key.file_month else None
    receipt = RawReceipt(
        service=key.service,
        file_month=month,
        name=delivery.name,
        object=place,
        sha256=digest,
        bytes=size,
        lines=lines,
        uri=delivery.uri,
        etag=received.etag,
        length=received.length,
        synthetic=delivery.synthetic,
        received_at=now(),
        generation=kept.generation if kept is not None else None,
    )
    lake.write_raw_receipt(key, receipt)
    return Fetched(receipt, current is not None and current.sha256 == digest)


def _is_kept(lake: Lake, delivery: Delivery, receipt: RawReceipt) -> bool:
    found = lake.raw_object(delivery.key, receipt).find()
    return found is not None and found.bytes == receipt.bytes and receipt.name == delivery.name


def _bring(lake: Lake, delivery: Delivery, arriving: Path) -> Delivery:
    """Gives the delivery as it came: a file that was published anew since the plan has another version and length."""
    if delivery.uri.startswith("file:"):
        with replacing(arriving) as temporary:
            shutil.copyfile(path_of(delivery), temporary)
        return delivery
    if delivery.uri.startswith("gs:"):
        with kept_at(lake, delivery).reading() as file, replacing(arriving) as temporary:
            shutil.copyfile(file, temporary)
        return delivery
    if delivery.synthetic:
        with replacing(arriving) as temporary:
            generate(recipe_of(delivery), temporary)
        return delivery
    from ingest.download import download, forget_part, make_client  # here: most commands never need an HTTP client

    with make_client() as client:
        received = download(client, delivery.uri, arriving)
    length = arriving.stat().st_size
    same_version = received.etag is None or received.etag == delivery.etag
    if same_version and delivery.length is not None and length != delivery.length:
        forget_part(arriving)
        raise PassingTrouble(
            f"{length:,} bytes came, {delivery.length:,} were announced", delivery.uri, "run the command again"
        )
    return replace(delivery, etag=received.etag, length=length)
