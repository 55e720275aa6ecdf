"""Names and texts within SQL."""

from __future__ import annotations


def text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"


def name(of: str) -> str:
    return '"' + of.replace('"', '""') + '"'
