"""Receipts: what a store or the lake holds, and from which bytes, contract and code it was made."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any, TypeVar

from ingest import INGEST_VERSION

_T = TypeVar("_T")


@dataclass(frozen=True)
class RawReceipt:
    """`current.json` of a delivery: which received file counts. `object` is relative to the receipt's folder.

    `lines` is the number of line ends in a CSV (None for Parquet); `etag` and `length` are the server's words.
    `generation` is that of the object in Cloud Storage, None in a folder.
    """

    service: str
    file_month: str | None
    name: str
    object: str
    sha256: str
    bytes: int
    lines: int | None
    uri: str
    etag: str | None
    length: int | None
    synthetic: bool
    received_at: str
    generation: str | None = None


@dataclass(frozen=True)
class LoadReceipt:
    """The columns of `load_receipts` but for the store's own `loaded_at`. `file_month` is YYYY-MM."""

    service: str
    file_month: str | None
    load_id: str
    raw_sha256: str
    contract_hash: str
    ingest_version: str
    source_file: str
    synthetic: bool
    rows_read: int
    rows_accepted: int
    rows_warned: int
    rows_rejected: int

    def difference(self, raw_sha256: str, contract_hash: str) -> str | None:
        """Why rows of this receipt are not those of the given bytes and contract; None if they are."""
        if self.raw_sha256 != raw_sha256:
            return "the file changed"
        if self.contract_hash != contract_hash:
            return "the contract changed"
        if self.ingest_version != INGEST_VERSION:
            return "the ingest version changed"
        return None


@dataclass(frozen=True)
class CleanReceipt:
    """What cleaning made of a delivery: the load receipt and the details that only the lake keeps.

    `warnings` and `rejections` count rows per rule or reason; a row with two reasons counts in both. The generations
    are those of the clean and the quarantine object in Cloud Storage, None in a folder.
    """

    load: LoadReceipt
    warnings: dict[str, int] = field(default_factory=dict)
    rejections: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    clean_bytes: int = 0
    cleaned_at: str = ""
    clean_generation: str | None = None
    quarantine_generation: str | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def raw_receipt_from(document: Any) -> RawReceipt | None:
    """None for anything that isn't a raw receipt of the present shape."""
    return _made(RawReceipt, document)


def clean_receipt_from(document: Any) -> CleanReceipt | None:
    """None for anything that isn't a clean receipt of the present shape."""
    load = _made(LoadReceipt, document.get("load")) if isinstance(document, dict) else None
    return _made(CleanReceipt, {**document, "load": load}) if load is not None else None


def _made(kind: type[_T], document: Any) -> _T | None:
    names = {item.name: item.default for item in fields(kind)}  # type: ignore[arg-type]
    required = {name for name, default in names.items() if default is not None}
    if not isinstance(document, dict) or not required <= set(document) <= set(names):
        return None
    return kind(**document)
