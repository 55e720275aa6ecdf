"""What jobs need of a place for small files."""

from __future__ import annotations

from typing import Protocol


class Storage(Protocol):
    """Addresses are complete, as of `addresses.py`. What the place itself refuses is raised as OSError."""

    def read(self, address: str) -> str | None:
        """The text; None where there is none."""

    def write(self, address: str, text: str) -> None:
        """Whole or not at all: who reads it meanwhile sees the old text or the new one."""

    def names(self, address: str) -> list[str]:
        """Of what lies in a folder, sorted; none for a folder that isn't there."""

    def exists(self, address: str) -> bool: ...

    def remove(self, address: str) -> None:
        """With all that is below it; nothing where it isn't there."""
