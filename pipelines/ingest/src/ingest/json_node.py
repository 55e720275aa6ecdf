"""A JSON object that knows where it stands, for messages to people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ingest.errors import IngestError


class Node:
    """A JSON object that knows its path, so that an error can name it."""

    def __init__(self, value: Any, path: str, file: Path) -> None:
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self._path = path
        self._file = file
        if not isinstance(value, dict):
            raise IngestError(f"{path or 'the settings'} must be an object", str(file), "deploy again (npm start)")

    def wrong(self, name: str, expected: str) -> IngestError:
        return IngestError(
            f"{self._path}{name} must be {expected}; there stands {json.dumps(self.value.get(name))}",
            str(self._file),
            "deploy again (npm start), which rewrites the file",
        )

    def node(self, name: str) -> Node:
        return Node(self.value.get(name), f"{self._path}{name}.", self._file)

    def text(self, name: str) -> str:
        value = self.value.get(name)
        if not isinstance(value, str) or not value:
            raise self.wrong(name, "a text")
        return value

    def number(self, name: str) -> int:
        value = self.value.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(name, "a whole number")
        return value

    def share(self, name: str) -> float:
        value = self.value.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 1:
            raise self.wrong(name, "a share from 0 to 1")
        return float(value)

    def has(self, name: str) -> bool:
        """Whether a value that may be absent is there; null is absent."""
        return self.value.get(name) is not None

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value not in choices:
            raise self.wrong(name, " or ".join(map(repr, choices)))
        return value
