"""A delivery's bytes, as received, into raw; checked before they count."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.delivery import Delivery
from ingest.durable import move_durably, replacing, sha256_of
from ingest.errors import IngestError
from ingest.generate import generate
from ingest.intact import check_intact
from ingest.known import known_sha256, path_of
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

    Raises IngestError when the bytes can't be had or aren't whole.
    """
    key = delivery.key
    current = lake.raw_receipt(key)
    if current is not None and known_sha256(lake, delivery) == current.sha256 and _is_kept(lake, delivery, current):
        return Fetched(current, True)
    folder = lake.raw_folder(key)
    arriving = folder / f".{delivery.name}.part"
    folder.mkdir(parents=True, exist_ok=True)
    _bring(delivery, arriving)
    try:
        lines = check_intact(arriving, delivery.uri)
    except IngestError:
        arriving.unlink(missing_ok=True)
        raise
    digest = sha256_of(arriving)
    place = f"{digest[:16]}/{delivery.name}"
    size = arriving.stat().st_size
    if (folder / place).is_file() and sha256_of(folder / place) == digest:
        arriving.unlink()
    else:
        move_durably(arriving, folder / place)
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
        etag=delivery.etag,
        length=delivery.length,
        synthetic=delivery.synthetic,
        received_at=now(),
    )
    lake.write_raw_receipt(key, receipt)
    return Fetched(receipt, current is not None and current.sha256 == digest)


def _is_kept(lake: Lake, delivery: Delivery, receipt: RawReceipt) -> bool:
    file = lake.raw_object(delivery.key, receipt)
    return file.is_file() and file.stat().st_size == receipt.bytes and receipt.name == delivery.name


def _bring(delivery: Delivery, arriving: Path) -> None:
    if delivery.uri.startswith("file:"):
        with replacing(arriving) as temporary:
            shutil.copyfile(path_of(delivery), temporary)
    elif delivery.synthetic:
        with replacing(arriving) as temporary:
            generate(recipe_of(delivery), temporary)
    else:
        from ingest.download import download, make_client  # here, since most commands never need an HTTP client

        with make_client() as client:
            download(client, delivery.uri, arriving)
        length = arriving.stat().st_size
        if delivery.length is not None and length != delivery.length:
            arriving.unlink()
            raise IngestError(
                f"{length:,} bytes came, {delivery.length:,} were announced", delivery.uri, "run the command again"
            )
