"""Rows below titles, for people."""

from __future__ import annotations

from collections.abc import Sequence

Cell = str | int | None


def text_table(titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Columns as wide as their widest cell; numbers to the right, grouped by thousands."""
    texts = [list(titles), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(titles))]
    numeric = [any(isinstance(row[column], int) for row in rows) for column in range(len(titles))]
    lines = [
        "  ".join(
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in texts
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _shown(cell: Cell) -> str:
    return "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell
