"""A folder of this machine, without Spark: what has nothing to compute needs no Java."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


class LocalStorage:
    def read(self, address: str) -> str | None:
        try:
            return Path(address).read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, address: str, text: str) -> None:
        target = Path(address)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.parent / f".{target.name}.tmp-{os.getpid()}"
        try:
            with temporary.open("w", encoding="utf-8") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def names(self, address: str) -> list[str]:
        try:
            return sorted(path.name for path in Path(address).iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []

    def exists(self, address: str) -> bool:
        return Path(address).exists()

    def remove(self, address: str) -> None:
        path = Path(address)
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
