"""clean into Postgres."""

from __future__ import annotations

from dataclasses import asdict

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.fault_points import reached
from ingest.postgres import load, open_postgres, postgres_contents, take_turn


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("postgres", at.key) as step:
        if at.settings.postgres is None:
            step.status = "unchanged"
            step.message = "this environment has no Postgres"
            return 0
        notes: list[str] = []
        with open_postgres(at.settings.postgres, at.settings) as connection:
            take_turn(connection)
            receipt = at.held_by(postgres_contents(connection, at.contracts, at.key))
            if receipt is not None:
                step.status = "unchanged"
            else:
                receipt, notes = load(connection, at.lake, at.contracts, at.key)
        reached("postgres:after-commit")
        step.rows = receipt.rows_accepted
        step.message = "; ".join(notes) or None
        step.result = {**asdict(receipt), "notes": notes}
    return 0
