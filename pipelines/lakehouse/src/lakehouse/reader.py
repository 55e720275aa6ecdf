"""DuckDB with the extensions that read both formats, from their wheels: nothing is downloaded."""

from __future__ import annotations

from importlib.resources import files

import duckdb

from ingest.errors import IngestError
from lakehouse import sql

# Iceberg's manifests are Avro files.
_EXTENSIONS = ("avro", "iceberg", "delta")


def open_reader() -> duckdb.DuckDBPyConnection:
    """In memory, able to `iceberg_scan` and `delta_scan`. Raises IngestError where an extension doesn't load."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    connection = duckdb.connect(config=settings)
    for name in _EXTENSIONS:
        package = files(f"duckdb_extension_{name}")
        file = package / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        try:
            connection.execute(f"LOAD {sql.text(file)}")
        except duckdb.Error as error:
            raise IngestError(
                f"DuckDB {duckdb.__version__} can't load its extension {name}: {error}", str(file), "run npm run setup"
            ) from None
    return connection
