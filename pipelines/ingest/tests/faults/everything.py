"""All that a deployment holds, in a form that can be compared: what it is made of, without when it was made."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from conftest import Deployment
from ingest.sql import literal

#: Part of a deployment (a file of the lake, a table) to its number of rows and a hash of all of them in order.
Everything = dict[str, str]

_TIMES = ["received_at", "cleaned_at", "loaded_at", "generatedAt"]
_HASH = "count(*) || ' rows, ' || coalesce(md5(string_agg(md5({row}), '' ORDER BY md5({row}))), 'empty')"


def everything(deployment: Deployment) -> Everything:
    """The lake, landed tables and marts in the warehouse, Postgres, and their receipts."""
    return {**lake(deployment), **warehouse(deployment), **postgres(deployment)}


def lake(deployment: Deployment) -> Everything:
    """Every file: received bytes as they are, Parquet by its rows, receipts without times. Leftovers show as files."""
    root = deployment.folder / "lake"
    return {f"lake/{file.relative_to(root)}": _content(file) for file in sorted(root.rglob("*")) if file.is_file()}


def warehouse(deployment: Deployment) -> Everything:
    """Read from a copy, log of the last commits included: so that a killed process's file is opened first by ingest."""
    with _copy_of(deployment.settings.warehouse.file) as file:
        return tables_in(file)


def tables_in(file: Path) -> Everything:
    """The tables of a DuckDB file."""
    with duckdb.connect(str(file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE schema_name LIKE 'trips_%' ORDER BY ALL"
        ).fetchall()
        return {f"warehouse {table}": _rows(connection, f"FROM {table}") for (table,) in tables}


def postgres(deployment: Deployment) -> Everything:
    """Every table, and its partitions one by one: one that a killed load left behind would show."""
    if deployment.settings.postgres is None:
        return {}
    tables = deployment.postgres_query(
        "SELECT relname FROM pg_class "
        "WHERE relnamespace = to_regnamespace('trips') AND relkind IN ('r', 'p') ORDER BY relname"
    )
    row = "(to_jsonb(t) - 'loaded_at')::text"
    hashes = [deployment.postgres_query(f"SELECT {_HASH.format(row=row)} FROM trips.{table} t") for (table,) in tables]
    return {f"postgres {table}": rows for (table,), [(rows,)] in zip(tables, hashes, strict=True)}


def dashboard(deployment: Deployment) -> Everything:
    """What `export` makes: the dashboard's data, and the copy of the warehouse for readers."""
    copied = tables_in(deployment.settings.warehouse.read_copy)
    data = deployment.settings.dashboard / "data.json"
    return {"data.json": _content(data), **{f"copy of {name}": rows for name, rows in copied.items()}}


@contextmanager
def _copy_of(file: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for part in file.parent.glob(f"{file.name}*"):
            shutil.copy(part, folder)
        yield Path(folder) / file.name


def _content(file: Path) -> str:
    if file.suffix == ".parquet" and "raw" not in file.parts:
        with duckdb.connect() as connection:
            return _rows(connection, f"FROM read_parquet({literal(str(file))}, hive_partitioning = false)")
    if file.suffix == ".json":
        return json.dumps(_without_times(json.loads(file.read_text())), sort_keys=True)
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _without_times(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name not in _TIMES}


def _rows(connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    names = [name for name, *_ in connection.execute(f"DESCRIBE {relation}").fetchall()]
    columns = ", ".join(name for name in names if name not in _TIMES)
    row = connection.execute(f"SELECT {_HASH.format(row='row::VARCHAR')} FROM (SELECT {columns} {relation}) row")
    return str(row.fetchall()[0][0])
