"""What a derivation made of one table."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Outcome:
    """Rows, versions and bytes as they are afterwards; `different`: months that aren't the clean ones."""

    format: str
    table: str
    rows: int = 0
    months_changed: int = 0
    months_unchanged: int = 0
    inserted: int = 0
    updated: int = 0
    deleted: int = 0
    versions: int = 0
    files: int = 0
    bytes: int = 0
    seconds: float = 0.0
    different: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def equal(self) -> bool:
        return not self.different and not self.problems

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "seconds": round(self.seconds, 2), "equal": self.equal}
