"""The tables in Postgres: made from the contract, and given its new shape when it changes."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from ingest.contract import Contracts, Table

SCHEMA = "trips"
Connection = psycopg.Connection[tuple[Any, ...]]


def ensure_tables(connection: Connection, contracts: Contracts) -> list[str]:
    """Create what is missing. A table of another shape is rebuilt; the returned notes say what was done to which."""
    _execute(connection, sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(SCHEMA)))
    notes = [_ensure(connection, contracts.receipts)]
    notes += [_ensure(connection, contracts.of_service(service)) for service in [*contracts.services, "zones"]]
    return [note for note in notes if note]


def _ensure(connection: Connection, table: Table) -> str | None:
    wanted = {column.name: column.postgres_type for column in table.all_columns}
    there = _shape(connection, table.name)
    if not there:
        _create(connection, table)
        return None
    _allow_nulls(connection, table)
    if there == wanted:
        return None
    changed = sorted(name for name in wanted.keys() & there.keys() if wanted[name] != there[name])
    added = [name for name in wanted if name not in there]
    removed = [name for name in there if name not in wanted]
    if changed or any(column.required for column in table.all_columns if column.name in added):
        # Its rows can't be kept: their receipts go in the same transaction, so that plan reloads every month.
        _execute(connection, sql.SQL("DROP TABLE {}").format(_name(table.name)))
        if table.service and _shape(connection, "load_receipts"):
            _execute(
                connection, sql.SQL("DELETE FROM {} WHERE service = %s").format(_name("load_receipts")), [table.service]
            )
        _create(connection, table)
        what = ", ".join(changed or added)
        return f"Postgres: {table.name} was emptied and made anew ({what} changed); its months reload"
    for column in table.all_columns:
        if column.name in added:
            clause = sql.SQL("ALTER TABLE {} ADD COLUMN {} {}").format(
                _name(table.name), sql.Identifier(column.name), sql.SQL(column.postgres_type)
            )
            _execute(connection, clause)
    for name in removed:
        _execute(connection, sql.SQL("ALTER TABLE {} DROP COLUMN {}").format(_name(table.name), sql.Identifier(name)))
    signs = [f"+{name}" for name in added] + [f"-{name}" for name in removed]
    return f"Postgres: {table.name} took the contract's new shape ({', '.join(signs)})"


def _allow_nulls(connection: Connection, table: Table) -> None:
    """Lift NOT NULL where the contract no longer requires a value; new partitions take after their parent."""
    demanded = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND attnotnull",
        [f"{SCHEMA}.{table.name}"],
    ).fetchall()
    optional = {column.name for column in table.all_columns if not column.required}
    for (name,) in demanded:
        if name in optional:
            clause = sql.SQL("ALTER TABLE {} ALTER COLUMN {} DROP NOT NULL")
            _execute(connection, clause.format(_name(table.name), sql.Identifier(name)))


def _create(connection: Connection, table: Table) -> None:
    """No primary key on trips: ids are unique by construction; an index would cost more than the load."""
    columns = [
        sql.SQL("{} {}{}").format(
            sql.Identifier(column.name), sql.SQL(column.postgres_type), sql.SQL(" NOT NULL" if column.required else "")
        )
        for column in table.all_columns
    ]
    by_month: sql.Composable = sql.SQL("")
    if table.partition_by:
        by_month = sql.SQL(" PARTITION BY LIST ({})").format(sql.Identifier(table.partition_by))
    _execute(
        connection, sql.SQL("CREATE TABLE {} ({}){}").format(_name(table.name), sql.SQL(", ").join(columns), by_month)
    )


def _shape(connection: Connection, table: str) -> dict[str, str]:
    rows = connection.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
        "WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [f"{SCHEMA}.{table}"],
    ).fetchall()
    return {str(name): str(kind) for name, kind in rows}


def _name(table: str) -> sql.Identifier:
    return sql.Identifier(SCHEMA, table)


def _execute(connection: Connection, statement: sql.Composed, values: list[Any] | None = None) -> None:
    connection.execute(statement, values)
