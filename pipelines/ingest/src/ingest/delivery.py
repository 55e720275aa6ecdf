"""A delivery: one file that a source offers for one service and file month."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from ingest import INGEST_VERSION
from ingest.errors import IngestError
from ingest.months import FileMonth


@dataclass(frozen=True)
class Key:
    """What a delivery replaces: a service's file month, or all of it (`file_month` None: zones)."""

    service: str
    file_month: FileMonth | None

    def __str__(self) -> str:
        return f"{self.service} {self.file_month}" if self.file_month else self.service

    @property
    def slug(self) -> str:
        return f"{self.service}-{self.file_month}" if self.file_month else self.service


@dataclass(frozen=True)
class Delivery:
    """`etag` and `length` (bytes) are known before fetching only where a server told them."""

    key: Key
    uri: str
    name: str
    synthetic: bool
    etag: str | None = None
    length: int | None = None

    def __post_init__(self) -> None:
        if PurePath(self.name).name != self.name or self.name in ("", ".", "..") or "\0" in self.name:
            raise IngestError(
                f"the file name {self.name!r} would leave its folder", self.uri, "rename the file at its source"
            )

    def to_json(self) -> dict[str, Any]:
        return {
            "service": self.key.service,
            "file_month": str(self.key.file_month) if self.key.file_month else None,
            "uri": self.uri,
            "name": self.name,
            "synthetic": self.synthetic,
            "etag": self.etag,
            "length": self.length,
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Delivery:
        month = document["file_month"]
        key = Key(document["service"], FileMonth.parse(month) if month else None)
        return cls(
            key, document["uri"], document["name"], document["synthetic"], document.get("etag"), document.get("length")
        )


def load_id(raw_sha256: str, contract_hash: str) -> str:
    """The rows' `_load_id`: the same bytes, contract and code give the same id, whatever the order of arrival."""
    text = f"{raw_sha256}|{contract_hash}|{INGEST_VERSION}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]
