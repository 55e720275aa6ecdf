"""Which months of which services the clean lake holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from ingest.contract import Table, load_contracts
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.lake import open_lake
from ingest.months import FileMonth
from ingest.settings import Settings
from lakehouse.clean_month import CleanMonth


class CleanLake:
    """Of this machine. Raises IngestError for settings of a lake elsewhere."""

    def __init__(self, settings: Settings) -> None:
        if not isinstance(settings.lake.clean, Path):
            raise IngestError(
                "the lake lies in the cloud, where BigQuery keeps the Iceberg tables itself",
                str(settings.lake.clean),
                "switch on warehouse.iceberg in the configuration of that environment",
            )
        self._folder = settings.lake.clean
        self._lake = open_lake(settings)
        self._contracts = load_contracts(settings.contracts)

    def contracts(self, services: Sequence[str] | None, derived: Collection[str] = ()) -> list[Table]:
        """Those of the given services; by default of all that the lake has rows of, or that have a table among the
        `derived` ones. Raises IngestError for none, and for a service that doesn't come by month."""
        there = {receipt.load.service for receipt in self._lake.clean_receipts() if receipt.load.file_month}
        known = self._contracts.services
        chosen = services or [name for name, table in known.items() if name in there or table in derived]
        if not chosen:
            raise IngestError("the lake holds no trips", str(self._folder), "run the pipelines first")
        if strangers := [service for service in chosen if service not in known]:
            mend = f"use some of: {', '.join(known)}"
            raise IngestError(f"there is no service '{strangers[0]}' with months", "--services", mend)
        return [self._contracts.of_service(service) for service in chosen]

    def months(self, contract: Table) -> list[CleanMonth]:
        """Oldest first."""
        found: list[CleanMonth] = []
        for receipt in self._lake.clean_receipts():
            load = receipt.load
            if load.service != contract.service or not load.file_month:
                continue
            month = FileMonth.parse(load.file_month)
            file = Path(str(self._lake.clean_object(Key(load.service, month))))
            found.append(CleanMonth(contract, month, load.load_id, load.rows_accepted, file))
        return sorted(found, key=lambda item: item.month)

    def check_months(self, contracts: Sequence[Table], months: Sequence[FileMonth], named: bool) -> None:
        """Raises IngestError for months that no service has; where services were `named`, for those that one lacks."""
        held = {contract.name: {item.month for item in self.months(contract)} for contract in contracts}
        all_held = sorted(set().union(*held.values()))
        missing = [
            f"{contract.service} {month}" if named else str(month)
            for month in months
            for contract in (contracts if named else contracts[:1])
            if month not in (held[contract.name] if named else all_held)
        ]
        if missing:
            there = f"there are {all_held[0]} to {all_held[-1]}" if all_held else "there is none"
            raise IngestError(
                f"the lake has no rows of {', '.join(missing)}",
                str(self._folder),
                f"load them (npm run pipelines), or leave them out of --months; {there}",
            )
