"""trip_id: an identity that a trip keeps when its month is delivered again.

The md5, in hex, of this UTF-8 text (fields joined by U+001F, the unit separator):

    service, file month as YYYY-MM, each data column in contract order, ordinal

A missing value is the empty text. Integers are decimal digits; decimals have exactly `scale` digits after the point
(0.50, -3.00); local_datetime is `YYYY-MM-DD HH:MM:SS`, and `.ffffff` without trailing zeros if there is a fraction.
The ordinal numbers rows that are identical in all data columns, from 1; which of them gets which doesn't matter, since
they are the same: the set of ids doesn't depend on the order of rows in the file.
"""

from __future__ import annotations

from ingest.contract import Table
from ingest.delivery import Key
from ingest.sql import identifier, literal

_SEPARATOR = "chr(31)"


def canonical_text(table: Table, key: Key) -> str:
    """SQL for the text up to the ordinal, its separator included."""
    constant = literal(key.service) + " || " + _SEPARATOR + " || " + literal(str(key.file_month or ""))
    values = ", ".join(f"coalesce(CAST({identifier(column.name)} AS VARCHAR), '')" for column in table.columns)
    return f"concat_ws({_SEPARATOR}, {constant}, {values}, '')"


def identity(table: Table, key: Key) -> str:
    """SQL for the id of a row that has the column `ordinal`."""
    return f"md5(concat({canonical_text(table, key)}, ordinal))"
