"""What a lesson is, and what it found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame, Row

from labs.metrics import Measured

if TYPE_CHECKING:
    from labs.lab import Lab

#: How a query is run. Adaptive execution is off, so that the plan that is shown is the one that ran.
SETTINGS = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
    # Of plans; else filters are cut off.
    "spark.sql.maxMetadataStringLength": "300",
}


@dataclass(frozen=True)
class Variant:
    """A way to answer the question. `query` is shown in the page; `settings` differ from SETTINGS.

    `write` None: the rows are collected, so there must be few; else the folder's name into which they are written,
    by the columns `by`.
    """

    name: str
    query: Callable[[Lab], DataFrame]
    settings: Mapping[str, str] = field(default_factory=dict)
    write: str | None = None
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Result:
    """`plan` is the normalised physical plan, the final one where it adapts; `answer` the rows, in an order of
    their own, none where they were written.
    """

    variant: Variant
    measured: Measured
    plan: str
    answer: list[Row] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.variant.name


@dataclass(frozen=True)
class Findings:
    """`plans`: names of the results whose plans tell something. `charts`: SVG by file name.

    `learnt` is written by the numbers of the run.
    """

    results: list[Result]
    learnt: list[str]
    plans: tuple[str, ...] = ()
    charts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lesson:
    """`shown`: the functions that are quoted in the page."""

    name: str
    title: str
    question: str
    teach: Callable[[Lab], Findings]
    shown: tuple[Callable[..., object], ...]
