"""The command line: errors for people, results for programs, and a process killed at its worst moment."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import ROW, Deployment, folder_lake, month, write_csv, write_zones
from ingest.cli import main


def test_an_error_is_three_lines_without_a_stack_trace(
    lake_only: Deployment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lake_only.run("plan", "--source", str(tmp_path / "nowhere")) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "error: there is no such folder"
    assert lines[1].startswith("  where: ") and str(tmp_path) in lines[1]
    assert lines[2].startswith("  mend:  give a folder that holds yellow_tripdata_YYYY-MM")
    assert len(lines) == 3


def test_an_unexpected_exception_is_one_line_and_debug_shows_where(
    lake_only: Deployment, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("of a kind\nsecond line")

    monkeypatch.setattr("ingest.lake.Lake.remove_leftovers", broken)
    assert lake_only.run("plan", "--source", str(samples)) == 1
    assert capsys.readouterr().err == "error: ZeroDivisionError: of a kind\n  run with --debug to see where\n"
    assert main(["--settings", str(lake_only.settings_file), "--run-id", "r", "--debug", "plan"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("fetch", "--service", "yellow"), "yellow comes by month"),
        (("fetch", "--service", "zones", "--file-month", "2019-01"), "zones has no months"),
        (("fetch", "--service", "blue", "--file-month", "2019-01"), "no service 'blue'"),
        (("fetch", "--service", "yellow", "--file-month", "2019-1"), "'2019-1' is not a month"),
        (("fetch", "--service", "yellow", "--file-month", "2019-01"), "this run has no plan"),
        (("clean", "--service", "yellow", "--file-month", "2019-01"), "nothing was fetched yet"),
        (("land", "--service", "yellow", "--file-month", "2019-01"), "no clean rows"),
        (("plan", "--services", "blue"), "no service 'blue'"),
        (("summary",), "this run has no plan"),
    ],
)
def test_what_is_asked_wrongly_is_explained(
    lake_only: Deployment, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], words: str
) -> None:
    assert lake_only.run(*command) == 1
    assert words in capsys.readouterr().err


@folder_lake
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"target": "moon"}, "target must be 'embedded' or 'cloud'"),
        ({"paths": {}}, "paths.runs must be a text; there stands null"),
        ({"lake": {"raw": "s3://x"}}, 'lake.raw must be a file:///… or gs://… address; there stands "s3://x"'),
        (
            {"postgres": {"host": "127.0.0.1", "port": "5433"}},
            'postgres.port must be a whole number; there stands "5433"',
        ),
        ({"contracts": "/nowhere/contracts.json"}, "no generated contracts"),
    ],
)
def test_wrong_settings_are_named_by_their_path(
    lake_only: Deployment, capsys: pytest.CaptureFixture[str], change: dict[str, object], words: str
) -> None:
    document = json.loads(lake_only.settings_file.read_text())
    lake_only.settings_file.write_text(json.dumps({**document, **change}))
    assert lake_only.run("plan") == 1
    assert words in capsys.readouterr().err


def test_postgres_that_is_not_there_is_an_error_that_names_its_address(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    lake_only.load(samples)
    password = samples / "password"
    password.write_text("secret-word")
    document = json.loads(lake_only.settings_file.read_text())
    nobody = {"host": "127.0.0.1", "port": 9, "database": "trips", "user": "trips"}
    nobody |= {"login": "password", "passwordFile": str(password)}
    lake_only.settings_file.write_text(json.dumps({**document, "postgres": nobody}))
    assert lake_only.run("postgres", "--service", "zones") == 75, "it may be there later: the DAG tries again"
    said = capsys.readouterr().err
    assert "Postgres doesn't answer" in said
    assert "127.0.0.1:9" in said
    assert "secret-word" not in said


def test_progress_has_a_line_for_each_start_and_end(lake_only: Deployment, samples: Path) -> None:
    write_csv(samples, ROW)
    write_zones(samples)
    lake_only.load(samples)
    file = write_csv(samples, ROW, header="nonsense")
    assert lake_only.run("plan", "--source", str(samples)) == 0
    for stage, code in (("fetch", 0), ("clean", 1)):
        assert lake_only.run(stage, "--service", "yellow", "--file-month", "2019-01") == code
    lines = [json.loads(line) for line in (lake_only.settings.runs / "r1" / "progress.jsonl").read_text().splitlines()]
    assert all(set(line) >= {"at", "service", "file_month", "stage", "status"} for line in lines)
    of_clean = [(line["status"], line.get("rows")) for line in lines if line["stage"] == "clean" and line["file_month"]]
    assert of_clean == [("started", None), ("done", 1), ("started", None), ("failed", None)]
    assert "required column pickup_datetime is missing" in lines[-1]["message"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"]) for line in lines)
    assert file.exists()
    assert len(lake_only.clean_rows(month("2019-01"))) == 1, "the month is as it was"


@pytest.mark.parametrize("stage", ["clean", "land", "postgres"])
def test_a_killed_stage_leaves_nothing_half_done_and_the_same_command_recovers(
    deployment: Deployment, samples: Path, stage: str
) -> None:
    write_zones(samples)
    deployment.run("generate", "--out", str(samples), "--rows", "30000", "--months", "2024-01", "--services", "yellow")
    delivery = ("--service", "yellow", "--file-month", "2024-01")
    assert deployment.run("plan", "--source", str(samples)) == 0
    stages = ["fetch", "clean", "land", "postgres"]
    for earlier in stages[: stages.index(stage)]:
        assert deployment.run(earlier, *delivery) == 0
    options = ["--settings", str(deployment.settings_file), "--run-id", "r1"]
    command = [sys.executable, "-m", "ingest", *options, stage, *delivery]
    for milliseconds in (300, 550):
        started = time.monotonic()
        process = subprocess.Popen(
            command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=milliseconds / 1000 - (time.monotonic() - started))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    for stage_again in stages:
        assert deployment.run(stage_again, *delivery) == 0
    assert deployment.run("fetch", "--service", "zones") == 0
    for zones_stage in stages[1:]:
        assert deployment.run(zones_stage, "--service", "zones") == 0
    assert deployment.run("summary") == 0
    summary = deployment.result("summary")
    assert summary["deliveries"][1]["counts"]["lake"] == summary["deliveries"][1]["rows_accepted"] > 29_000
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    assert deployment.result("plan", "r2")["changed"] == []
    assert list(deployment.folder.rglob(".*.tmp-*")) == []
