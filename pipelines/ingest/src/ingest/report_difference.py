"""The first difference between Spark's report and dbt's table, in words."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ingest.spark_report import COLUMNS, KEY
from ingest.warehouse import Row

_SPARK, _DBT = "Spark", "dbt"


def first_difference(spark: list[Row], dbt: list[Row]) -> str | None:
    """By service, month and zone; None when they are equal, to the cent."""
    by_key = {_SPARK: {_key(row): row for row in spark}, _DBT: {_key(row): row for row in dbt}}
    for key in sorted(by_key[_SPARK].keys() | by_key[_DBT].keys(), key=str):
        ours, theirs = by_key[_SPARK].get(key), by_key[_DBT].get(key)
        if ours is None or theirs is None:
            return f"{_words(key)} is in {_DBT if ours is None else _SPARK} alone"
        for name in COLUMNS:
            if ours[name] != theirs[name]:
                return f"{_words(key)}: {name} is {ours[name]} in {_SPARK}, {theirs[name]} in {_DBT}"
    for name, rows in ((_SPARK, spark), (_DBT, dbt)):
        twice = [key for key, count in Counter(map(_key, rows)).items() if count > 1]
        if twice:
            return f"{_words(twice[0])} is in {name} twice"
    return None


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in KEY)


def _words(key: tuple[Any, ...]) -> str:
    service, month, zone = key
    return f"{service} {month:%Y-%m} zone {zone}"
