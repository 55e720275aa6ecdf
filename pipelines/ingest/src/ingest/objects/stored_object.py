"""One object of a store, as a value."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest.objects.store import Found, ObjectStore


@dataclass(frozen=True)
class StoredObject:
    """`str()` of it is its address: a path, or gs://bucket/name. It need not be there."""

    store: ObjectStore
    object: str

    def __str__(self) -> str:
        return self.store.address(self.object)

    @property
    def uri(self) -> str:
        """file:///… or gs://…"""
        return self.store.uri(self.object)

    @property
    def name(self) -> str:
        """The last part of its name."""
        return PurePosixPath(self.object).name

    def find(self) -> Found | None:
        return self.store.find(self.object)

    def reading(self) -> AbstractContextManager[Path]:
        """A file with its bytes, for this block; a folder's very file, which must be left as it is."""
        return self.store.reading(self.object)

    def parquet_rows(self) -> int | None:
        """By its footer, without reading the rest; None if there is none, or it can't be read."""
        return self.store.parquet_rows(self.object)

    def replacing(self) -> AbstractContextManager[Path]:
        """A path; what stands there when the block ends well takes its place."""
        return self.store.replacing(self.object)
