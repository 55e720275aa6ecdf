"""raw → clean and quarantine: every row of the current delivery ends in exactly one of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.breaker import ANYTHING_GOES, Limits, Refusal, objections
from ingest.contract import Table
from ingest.delivery import Key
from ingest.durable import alone_in, replacing, scratch
from ingest.errors import IngestError
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.outcome import Batch, count, reject_duplicates, write_accepted, write_rejected
from ingest.quarantine import as_text, rejected_rows
from ingest.receipts import CleanReceipt, LoadReceipt, RawReceipt
from ingest.source_columns import match_columns, read_columns
from ingest.sql import literal
from ingest.staging import stage

_THREADS = 2
_MEMORY = "500MB"
_OURS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ParserException,
    duckdb.InternalException,
    duckdb.OutOfMemoryException,
)
_TOP_REASONS, _EXAMPLES, _LONGEST_EXAMPLE = 5, 3, 300


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


def clean(lake: Lake, key: Key, table: Table, limits: Limits = ANYTHING_GOES) -> CleanReceipt:
    """Make the clean and the quarantine object and their receipt from the current delivery.

    Each is replaced as a whole. The old receipt goes first and the new one comes last: what a killed run leaves behind
    has no receipt and is made again, even where the delivery before it has become the current one again.
    Raises IngestError for a file that can't be read, and for a delivery beyond the limits, which changes nothing.
    """
    folder = lake.raw_folder(key)
    with alone_in(folder), scratch(folder, "staged.parquet") as staged, _engine() as connection:
        raw = current_delivery(lake, key)
        file = lake.raw_object(key, raw)
        batch = Batch(connection, key, table, raw, file)
        with _reading(file):
            columns = read_columns(connection, file)
            matching = match_columns(columns, table, key.file_month, str(file))
            stage(connection, file, columns, matching, table, key.file_month, staged)
        reject_duplicates(batch)
        with replacing(lake.quarantine_object(key)) as rejected:
            with replacing(lake.clean_object(key)) as accepted:
                write_rejected(batch, rejected)
                write_accepted(batch, accepted)
                receipt = count(batch, accepted, rejected, matching.notes)
                _refuse_beyond(limits, lake, batch, receipt, rejected)
                reached("clean:before-rename")
                lake.forget_clean_receipt(key)
            reached("clean:between-renames")
        reached("clean:before-receipt")
        lake.write_clean_receipt(key, receipt)
        lake.forget_refusal(key)
        return receipt


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    """What DuckDB says of a damaged file is anything from an IOException to a plain Error; of our SQL, _OURS."""
    try:
        yield
    except _OURS:
        raise
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise IngestError(f"the file can't be read: {reason}", str(file), "fetch the file again") from error


def _refuse_beyond(limits: Limits, lake: Lake, batch: Batch, receipt: CleanReceipt, rejected: Path) -> None:
    """Keep a refused delivery's rejected rows aside, and say why it is refused, with examples."""
    key = batch.key
    against = objections(receipt, _rows_in(lake.clean_object(key)), lake.clean_receipt(key), limits)
    if not against:
        return
    worst = sorted(receipt.rejections.items(), key=lambda item: (-item[1], item[0]))[:_TOP_REASONS]
    lines = [f"{key} is refused, the delivery before stays: {'; '.join(against)}"]
    lines += [f"  reasons: {', '.join(f'{name} {rows:,}' for name, rows in worst)}"] if worst else []
    lines += [f"  {as_text(row)[:_LONGEST_EXAMPLE]}" for row in rejected_rows(rejected, batch.table, None, _EXAMPLES)]
    lake.write_refusal(key, Refusal(receipt, against), rejected)
    which = f"--service {key.service}" + (f" --month {key.file_month}" if key.file_month else "")
    back = f"         keep the delivery before: npm run rollback -- <environment> {which} --to previous\n"
    back = back if key.file_month else ""
    raise IngestError(
        "\n".join(lines),
        str(batch.file),
        f"see the rows: npm run quarantine -- explain {which}\n"
        f"         load it all the same: npm run quarantine -- replay {which} --accept-anyway\n"
        f"{back}"
        "         other limits: ingest.maxRejectedShare and ingest.minShareOfLastDelivery in config/",
    )


def _rows_in(file: Path) -> int | None:
    """Rows of a Parquet file; None if there is none, or it can't be read."""
    if not file.is_file():
        return None
    try:
        row = duckdb.execute(f"SELECT num_rows FROM parquet_file_metadata({literal(str(file))})").fetchone()
    except duckdb.Error:
        return None
    return int(row[0]) if row else None


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
