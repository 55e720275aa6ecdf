"""The command line: what is wrong with it is said in a sentence, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import pytest

from trips_spark.arguments import parse

PLACES = ["--input", "gs://lake/clean/", "--output", "out", "--run-id", "r-1"]


def test_minimal() -> None:
    options = parse(["revenue_report", *PLACES])

    assert options.input == "gs://lake/clean"
    assert options.output == str(Path("out").absolute())
    assert (options.months, options.services, options.memory_mb, options.parallel) == (None, None, 2048, 4)


def test_months_and_services() -> None:
    options = parse(
        ["zone_flows", *PLACES, "--months", "2020-02,2019-11..2020-01,2019-12", "--services", "green, yellow,green"]
    )

    assert options.months == ("2019-11", "2019-12", "2020-01", "2020-02")
    assert options.services == ("green", "yellow")


def test_a_folder_may_be_given_as_an_address() -> None:
    assert parse(["zone_flows", *PLACES, "--input", "file:///lake/a%20b/"]).input == "/lake/a b"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--months", "2019-13"], "'2019-13' is not a month: write YYYY-MM"),
        (["--months", "2019-03..2019-01"], "ends before it begins: write 2019-01..2019-03"),
        (["--services", "yelow"], "use some of yellow, green, fhv, fhvhv"),
        (["--services", ","], "are not services"),
        (["--run-id", "../x"], "can't name a folder"),
        (["--input", "s3://bucket"], "is no address: write gs://bucket/folder"),
        (["--memory", "2"], "write e.g. 2g or 1536m"),
        (["--cores", "0"], "must be a whole number from 1 to 256"),
        (["--cost", "1"], "unrecognized arguments"),
    ],
)
def test_what_is_wrong_is_said(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["revenue_report", *PLACES, *options])

    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_an_unknown_job_names_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse(["revenue", *PLACES])

    assert ended.value.code == 2
    assert "revenue_report" in capsys.readouterr().err
