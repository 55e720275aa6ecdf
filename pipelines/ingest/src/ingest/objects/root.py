"""Where a store of objects begins."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bucket:
    """`gs://<name>/<prefix>`; `prefix` is empty, or ends with a slash."""

    name: str
    prefix: str = ""

    def __str__(self) -> str:
        return f"gs://{self.name}/{self.prefix}".rstrip("/")


#: A folder of this machine, or a place in Cloud Storage.
Root = Path | Bucket
