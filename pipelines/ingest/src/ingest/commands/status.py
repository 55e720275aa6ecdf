"""How far each month has come, as JSON on standard output; changes nothing and needs no run."""

from __future__ import annotations

import json

from ingest.commands.arguments import Arguments
from ingest.contract import load_contracts
from ingest.errors import IngestError, PassingTrouble
from ingest.lake import open_lake
from ingest.postgres import open_postgres, postgres_contents
from ingest.settings import load_settings
from ingest.status import read_marts, status_of
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents


def run(arguments: Arguments) -> int:
    """A Postgres that isn't running is a note, not an error: lake and warehouse can be looked at without it."""
    if arguments.settings is None:
        raise IngestError("the settings are missing", "the command line", "give --settings")
    settings = load_settings(arguments.settings)
    contracts, lake = load_contracts(settings.contracts), open_lake(settings)
    notes: list[str] = []
    with open_warehouse(settings, "ingest status", arguments.lock_wait) as opened:
        warehouse = warehouse_contents(opened, settings.datasets, contracts)
        marts = read_marts(opened, settings.datasets)
    postgres = None
    if settings.postgres is not None:
        try:
            with open_postgres(settings.postgres, settings) as server:
                postgres = postgres_contents(server, contracts)
        except PassingTrouble as trouble:
            notes.append(trouble.what)
    months = status_of(lake, contracts, warehouse, postgres, marts)
    print(json.dumps({"environment": settings.environment, "notes": notes, "deliveries": months}, indent=2))
    return 0
