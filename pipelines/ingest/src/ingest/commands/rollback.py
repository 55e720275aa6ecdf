"""Back to an earlier delivery of a month; without `--to`, which ones there are."""

from __future__ import annotations

import json
from dataclasses import asdict

from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.commands.through import load_through
from ingest.rollback import kept_deliveries, make_current, restore
from ingest.text_table import Cell, text_table


def run(arguments: Arguments) -> int:
    at = Run(arguments)
    if arguments.to is None:
        kept = kept_deliveries(at.lake, at.key)
        if arguments.as_json:
            print(json.dumps([asdict(item) for item in kept], indent=2))
            return 0
        rows: list[list[Cell]] = [[item.delivery, item.received_at, item.bytes, item.name, item.state] for item in kept]
        print(text_table(("delivery", "received", "bytes", "file", "state"), rows))
        print("go back to one of them: --to <delivery>")
        return 0
    current, aside = at.lake.raw_receipt(at.key), at.lake.set_aside(at.key)
    receipt = make_current(at.lake, at.key, arguments.to)
    try:
        change = load_through(arguments)
    except Exception:
        refused = at.lake.clean_receipt(at.key)
        if refused is None or refused.load.raw_sha256 != receipt.sha256:  # nothing of it came as far as the lake
            restore(at.lake, at.key, current, aside)
        raise
    document = {"delivery": asdict(receipt), **change.to_json()}
    at.log.write(f"rollback-{at.key.slug}", document)
    print(json.dumps(document, indent=2) if arguments.as_json else change.as_text())
    return 0
