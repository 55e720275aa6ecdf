"""The warehouse in the cloud: what is read of BigQuery, and how a month lands there."""

from __future__ import annotations

import hashlib
from itertools import count

from google.api_core.exceptions import GoogleAPICallError

from ingest.bigquery.answers import explained
from ingest.bigquery.jobs import Jobs, Load
from ingest.bigquery.receipt import merge_receipt, receipt_parameters
from ingest.bigquery.schema import schema_of, type_of
from ingest.clean import receipt_to_load
from ingest.contract import Contracts, Table, load_contracts
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.fault_points import reached
from ingest.lake import Lake
from ingest.receipts import LoadReceipt
from ingest.settings import Settings
from ingest.warehouse import Row
from ingest.warehouse_contents import rows_query


class BigQueryTables:
    """A `Warehouse`. Rows and receipt are two acts there: a receipt is believed only where it is that of the rows."""

    def __init__(self, jobs: Jobs, settings: Settings, run: str) -> None:
        self._jobs = jobs
        self._settings = settings
        self._run = run

    @property
    def where(self) -> str:
        return f"BigQuery, project {self._jobs.project}"

    def name(self, dataset: str, table: str) -> str:
        return f"`{self._jobs.project}.{dataset}.{table}`"

    def rows(self, query: str) -> list[Row]:
        with explained(self._settings):
            return self._jobs.query(query)

    def publish(self) -> None:
        """Readers see the tables themselves."""

    def land(self, lake: Lake, key: Key, table: Table) -> LoadReceipt:
        """A load job replaces the month's partition by the clean object; then the receipt follows."""
        receipt = receipt_to_load(lake, key, table)
        contracts = load_contracts(self._settings.contracts)
        with explained(self._settings):
            self._check_shape(table)
            self._load(str(lake.clean_object(key)), key, contracts, receipt)
            reached("land:job-done")
            statement = merge_receipt(self.name(self._settings.datasets.landed, contracts.receipts.name))
            self._jobs.query(statement, receipt_parameters(receipt, key, contracts.receipts))
            reached("land:receipt-written")
        return receipt

    def _load(self, uri: str, key: Key, contracts: Contracts, receipt: LoadReceipt) -> None:
        """The job that this run began for the same rows before it was killed counts, if the rows are there."""
        load = self._load_of(uri, key, contracts.of_service(key.service))
        for attempt in count():
            job, is_new = self._jobs.begin(self._job_id(key, receipt, attempt), load)
            reached("land:job-begun")
            try:
                self._jobs.wait_for(job)
            except GoogleAPICallError:
                if is_new or not job.error_result:
                    raise
                continue  # it had failed before: an id can't be used twice
            if self._holds(key, contracts, receipt):
                return
            if is_new:
                raise IngestError(
                    f"the clean object doesn't hold the {receipt.rows_accepted:,} rows of its receipt",
                    uri,
                    "run clean again with --force",
                )

    def _load_of(self, uri: str, key: Key, table: Table) -> Load:
        partition = f"${key.file_month.first_day:%Y%m}" if key.file_month else ""
        labels = {"service": key.service, **({"file_month": str(key.file_month)} if key.file_month else {})}
        return Load(uri, self._full_name(table) + partition, schema_of(table), labels)

    def _job_id(self, key: Key, receipt: LoadReceipt, attempt: int) -> str:
        run = hashlib.sha256(self._run.encode()).hexdigest()[:12]
        return f"ingest-land-{key.slug}-{receipt.load_id}-{run}-{attempt}"

    def _holds(self, key: Key, contracts: Contracts, receipt: LoadReceipt) -> bool:
        """Whether the partition has just the receipt's rows; a load id stands for bytes, contract and code."""
        rows = self._jobs.query(rows_query(self, self._settings.datasets, contracts, key))
        held = [(row["number"], row["first"], row["last"]) for row in rows if row["number"]]
        wanted = (receipt.rows_accepted, receipt.load_id, receipt.load_id)
        return held == ([wanted] if receipt.rows_accepted else [])

    def _check_shape(self, table: Table) -> None:
        there = self._jobs.columns(self._full_name(table))
        wanted = {column.name: type_of(column) for column in table.all_columns}
        names = sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))
        if names:
            raise IngestError(
                f"the landed table differs from the contract in: {', '.join(names)}",
                f"BigQuery, {self._full_name(table)}",
                f"deploy again: npm run deploy -- {self._settings.environment}",
            )

    def _full_name(self, table: Table) -> str:
        return f"{self._jobs.project}.{self._settings.datasets.landed}.{table.name}"
