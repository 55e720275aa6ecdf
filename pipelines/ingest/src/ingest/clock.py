"""The present, in the form in which receipts, records and locks have it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """The present instant, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
