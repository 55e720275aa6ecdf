"""A file month: the month a TLC file is named after, which is not the month of each pickup in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ingest.errors import IngestError

_PATTERN = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class FileMonth:
    year: int
    month: int

    @classmethod
    def parse(cls, text: str, where: str = "--file-month") -> FileMonth:
        """Read `YYYY-MM`; raises IngestError for anything else."""
        match = _PATTERN.fullmatch(text.strip())
        if match is None or match[1] == "0000":
            raise IngestError(f"'{text}' is not a month", where, "write it as YYYY-MM, e.g. 2019-01")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> FileMonth:
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    def plus(self, months: int) -> FileMonth:
        index = self.year * 12 + self.month - 1 + months
        return FileMonth(index // 12, index % 12 + 1)


def parse_months(text: str) -> list[FileMonth]:
    """Read `2019-01,2019-03` or `2019-01..2019-03` (both ends included), or a mixture; sorted, each once."""
    found: set[FileMonth] = set()
    for part in text.split(","):
        first, dots, last = part.partition("..")
        start = FileMonth.parse(first, "--months")
        end = FileMonth.parse(last, "--months") if dots else start
        if end < start:
            raise IngestError(f"the range {part.strip()} ends before it begins", "--months", f"write {end}..{start}")
        found.update(_months_between(start, end))
    return sorted(found)


def _months_between(start: FileMonth, end: FileMonth) -> Iterable[FileMonth]:
    while start <= end:
        yield start
        start = start.plus(1)
