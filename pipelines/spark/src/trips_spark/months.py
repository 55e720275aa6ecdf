"""Months as `YYYY-MM`, and lists of them as people write them."""

from __future__ import annotations

import re

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def parse_months(text: str) -> tuple[str, ...]:
    """Read `2019-01,2019-03` or `2019-01..2019-03` (both ends included), or a mixture; sorted, each once.

    Raises ValueError for anything else.
    """
    found: set[str] = set()
    for part in text.split(","):
        first, dots, last = part.strip().partition("..")
        start, end = _month(first), _month(last if dots else first)
        if end < start:
            raise ValueError(f"the range {part.strip()} ends before it begins: write {end}..{start}")
        found.update(_between(start, end))
    return tuple(sorted(found))


def is_month(text: str) -> bool:
    return _MONTH.fullmatch(text) is not None and not text.startswith("0000")


def _month(text: str) -> str:
    if not is_month(text.strip()):
        raise ValueError(f"'{text}' is not a month: write YYYY-MM, e.g. 2019-01, or 2019-01..2019-03")
    return text.strip()


def _between(start: str, end: str) -> list[str]:
    index, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (start, end))
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(index, last + 1)]
