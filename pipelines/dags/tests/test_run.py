"""Whole runs of the DAG in Airflow, with a stand-in for the data environment that records what it was asked to do."""

from __future__ import annotations

import json

import pytest

from conftest import StandIn

CLOSING = ["dbt", "export", "summary"]


def test_nothing_changed(stand_in: StandIn) -> None:
    stand_in.scenario(changed=[], zones_changed=False)

    run = stand_in.run()

    assert run.state == "success"
    assert stand_in.called() == ["plan", *CLOSING]
    assert stand_in.outcome() == {"state": "success", "tasks": {"success": 5, "skipped": 8}, "failed": []}


def test_two_months_and_zones_changed(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["yellow 2019-01", "green 2019-02"], zones_changed=True)

    run = stand_in.run(source="/data", services=["yellow", "green"], months="2019-01..2019-02")

    assert run.state == "success"
    called = stand_in.called()
    deliveries = ["zones", "yellow 2019-01", "green 2019-02"]
    stages = ["fetch", "clean", "land", "postgres"]
    staged = [f"{stage} {delivery}" for stage in stages for delivery in deliveries]
    assert called[0] == "plan"
    assert sorted(called[1:]) == sorted([*staged, *CLOSING])
    assert [call for call in called if call.startswith(("land", *CLOSING))][-3:] == CLOSING
    assert called[-1] == "summary"
    for delivery in deliveries:
        assert [call for call in called if call.endswith(delivery)] == [f"{stage} {delivery}" for stage in stages]


def test_the_programs_are_called_as_they_expect(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["yellow 2019-01"])

    stand_in.run(source="/data", services=["yellow"], months="2019-01")

    calls = {call["what"]: call for call in stand_in.calls()}
    settings = str(stand_in.folder / "settings.json")
    base = ["-m", "ingest", "--settings", settings, "--run-id", "r1"]
    asked = ["plan", "--source", "/data", "--services", "yellow", "--months", "2019-01"]
    assert calls["plan"]["arguments"] == [*base, *asked]
    assert calls["land yellow 2019-01"]["arguments"] == [
        *base,
        *["land", "--service", "yellow", "--file-month", "2019-01"],
    ]
    safe_path, program, lock, *arguments = calls["dbt"]["arguments"]
    assert safe_path == "-P"
    assert program.endswith("/dbt_under_lock.py")
    assert lock == str(stand_in.folder / "warehouse.lock")
    assert arguments[1:3] == ["build", "--project-dir"]
    assert arguments[-2:] == ["--target", "duckdb"]
    environment = calls["dbt"]["environment"]
    assert environment["DBT_WAREHOUSE_FILE"] == str(stand_in.folder / "warehouse.duckdb")
    assert environment["DBT_MARTS_DATASET"] == "trips_marts"
    assert not [name for name in environment if name.startswith("AIRFLOW")]


def test_a_failing_month_loses_nobody_else(stand_in: StandIn) -> None:
    stand_in.scenario(
        changed=["yellow 2019-01", "yellow 2019-02", "yellow 2019-03"],
        fail={"clean yellow 2019-02": "the file is cut off"},
    )

    run = stand_in.run()

    assert run.state == "failed"
    called = stand_in.called()
    assert {call for call in called if call.startswith("land")} == {"land yellow 2019-01", "land yellow 2019-03"}
    assert [call for call in called if call in CLOSING] == CLOSING
    message = "the file is cut off\n  where: clean yellow 2019-02\n  mend:  the test asked for it"
    assert stand_in.outcome()["failed"] == [
        {"task": "clean", "service": "yellow", "file_month": "2019-02", "message": message}
    ]
    assert stand_in.outcome()["tasks"]["upstream_failed"] == 2


def test_failing_zones_are_named_and_months_go_on(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["green 2019-01"], zones_changed=True, fail={"fetch zones": "no such file"})

    run = stand_in.run()

    assert run.state == "failed"
    assert "postgres green 2019-01" in stand_in.called()
    [failed] = stand_in.outcome()["failed"]
    assert (failed["task"], failed["service"], failed["file_month"]) == ("fetch", "zones", None)


def test_without_a_plan_nothing_else_is_begun(stand_in: StandIn) -> None:
    stand_in.scenario(fail={"plan": "the folder holds no trips"})

    run = stand_in.run()

    assert run.state == "failed"
    assert stand_in.called() == ["plan"]
    [failed] = stand_in.outcome()["failed"]
    assert failed["task"] == "plan"
    assert failed["message"].startswith("the folder holds no trips")


def test_failing_models_keep_the_last_dashboard_and_are_named(stand_in: StandIn) -> None:
    results = [
        {"unique_id": "test.trips.unique_trip_id", "status": "fail", "message": "Got 3 results"},
        {"unique_id": "model.trips.fct_trips", "status": "success", "message": None},
    ]
    stand_in.scenario(changed=[], fail={"dbt": "broken"}, dbt=results)

    run = stand_in.run()

    assert run.state == "failed"
    assert stand_in.called() == ["plan", "dbt", "summary"]
    [failed] = stand_in.outcome()["failed"]
    assert failed["message"] == "dbt build failed: test.trips.unique_trip_id: Got 3 results"
    kept = json.loads((stand_in.folder / "runs/r1/dbt/run_results.json").read_text(encoding="utf-8"))
    assert kept["results"] == results


def test_a_graph_that_disagrees_with_the_settings_is_refused(stand_in: StandIn) -> None:
    stand_in.scenario(changed=[])
    settings = json.loads((stand_in.folder / "settings.json").read_text(encoding="utf-8"))
    (stand_in.folder / "settings.json").write_text(json.dumps({**settings, "postgres": None}), encoding="utf-8")

    run = stand_in.run()

    assert run.state == "failed"
    [failed] = stand_in.outcome()["failed"]
    assert "PIPELINE_POSTGRES is true, but by the settings it must be false" in failed["message"]


def test_passing_trouble_is_tried_again_and_bad_input_is_not(
    stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPELINE_RETRIES", "1")
    monkeypatch.setenv("PIPELINE_RETRY_SECONDS", "0")
    stand_in.scenario(
        changed=["yellow 2019-01", "yellow 2019-02"],
        trouble={"fetch yellow 2019-01": 1},
        fail={"fetch yellow 2019-02": "the file is cut off"},
    )

    run = stand_in.run()

    assert run.state == "failed"
    assert stand_in.called().count("fetch yellow 2019-01") == 2
    assert stand_in.called().count("land yellow 2019-01") == 1
    assert stand_in.called().count("fetch yellow 2019-02") == 1
    assert [one["file_month"] for one in stand_in.outcome()["failed"]] == ["2019-02"]


def test_each_failure_leaves_a_line_for_an_alert(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["green 2019-03"], fail={"clean green 2019-03": "the file is cut off"})

    stand_in.run()

    text = (stand_in.folder / "logs/failures.jsonl").read_text(encoding="utf-8")
    month, outcome = [json.loads(line) for line in text.splitlines()]
    assert (month["severity"], month["event"], month["run"]) == ("ERROR", "task_failed", "r1")
    assert (month["task"], month["service"], month["file_month"]) == ("months.clean", "green", "2019-03")
    assert month["message"].startswith("the file is cut off")
    assert outcome["task"] == "outcome"
    assert outcome["message"].startswith("1 failed: green 2019-03 clean: the file is cut off")


def test_a_run_by_hand_goes_on_without_what_is_not_published(stand_in: StandIn) -> None:
    stand_in.scenario(changed=["yellow 2019-01"], awaited=["green 2019-01"])

    run = stand_in.run(months="2019-01")

    assert run.state == "success"
    assert "land yellow 2019-01" in stand_in.called()
