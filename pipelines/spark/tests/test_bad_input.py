"""What goes wrong around a job: it is named, it costs no other month its result, and the exit code tells it."""

from __future__ import annotations

import duckdb
import pytest

import reference
from conftest import Place
from trips_spark.run import Run

JOB = "revenue_report"
OTHERS = ["green 2024-01", "yellow 2024-01"]


def damage(place: Place, where: str) -> None:
    """Of yellow's February: its end (the footer), or its rows."""
    file = place.file("yellow", "2024-02")
    content = bytearray(file.read_bytes())
    if where == "footer":
        content = content[: len(content) // 2]
    else:
        content[4 : len(content) // 2] = bytes(len(content) // 2 - 4)
    file.write_bytes(content)


def rewrite(place: Place, select: str) -> None:
    """Yellow's February as another contract would have cleaned it."""
    file = place.file("yellow", "2024-02")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table trips as {select} from read_parquet('{file}', hive_partitioning = false)")
        connection.execute(f"copy trips to '{file}' (format parquet)")
    place.change_receipt("yellow", "2024-02", contract_hash="newer", load_id="newer")


@pytest.mark.parametrize("where", ["footer", "rows"])
def test_a_corrupt_file_is_named_and_the_others_are_published(
    where: str, taxis: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(taxis, where)

    summary = taxis.run(JOB)

    assert taxis.code == 1
    assert summary["computed"] == OTHERS
    assert list(summary["failed"]) == ["yellow 2024-02"]
    said = capsys.readouterr().err
    assert str(taxis.file("yellow", "2024-02")) in said
    assert "--skip-corrupt" in said
    assert sum(row[5] for row in reference.rows(taxis.report(JOB))) == summary["rows_in"]

    summary = taxis.run(JOB, "--skip-corrupt", run_id="r2")
    assert taxis.code == 0
    assert list(summary["skipped"]) == ["yellow 2024-02"]


def test_a_corrupt_file_leaves_the_month_as_it_was_published(taxis: Place) -> None:
    taxis.run(JOB)
    damage(taxis, "rows")
    taxis.change_receipt("yellow", "2024-02", load_id="another")

    taxis.run(JOB, run_id="r2")

    assert taxis.code == 1
    assert {part["run_id"] for part in taxis.pointer(JOB)["parts"]} == {"r1"}


def test_a_missing_month_is_named_before_anything_is_computed(taxis: Place, capsys: pytest.CaptureFixture[str]) -> None:
    assert taxis.run(JOB, "--months", "2024-01..2024-03") == {}

    assert taxis.code == 1
    assert "the lake has no rows of 2024-03" in capsys.readouterr().err
    assert not taxis.output.exists()


def test_a_service_that_was_named_must_have_each_month(taxis: Place, capsys: pytest.CaptureFixture[str]) -> None:
    taxis.run(JOB, "--months", "2024-01,2024-02", "--services", "yellow,green")

    assert taxis.code == 1
    assert "the lake has no rows of green 2024-02" in capsys.readouterr().err


def test_a_folder_that_is_no_lake_and_one_without_zones(taxis: Place, capsys: pytest.CaptureFixture[str]) -> None:
    (taxis.clean / "_receipts" / "zones.json").unlink()
    taxis.run(JOB)
    assert taxis.code == 1
    assert "no zone table" in capsys.readouterr().err

    taxis.run(JOB, "--input", str(taxis.folder / "elsewhere"))
    assert taxis.code == 1
    assert "the lake holds no trips" in capsys.readouterr().err


def test_an_empty_month_is_a_part_without_rows(taxis: Place) -> None:
    file = taxis.file("yellow", "2024-02")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"create table trips as from read_parquet('{file}', hive_partitioning = false) where false")
        connection.execute(f"copy trips to '{file}' (format parquet)")
    taxis.change_receipt("yellow", "2024-02", rows_accepted=0)

    taxis.run(JOB)

    assert taxis.code == 0
    parts = {f"{part['service']} {part['month']}": part["rows_out"] for part in taxis.pointer(JOB)["parts"]}
    assert parts["yellow 2024-02"] == 0
    assert reference.rows(taxis.report(JOB)) == reference.rows(reference.revenue_report(taxis.clean))
    taxis.run(JOB, "--months", "2024-02", run_id="r2")
    assert taxis.code == 0


def test_a_column_that_the_contract_does_not_know_is_left_out_and_told(taxis: Place) -> None:
    rewrite(taxis, "select *, 'app' as request_source")

    summary = taxis.run(JOB)

    assert taxis.code == 0
    assert summary["notes"] == ["yellow 2024-02: left out what the contract doesn't know: request_source"]
    assert reference.rows(taxis.report(JOB)) == reference.rows(reference.revenue_report(taxis.clean))


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ("select * replace (1.5::double as fare_amount)", "fare_amount is double instead of decimal(12,2)"),
        ("select * exclude (total_amount)", "total_amount is missing instead of decimal(12,2)"),
    ],
)
def test_a_contract_that_the_job_cannot_read_is_refused(select: str, words: str, taxis: Place) -> None:
    rewrite(taxis, select)

    summary = taxis.run(JOB)

    assert taxis.code == 1
    assert summary["computed"] == OTHERS
    assert words in summary["failed"]["yellow 2024-02"]


def test_a_type_that_is_not_what_the_receipt_says_is_refused_too(taxis: Place) -> None:
    """As an object that somebody else put there."""
    receipt = taxis.clean / "_receipts" / "yellow" / "2024-02.json"
    before = receipt.read_text()
    rewrite(taxis, "select * replace (cast(fare_amount as varchar) as fare_amount)")
    receipt.write_text(before)

    summary = taxis.run(JOB)

    assert taxis.code == 1
    assert "another type than in the contract" in summary["failed"]["yellow 2024-02"]


def test_a_file_that_is_gone(taxis: Place) -> None:
    taxis.file("yellow", "2024-02").unlink()

    summary = taxis.run(JOB)

    assert taxis.code == 1
    assert "the file is gone" in summary["failed"]["yellow 2024-02"]


def test_other_rows_than_the_receipt_says_are_trouble_that_may_pass(taxis: Place) -> None:
    taxis.change_receipt("yellow", "2024-02", rows_accepted=1)

    summary = taxis.run(JOB)

    assert taxis.code == 75
    assert summary["computed"] == OTHERS


def test_a_month_replaced_while_it_was_read_does_not_count(taxis: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = Run._judged

    def replaced_before(self: Run, *rest: object) -> object:
        taxis.change_receipt("yellow", "2024-02", load_id="another")
        return judged(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(Run, "_judged", replaced_before)
    summary = taxis.run(JOB)

    assert taxis.code == 75
    assert "was replaced while it was read" in summary["failed"]["yellow 2024-02"]


def test_an_output_that_cannot_be_written(taxis: Place, capsys: pytest.CaptureFixture[str]) -> None:
    taxis.output.write_text("a file, not a folder")

    assert taxis.run(JOB) == {}

    assert taxis.code == 1
    said = capsys.readouterr().err
    assert "the output can't be written" in said
    assert f"{taxis.output}/{JOB}" in said
