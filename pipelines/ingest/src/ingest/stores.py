"""What each store holds, in one look: receipts and row counts by service and month."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.delivery import Key
from ingest.receipts import LoadReceipt

ByMonth = tuple[str, str | None]


@dataclass(frozen=True)
class StoreContents:
    """`loads`: the rows' load ids, least and greatest, where the store was asked for them."""

    name: str
    receipts: dict[ByMonth, LoadReceipt]
    rows: dict[ByMonth, int]
    loads: dict[ByMonth, frozenset[str]] = field(default_factory=dict)

    def rows_of(self, key: Key) -> int:
        return self.rows.get(_of(key), 0)

    def difference(self, key: Key, raw_sha256: str, contract_hash: str) -> str | None:
        """None if the store holds the rows of these bytes and this contract, else what differs."""
        receipt = self.receipts.get(_of(key))
        if receipt is None:
            return f"{self.name} has no receipt"
        difference = receipt.difference(raw_sha256, contract_hash)
        if difference is not None:
            return f"{self.name}: {difference}"
        if not self.loads.get(_of(key), frozenset()) <= {receipt.load_id}:
            return f"{self.name} holds rows of another load than its receipt's"
        if self.rows_of(key) != receipt.rows_accepted:
            return f"{self.name} holds {self.rows_of(key):,} rows, its receipt says {receipt.rows_accepted:,}"
        return None


def _of(key: Key) -> ByMonth:
    return key.service, str(key.file_month) if key.file_month else None
