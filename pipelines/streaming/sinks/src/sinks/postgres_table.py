"""The table that Kafka Connect fills: it is made here, for a connector that made it would guess its types."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import IngestError
from ingest.postgres import open_postgres
from ingest.settings import load_settings

STATEMENTS = Path(__file__).resolve().parents[3] / "connect" / "zone_hours.sql"


def make_table(settings_file: Path) -> None:
    """In the deployment's Postgres; one that is there is left as it is. Raises IngestError, PassingTrouble."""
    settings = load_settings(settings_file)
    if settings.postgres is None:
        what = "this deployment has no Postgres"
        raise IngestError(what, str(settings_file), "let postgres.kind be docker or cloud-sql, and deploy")
    with open_postgres(settings.postgres, settings) as connection:
        connection.execute(STATEMENTS.read_bytes())
