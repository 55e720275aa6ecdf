"""raw → clean and quarantine: every row of the current delivery ends in exactly one of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from ingest.contract import Table
from ingest.delivery import Key
from ingest.durable import replacing
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.outcome import Batch, count, reject_duplicates, write_accepted, write_rejected
from ingest.receipts import CleanReceipt, LoadReceipt, RawReceipt
from ingest.source_columns import match_columns, read_columns
from ingest.staging import stage

_THREADS = 2
_MEMORY = "900MB"


def difference_from_clean(lake: Lake, key: Key, raw_sha256: str, table: Table) -> str | None:
    """None if the lake's clean rows are those of these bytes and this contract, else what differs."""
    receipt = lake.clean_receipt(key)
    if receipt is None:
        return "the lake has no receipt"
    difference = receipt.load.difference(raw_sha256, table.hash)
    if difference is not None:
        return difference
    for file in (lake.clean_object(key), lake.quarantine_object(key)):
        if not file.is_file():
            return f"the lake has lost {file.name}"
    if lake.clean_object(key).stat().st_size != receipt.clean_bytes:
        return "the clean object isn't the one of its receipt"
    return None


def clean(lake: Lake, key: Key, table: Table) -> CleanReceipt:
    """Make the clean and the quarantine object and their receipt from the current delivery.

    Each is replaced as a whole, the receipt last: what a killed run leaves behind has no receipt and is made again.
    """
    raw = current_delivery(lake, key)
    file = lake.raw_object(key, raw)
    with _engine() as connection:
        batch = Batch(connection, key, table, raw, file)
        columns = read_columns(connection, file)
        matching = match_columns(columns, table, key.file_month, str(file))
        try:
            stage(connection, file, columns, matching, table, key.file_month)
        except (duckdb.InvalidInputException, duckdb.IOException) as error:
            reason = str(error).splitlines()[0]
            raise IngestError(f"the file can't be read: {reason}", str(file), "fetch the file again") from error
        reject_duplicates(batch)
        with replacing(lake.quarantine_object(key)) as rejected, replacing(lake.clean_object(key)) as accepted:
            write_rejected(batch, rejected)
            write_accepted(batch, accepted)
            receipt = count(batch, accepted, rejected, matching.notes)
        lake.write_clean_receipt(key, receipt)
        return receipt


def current_delivery(lake: Lake, key: Key) -> RawReceipt:
    """The raw receipt of what was fetched last. Raises IngestError when there is none or its file is gone."""
    raw = lake.raw_receipt(key)
    if raw is None:
        raise IngestError(f"nothing was fetched yet for {key}", str(lake.raw_folder(key)), "run fetch first")
    if not lake.raw_object(key, raw).is_file():
        raise IngestError("the received file is gone", str(lake.raw_object(key, raw)), "run fetch again")
    return raw


def receipt_to_load(lake: Lake, key: Key, table: Table) -> LoadReceipt:
    """The receipt of the lake's clean rows, if they are of the present contract. Raises IngestError otherwise."""
    receipt, where = lake.clean_receipt(key), str(lake.clean_object(key))
    if receipt is None or not lake.clean_object(key).is_file():
        raise IngestError(f"the lake holds no clean rows of {key}", where, "run clean first")
    difference = receipt.load.difference(receipt.load.raw_sha256, table.hash)
    if difference:
        raise IngestError(f"the clean rows of {key} are out of date: {difference}", where, "run clean again")
    return receipt.load


@contextmanager
def _engine() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="ingest-") as spill:
        config = {"threads": str(_THREADS), "memory_limit": _MEMORY, "temp_directory": spill}
        with duckdb.connect(":memory:", config=dict(config)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            yield connection
