"""The contracts that this package was built with: columns and types of every table, and its hash."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from pyspark.sql.types import StructType

#: In the wheel they lie in the package; in the project where they are rendered.
_PACKAGED = "contracts"
_RENDERED = Path(__file__).resolve().parents[4] / "contracts" / "generated"


def trips_schema(service: str) -> StructType:
    """Of a service's clean files."""
    return _schema(_document()["services"][service])


def zones_schema() -> StructType:
    return _schema("zones")


def contract_hash(service: str) -> str:
    """What the receipts of rows call `contract_hash` that were cleaned by these contracts."""
    document = _document()
    return str(document["tables"][document["services"].get(service, service)]["hash"])


def delivered_columns(service: str) -> list[str]:
    """The columns that files deliver, without those that the platform adds."""
    document = _document()
    return [str(column["name"]) for column in document["tables"][document["services"][service]]["columns"]]


@cache
def _schema(table: str) -> StructType:
    return StructType.fromJson(json.loads(_folder().joinpath("spark", f"{table}.json").read_text(encoding="utf-8")))


@cache
def _document() -> dict[str, Any]:
    return dict(json.loads(_folder().joinpath("contracts.json").read_text(encoding="utf-8")))


def _folder() -> Traversable:
    packaged = files("trips_spark").joinpath(_PACKAGED)
    return packaged if packaged.is_dir() else _RENDERED
