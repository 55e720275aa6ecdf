"""raw → clean and quarantine: every row of the current delivery ends in exactly one of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb

from ingest.breaker import ANYTHING_GOES, Limits, Refusal, RefusedDelivery, objections
from ingest.contract import Table
from ingest.delivery import Key
from ingest.durable import scratch
from ingest.errors import IngestError
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.objects.stored_object import StoredObject
from ingest.outcome import Batch, count, reject_duplicates, write_accepted, write_rejected
from ingest.quarantine import as_text, rejected_rows
from ingest.receipts import CleanReceipt, LoadReceipt, RawReceipt
from ingest.source_columns import match_columns, read_columns
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
    return _lost(lake, key, receipt)


def _lost(lake: Lake, key: Key, receipt: CleanReceipt) -> str | None:
    """None if the lake has the very objects that the receipt describes, else what is wrong with them."""
    accepted, rejected = lake.clean_object(key), lake.quarantine_object(key)
    found, beside = accepted.find(), rejected.find()
    if found is None:
        return f"the lake has lost {accepted.name}"
    if beside is None:
        return f"the lake has lost {rejected.name}"
    if (found.bytes, found.generation) != (receipt.clean_bytes, receipt.clean_generation):
        return "the clean object isn't the one of its receipt"
    if beside.generation != receipt.quarantine_generation:
        return "the quarantine object isn't the one of the receipt"
    return None


def clean(lake: Lake, key: Key, table: Table, limits: Limits = ANYTHING_GOES) -> CleanReceipt:
    """Make the clean and the quarantine object and their receipt from the current delivery.

    Each is replaced as a whole. The old receipt goes first and the new one comes last: what a killed run leaves behind
    has no receipt and is made again, even where the delivery before it has become the current one again.
    Raises IngestError for a file that can't be read, and for a delivery beyond the limits, which changes nothing.
    """
    with lake.alone(key) as workspace, scratch(workspace, "staged.parquet") as staged, _engine() as connection:
        raw = current_delivery(lake, key)
        delivered = lake.raw_object(key, raw)
        with delivered.reading() as file:
            batch = Batch(connection, key, table, raw, file, str(delivered))
            with _reading(batch.where):
                columns = read_columns(connection, file)
                matching = match_columns(columns, table, key.file_month, batch.where)
                stage(connection, file, columns, matching, table, key.file_month, staged)
            reject_duplicates(batch)
            with lake.quarantine_object(key).replacing() as rejected:
                with lake.clean_object(key).replacing() as accepted:
                    write_rejected(batch, rejected)
                    write_accepted(batch, accepted)
                    receipt = count(batch, accepted, rejected, matching.notes)
                    _refuse_beyond(limits, lake, batch, receipt, rejected)
                    reached("clean:before-rename")
                    lake.forget_clean_receipt(key)
                reached("clean:between-renames")
        reached("clean:before-receipt")
        receipt = replace(
            receipt,
            clean_generation=_generation(lake.clean_object(key)),
            quarantine_generation=_generation(lake.quarantine_object(key)),
        )
        lake.write_clean_receipt(key, receipt)
        lake.forget_refusal(key)
        return receipt


def _generation(written: StoredObject) -> str | None:
    found = written.find()
    return found.generation if found is not None else None


@contextmanager
def _reading(where: str) -> Iterator[None]:
    """What DuckDB says of a damaged file is anything from an IOException to a plain Error; of our SQL, _OURS."""
    try:
        yield
    except _OURS:
        raise
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise IngestError(f"the file can't be read: {reason}", where, "fetch the file again") from error


def _refuse_beyond(limits: Limits, lake: Lake, batch: Batch, receipt: CleanReceipt, rejected: Path) -> None:
    """Keep a refused delivery's rejected rows aside, and say why it is refused, with examples."""
    key = batch.key
    against = objections(receipt, lake.clean_object(key).parquet_rows(), lake.clean_receipt(key), limits)
    if not against:
        return
    worst = sorted(receipt.rejections.items(), key=lambda item: (-item[1], item[0]))[:_TOP_REASONS]
    lines = [f"{key} is refused, the delivery before stays: {'; '.join(against)}"]
    lines += [f"  reasons: {', '.join(f'{name} {rows:,}' for name, rows in worst)}"] if worst else []
    lines += [f"  {as_text(row)[:_LONGEST_EXAMPLE]}" for row in rejected_rows(rejected, batch.table, None, _EXAMPLES)]
    refusal = Refusal(receipt, against)
    lake.write_refusal(key, refusal, rejected)
    which = f"--service {key.service}" + (f" --month {key.file_month}" if key.file_month else "")
    back = f"         keep the delivery before: npm run rollback -- <environment> {which} --to previous\n"
    back = back if key.file_month else ""
    raise RefusedDelivery(
        refusal,
        "\n".join(lines),
        batch.where,
        f"see the rows: npm run quarantine -- explain {which}\n"
        f"         load it all the same: npm run quarantine -- replay {which} --accept-anyway\n"
        f"{back}"
        "         other limits: ingest.maxRejectedShare and ingest.minShareOfLastDelivery in config/",
    )


def current_delivery(lake: Lake, key: Key) -> RawReceipt:
    """The raw receipt of what was fetched last. Raises IngestError when there is none or its file is gone."""
    raw = lake.raw_receipt(key)
    if raw is None:
        raise IngestError(f"nothing was fetched yet for {key}", lake.raw_folder(key), "run fetch first")
    if lake.raw_object(key, raw).find() is None:
        raise IngestError("the received file is gone", str(lake.raw_object(key, raw)), "run fetch again")
    return raw


def receipt_to_load(lake: Lake, key: Key, table: Table) -> LoadReceipt:
    """The receipt of the lake's clean rows, if they are of the present contract. Raises IngestError otherwise."""
    receipt, where = lake.clean_receipt(key), str(lake.clean_object(key))
    found = lake.clean_object(key).find()
    if receipt is None or found is None:
        raise IngestError(f"the lake holds no clean rows of {key}", where, "run clean first")
    difference = receipt.load.difference(receipt.load.raw_sha256, table.hash)
    if difference is None and found.generation != receipt.clean_generation:
        difference = "the object isn't the one of its receipt"
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
