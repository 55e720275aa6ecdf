"""Which bytes a delivery has, without fetching them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.delivery import Delivery, Key
from ingest.durable import sha256_of
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.objects.stored_object import StoredObject
from ingest.receipts import RawReceipt


def known_sha256(lake: Lake, delivery: Delivery) -> str | None:
    """The hash of a delivery without fetching it; None when only fetching can tell.

    A folder's file is hashed. A server's file is the one received before if address, etag and length are the same; a
    generated one if its recipe is. Where somebody rolled the delivery back, the one in its stead counts.
    """
    digest, current = _sha256_of(lake, delivery), lake.raw_receipt(delivery.key)
    return current.sha256 if current is not None and is_set_aside(lake, delivery.key, digest) else digest


def is_set_aside(lake: Lake, key: Key, sha256: str | None) -> bool:
    return any(receipt.sha256 == sha256 for receipt in lake.set_aside(key))


def _sha256_of(lake: Lake, delivery: Delivery) -> str | None:
    if delivery.uri.startswith("file:"):
        return sha256_of(path_of(delivery))
    if delivery.uri.startswith("gs:"):
        return _sha256_of_kept(lake, delivery)
    for receipt in (lake.raw_receipt(delivery.key), *lake.set_aside(delivery.key)):
        if receipt is not None and receipt.uri == delivery.uri and _is_same(receipt, delivery):
            return receipt.sha256
    return None


def _sha256_of_kept(lake: Lake, delivery: Delivery) -> str:
    """An object that was never replaced is what its receipt says; of another, the bytes tell."""
    kept = kept_at(lake, delivery)
    found, receipt = kept.find(), lake.raw_receipt(delivery.key)
    if found is None:
        raise IngestError("the file is gone", str(kept), "plan again, from another source")
    if receipt is not None and receipt.generation == found.generation and delivery.uri.endswith(f"/{receipt.object}"):
        return receipt.sha256
    return sha256_of_object(kept)


def kept_at(lake: Lake, delivery: Delivery) -> StoredObject:
    """The object of raw that a `gs:` address names. Raises IngestError for any other place in Cloud Storage."""
    kept = lake.raw_place(delivery.key, "/".join(delivery.uri.split("/")[-2:]))
    if kept.uri != delivery.uri:
        raise IngestError("the address isn't one of the lake", delivery.uri, f"it keeps {delivery.key} as {kept.uri}")
    return kept


def sha256_of_object(kept: StoredObject) -> str:
    with kept.reading() as file:
        return sha256_of(file)


def _is_same(receipt: RawReceipt, delivery: Delivery) -> bool:
    if delivery.synthetic:
        return True
    return delivery.etag is not None and (receipt.etag, receipt.length) == (delivery.etag, delivery.length)


def path_of(delivery: Delivery) -> Path:
    """The file of a `file:` address. Raises IngestError when it is gone, no file, or a link out of its folder."""
    path = Path(unquote(urlsplit(delivery.uri).path))
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise IngestError(
            f"the file is a link that leaves its folder, to {path.resolve()}", str(path), "put a copy in its place"
        )
    if path.is_dir():
        raise IngestError("this is a folder with the name of a file", str(path), "put the file itself there")
    if not path.is_file():
        raise IngestError("the file is gone", str(path), "put it back, or plan again")
    return path
