"""clean, as far as it is wanted, into Postgres: for one that the pipelines can't reach, e.g. a developer's own."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ingest.commands import postgres
from ingest.commands.arguments import Arguments, names_in
from ingest.commands.run import Run
from ingest.contract import ZONES
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.months import FileMonth, parse_months


def run(arguments: Arguments) -> int:
    """Each delivery in a transaction of its own, with its receipt: what was stopped goes on where it was."""
    at = Run(arguments)
    if at.settings.postgres is None:
        mend = "say postgres.kind: docker in config/ and deploy again"
        raise IngestError(f"{at.settings.environment} has no Postgres", str(arguments.settings), mend)
    with at.log.step("postgres-load") as step:
        keys = _wanted(at)
        states: Counter[str] = Counter()
        for number, key in enumerate(keys, start=1):
            month = str(key.file_month) if key.file_month else None
            postgres.run(replace(arguments, command="postgres", service=key.service, file_month=month))
            done = at.log.read(f"postgres-{key.slug}") or {}
            states[str(done.get("status"))] += 1
            step.rows = (step.rows or 0) + int(done.get("rows_accepted", 0))
            step.message = (
                f"{number} of {len(keys)}: {', '.join(f'{count} {state}' for state, count in states.items())}"
            )
        step.result = {"deliveries": [key.slug for key in keys], "states": dict(states), "rows": step.rows}
    return 0


def _wanted(at: Run) -> list[Key]:
    """Zones and all that is clean, or only the months and services asked for; oldest first."""
    services = names_in(at.arguments.services) if at.arguments.services else list(at.contracts.services)
    for service in services:
        at.contracts.of_service(service)
    months = parse_months(at.arguments.months) if at.arguments.months else None
    receipts = [receipt.load for receipt in at.lake.clean_receipts()]
    there = [Key(load.service, FileMonth.parse(load.file_month)) for load in receipts if load.file_month]
    keys = [key for key in there if key.service in services and (months is None or key.file_month in months)]
    if not keys:
        raise IngestError(
            "the lake holds no clean rows of what is wanted", "--services and --months", "run the pipelines first"
        )
    zones = [Key(ZONES, None) for load in receipts if load.service == ZONES]
    return [*zones, *sorted(keys, key=lambda key: (str(key.file_month), key.service))]
