"""dbt's own BigQuery adapter with nothing behind it: its macros write the SQL, nobody runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import agate  # type: ignore[import-untyped]
from dbt.adapters.bigquery import impl
from dbt.adapters.bigquery.column import BigQueryColumn
from dbt.adapters.bigquery.connections import BigQueryAdapterResponse, BigQueryConnectionManager
from dbt.adapters.bigquery.relation import BigQueryRelation
from dbt.adapters.contracts.connection import Connection, ConnectionState
from dbt.adapters.contracts.relation import RelationType
from dbt_common.events.contextvars import get_node_info

from dbt_statements.situation import Situation
from dbt_statements.statement import Statement


class OfflineConnections(BigQueryConnectionManager):
    """Writes down what it is asked to run."""

    situation: ClassVar[Situation]
    sent: ClassVar[list[Statement]] = []

    @classmethod
    def open(cls, connection: Connection) -> Connection:
        connection.state = ConnectionState.OPEN
        return connection

    @classmethod
    def close(cls, connection: Connection) -> Connection:
        connection.state = ConnectionState.CLOSED
        return connection

    def execute(
        self, sql: str, auto_begin: bool = False, fetch: bool | None = None, limit: int | None = None
    ) -> tuple[BigQueryAdapterResponse, agate.Table]:
        node = get_node_info()
        self.sent.append(Statement(self.situation.name, node.get("unique_id", ""), node.get("node_path", ""), sql))
        return BigQueryAdapterResponse("OK", code="OFFLINE"), self._rows(sql) if fetch else agate.Table([])

    def _rows(self, sql: str) -> agate.Table:
        # A data test reads how many rows failed; all else that is fetched, models ask for before they are run.
        if "should_error" in sql:
            types = [agate.Number(), agate.Boolean(), agate.Boolean()]
            return agate.Table([[0, False, False]], ["failures", "should_warn", "should_error"], types)
        days = [[date(2024, 1, 31), date(2024, 1, 1)], [date(2024, 2, 1), None]] if self.situation.changed else []
        return agate.Table(days, ["pickup_date", "file_month"], [agate.Date(), agate.Date()])


class BigQueryAdapter(impl.BigQueryAdapter):
    """Knows what is there from the project itself. dbt finds the adapter's macros by this name of its class."""

    ConnectionManager = OfflineConnections

    columns: ClassVar[Mapping[str, Sequence[str]]] = {}
    """Of every relation, by its name without quotes."""
    relations: ClassVar[Sequence[tuple[str, str, str, RelationType]]] = ()
    """Every model's database, schema, identifier and type."""

    def check_schema_exists(self, database: str, schema: str) -> bool:
        return True

    def list_schemas(self, database: str) -> list[str]:
        return sorted({schema for _, schema, _, _ in self.relations})

    def list_relations_without_caching(self, schema_relation: BigQueryRelation) -> list[BigQueryRelation]:
        if not OfflineConnections.situation.exists:
            return []
        return [
            BigQueryRelation.create(database=database, schema=schema, identifier=identifier, type=kind)
            for database, schema, identifier, kind in self.relations
            if schema == schema_relation.schema
        ]

    def get_columns_in_relation(self, relation: BigQueryRelation) -> list[BigQueryColumn]:
        name = str(relation.identifier).partition("__dbt_tmp")[0]
        # All of one type: dbt compares those of two relations with the same columns, and finds nothing to alter.
        return [BigQueryColumn(column, "STRING") for column in self.columns[name]]

    def is_replaceable(self, relation: Any, conf_partition: Any, conf_cluster: Any) -> bool:
        return True

    # These go to BigQuery's API, not into SQL.
    def drop_relation(self, relation: BigQueryRelation) -> None: ...

    def update_columns(self, relation: Any, columns: Any) -> None: ...

    def update_table_description(self, database: str, schema: str, identifier: str, description: str) -> None: ...
