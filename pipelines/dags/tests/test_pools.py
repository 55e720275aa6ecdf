"""The pools bound what runs in the cloud's jobs, where nothing else does."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from places import DAGS


@pytest.fixture
def on_starting(monkeypatch: pytest.MonkeyPatch, airflow_database: None) -> Iterator[None]:
    monkeypatch.setattr(sys, "path", [*sys.path, str(DAGS / "plugins")])
    yield
    _make("embedded", monkeypatch)


def _make(target: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[float, bool]]:
    """Slots, and whether deferred tasks hold one, of each pool that a starting scheduler makes."""
    import pools
    from airflow.jobs.job import Job
    from airflow.models.pool import Pool

    monkeypatch.setenv("PIPELINE_TARGET", target)
    pools.on_starting(Job())
    return {one.pool: (one.slots, one.include_deferred) for one in Pool.get_pools() if one.pool in pools.POOLS}


def test_in_the_cloud_a_task_whose_job_runs_holds_one_of_a_few_slots(
    on_starting: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _make("cloud", monkeypatch)

    assert made.keys() == {"warehouse", "deliveries"}
    assert all(slots <= 20 and deferred for slots, deferred in made.values()), made


def test_pools_that_are_there_are_changed(on_starting: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from airflow.models.pool import Pool

    Pool.create_or_update_pool("warehouse", slots=128, description="", include_deferred=False)

    assert _make("cloud", monkeypatch)["warehouse"] == (16, True)
