"""Which grant is missing, by the permission that Google names."""

from __future__ import annotations

import re

from ingest.settings import Settings

_ROLES = {
    "bigquery.jobs.create": "roles/bigquery.jobUser",
    "bigquery.jobs.get": "roles/bigquery.jobUser",
    "bigquery.tables.getData": "roles/bigquery.dataViewer",
    "bigquery.tables.get": "roles/bigquery.dataViewer",
    "bigquery.tables.updateData": "roles/bigquery.dataEditor",
    "bigquery.tables.update": "roles/bigquery.dataEditor",
    "bigquery.tables.create": "roles/bigquery.dataEditor",
    "storage.objects.get": "roles/storage.objectViewer",
    "storage.objects.list": "roles/storage.objectViewer",
}


def role_for(said: str, settings: Settings) -> str:
    """`said` as in "Access Denied: Table p:d.t: Permission bigquery.tables.updateData denied on table p:d.t …"."""
    permission = re.search(r"\b(?:bigquery|storage)\.[a-zA-Z]+\.[a-zA-Z]+", said)
    role = _ROLES.get(permission[0]) if permission else None
    who = settings.identities.ingest if settings.identities else "the account that ingest runs as"
    if role is None:
        return f"look at the grants of {who}"
    return f"grant {role} on {_on(said, role, settings)} to {who}"


def _on(said: str, role: str, settings: Settings) -> str:
    if role.startswith("roles/storage"):
        bucket = re.search(r"gs://([^/\s]+)|/b/([^/\s]+)", said)
        return f"the bucket {bucket[1] or bucket[2]}" if bucket else "the lake's bucket"
    if role.endswith("jobUser"):
        return f"the project {settings.project_id}"
    dataset = re.search(r"(?:Table|Dataset) [\w.-]+[:.](\w+)", said)
    return f"the dataset {dataset[1] if dataset else settings.datasets.landed}"
