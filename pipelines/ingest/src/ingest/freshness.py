"""Whether the newest landed month of each service is as new as it should be."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.stores import StoreContents


def check_freshness(warehouse: StoreContents, services: list[str], max_age_days: int, today: date) -> dict[str, int]:
    """Days since the end of each service's newest landed month; without `services`, of those that ever landed.

    Raises IngestError when one is older than `max_age_days`, naming all that are.
    """
    landed: dict[str, FileMonth] = {}
    for service, month in warehouse.receipts:
        if month is not None:
            landed[service] = max(landed.get(service, FileMonth.parse(month)), FileMonth.parse(month))
    wanted = services or sorted(landed)
    late = [f"{service}: nothing has landed" for service in wanted if service not in landed]
    ages = {service: _age(landed[service], today) for service in wanted if service in landed}
    late += [
        f"{service}: the newest month is {landed[service]}, which ended {age} days ago"
        for service, age in ages.items()
        if age > max_age_days
    ]
    if late or not wanted:
        raise IngestError(
            f"the data is older than {max_age_days} days: {'; '.join(late) or 'nothing has landed'}",
            "the warehouse",
            "look at the last runs, and whether the TLC has published: npm run status -- <environment>",
        )
    return ages


def _age(month: FileMonth, today: date) -> int:
    return (today - (month.plus(1).first_day - timedelta(days=1))).days
