"""A statement that dbt sends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Statement:
    """SQL, and where it comes from."""

    situation: str
    """Which of `situation.SITUATIONS` it was sent in."""
    node: str
    """dbt's id of what was run, e.g. `model.trips.fct_trips`."""
    file: str
    """Where that is written, relative to the dbt project."""
    sql: str
