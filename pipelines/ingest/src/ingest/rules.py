"""A contract's rules as SQL conditions that are true for the rows that break them. NULL breaks nothing."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.contract import Rule
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.sql import identifier


def broken(rule: Rule, month: FileMonth | None) -> str:
    """The condition under which a row breaks the rule; NULL (an empty value) counts as not broken."""
    check = rule.check
    column = identifier(check["column"])
    match check["kind"]:
        case "in_file_month" if month is not None:
            return _outside(column, month, 0)
        case "within_days_of_file_month" if month is not None:
            return _outside(column, month, int(check["days"]))
        case "at_least":
            return f"{column} < {_number(check['value'])}"
        case "more_than":
            return f"{column} <= {_number(check['value'])}"
        case "between":
            return f"({column} < {_number(check['min'])} OR {column} > {_number(check['max'])})"
        case "not_before":
            return f"{column} < {identifier(check['other'])}"
        case kind:
            raise IngestError(
                f"ingest can't check a rule of kind '{kind}' here",
                f"rule {rule.name}",
                "correct the rule in contracts/",
            )


def _outside(column: str, month: FileMonth, days: int) -> str:
    first = _moved(month.first_day, -days)
    end = _moved(month.plus(1).first_day, days)
    return f"({column} < TIMESTAMP '{first}' OR {column} >= TIMESTAMP '{end}')"


def _moved(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _number(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise IngestError(f"{value!r} is not a number", "a rule in contracts.json", "run `npm run generate`")
    return repr(value)
