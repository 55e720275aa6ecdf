"""What tasks hand on by way of Airflow: ids and months, never the path of a machine."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from conftest import StandIn


def xcoms_of(run: Any) -> list[tuple[str, str, Any]]:
    """Task, key and value, as the database holds them."""
    with closing(sqlite3.connect(Path(os.environ["AIRFLOW_HOME"]) / "airflow.db")) as connection:
        query = "SELECT task_id, key, value FROM xcom WHERE run_id = ? ORDER BY task_id, key"
        return [(task, key, json.loads(value)) for task, key, value in connection.execute(query, (run.run_id,))]


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for one in value.values() for text in texts(one))]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("place", ["stand_in", "on_a_machine", "in_jobs"])
def test_no_xcom_holds_a_path(place: str, request: pytest.FixtureRequest) -> None:
    deployment: StandIn = request.getfixturevalue(place)
    deployment.scenario(changed=["yellow 2019-01", "yellow 2019-02"], fail={"clean yellow 2019-02": "cut off"})

    found = xcoms_of(deployment.run())

    assert ("plan", "zones_changed", False) in found
    for task, key, value in found:
        # Links to the console are addresses for people.
        paths = [text for text in texts(value) if "/" in text and not text.startswith("https://console")]
        assert paths == [], (task, key)
    assert {key for _, key, _ in found} >= {"return_value", "error"}
