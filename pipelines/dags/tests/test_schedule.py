"""Scheduled runs: which months they take, and how they wait for one that isn't published yet."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from airflow.exceptions import AirflowRescheduleException, AirflowSkipException

from conftest import StandIn, load_dag
from platform_tasks.publication import ASK_AGAIN, WAIT, ScheduledMonths

NOW = datetime.now(UTC)
BEGUN = NOW.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


class Instance:
    """The part of a task instance that a task asks for."""

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}
        self.task_id, self.map_index = "plan", -1

    def xcom_push(self, key: str, value: Any) -> None:
        self.pushed[key] = value


def context(begun: datetime, run_type: str = "scheduled", **params: Any) -> Any:
    return {
        "params": {"source": "auto", "services": None, "months": None, "run_id": "r1", **params},
        "dag_run": SimpleNamespace(run_type=run_type, logical_date=begun, run_id="scheduled__x"),
        "ti": Instance(),
    }


@pytest.mark.parametrize(
    ("begun", "wanted"),
    [("2024-06-01", "2024-02..2024-04"), ("2024-01-01", "2023-09..2023-11"), ("2024-02-01", "2023-10..2023-12")],
)
def test_the_run_of_a_month_takes_the_one_two_months_before_and_looks_again_at_two(begun: str, wanted: str) -> None:
    assert ScheduledMonths(datetime.fromisoformat(begun)).wanted == wanted


def test_a_scheduled_plan_asks_the_tlc_for_its_months(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["yellow 2024-04"])

    changed = load_dag().get_task("plan").execute(context(datetime(2024, 6, 1, tzinfo=UTC)))

    assert changed == [{"service": "yellow", "file_month": "2024-04"}]
    [call] = stand_in.calls()
    assert call["arguments"][6:] == ["plan", "--source", "tlc", "--months", "2024-02..2024-04"]


def test_the_months_that_somebody_names_go_before_the_schedules(stand_in: StandIn) -> None:
    stand_in.scenario(changed=[])

    load_dag().get_task("plan").execute(context(datetime(2024, 6, 1, tzinfo=UTC), months="2019-01"))

    assert stand_in.calls()[0]["arguments"][6:] == ["plan", "--source", "auto", "--months", "2019-01"]


def test_a_month_that_is_not_published_is_asked_for_again_later_and_is_no_failure(stand_in: StandIn) -> None:
    newest = ScheduledMonths(NOW).newest
    stand_in.scenario(changed=["yellow 2019-01"], awaited=[f"green {newest}"])
    given, before = context(NOW), datetime.now(UTC)

    with pytest.raises(AirflowRescheduleException) as caught:
        load_dag().get_task("plan").execute(given)

    assert before <= caught.value.reschedule_date - ASK_AGAIN <= datetime.now(UTC)
    assert given["ti"].pushed == {}


def test_waiting_ends_before_the_next_run_and_only_the_newest_month_is_worth_it() -> None:
    scheduled = ScheduledMonths(BEGUN)
    newest = {"awaited": [{"service": "green", "file_month": scheduled.newest}]}
    older = {"awaited": [{"service": "green", "file_month": "2019-01"}]}

    assert scheduled.ask_again_at(newest, BEGUN) == BEGUN + ASK_AGAIN
    assert scheduled.ask_again_at(newest, BEGUN + WAIT) is None
    assert scheduled.ask_again_at(older, BEGUN) is None
    assert scheduled.ask_again_at({}, BEGUN) is None


def test_only_a_scheduled_run_is_judged_by_the_age_of_its_data(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_FRESHNESS_DAYS", "100")
    stand_in.scenario()
    freshness = load_dag().get_task("freshness")
    freshness.needs = ()

    with pytest.raises(AirflowSkipException):
        freshness.execute(context(BEGUN, run_type="manual"))
    assert not (stand_in.folder / "calls.jsonl").exists()
    freshness.execute(context(BEGUN, services=["yellow"]))

    assert stand_in.calls()[0]["arguments"][6:] == ["freshness", "--max-age-days", "100", "--services", "yellow"]
