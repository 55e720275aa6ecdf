"""The catalogue, and finding tables again when it is lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import NoSuchTableError, ValidationError
from pyiceberg.table import StaticTable, Table
from sqlalchemy import URL
from sqlalchemy.exc import DatabaseError

from ingest.errors import IngestError

NAMESPACE = "trips"

_CATALOGUE = "catalog.sqlite"
_TABLES = "iceberg"
_REBUILD = "derive the table anew: --rebuild"
_UNREADABLE = (OSError, ValueError, ValidationError)


def open_catalog(folder: Path) -> SqlCatalog:
    """Below the folder, with its tables' files. Raises IngestError for a file that isn't a catalogue."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / _CATALOGUE
    address = URL.create("sqlite", database=str(file)).render_as_string()
    try:
        # Paths, not file: addresses, whose %20 pyiceberg takes for the name of a folder.
        catalog = SqlCatalog("lakehouse", uri=address, warehouse=str(folder / _TABLES))
        catalog.create_namespace_if_not_exists(NAMESPACE)
    except DatabaseError as error:
        mend = "remove the file and repeat: the tables are found again by their metadata"
        raise IngestError(f"the catalogue can't be read: {error.orig}", str(file), mend) from None
    return catalog


def find_table(catalog: SqlCatalog, name: str) -> Table | None:
    """None where there is none. A table that the catalogue has lost is registered again by its newest metadata.

    Raises IngestError where the catalogue and the files don't belong together.
    """
    try:
        return catalog.load_table((NAMESPACE, name))
    except NoSuchTableError:
        return _found_again(catalog, name)
    except _UNREADABLE as error:
        first = str(error).splitlines()[0]
        where = str(folder_of(catalog, name))
        raise IngestError(f"the table's metadata can't be read: {first}", where, _REBUILD) from None


def forget_table(catalog: SqlCatalog, name: str) -> None:
    """With its files. The metadata goes first, so that nothing is found again of what is half removed."""
    folder = folder_of(catalog, name)
    shutil.rmtree(folder / "metadata", ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        catalog.drop_table((NAMESPACE, name))
    except NoSuchTableError:
        return


def folder_of(catalog: SqlCatalog, name: str) -> Path:
    return Path(str(catalog.properties["warehouse"])) / NAMESPACE / name


def _found_again(catalog: SqlCatalog, name: str) -> Table | None:
    folder = folder_of(catalog, name)
    metadata = sorted(folder.glob("metadata/*.metadata.json"), key=_number, reverse=True)
    for file in metadata:
        if _is_whole(file):
            return catalog.register_table((NAMESPACE, name), str(file))
    # Without data, what is left is of a creation that was killed.
    if any(folder.rglob("*.parquet")):
        raise IngestError("the catalogue is gone, and the table's metadata with it", str(folder), _REBUILD)
    return None


def _is_whole(metadata: Path) -> bool:
    """A killed writer may have left half a file, and moved folders leave files that name others that aren't there."""
    try:
        table = StaticTable.from_metadata(str(metadata))
        snapshot = table.current_snapshot()
        if snapshot is not None:
            snapshot.manifests(table.io)
    except _UNREADABLE:
        return False
    return True


def _number(metadata: Path) -> int:
    match = re.match(r"\d+", metadata.name)
    return int(match[0]) if match else -1
