"""What the deployment tells the pipelines: the one file between Terraform's outputs and Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ingest.breaker import Limits
from ingest.errors import IngestError


@dataclass(frozen=True)
class LakeSettings:
    """Roots of the three lake zones."""

    raw: Path
    clean: Path
    quarantine: Path


@dataclass(frozen=True)
class WarehouseSettings:
    file: Path
    lock_file: Path
    read_copy: Path


@dataclass(frozen=True)
class DatasetSettings:
    landed: str
    lake: str
    staging: str
    marts: str


@dataclass(frozen=True)
class PostgresSettings:
    host: str
    port: int
    database: str
    user: str
    password_file: Path


@dataclass(frozen=True)
class Settings:
    environment: str
    contracts: Path
    lake: LakeSettings
    warehouse: WarehouseSettings
    datasets: DatasetSettings
    limits: Limits
    postgres: PostgresSettings | None
    runs: Path
    dashboard: Path


def load_settings(file: Path) -> Settings:
    """Read the settings file. Raises IngestError with the path of the value that is missing or wrong."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IngestError(
            "there is no settings file", str(file), "deploy first (npm start), or pass --settings"
        ) from None
    except json.JSONDecodeError as error:
        raise IngestError(f"the settings are not JSON: {error}", str(file), "deploy again, which rewrites it") from None
    root = _Node(document, "", file)
    if root.number("version") != 1:
        raise root.wrong("version", "1")
    if root.text("target") != "embedded":
        raise root.wrong("target", "'embedded' (this version of ingest serves no other)")
    lake, warehouse, datasets, paths = (root.node(name) for name in ("lake", "warehouse", "datasets", "paths"))
    ingest = root.node("ingest")
    if warehouse.text("kind") != "duckdb":
        raise warehouse.wrong("kind", "'duckdb'")
    return Settings(
        environment=root.text("environment"),
        contracts=Path(root.text("contracts")),
        lake=LakeSettings(lake.folder_uri("raw"), lake.folder_uri("clean"), lake.folder_uri("quarantine")),
        warehouse=WarehouseSettings(
            Path(warehouse.text("file")), Path(warehouse.text("lockFile")), Path(warehouse.text("readCopy"))
        ),
        datasets=DatasetSettings(*(datasets.text(name) for name in ("landed", "lake", "staging", "marts"))),
        limits=Limits(ingest.share("maxRejectedShare"), ingest.share("minShareOfLastDelivery")),
        postgres=_postgres(root),
        runs=Path(paths.text("runs")),
        dashboard=Path(paths.text("dashboard")),
    )


def _postgres(root: _Node) -> PostgresSettings | None:
    if root.value.get("postgres") is None:
        return None
    node = root.node("postgres")
    return PostgresSettings(
        node.text("host"),
        node.number("port"),
        node.text("database"),
        node.text("user"),
        Path(node.text("passwordFile")),
    )


class _Node:
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

    def node(self, name: str) -> _Node:
        return _Node(self.value.get(name), f"{self._path}{name}.", self._file)

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

    def folder_uri(self, name: str) -> Path:
        parts = urlsplit(self.text(name))
        if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
            raise self.wrong(name, "a file:///… address")
        return Path(unquote(parts.path))
