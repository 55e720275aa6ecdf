"""Exit code 1 when the newest landed month is too old."""

from __future__ import annotations

from datetime import date

from ingest.commands.arguments import Arguments, names_in
from ingest.commands.run import Run
from ingest.freshness import check_freshness
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("freshness") as step:
        with open_warehouse(at.settings, at.command, arguments.lock_wait) as opened:
            warehouse = warehouse_contents(opened, at.settings.datasets, at.contracts)
        services = names_in(arguments.services) if arguments.services else []
        ages = check_freshness(warehouse, services, arguments.max_age_days, date.today())
        step.result = {"days": ages}
        step.message = ", ".join(f"{service} {days} days" for service, days in ages.items())
    return 0
