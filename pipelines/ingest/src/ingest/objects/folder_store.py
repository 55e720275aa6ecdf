"""Objects as files of a folder: renamed into place, never copied."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb

from ingest.durable import (
    alone_in,
    move_durably,
    read_json,
    remove_durably,
    remove_leftovers,
    replacing,
    write_json,
)
from ingest.objects.store import Found


class FolderStore:
    def __init__(self, root: Path) -> None:
        self._root = root

    def address(self, name: str) -> str:
        return str(self._root / name)

    def uri(self, name: str) -> str:
        return (self._root / name).resolve().as_uri()

    def find(self, name: str) -> Found | None:
        file = self._root / name
        return self._found(file) if file.is_file() else None

    def glob(self, *patterns: str) -> list[Found]:
        files = [file for pattern in patterns for file in self._root.glob(pattern) if file.name[0] != "."]
        return sorted((self._found(file) for file in files if file.is_file()), key=lambda found: found.name)

    def holds(self, name: str, file: Path) -> bool:
        there = self._root / name
        return there.is_file() and filecmp.cmp(there, file, shallow=False)

    @contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        yield self._root / name

    def parquet_rows(self, name: str) -> int | None:
        file = self._root / name
        if not file.is_file():
            return None
        try:
            row = duckdb.execute("SELECT num_rows FROM parquet_file_metadata(?)", [str(file)]).fetchone()
        except duckdb.Error:
            return None
        return int(row[0]) if row else None

    def replacing(self, name: str) -> AbstractContextManager[Path]:
        return replacing(self._root / name)

    def take(self, file: Path, name: str) -> None:
        move_durably(file, self._root / name)

    def remove(self, name: str) -> None:
        remove_durably(self._root / name)

    def read_json(self, name: str) -> Any | None:
        return read_json(self._root / name)

    def write_json(self, name: str, document: Any) -> None:
        write_json(self._root / name, document)

    @contextmanager
    def alone(self, folder: str) -> Iterator[Path]:
        with alone_in(self._root / folder):
            yield self._root / folder

    def remove_leftovers(self) -> None:
        remove_leftovers(self._root)

    def _found(self, file: Path) -> Found:
        status = file.stat()
        name = file.relative_to(self._root).as_posix()
        return Found(name, status.st_size, datetime.fromtimestamp(status.st_mtime, UTC), None)
