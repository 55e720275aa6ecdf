"""A month's current delivery, from raw through clean into every store, and what that changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from ingest.commands import clean, land, postgres
from ingest.commands.arguments import Arguments
from ingest.commands.run import Run
from ingest.receipts import CleanReceipt
from ingest.text_table import Cell, text_table

_COUNTS = ("rows_read", "rows_accepted", "rows_warned", "rows_rejected")


@dataclass(frozen=True)
class Change:
    """Counts of a delivery before and after, and of each reason; `before` is None where nothing was loaded."""

    before: CleanReceipt | None
    after: CleanReceipt

    def to_json(self) -> dict[str, Any]:
        return {
            "before": self.before.to_json() if self.before else None,
            "after": self.after.to_json(),
        }

    def as_text(self) -> str:
        rows: list[list[Cell]] = [
            [name.removeprefix("rows_"), getattr(self.before.load, name) if self.before else None, value]
            for name, value in ((name, getattr(self.after.load, name)) for name in _COUNTS)
        ]
        for kind in ("rejections", "warnings"):
            old: dict[str, int] = getattr(self.before, kind) if self.before else {}
            new: dict[str, int] = getattr(self.after, kind)
            rows += [
                [f"  {kind.removesuffix('s')}: {name}", old.get(name, 0), new.get(name, 0)]
                for name in sorted({*old, *new})
            ]
        files = [self.before.load.source_file if self.before else "nothing", self.after.load.source_file]
        return text_table(("rows", "before", "after"), [*rows, ["file", *files]])


def load_through(arguments: Arguments) -> Change:
    """Read the current delivery again by today's contract, and replace the month in every store."""
    at = Run(arguments)
    before = at.lake.clean_receipt(at.key)
    clean.run(replace(arguments, command="clean", force=True))
    for stage in (land, postgres):
        stage.run(replace(arguments, command=stage.__name__.rsplit(".", 1)[-1], force=False))
    after = at.lake.clean_receipt(at.key)
    assert after is not None, "clean wrote it"
    return Change(before, after)
