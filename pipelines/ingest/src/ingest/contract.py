"""The contracts as Python sees them: tables, columns and rules, read from contracts.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import IngestError

ZONES = "zones"
_TYPES = {"string", "integer", "decimal", "boolean", "local_datetime", "instant", "date"}


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    required: bool
    aliases: tuple[str, ...] = ()
    precision: int = 0
    scale: int = 0
    since: str | None = None

    @property
    def duckdb_type(self) -> str:
        if self.type == "decimal":
            return f"DECIMAL({self.precision},{self.scale})"
        plain = {
            "string": "VARCHAR",
            "integer": "BIGINT",
            "local_datetime": "TIMESTAMP",
            "instant": "TIMESTAMP WITH TIME ZONE",
        }
        return plain.get(self.type, self.type.upper())

    @property
    def postgres_type(self) -> str:
        """As `format_type()` spells it, so that a table's shape can be compared."""
        if self.type == "decimal":
            return f"numeric({self.precision},{self.scale})"
        plain = {
            "string": "text",
            "integer": "bigint",
            "local_datetime": "timestamp without time zone",
            "instant": "timestamp with time zone",
        }
        return plain.get(self.type, self.type)


@dataclass(frozen=True)
class Rule:
    """`check` is as in contracts.json: {"kind": …, "column": …, …}. A null in the checked column passes."""

    name: str
    severity: str
    check: dict[str, Any]


@dataclass(frozen=True)
class Table:
    name: str
    service: str | None
    hash: str
    primary_key: tuple[str, ...]
    partition_by: str | None
    columns: tuple[Column, ...]
    system_columns: tuple[Column, ...]
    rules: tuple[Rule, ...]

    @property
    def all_columns(self) -> tuple[Column, ...]:
        return self.columns + self.system_columns

    def rules_of(self, severity: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.severity == severity]


@dataclass(frozen=True)
class Contracts:
    services: dict[str, str]
    default_services: tuple[str, ...]
    tables: dict[str, Table]
    file: Path

    def of_service(self, service: str) -> Table:
        """The table that a service's files fill; `zones` is a service too. Raises IngestError for an unknown one."""
        name = ZONES if service == ZONES else self.services.get(service)
        if name is None:
            known = ", ".join([*self.services, ZONES])
            raise IngestError(f"there is no service '{service}'", str(self.file), f"use one of: {known}")
        return self.tables[name]

    @property
    def receipts(self) -> Table:
        return self.tables["load_receipts"]


def load_contracts(file: Path) -> Contracts:
    """Read the generated contracts; raises IngestError when the file is absent or not of the known shape."""
    mend = "run `npm run generate`"
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        if document["version"] != 1:
            raise IngestError(
                f"contracts of version {document['version']} can't be read, 1 is expected", str(file), mend
            )
        tables = {name: _table(table) for name, table in document["tables"].items()}
        return Contracts(dict(document["services"]), tuple(document["defaultServices"]), tables, file)
    except FileNotFoundError:
        raise IngestError("there are no generated contracts", str(file), mend) from None
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise IngestError(f"the contracts can't be read: {error!r}", str(file), mend) from None


def _table(document: dict[str, Any]) -> Table:
    return Table(
        name=document["name"],
        service=document.get("service"),
        hash=document["hash"],
        primary_key=tuple(document["primaryKey"]),
        partition_by=document["partitionBy"],
        columns=tuple(_column(column) for column in document["columns"]),
        system_columns=tuple(_column(column) for column in document["systemColumns"]),
        rules=tuple(Rule(rule["name"], rule["severity"], rule["check"]) for rule in document["rules"]),
    )


def _column(document: dict[str, Any]) -> Column:
    if document["type"] not in _TYPES:
        raise ValueError(f"column {document['name']} has the unknown type {document['type']}")
    return Column(
        name=document["name"],
        type=document["type"],
        required=document["required"],
        aliases=tuple(document["aliases"]),
        precision=document.get("precision", 0),
        scale=document.get("scale", 0),
        since=document.get("since"),
    )
