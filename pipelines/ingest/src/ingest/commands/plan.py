"""What the source offers, and what of it changed."""

from __future__ import annotations

import sys

from ingest.commands.arguments import Arguments, names_in
from ingest.commands.compare import look_into_stores
from ingest.commands.run import Run
from ingest.durable import remove_leftovers
from ingest.errors import IngestError
from ingest.months import parse_months
from ingest.plan import make_plan
from ingest.settings import DuckDbWarehouse
from ingest.sources.choose import choose
from ingest.spark_report import published_report


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("plan") as step:
        at.lake.remove_leftovers()
        if at.settings.target == "embedded":  # a number of a process means nothing where each has a machine of its own
            remove_leftovers(at.settings.dashboard)
            remove_leftovers(at.settings.runs)
        if isinstance(at.settings.warehouse, DuckDbWarehouse):
            remove_leftovers(at.settings.warehouse.file.parent)
        default = at.contracts.services if arguments.source == "lake" else at.contracts.default_services
        services = names_in(arguments.services) if arguments.services else list(default)
        for service in services:
            if service not in at.contracts.services:
                raise IngestError(
                    f"there is no service '{service}'", "--services", f"use: {', '.join(at.contracts.services)}"
                )
        months = parse_months(arguments.months) if arguments.months else None
        offer = choose(arguments.source, services, months, arguments.tlc_url, lake=at.lake)
        plan = make_plan(offer, at.lake, at.contracts, *look_into_stores(at))
        changed = sum(not planned.unchanged for planned in plan.deliveries)
        step.message = f"{plan.kind}: {len(plan.deliveries)} deliveries, {changed} to do"
        step.message += f", {len(plan.awaited)} not published yet" if plan.awaited else ""
        step.message += "; synthetic" if plan.synthetic else ""
        step.result = plan.to_json() | {"report_behind": _report_behind(at)}
    for note in plan.notes:
        print(f"note: {note}", file=sys.stderr)
    for planned in plan.everything:
        print(f"  {planned.delivery.key!s:<16} {planned.why}", file=sys.stderr)
    for key in plan.awaited:
        print(f"  {key!s:<16} not published yet", file=sys.stderr)
    return 0


def _report_behind(at: Run) -> bool:
    """Whether Spark's published report lacks months of the lake, or has others: its job must run though nothing else
    changed.
    """
    if at.settings.spark_reports is None:
        return False
    report = published_report(at.settings)
    return report is None or report.months.keys() != at.lake.clean_months()
