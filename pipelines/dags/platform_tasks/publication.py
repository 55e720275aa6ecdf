"""Which months a scheduled run takes: the TLC publishes a month about two months after its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LAG_MONTHS = 2
"""The run scheduled for month M takes the file month M - 2."""

LOOK_AGAIN_MONTHS = 2
"""So many months before that one are looked at again, for what came late or anew; the unchanged cost a request."""

ASK_AGAIN = timedelta(hours=6)
WAIT = timedelta(days=28)
"""How long a month is waited for: less than the time to the next run."""


@dataclass(frozen=True)
class ScheduledMonths:
    """The months of the run that the schedule began at `begun`."""

    begun: datetime

    @property
    def newest(self) -> str:
        return self._before(LAG_MONTHS)

    @property
    def wanted(self) -> str:
        """As `--months` takes it."""
        return f"{self._before(LAG_MONTHS + LOOK_AGAIN_MONTHS)}..{self.newest}"

    def ask_again_at(self, plan: Mapping[str, Any], now: datetime) -> datetime | None:
        """When to plan once more, because the newest month isn't published yet; None to go on with what there is."""
        waiting = any(one["file_month"] == self.newest for one in plan.get("awaited", []))
        return now + ASK_AGAIN if waiting and now + ASK_AGAIN <= self.begun + WAIT else None

    def _before(self, months: int) -> str:
        year, month = divmod(self.begun.year * 12 + self.begun.month - 1 - months, 12)
        return f"{year:04d}-{month + 1:02d}"
