"""What the deployment tells the pipelines: the one file between Terraform's outputs and Python."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from ingest.breaker import Limits
from ingest.errors import IngestError
from ingest.json_node import Node
from ingest.objects.root import Bucket, Root

Target = Literal["embedded", "cloud"]


@dataclass(frozen=True)
class LakeSettings:
    """Roots of the three lake zones."""

    raw: Root
    clean: Root
    quarantine: Root


@dataclass(frozen=True)
class DuckDbWarehouse:
    file: Path
    lock_file: Path
    read_copy: Path


@dataclass(frozen=True)
class BigQueryWarehouse:
    """In the settings' project and location. A query that would bill more bytes than the maximum is refused."""

    maximum_bytes_billed: int


WarehouseSettings = DuckDbWarehouse | BigQueryWarehouse


@dataclass(frozen=True)
class DatasetSettings:
    landed: str
    lake: str
    staging: str
    marts: str


@dataclass(frozen=True)
class PasswordPostgres:
    """Logs in by the password in a file."""

    host: str
    port: int
    database: str
    user: str
    password_file: Path


@dataclass(frozen=True)
class IdentityPostgres:
    """Logs in by an access token of the account that ingest works as (Cloud SQL); `user` is its name there."""

    host: str
    port: int
    database: str
    user: str


PostgresSettings = PasswordPostgres | IdentityPostgres


@dataclass(frozen=True)
class Identities:
    """Service accounts to impersonate, by their addresses."""

    ingest: str
    transform: str


@dataclass(frozen=True)
class Settings:
    """`identities` is None where the work is done as whoever runs it: a job's own account, a developer."""

    environment: str
    target: Target
    project_id: str
    location: str
    contracts: Path
    lake: LakeSettings
    warehouse: WarehouseSettings
    datasets: DatasetSettings
    limits: Limits
    postgres: PostgresSettings | None
    identities: Identities | None
    spark_reports: Root | None
    """Where Spark's jobs publish; None where Spark is switched off."""
    runs: Path
    dashboard: Path


def load_settings(file: Path) -> Settings:
    """Read the settings file. Raises IngestError with the path of the value that is missing or wrong."""
    root = Node(_document(file), "", file)
    if root.number("version") != 1:
        raise root.wrong("version", "1")
    lake, datasets, paths, ingest = (root.node(name) for name in ("lake", "datasets", "paths", "ingest"))
    return Settings(
        environment=root.text("environment"),
        target="cloud" if root.one_of("target", ("embedded", "cloud")) == "cloud" else "embedded",
        project_id=root.text("projectId"),
        location=root.text("location"),
        contracts=Path(root.text("contracts")),
        lake=LakeSettings(_root(lake, "raw"), _root(lake, "clean"), _root(lake, "quarantine")),
        warehouse=_warehouse(root.node("warehouse")),
        datasets=DatasetSettings(*(datasets.text(name) for name in ("landed", "lake", "staging", "marts"))),
        limits=Limits(ingest.share("maxRejectedShare"), ingest.share("minShareOfLastDelivery")),
        postgres=_postgres(root.node("postgres")) if root.has("postgres") else None,
        identities=_identities(root.node("identities")) if root.has("identities") else None,
        spark_reports=_root(root.node("spark"), "reports") if root.has("spark") else None,
        runs=Path(paths.text("runs")),
        dashboard=Path(paths.text("dashboard")),
    )


def _document(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise IngestError(
            "there is no settings file", str(file), "deploy first (npm start), or pass --settings"
        ) from None
    except json.JSONDecodeError as error:
        raise IngestError(f"the settings are not JSON: {error}", str(file), "deploy again, which rewrites it") from None


def _root(node: Node, name: str) -> Root:
    """Of `file:///folder`, or `gs://bucket` with or without a prefix."""
    parts = urlsplit(node.text(name))
    if parts.scheme == "gs" and parts.netloc:
        prefix = parts.path.strip("/")
        return Bucket(parts.netloc, f"{prefix}/" if prefix else "")
    if parts.scheme != "file" or parts.netloc not in ("", "localhost"):
        raise node.wrong(name, "a file:///… or gs://… address")
    return Path(unquote(parts.path))


def _warehouse(node: Node) -> WarehouseSettings:
    if node.one_of("kind", ("duckdb", "bigquery")) == "bigquery":
        return BigQueryWarehouse(node.number("maximumBytesBilled"))
    return DuckDbWarehouse(Path(node.text("file")), Path(node.text("lockFile")), Path(node.text("readCopy")))


def _postgres(node: Node) -> PostgresSettings:
    server = (node.text("host"), node.number("port"), node.text("database"), node.text("user"))
    if node.one_of("login", ("password", "identity")) == "identity":
        return IdentityPostgres(*server)
    return PasswordPostgres(*server, Path(node.text("passwordFile")))


def _identities(node: Node) -> Identities:
    return Identities(node.text("ingest"), node.text("transform"))
