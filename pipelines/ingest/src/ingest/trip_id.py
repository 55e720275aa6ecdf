"""trip_id: an identity that a trip keeps when its month is delivered again.

The md5, in hex, of this UTF-8 text (fields joined by U+001F, the unit separator):

    service, file month as YYYY-MM, each data column in contract order, ordinal

A missing value is the empty text. Integers are decimal digits; decimals have exactly `scale` digits after the point
(0.50, -3.00); local_datetime is `YYYY-MM-DD HH:MM:SS`, and `.ffffff` without trailing zeros if there is a fraction.
The ordinal numbers rows that are identical in all data columns, from 1; which of them gets which doesn't matter, since
they are the same: the set of ids doesn't depend on the order of rows in the file.
"""

from __future__ import annotations

from collections.abc import Mapping

from ingest.contract import Table
from ingest.delivery import Key
from ingest.sql import identifier, literal

_SEPARATOR = "chr(31)"


def has_trip_id(table: Table) -> bool:
    return any(column.name == "trip_id" for column in table.system_columns)


def canonical_text(table: Table, key: Key) -> str:
    """SQL for the text up to the ordinal, its separator included."""
    return _text(table, key, {}, "''")


def identity(table: Table, key: Key, ordinal: str = "1", texts: Mapping[str, str] | None = None) -> str:
    """SQL for the id of a row with this ordinal; `texts` gives SQL for columns whose text was written out before."""
    return f"md5({_text(table, key, texts or {}, ordinal)})"


def _text(table: Table, key: Key, texts: Mapping[str, str], end: str) -> str:
    # concat takes NULL for the empty text, which spares a coalesce around each column.
    values = [texts.get(column.name, f"CAST({identifier(column.name)} AS VARCHAR)") for column in table.columns]
    fields = [literal(key.service), literal(str(key.file_month or "")), *values, end]
    return f"concat({f', {_SEPARATOR}, '.join(fields)})"
