"""A deployment whose warehouse is BigQuery, beside a lake in Cloud Storage."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery

from bigquery_emulator import BigQueryEmulator
from cloud_storage import CloudStorage
from conftest import ROOT, Deployment, make_deployment
from ingest.settings import load_settings
from outside import OutsideBuckets

MAXIMUM_BYTES = 10_737_418_240
SCHEMAS = ROOT / "contracts" / "generated" / "bigquery"


@dataclass
class CloudDeployment(Deployment):
    emulator: BigQueryEmulator
    client: bigquery.Client

    def query(self, sql: str) -> list[Any]:
        return [tuple(row.values()) for row in self.client.query(sql).result()]


def make_cloud_deployment(
    folder: Path, emulator: BigQueryEmulator, storage: CloudStorage, postgres: dict[str, Any] | None = None
) -> CloudDeployment:
    """With Terraform's tables, partitioned by month; that they want a filter on it, the emulator doesn't enforce."""
    project = emulator.new_project()
    emulator.open_object = storage.read
    local = make_deployment(folder, postgres, outside=OutsideBuckets(storage))
    document = json.loads(local.settings_file.read_text())
    document |= {"target": "cloud", "projectId": project, "identities": None}
    document["warehouse"] = {"kind": "bigquery", "maximumBytesBilled": MAXIMUM_BYTES}
    local.settings_file.write_text(json.dumps(document))
    client = bigquery.Client(
        project, AnonymousCredentials(), location="europe-west1", client_options={"api_endpoint": emulator.address}
    )
    for dataset in document["datasets"].values():
        client.create_dataset(dataset)
    for file in sorted(SCHEMAS.glob("*.json")):
        fields = [bigquery.SchemaField.from_api_repr(item) for item in json.loads(file.read_text())]
        table = bigquery.Table(f"{project}.{document['datasets']['landed']}.{file.stem}", schema=fields)
        if file.stem.endswith("_trips"):
            table.time_partitioning = bigquery.TimePartitioning("MONTH", "file_month")
            table.require_partition_filter = True
        client.create_table(table)
    settings = load_settings(local.settings_file)
    return CloudDeployment(**{**vars(local), "settings": settings}, emulator=emulator, client=client)
