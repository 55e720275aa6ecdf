"""States of the warehouse that make dbt write different SQL."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Situation:
    name: str
    exists: bool
    """Whether every model has been built before, so that incremental models take their increment."""
    changed: bool = False
    """Whether queries that dbt runs to find out what to do return a row; else none."""


SITUATIONS = (
    Situation("first run", exists=False),
    Situation("increment", exists=True, changed=True),
    Situation("increment without changes", exists=True),
)
