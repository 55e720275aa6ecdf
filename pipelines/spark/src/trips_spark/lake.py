"""The clean lake as ingest leaves it: which months of which services it holds, by their receipts.

clean/<service>/month=<YYYY-MM>/trips.parquet     clean/_receipts/<service>/<YYYY-MM>.json
clean/zones/zones.parquet                         clean/_receipts/zones.json
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from trips_spark.arguments import SERVICES
from trips_spark.errors import JobError
from trips_spark.months import is_month
from trips_spark.storage.addresses import below
from trips_spark.storage.storage import Storage

_RECEIPTS = "_receipts"
_ZONES = "zones"


@dataclass(frozen=True)
class Delivery:
    """Rows that one file brought. `month` is the file's, not that of each pickup; empty for zones."""

    service: str
    month: str
    load_id: str
    contract_hash: str
    rows: int
    address: str

    def __str__(self) -> str:
        return f"{self.service} {self.month}".strip()


class CleanLake:
    def __init__(self, storage: Storage, address: str) -> None:
        self._storage = storage
        self._address = address

    def deliveries(self, services: tuple[str, ...] | None, months: tuple[str, ...] | None) -> list[Delivery]:
        """By month and service. Raises JobError when something was asked for by name and isn't there."""
        there = [delivery for service in services or SERVICES for delivery in self._of(service)]
        if not there:
            named = f" of {', '.join(services)}" if services else ""
            raise JobError(f"the lake holds no trips{named}", self._address, "run ingest first, or mend --input")
        if months is not None:
            _check_complete(months, services, there, self._address)
        chosen = [delivery for delivery in there if months is None or delivery.month in months]
        return sorted(chosen, key=lambda delivery: (delivery.month, delivery.service))

    def zones(self) -> Delivery:
        """Raises JobError when there is no zone table."""
        file = below(self._address, _RECEIPTS, f"{_ZONES}.json")
        zones = self._read(file, _ZONES, "", below(self._address, _ZONES, "zones.parquet"))
        if zones is None:
            raise JobError("the lake holds no zone table", file, "run ingest, which loads it with the trips")
        return zones

    def is_current(self, delivery: Delivery) -> bool:
        """Whether the lake still holds just these rows."""
        name = f"{delivery.service}/{delivery.month}.json" if delivery.month else f"{delivery.service}.json"
        found = self._read(below(self._address, _RECEIPTS, name), delivery.service, delivery.month, delivery.address)
        return found == delivery

    def _of(self, service: str) -> list[Delivery]:
        folder = below(self._address, _RECEIPTS, service)
        months = [name.removesuffix(".json") for name in self._storage.names(folder) if name.endswith(".json")]
        found = [
            self._read(
                below(folder, f"{month}.json"),
                service,
                month,
                below(self._address, service, f"month={month}", "trips.parquet"),
            )
            for month in months
            if is_month(month)
        ]
        return [delivery for delivery in found if delivery is not None]

    def _read(self, file: str, service: str, month: str, address: str) -> Delivery | None:
        """A damaged receipt is no receipt, as for ingest, which removes it before it replaces the rows."""
        try:
            load: dict[str, Any] = json.loads(self._storage.read(file) or "")["load"]
            return Delivery(
                service,
                month,
                str(load["load_id"]),
                str(load["contract_hash"]),
                int(load["rows_accepted"]),
                address,
            )
        except (ValueError, KeyError, TypeError):
            return None


def _check_complete(
    months: tuple[str, ...], services: tuple[str, ...] | None, there: list[Delivery], address: str
) -> None:
    """A service that was named must have each month; else it is enough that some service has it."""
    if services is None:
        held = {delivery.month for delivery in there}
        missing = [month for month in months if month not in held]
    else:
        held = {str(delivery) for delivery in there}
        missing = [f"{name} {month}" for month in months for name in services if f"{name} {month}" not in held]
    if missing:
        all_months = sorted({delivery.month for delivery in there})
        raise JobError(
            f"the lake has no rows of {', '.join(missing)}",
            address,
            f"load them with ingest, or leave them out of --months; there are {all_months[0]} to {all_months[-1]}",
        )
