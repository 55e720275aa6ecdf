"""What a store of objects can do, whether it is a folder or lies in Cloud Storage."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol


@dataclass(frozen=True)
class Found:
    """What a store says of an object. `generation` is another one whenever it was replaced; None in a folder."""

    name: str
    bytes: int
    made_at: datetime
    generation: str | None


class ObjectStore(Protocol):
    """Objects by name (`a/b.json`, below the store's root); each is whole or absent, and replaced in one act.

    All may raise IngestError for what has to be mended (a right, a bucket), PassingTrouble for what may pass; that
    includes an object that another process has replaced since this one looked at it.
    """

    def address(self, name: str) -> str:
        """For people: a path, or gs://bucket/name."""
        ...

    def uri(self, name: str) -> str:
        """file:///… or gs://…"""
        ...

    def find(self, name: str) -> Found | None: ...

    def glob(self, *patterns: str) -> list[Found]:
        """By name; `*` is any part of a name without a slash."""
        ...

    def holds(self, name: str, file: Path) -> bool:
        """Whether the object is there and its bytes are the file's."""
        ...

    def reading(self, name: str) -> AbstractContextManager[Path]:
        """A file with the object's bytes, for this block. In a folder it is the very object: leave it as it is."""
        ...

    def parquet_rows(self, name: str) -> int | None:
        """By its footer, without reading the rest; None if there is none, or it can't be read."""
        ...

    def replacing(self, name: str) -> AbstractContextManager[Path]:
        """A path; what stands there when the block ends well takes the object's place. After an exception nothing."""
        ...

    def take(self, file: Path, name: str) -> None:
        """Make the file the object; it is gone from where it was."""
        ...

    def remove(self, name: str) -> None:
        """Of an object that isn't there, nothing."""
        ...

    def read_json(self, name: str) -> Any | None:
        """None when there is none, or it isn't JSON: a damaged receipt is no receipt."""
        ...

    def write_json(self, name: str, document: Any) -> None: ...

    def alone(self, folder: str) -> AbstractContextManager[Path]:
        """No two processes both change objects on the ground of what they saw of them in such a block of the folder.

        Gives a folder of this machine for files that are only needed meanwhile, and for what is to be taken. In a
        folder, the second process waits; in Cloud Storage, it fails with PassingTrouble as soon as it would write.
        """
        ...

    def remove_leftovers(self) -> None:
        """Remove what killed processes left half written."""
        ...
