"""raw, read by the contract, into clean and quarantine."""

from __future__ import annotations

import sys
from dataclasses import replace

from ingest.breaker import ANYTHING_GOES, RefusedDelivery
from ingest.clean import clean, current_delivery, difference_from_clean
from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.events import say_refused


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("clean", at.key) as step:
        raw = current_delivery(at.lake, at.key)
        receipt = at.lake.clean_receipt(at.key)
        why = difference_from_clean(at.lake, at.key, raw.sha256, at.table)
        if receipt is None or why is not None or arguments.force:
            limits = ANYTHING_GOES if arguments.accept_anyway else at.settings.limits
            if arguments.to is not None:  # rolling back: fewer rows than the last delivery's are what is wanted
                limits = replace(limits, min_share_of_last_delivery=0.0)
            try:
                receipt = clean(at.lake, at.key, at.table, limits)
            except RefusedDelivery as error:
                say_refused(at.settings, error.refusal.receipt.load)
                raise
        else:
            step.status = "unchanged"
        step.rows = receipt.load.rows_accepted
        step.message = f"{receipt.load.rows_warned:,} warned, {receipt.load.rows_rejected:,} rejected"
        step.result = receipt.to_json()
    for note in receipt.notes:
        print(f"note: {at.key}: {note}", file=sys.stderr)
    return 0
