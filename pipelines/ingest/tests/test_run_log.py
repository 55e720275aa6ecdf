"""What a step leaves for those who can't see its exit code, and what it says to those who count."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import ROW, Deployment, write_csv, write_zones

MONTH = ("--service", "yellow", "--file-month", "2019-01")


@pytest.fixture(params=["folder"])
def lake_place(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    from conftest import new_lake

    return new_lake(request, tmp_path / "dev" / "lake")


def make_cloud(deployment: Deployment) -> Deployment:
    """As far as run log and events go."""
    document = json.loads(deployment.settings_file.read_text())
    deployment.settings_file.write_text(json.dumps({**document, "target": "cloud"}))
    return deployment


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_record_says_how_a_step_ended_and_in_which_execution(
    lake_only: Deployment, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_zones(samples)
    write_csv(samples, ROW)
    assert lake_only.run("plan", "--source", str(samples)) == 0
    plan = lake_only.result("plan")
    assert (plan["status"], plan["exit_code"], plan["execution"]) == ("done", 0, None)

    monkeypatch.setenv("CLOUD_RUN_EXECUTION", "trips-ingest-x7k2p")
    capsys.readouterr()
    assert lake_only.run("clean", *MONTH) == 1
    record = lake_only.result("clean-yellow-2019-01")
    assert record.pop("seconds") >= 0
    assert f"error: {record['message']}\n" == capsys.readouterr().err
    assert record == {
        "status": "failed",
        "exit_code": 1,
        "execution": "trips-ingest-x7k2p",
        "message": record["message"],
    }
    assert lake_only.run("fetch", *MONTH) == 0
    assert lake_only.run("clean", *MONTH) == 0
    assert lake_only.result("clean-yellow-2019-01")["status"] == "done", "the next try takes the record's place"


def test_what_may_pass_is_recorded_as_such(lake_only: Deployment, samples: Path) -> None:
    write_zones(samples)
    write_csv(samples, ROW)
    lake_only.load(samples)
    lake_only.settings.warehouse.lock_file.write_text(  # type: ignore[union-attr]
        json.dumps({"pid": 1, "command": "somebody", "since": "2026-01-01T00:00:00.000Z"})
    )
    assert lake_only.run("land", *MONTH, run="r2") == 75
    assert lake_only.result("land-yellow-2019-01", "r2")["exit_code"] == 75


def test_a_plan_that_failed_is_no_plan(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lake_only.run("plan", "--source", str(samples / "nowhere")) == 1
    assert lake_only.run("fetch", *MONTH) == 1
    assert "this run has no plan" in capsys.readouterr().err


def test_stores_that_differ_are_recorded_with_the_exit_code(lake_only: Deployment, samples: Path) -> None:
    write_zones(samples)
    write_csv(samples, ROW)
    lake_only.load(samples)
    assert lake_only.run("summary") == 0
    assert lake_only.result("summary")["exit_code"] == 0
    lake_only.query("DELETE FROM trips_landed.yellow_trips")
    assert lake_only.run("summary") == 1
    summary = lake_only.result("summary")
    assert (summary["exit_code"], summary["equal"]) == (1, False)
    assert "the stores differ" in summary["message"]


def test_in_the_cloud_each_step_has_a_progress_file_of_its_own(lake_only: Deployment, samples: Path) -> None:
    """A bucket that is mounted can't be appended to by several."""
    write_zones(samples)
    write_csv(samples, ROW)
    make_cloud(lake_only).load(samples)
    folder = lake_only.settings.runs / "r1"
    assert not (folder / "progress.jsonl").exists()
    lines = (folder / "progress" / "land-yellow-2019-01.jsonl").read_text().splitlines()
    assert [json.loads(line)["status"] for line in lines] == ["started", "done"]
    assert lake_only.run("summary") == 0
    [zones, january] = lake_only.result("summary")["deliveries"]
    assert set(january["seconds_by_stage"]) == set(zones["seconds_by_stage"]) == {"fetch", "clean", "land", "postgres"}


def test_in_the_cloud_landing_and_refusing_are_said_in_a_line_of_json(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_zones(samples)
    write_csv(samples, *[ROW] * 30, ROW.replace(",6.5,", ",free,"))
    lake_only.load(samples)
    assert events(capsys.readouterr().out) == [], "on this machine nobody counts"

    write_csv(samples, *[ROW] * 31, ROW.replace(",6.5,", ",free,"))
    make_cloud(lake_only).load(samples, run="r2")
    assert capsys.readouterr().out == (
        '{"event": "delivery_landed", "severity": "INFO", "service": "yellow", "file_month": "2019-01", '
        '"rows_accepted": 31, "rows_rejected": 1, "rejected_share": 0.03125}\n'
    )
    assert lake_only.run("land", *MONTH, run="r2") == 0
    assert capsys.readouterr().out == "", "it had landed before"

    write_csv(samples, ROW, ROW.replace(",6.5,", ",free,"))
    assert lake_only.run("plan", "--source", str(samples), run="r3") == 0
    assert lake_only.run("fetch", *MONTH, run="r3") == 0
    assert lake_only.run("clean", *MONTH, run="r3") == 1
    [event] = events(capsys.readouterr().out)
    assert (event["event"], event["severity"], event["rejected_share"]) == ("delivery_refused", "ERROR", 0.5)
