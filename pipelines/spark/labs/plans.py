"""Physical plans for people: without what differs from run to run."""

from __future__ import annotations

import re
from typing import Any

from pyspark.sql import DataFrame

_WIDTH = 200

#: In this order.
_NOISE = [
    (r"#\d+L?", ""),
    (r",? ?\[?plan_id=\d+\]?", ""),
    (r"\*\(\d+\) ", ""),
    (r"Location: \w+\(\d+ paths\)\[[^\]]*\](, )?", ""),
    (r"Location: \w+ \[[^\]]*\](, )?", ""),
    (r",? ReadSchema: .*", ""),
    (r"Batched: \w+, |DataFilters: .*?, (?=Format)|Format: Parquet, ", ""),
]


def plan_of(query: DataFrame) -> str:
    """What ran, or would run: of an adaptive plan, the final one once the query has been collected."""
    frame: Any = query
    text = str(frame._jdf.queryExecution().executedPlan().toString())
    text = re.split(r"\n\s*\+- == Initial Plan ==", text)[0]
    return "\n".join(_shortened(line) for line in text.splitlines() if _says_something(line))


def operators(plan: str) -> list[str]:
    """Names of the plan's nodes, from the result down."""
    return [match[1] for line in plan.splitlines() if (match := re.search(r"([A-Z][A-Za-z]+)", line))]


def _says_something(line: str) -> bool:
    return bool(line.strip()) and "== " not in line and not re.search(r"(Columnar|Row)To(Row|Columnar)", line)


def _shortened(line: str) -> str:
    for pattern, replacement in _NOISE:
        line = re.sub(pattern, replacement, line)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 2]} …"
