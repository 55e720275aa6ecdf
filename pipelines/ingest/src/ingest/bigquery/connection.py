"""Opens BigQuery: whom ingest acts as there, where its jobs run, and what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from google.cloud import bigquery

from ingest.bigquery.jobs import Jobs
from ingest.bigquery.tables import BigQueryTables
from ingest.google_credentials import credentials_for
from ingest.settings import BigQueryWarehouse, Settings

_SCOPES = ("https://www.googleapis.com/auth/bigquery", "https://www.googleapis.com/auth/devstorage.read_only")


@contextmanager
def open_bigquery(settings: Settings, warehouse: BigQueryWarehouse, command: str, run: str) -> Iterator[BigQueryTables]:
    """Google's client takes another endpoint from BIGQUERY_EMULATOR_HOST."""
    credentials = credentials_for(settings, _SCOPES)
    labels = {"workload": "ingest", "environment": settings.environment, "command": command, "run": run}
    client = bigquery.Client(project=settings.project_id, credentials=credentials, location=settings.location)
    jobs = Jobs(client, warehouse.maximum_bytes_billed, {name: label(text) for name, text in labels.items() if text})
    try:
        yield BigQueryTables(jobs, settings, run)
    finally:
        client.close()  # type: ignore[no-untyped-call]


def label(text: str) -> str:
    """As labels may be: https://cloud.google.com/bigquery/docs/labels-intro#requirements"""
    return re.sub(r"[^a-z0-9_-]", "-", text.lower())[:63]
