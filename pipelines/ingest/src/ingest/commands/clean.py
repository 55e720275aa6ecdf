"""raw, read by the contract, into clean and quarantine."""

from __future__ import annotations

import sys

from ingest.clean import clean, current_delivery, difference_from_clean
from ingest.commands.arguments import Arguments
from ingest.commands.run import Run


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("clean", at.key) as step:
        raw = current_delivery(at.lake, at.key)
        receipt = at.lake.clean_receipt(at.key)
        why = difference_from_clean(at.lake, at.key, raw.sha256, at.table)
        if receipt is None or why is not None or arguments.force:
            receipt = clean(at.lake, at.key, at.table)
        else:
            step.status = "unchanged"
        step.rows = receipt.load.rows_accepted
        step.message = f"{receipt.load.rows_warned:,} warned, {receipt.load.rows_rejected:,} rejected"
        step.result = receipt.to_json()
    for note in receipt.notes:
        print(f"note: {at.key}: {note}", file=sys.stderr)
    return 0
