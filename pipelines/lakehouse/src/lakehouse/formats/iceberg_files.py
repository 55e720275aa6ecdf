"""Files of an Iceberg table that no snapshot has: of expired ones, and of writers that were killed."""

from __future__ import annotations

from pathlib import Path

from pyiceberg.table import Table


def remove_unreferenced(table: Table, folder: Path) -> None:
    """Only while nobody writes the table: a file that is about to be committed has no snapshot either."""
    wanted = _referenced(table)
    for file in folder.rglob("*"):
        if file.is_file() and file not in wanted:
            file.unlink()


def _referenced(table: Table) -> set[Path]:
    addresses = [table.metadata_location]
    addresses += [entry.metadata_file for entry in table.metadata.metadata_log]
    addresses += [snapshot.manifest_list for snapshot in table.snapshots()]
    addresses += table.inspect.all_manifests()["path"].to_pylist()
    addresses += table.inspect.all_files()["file_path"].to_pylist()
    return {Path(address) for address in addresses}
