"""The bytes, as received, into raw."""

from __future__ import annotations

from dataclasses import asdict

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.fetch import fetch


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    with at.log.step("fetch", at.key) as step:
        fetched = fetch(at.lake, at.plan.find(at.key))
        step.status = "unchanged" if fetched.unchanged else "done"
        step.message = f"{fetched.receipt.name}, {fetched.receipt.bytes / 1e6:,.1f} MB"
        step.result = asdict(fetched.receipt)
    return 0
