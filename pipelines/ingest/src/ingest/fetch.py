"""A delivery's bytes, as received, into raw; checked before they count."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.delivery import Delivery
from ingest.durable import alone_in, move_durably, replacing, sha256_of
from ingest.errors import IngestError, PassingTrouble
from ingest.fault_points import reached
from ingest.generate import generate
from ingest.intact import check_intact
from ingest.known import is_set_aside, known_sha256, path_of
from ingest.lake import Lake
from ingest.receipts import RawReceipt
from ingest.run_log import now
from ingest.sources.synthetic import recipe_of


@dataclass(frozen=True)
class Fetched:
    receipt: RawReceipt
    unchanged: bool


def fetch(lake: Lake, delivery: Delivery) -> Fetched:
    """Make the delivery current. The same content again makes no copy; a damaged file changes nothing.

    Raises IngestError when the bytes can't be had or aren't whole. Waits while another process fetches or cleans it.
    """
    with alone_in(lake.raw_folder(delivery.key)):
        return _fetch(lake, delivery)


def _refuse_altered(file: Path, receipt: RawReceipt) -> None:
    """The lake as its own source: bytes that aren't those received are damage, not a new delivery."""
    if not file.is_file() or sha256_of(file) != receipt.sha256:
        raise IngestError(
            "the file isn't what was received: its sha256 has changed",
            str(file),
            "fetch it again from its source, or roll the month back",
        )


def _fetch(lake: Lake, delivery: Delivery) -> Fetched:
    key = delivery.key
    current = lake.raw_receipt(key)
    if current is not None and known_sha256(lake, delivery) == current.sha256 and _is_kept(lake, delivery, current):
        return Fetched(current, True)
    if current is not None and delivery.uri == lake.raw_object(key, current).resolve().as_uri():
        _refuse_altered(lake.raw_object(key, current), current)
    folder = lake.raw_folder(key)
    arriving = folder / f".{delivery.name}.part"
    folder.mkdir(parents=True, exist_ok=True)
    received = _bring(delivery, arriving)
    try:
        # A synthetic address is a recipe and says nothing of the file's format.
        lines = check_intact(arriving, delivery.name if delivery.uri.startswith("synthetic:") else delivery.uri)
    except IngestError:
        arriving.unlink(missing_ok=True)
        raise
    digest = sha256_of(arriving)
    if current is not None and is_set_aside(lake, key, digest):
        arriving.unlink()
        if not lake.raw_object(key, current).is_file():
            raise IngestError(
                "the delivery rolled back to is gone, and the source offers only the one that was left",
                str(lake.raw_object(key, current)),
                f"take that one again: rollback --to {digest[:16]}",
            )
        return Fetched(current, True)
    place = f"{digest[:16]}/{delivery.name}"
    size = arriving.stat().st_size
    if (folder / place).is_file() and sha256_of(folder / place) == digest:
        arriving.unlink()
    else:
        reached("fetch:before-rename")
        move_durably(arriving, folder / place)
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
    )
    lake.write_raw_receipt(key, receipt)
    return Fetched(receipt, current is not None and current.sha256 == digest)


def _is_kept(lake: Lake, delivery: Delivery, receipt: RawReceipt) -> bool:
    file = lake.raw_object(delivery.key, receipt)
    return file.is_file() and file.stat().st_size == receipt.bytes and receipt.name == delivery.name


def _bring(delivery: Delivery, arriving: Path) -> Delivery:
    """Gives the delivery as it came: a file that was published anew since the plan has another version and length."""
    if delivery.uri.startswith("file:"):
        with replacing(arriving) as temporary:
            shutil.copyfile(path_of(delivery), temporary)
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
