"""The dashboard's data, and the copy of the warehouse for readers."""

from __future__ import annotations

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.export import dashboard_data, write_dashboard
from ingest.warehouse import open_warehouse


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("export") as step:
        with open_warehouse(at.settings, at.command, arguments.lock_wait) as warehouse:
            data = dashboard_data(warehouse, at.settings, at.lake, at.plan)
            read_copy = warehouse.publish()
        files = write_dashboard(at.settings, data)
        step.rows = sum(int(day["trips"]) for day in data["dailyTrips"])
        step.message = files[-1]
        step.result = {"files": files, "readCopy": read_copy, "trips": step.rows}
    return 0
