"""The deployment and the run that a command works in."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from ingest.clean import receipt_to_load
from ingest.commands.arguments import Arguments
from ingest.contract import Contracts, Table, load_contracts
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.lake import open_lake
from ingest.months import FileMonth
from ingest.plan import Plan
from ingest.receipts import LoadReceipt
from ingest.run_log import RunLog
from ingest.settings import Settings, load_settings
from ingest.stores import StoreContents


class Run:
    """The deployment and the run that a command works in."""

    def __init__(self, arguments: Arguments) -> None:
        if arguments.settings is None or not arguments.run_id:
            raise IngestError(
                "the settings or the run id are missing", "the command line", "give --settings and --run-id"
            )
        if Path(arguments.run_id).name != arguments.run_id or arguments.run_id == "..":
            raise IngestError(f"'{arguments.run_id}' can't name a folder", "--run-id", "use letters, digits and dashes")
        self.arguments = arguments
        self.settings: Settings = load_settings(arguments.settings)
        self.contracts: Contracts = load_contracts(self.settings.contracts)
        self.lake = open_lake(self.settings)
        self.log = RunLog(self.settings.runs / arguments.run_id, mounted=self.settings.target == "cloud")

    @cached_property
    def plan(self) -> Plan:
        document = self.log.read("plan")
        if document is None or document.get("status") == "failed":
            raise IngestError(
                "this run has no plan", str(self.log.folder / "plan.json"), "run plan with the same --run-id first"
            )
        return Plan.from_json(document)

    @cached_property
    def key(self) -> Key:
        service, month = self.arguments.service, self.arguments.file_month
        partitioned = self.contracts.of_service(service).partition_by is not None
        if partitioned and not month:
            raise IngestError(f"{service} comes by month", "the command line", "give --file-month YYYY-MM")
        if month and not partitioned:
            raise IngestError(f"{service} has no months", "the command line", "leave out --file-month")
        return Key(service, FileMonth.parse(month) if month else None)

    @property
    def command(self) -> str:
        return f"ingest {self.arguments.command} {self.key if self.arguments.service else ''}".strip()

    @property
    def table(self) -> Table:
        return self.contracts.of_service(self.key.service)

    def held_by(self, contents: StoreContents) -> LoadReceipt | None:
        """The clean rows' receipt, if the store already holds just them; None if they must be loaded."""
        receipt = receipt_to_load(self.lake, self.key, self.table)
        same = contents.difference(self.key, receipt.raw_sha256, receipt.contract_hash) is None
        return receipt if same and not self.arguments.force else None
