"""What the warehouse and Postgres hold, for the commands that compare."""

from __future__ import annotations

from ingest.commands.run import Run
from ingest.postgres import open_postgres, postgres_contents
from ingest.stores import StoreContents
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents


def look_into_stores(at: Run) -> tuple[StoreContents, StoreContents | None]:
    """The warehouse and Postgres; None where the environment has no Postgres."""
    with open_warehouse(at.settings, at.command, at.arguments.lock_wait) as opened:
        warehouse = warehouse_contents(opened, at.settings.datasets, at.contracts)
    if at.settings.postgres is None:
        return warehouse, None
    with open_postgres(at.settings.postgres, at.settings) as postgres:
        return warehouse, postgres_contents(postgres, at.contracts)
