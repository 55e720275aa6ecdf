"""Somebody else with the same lake before them: looks into it and changes it, past ingest and unknown to it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from cloud_storage import CloudStorage


class Outside(Protocol):
    """Addresses are those that ingest says: paths, or gs://bucket/name."""

    #: Zone to address.
    roots: dict[str, str]

    def names(self, zone: str) -> list[str]: ...
    def read(self, address: object) -> bytes: ...
    def write(self, address: object, content: bytes) -> None: ...
    def remove(self, address: object) -> None: ...


class OutsideFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.roots = {zone: (folder / zone).as_uri() for zone in ("raw", "clean", "quarantine")}

    def names(self, zone: str) -> list[str]:
        root = self._folder / zone
        return sorted(str(file.relative_to(root)) for file in root.rglob("*") if file.is_file())

    def read(self, address: object) -> bytes:
        return Path(str(address)).read_bytes()

    def write(self, address: object, content: bytes) -> None:
        Path(str(address)).write_bytes(content)

    def remove(self, address: object) -> None:
        Path(str(address)).unlink()


class OutsideBuckets:
    def __init__(self, storage: CloudStorage) -> None:
        self._storage = storage
        self.roots = storage.new_lake()

    def names(self, zone: str) -> list[str]:
        return self._storage.names(self.roots[zone].removeprefix("gs://"))

    def read(self, address: object) -> bytes:
        return self._storage.read(str(address))

    def write(self, address: object, content: bytes) -> None:
        self._storage.write(str(address), content)

    def remove(self, address: object) -> None:
        self._storage.remove(str(address))
