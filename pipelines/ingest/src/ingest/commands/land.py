"""clean into the warehouse."""

from __future__ import annotations

from dataclasses import asdict
from uuid import uuid4

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.events import say_landed
from ingest.warehouse import open_warehouse
from ingest.warehouse_contents import warehouse_contents


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    # The same run finds the job again that it has begun before it was killed; who says --force wants another one.
    run_name = f"{at.log.folder.name}-{uuid4().hex}" if arguments.force else at.log.folder.name
    with (
        at.log.step("land", at.key) as step,
        open_warehouse(at.settings, at.command, arguments.lock_wait, run_name) as warehouse,
    ):
        receipt = at.held_by(warehouse_contents(warehouse, at.settings.datasets, at.contracts, at.key))
        if receipt is not None:
            step.status = "unchanged"
        else:
            receipt = warehouse.land(at.lake, at.key, at.table)
            say_landed(at.settings, receipt)
        step.rows = receipt.rows_accepted
        step.result = asdict(receipt)
    return 0
