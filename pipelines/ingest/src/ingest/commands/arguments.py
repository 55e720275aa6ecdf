"""The command line as a value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Arguments:
    """The command line; which fields count depends on the command."""

    command: str
    settings: Path | None = None
    run_id: str | None = None
    lock_wait: float = 120.0
    source: str = "auto"
    services: str | None = None
    months: str | None = None
    tlc_url: str = ""
    service: str = ""
    file_month: str | None = None
    force: bool = False
    accept_anyway: bool = False
    action: str = ""
    reason: str | None = None
    limit: int = 0
    to: str | None = None
    as_json: bool = False
    max_age_days: int = 0
    out: Path = Path()
    rows: int = 0
    seed: int = 0


def names_in(text: str) -> list[str]:
    """`a, b` as a list, each once."""
    return list(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
