"""Postgres: the same clean rows, a partition per file month, swapped with its receipt in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import psycopg
from pgpq import ArrowToPostgresBinaryEncoder
from psycopg import sql

from ingest.clean import receipt_to_load
from ingest.contract import ZONES, Contracts, Table
from ingest.delivery import Key
from ingest.errors import IngestError, PassingTrouble
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.postgres_login import login_options, refused_login
from ingest.postgres_shape import SCHEMA, Connection, ensure_tables
from ingest.receipts import LoadReceipt
from ingest.settings import PostgresSettings, Settings
from ingest.sql import identifier, literal
from ingest.stores import ByMonth, StoreContents

_CONNECT_SECONDS = 5
_BATCH_ROWS = 20_000
_LOCK = 7_204_911_311  # any number of our own: one load at a time, also from two processes
# Deadlock or serialization failure, lost connection, shutdown, too many connections, lock timeout: classes or codes of
# https://www.postgresql.org/docs/current/errcodes-appendix.html. Without a code: the client found the server gone.
_PASSING = ("40", "08", "57P", "53300", "55P03")


@contextmanager
def open_postgres(postgres: PostgresSettings, settings: Settings | None = None) -> Iterator[Connection]:
    """Connect; the transaction commits when the block ends well. `settings` say whose token is the password, if one is.

    Raises PassingTrouble when the server isn't there, or breaks off on the way; IngestError when it lets nobody in.
    """
    where = f"{postgres.host}:{postgres.port}, database {postgres.database}"
    login = login_options(postgres, settings)
    try:
        connection = psycopg.connect(
            host=postgres.host,
            port=postgres.port,
            dbname=postgres.database,
            user=postgres.user,
            connect_timeout=_CONNECT_SECONDS,
            application_name="ingest",
            **login,
        )
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[-1]
        raise refused_login(postgres, reason, where) or PassingTrouble(
            f"Postgres doesn't answer: {reason}", where, "start it with npm start; its log is in the logs folder"
        ) from None
    try:
        with connection:
            connection.execute("SET lock_timeout = '60s'")  # a reader may keep a swap waiting, but not for ever
            yield connection
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        if _passes(error):
            raise PassingTrouble(
                f"Postgres broke off: {reason}", where, "run again: the month is loaded whole or not at all"
            ) from error
        raise IngestError(
            f"Postgres refused: {reason}", where, "nothing was changed; mend the cause and run again"
        ) from error


def _passes(error: psycopg.Error) -> bool:
    """Whether the same statements may succeed later, with nothing mended."""
    return isinstance(error, psycopg.OperationalError) and (error.sqlstate or "08").startswith(_PASSING)


def take_turn(connection: Connection) -> None:
    """Until the transaction ends, nobody else loads. Before anything is read: a reader that becomes a writer can lock
    out another one that does the same.
    """
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def load(connection: Connection, lake: Lake, contracts: Contracts, key: Key) -> tuple[LoadReceipt, list[str]]:
    """Replace the delivery's rows and receipt; the caller's transaction, whose turn it is, makes it one act.

    Notes: changed tables.
    """
    table = contracts.of_service(key.service)
    receipt = receipt_to_load(lake, key, table)
    notes = ensure_tables(connection, contracts)
    rows = (
        _replace_month(connection, lake, table, key) if key.file_month else _replace_all(connection, lake, table, key)
    )
    if rows != receipt.rows_accepted:
        raise IngestError(
            f"{rows:,} rows were copied, the receipt has {receipt.rows_accepted:,}",
            str(lake.clean_object(key)),
            "run clean again with --force",
        )
    _write_receipt(connection, receipt, key)
    reached("postgres:before-commit")
    return receipt, notes


def _replace_month(connection: Connection, lake: Lake, table: Table, key: Key) -> int:
    """Fill a table that nobody sees, then let it take the old partition's place: readers wait for the swap only."""
    assert key.file_month is not None
    parent = sql.Identifier(SCHEMA, table.name)
    name = f"{table.name}_{str(key.file_month).replace('-', '_')}"
    partition, fresh = sql.Identifier(SCHEMA, name), sql.Identifier(SCHEMA, f"{name}_new")
    month = sql.Literal(key.file_month.first_day)
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(fresh))
    connection.execute(sql.SQL("CREATE TABLE {} (LIKE {} INCLUDING ALL)").format(fresh, parent))
    rows = _copy(connection, lake, table, key, fresh)
    # The constraint tells ATTACH that every row fits, so that it needn't read them while readers wait.
    connection.execute(sql.SQL("ALTER TABLE {} ADD CONSTRAINT of_month CHECK (file_month = {})").format(fresh, month))
    connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(partition))
    connection.execute(sql.SQL("ALTER TABLE {} RENAME TO {}").format(fresh, sql.Identifier(name)))
    connection.execute(
        sql.SQL("ALTER TABLE {} ATTACH PARTITION {} FOR VALUES IN ({})").format(parent, partition, month)
    )
    connection.execute(sql.SQL("ALTER TABLE {} DROP CONSTRAINT of_month").format(partition))
    return rows


def _replace_all(connection: Connection, lake: Lake, table: Table, key: Key) -> int:
    target = sql.Identifier(SCHEMA, table.name)
    connection.execute(sql.SQL("DELETE FROM {}").format(target))
    return _copy(connection, lake, table, key, target)


def _copy(connection: Connection, lake: Lake, table: Table, key: Key, target: sql.Identifier) -> int:
    """DuckDB reads, COPY writes, batch by batch: nothing is held in memory or on disk between them."""
    names = [column.name for column in table.all_columns]
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
        target, sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor:
        with lake.clean_object(key).reading() as file, cursor.copy(statement) as copy:
            for piece in _binary_of(file, names):
                copy.write(piece)
                reached("postgres:mid-copy")
        return cursor.rowcount


def _binary_of(file: Path, names: list[str]) -> Iterator[bytes]:
    """COPY's binary format, which spares either side making text of numbers and times, and reading it again."""
    with duckdb.connect(":memory:", config={"threads": "2", "memory_limit": "500MB"}) as engine:
        columns = ", ".join(map(identifier, names))
        engine.execute(f"SELECT {columns} FROM read_parquet({literal(str(file))}, hive_partitioning = false)")
        batches = engine.to_arrow_reader(_BATCH_ROWS)
        encoder = ArrowToPostgresBinaryEncoder(batches.schema)
        begun = encoder.write_header()
        for batch in batches:
            yield begun + encoder.write_batch(batch)
            begun = b""
        yield begun + encoder.finish()


def _write_receipt(connection: Connection, receipt: LoadReceipt, key: Key) -> None:
    month: date | None = key.file_month.first_day if key.file_month else None
    receipts = sql.Identifier(SCHEMA, "load_receipts")
    connection.execute(
        sql.SQL("DELETE FROM {} WHERE service = %s AND file_month IS NOT DISTINCT FROM %s").format(receipts),
        [key.service, month],
    )
    values: dict[str, Any] = {**vars(receipt), "file_month": month}
    statement = sql.SQL("INSERT INTO {} ({}, loaded_at) VALUES ({}, now())").format(
        receipts, sql.SQL(", ").join(map(sql.Identifier, values)), sql.SQL(", ").join([sql.Placeholder()] * len(values))
    )
    connection.execute(statement, list(values.values()))


def postgres_contents(connection: Connection, contracts: Contracts, key: Key | None = None) -> StoreContents:
    """All receipts, and the rows per service and file month, counted: of everything, or of one delivery's key alone.

    Nothing for a database that was never loaded.
    """
    receipts: dict[ByMonth, LoadReceipt] = {}
    if _exists(connection, "load_receipts"):
        columns = [
            sql.SQL("to_char(file_month, 'YYYY-MM')") if name == "file_month" else sql.Identifier(name)
            for name in LoadReceipt.__dataclass_fields__
        ]
        query = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(columns), sql.Identifier(SCHEMA, "load_receipts")
        )
        receipts = {(row[0], row[1]): LoadReceipt(*row) for row in connection.execute(query).fetchall()}
    counts: dict[ByMonth, int] = {}
    for service in [*contracts.services, ZONES] if key is None else [key.service]:
        table = contracts.of_service(service)
        if _exists(connection, table.name):
            month = sql.SQL("to_char(file_month, 'YYYY-MM')" if table.partition_by else "NULL")
            of_month: sql.Composable = sql.SQL("true")
            if key is not None and key.file_month is not None:
                of_month = sql.SQL("file_month = {}").format(sql.Literal(key.file_month.first_day))
            query = sql.SQL("SELECT {}, count(*) FROM {} WHERE {} GROUP BY 1").format(
                month, sql.Identifier(SCHEMA, table.name), of_month
            )
            counts.update({(service, row[0]): int(row[1]) for row in connection.execute(query).fetchall()})
    return StoreContents("Postgres", receipts, counts)


def _exists(connection: Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [f"{SCHEMA}.{table}"]).fetchone()
    return bool(row and row[0])
