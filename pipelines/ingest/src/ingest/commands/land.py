"""clean into the warehouse."""

from __future__ import annotations

from dataclasses import asdict

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.warehouse import land, open_warehouse, warehouse_contents


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with (
        at.log.step("land", at.key) as step,
        open_warehouse(at.settings, at.command, arguments.lock_wait) as connection,
    ):
        receipt = at.held_by(warehouse_contents(connection, at.settings, at.contracts))
        if receipt is not None:
            step.status = "unchanged"
        else:
            receipt = land(connection, at.settings, at.lake, at.key, at.table)
        step.rows = receipt.rows_accepted
        step.result = asdict(receipt)
    return 0
