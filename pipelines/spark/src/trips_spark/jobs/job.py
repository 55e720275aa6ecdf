"""What a job is: a part for each file of the lake, and a report on all parts.

Parts add up: a changed file changes its own part alone, and a report reads small parts, not trips. That is why trips
that strayed into another month's file cost nothing extra: they are in the part of the file that brought them, and the
report counts them where they belong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Job:
    """`part` makes rows with `service` and `file_month` of a service's trips; its column `counted_by` says how many
    trips a row stands for. `report` makes the result of all parts and the zones; None: the parts are the result.
    `quick_part` gives what `part` does, or fails where amounts are too large for it.
    """

    name: str
    part: Callable[[DataFrame, str], DataFrame]
    counted_by: str
    report: Callable[[DataFrame, DataFrame], DataFrame] | None
    quick_part: Callable[[DataFrame, str], DataFrame] | None = None
