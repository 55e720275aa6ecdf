"""Twins: accepted rows that are equal in every data column, staged with one id; all but the first get another."""

from __future__ import annotations

import duckdb

from ingest.contract import Table
from ingest.delivery import Key
from ingest.trip_id import canonical_text, identity

_SLOTS = 1 << 16


def number_twins(connection: duckdb.DuckDBPyConnection, table: Table, key: Key) -> int:
    """Make the table `later` of all but the first of them (place, ordinal less one, both ids). Tells how many."""
    connection.execute(f"""
        CREATE TEMP TABLE later AS
        WITH hashed AS (SELECT row, hash(trip_id) AS digest FROM staged WHERE reasons IS NULL),
        shared AS (SELECT digest FROM hashed GROUP BY digest HAVING count(*) > 1),
        suspects AS (SELECT row FROM hashed SEMI JOIN shared USING (digest)),
        numbered AS (
            SELECT *, row_number() OVER (PARTITION BY {canonical_text(table, key)} ORDER BY row) - 1 AS before
            FROM staged WHERE row IN (SELECT row FROM suspects))
        SELECT row, before, trip_id AS shared_id, {identity(table, key, "before + 1")} AS trip_id
        FROM numbered WHERE before > 0
    """)
    return _number(connection, "SELECT count(*) FROM later")


def own_id(connection: duckdb.DuckDBPyConnection, table: Table, key: Key) -> str:
    """SQL for the id of a staged row, without a join: DuckDB writes what comes from a join on a single thread, and not
    in the file's order unless it is sorted. For a few twins: what tells them is held in memory.

    They are known by the slot of their shared id among `later_slots`, which few other rows have; and `later_bit` has a
    value `<row>:<bit>` for each bit that is set in their ordinal less one.
    """
    slot, shared_slot = (f"CAST(hash({name}) % {_SLOTS} AS INTEGER)" for name in ("trip_id", "shared_id"))
    connection.execute(f"SET VARIABLE later_slots = (SELECT bitstring_agg({shared_slot}, 0, {_SLOTS - 1}) FROM later)")
    bits = _number(connection, "SELECT max(before) FROM later").bit_length()
    connection.execute(f"""
        CREATE TEMP TYPE later_bit AS ENUM (
            SELECT concat(row, ':', bit) FROM later, range({bits}) AS bits(bit) WHERE (before >> bit) & 1 = 1)
    """)
    set_bits = [
        f"CASE WHEN TRY_CAST(concat(row, ':{bit}') AS later_bit) IS NULL THEN 0 ELSE {1 << bit} END"
        for bit in range(bits)
    ]
    numbered = identity(table, key, f"(1 + {' + '.join(set_bits)})")
    return f"CASE WHEN get_bit(getvariable('later_slots'), {slot}) = 0 THEN trip_id ELSE {numbered} END"


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
