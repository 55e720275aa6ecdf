"""Which bytes a delivery has, without fetching them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.delivery import Delivery
from ingest.durable import sha256_of
from ingest.errors import IngestError
from ingest.lake import Lake


def known_sha256(lake: Lake, delivery: Delivery) -> str | None:
    """The hash of a delivery without fetching it; None when only fetching can tell.

    A folder's file is hashed. A server's file is the one received before if address, etag and length are the same; a
    generated one if its recipe is.
    """
    if delivery.uri.startswith("file:"):
        return sha256_of(path_of(delivery))
    receipt = lake.raw_receipt(delivery.key)
    if receipt is None or receipt.uri != delivery.uri:
        return None
    if delivery.synthetic:
        return receipt.sha256
    same = delivery.etag is not None and (receipt.etag, receipt.length) == (delivery.etag, delivery.length)
    return receipt.sha256 if same else None


def path_of(delivery: Delivery) -> Path:
    """The file of a `file:` address. Raises IngestError when it is gone."""
    path = Path(unquote(urlsplit(delivery.uri).path))
    if not path.is_file():
        raise IngestError("the file is gone", str(path), "put it back, or plan again")
    return path
