"""The circuit breaker: a delivery too bad to replace the month's last one is refused before any store is touched.

raw keeps it as received, and it stays the current delivery, so that every run tries it again and says so; the clean
object, its receipt and the stores stay on the delivery before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ingest.errors import IngestError
from ingest.receipts import CleanReceipt, clean_receipt_from


@dataclass(frozen=True)
class Limits:
    """Shares from 0 to 1: of a delivery's rows that may be rejected, of the last delivery's rows that must remain."""

    max_rejected_share: float
    min_share_of_last_delivery: float


#: For a delivery that somebody wants whatever it holds.
ANYTHING_GOES = Limits(1.0, 0.0)


@dataclass(frozen=True)
class Refusal:
    """`receipt` counts what cleaning would have made of the delivery."""

    receipt: CleanReceipt
    objections: list[str] = field(default_factory=list)


class RefusedDelivery(IngestError):
    """Raised when a delivery is refused."""

    def __init__(self, refusal: Refusal, what: str, where: str, mend: str) -> None:
        super().__init__(what, where, mend)
        self.refusal = refusal


def objections(
    receipt: CleanReceipt, rows_before: int | None, accepted: CleanReceipt | None, limits: Limits
) -> list[str]:
    """What speaks against the delivery; nothing if it may replace the `rows_before` of the last one.

    A share of rejections that was accepted of the same bytes before (`accepted`) is accepted again: an override holds
    until the file changes or more of it is rejected.
    """
    found = []
    load = receipt.load
    allowed = limits.max_rejected_share
    if accepted is not None and accepted.load.raw_sha256 == load.raw_sha256:
        allowed = max(allowed, _share(accepted.load.rows_rejected, accepted.load.rows_read))
    share = _share(load.rows_rejected, load.rows_read)
    if share > allowed:
        found.append(
            f"{load.rows_rejected:,} of {load.rows_read:,} rows are rejected ({share:.1%}, at most {allowed:.1%})"
        )
    least = limits.min_share_of_last_delivery
    if rows_before is not None and load.rows_accepted < least * rows_before:
        remains = _share(load.rows_accepted, rows_before)
        found.append(
            f"{load.rows_accepted:,} rows would replace the {rows_before:,} of the last delivery "
            f"({remains:.1%}, at least {least:.1%})"
        )
    return found


def refusal_from(document: Any) -> Refusal | None:
    """None for anything that isn't a refusal of the present shape."""
    if not isinstance(document, dict) or set(document) != {"receipt", "objections"}:
        return None
    receipt = clean_receipt_from(document["receipt"])
    return Refusal(receipt, document["objections"]) if receipt is not None else None


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
