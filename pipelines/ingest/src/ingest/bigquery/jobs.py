"""BigQuery's jobs as ingest runs them: bounded in bytes, labelled, in one location; loads are found by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from google.api_core.exceptions import Conflict
from google.cloud import bigquery
from google.cloud.bigquery.retry import DEFAULT_RETRY

from ingest.warehouse import Row

#: Seconds for a request that fails in a way that often passes; after them the DAG decides.
PATIENCE_SECONDS = 120.0
_QUERY_SECONDS = 600.0
_LOAD_SECONDS = 1_500.0


@dataclass(frozen=True)
class Load:
    """Replaces `destination` (`project.dataset.table`, or a partition: `…$201901`) by what is in a Parquet object."""

    uri: str
    destination: str
    schema: tuple[bigquery.SchemaField, ...]
    labels: dict[str, str]


class Jobs:
    def __init__(self, client: bigquery.Client, maximum_bytes_billed: int, labels: dict[str, str]) -> None:
        self._client = client
        self._maximum_bytes_billed = maximum_bytes_billed
        self._labels = labels
        self._retry = DEFAULT_RETRY.with_timeout(PATIENCE_SECONDS)

    @property
    def project(self) -> str:
        return str(self._client.project)

    def query(self, query: str, parameters: Sequence[bigquery.ScalarQueryParameter] = ()) -> list[Row]:
        config = bigquery.QueryJobConfig(
            maximum_bytes_billed=self._maximum_bytes_billed, labels=self._labels, query_parameters=list(parameters)
        )
        # A failed job isn't begun again here: who started ingest waits between tries, as configured, and says so.
        job = self._client.query(query, job_config=config, retry=self._retry, job_retry=None)
        return [dict(row.items()) for row in job.result(timeout=_QUERY_SECONDS, retry=self._retry, job_retry=None)]

    def begin(self, job_id: str, load: Load) -> tuple[bigquery.LoadJob, bool]:
        """Begin the load; False with the job where one of this id was begun before."""
        config = bigquery.LoadJobConfig(
            source_format=bigquery.SourceFormat.PARQUET,
            # WRITE_TRUNCATE may lose the columns' descriptions and policy tags, and the table's row policies.
            write_disposition=bigquery.WriteDisposition.WRITE_TRUNCATE_DATA,
            create_disposition=bigquery.CreateDisposition.CREATE_NEVER,
            schema=load.schema,
            labels={**self._labels, **load.labels},
        )
        try:
            job = self._client.load_table_from_uri(
                load.uri, load.destination, job_id=job_id, job_config=config, retry=self._retry
            )
        except Conflict:
            found = self._client.get_job(job_id, retry=self._retry)
            assert isinstance(found, bigquery.LoadJob), f"{job_id} is an id of ours, and all of ours are load jobs"
            return found, False
        return job, True

    def wait_for(self, job: bigquery.LoadJob) -> None:
        """Until it is done. Raises what Google's client makes of its failure."""
        job.result(timeout=_LOAD_SECONDS, retry=self._retry)

    def columns(self, table: str) -> dict[str, str]:
        """Types of a table's columns, by their names in BigQuery's schema."""
        return {field.name: field.field_type for field in self._client.get_table(table, retry=self._retry).schema}
