"""What is computed again and what isn't, and when it begins to count."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import reference
from conftest import NoSession, Place, fill_lake
from trips_spark.arguments import parse
from trips_spark.publication import Publication
from trips_spark.storage.local_storage import LocalStorage

JOB = "revenue_report"


def no_session() -> NoSession:
    return NoSession(parse([JOB, "--input", "/", "--output", "/", "--run-id", "x"]))


def run_ids(pointer: dict[str, Any]) -> dict[str, str]:
    return {f"{part['service']} {part['month']}": part["run_id"] for part in pointer["parts"]}


def test_what_is_unchanged_is_not_computed_again_and_starts_no_spark(taxis: Place) -> None:
    taxis.run(JOB)
    before = taxis.pointer(JOB)

    summary = taxis.run(JOB, run_id="r2", session=no_session())

    assert taxis.code == 0
    assert summary["unchanged"] == ["green 2024-01", "yellow 2024-01", "yellow 2024-02"]
    assert taxis.pointer(JOB) == before
    assert not (taxis.output / JOB / "runs" / "r2").exists()


def test_a_changed_month_alone_is_computed_and_the_report_is_right_again(taxis: Place) -> None:
    taxis.run(JOB)
    fill_lake(taxis.folder, "yellow:2024-01=300", "yellow:2024-02=400", "green:2024-01=200")

    summary = taxis.run(JOB, run_id="r2")

    assert summary["computed"] == ["yellow 2024-02"]
    assert run_ids(taxis.pointer(JOB)) == {"green 2024-01": "r1", "yellow 2024-01": "r1", "yellow 2024-02": "r2"}
    assert reference.rows(taxis.report(JOB)) == reference.rows(reference.revenue_report(taxis.clean))


def test_other_zones_cost_a_report_but_no_trips(taxis: Place) -> None:
    taxis.run(JOB)
    zones = taxis.folder / "tlc" / "taxi_zone_lookup.csv"
    zones.write_text(zones.read_text().replace("Synthetic zone", "Renamed zone"))
    fill_lake(taxis.folder, "--data", str(zones.parent))

    summary = taxis.run(JOB, run_id="r2")

    assert summary["computed"] == []
    assert summary["report_rows"] == len(reference.rows(taxis.report(JOB)))
    assert reference.rows(taxis.report(JOB)) == reference.rows(reference.revenue_report(taxis.clean))


def test_a_month_that_the_lake_lost_stops_counting(taxis: Place) -> None:
    taxis.run(JOB)
    taxis.file("yellow", "2024-02").unlink()
    (taxis.clean / "_receipts" / "yellow" / "2024-02.json").unlink()

    summary = taxis.run(JOB, run_id="r2")

    assert summary["gone"] == ["yellow 2024-02"]
    assert reference.rows(taxis.report(JOB)) == reference.rows(reference.revenue_report(taxis.clean))


def test_months_that_were_not_asked_for_stay_as_they_are(taxis: Place) -> None:
    taxis.run(JOB)

    taxis.run(JOB, "--months", "2024-02", "--force", run_id="r2")

    assert run_ids(taxis.pointer(JOB)) == {"green 2024-01": "r1", "yellow 2024-01": "r1", "yellow 2024-02": "r2"}


def test_until_the_pointer_is_written_the_old_files_count(taxis: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    taxis.run(JOB)
    before, rows = taxis.pointer(JOB), reference.rows(taxis.report(JOB))

    def killed(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(Publication, "publish", killed)
        taxis.run(JOB, "--force", run_id="r2")
        assert taxis.code == 1
    assert taxis.pointer(JOB) == before
    assert reference.rows(taxis.report(JOB)) == rows

    taxis.run(JOB, "--force", run_id="r2")
    assert set(run_ids(taxis.pointer(JOB)).values()) == {"r2"}


def test_a_run_id_used_twice_overwrites_nothing_that_counts(taxis: Place) -> None:
    taxis.run(JOB, "--months", "2024-01")

    taxis.run(JOB, "--months", "2024-01", "--force")

    assert {part["path"].split("/")[1] for part in taxis.pointer(JOB)["parts"]} == {"r1-2"}


def test_files_stay_for_one_publication_longer_than_they_count(taxis: Place) -> None:
    runs = taxis.output / JOB / "runs"
    for number in (1, 2, 3):
        taxis.run(JOB, "--months", "2024-02", "--force", run_id=f"r{number}")

    parts = sorted(str(path.relative_to(runs)) for path in runs.glob("*/yellow/*"))
    assert parts == ["r2/yellow/month=2024-02", "r3/yellow/month=2024-02"]


def test_a_run_id_of_airflow_names_a_folder_that_hadoop_takes(taxis: Place) -> None:
    taxis.run(JOB, "--months", "2024-02", run_id="manual__2024-03-01T05:00:00.5+00:00")

    assert taxis.pointer(JOB)["parts"][0]["path"].startswith("runs/manual__2024-03-01T05-00-00.5-00-00/")


@pytest.mark.parametrize("damaged", ["", "{", '{"version": 2}', '{"version": 1, "parts": [{}]}'])
def test_a_damaged_pointer_counts_as_none(damaged: str, tmp_path: Path) -> None:
    (tmp_path / JOB).mkdir()
    (tmp_path / JOB / "current.json").write_text(damaged)

    assert Publication(LocalStorage(), str(tmp_path), JOB).read().parts == ()
