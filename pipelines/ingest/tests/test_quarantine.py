"""quarantine list, explain and replay; and the counts of the sample months, reached by another path."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import CONTRACTS, ROW, SAMPLES, Deployment, folder_lake, month, write_csv, write_zones
from ingest.clean import clean
from ingest.delivery import Delivery
from ingest.fetch import fetch

MONTH = ("--service", "yellow", "--month", "2019-01")
EXPECTED = Path(__file__).parent / "expected" / "sample_counts.json"


def fill(samples: Path) -> None:
    """40 good rows, one with two reasons, one line that isn't CSV."""
    bad = ROW.replace(",6.5,", ",free,").replace(",230,", ",,")
    write_zones(samples)
    write_csv(samples, *[ROW.replace("9.75", f"{number}.00") for number in range(40)], bad, "1,2")


def printed(deployment: Deployment, capsys: pytest.CaptureFixture[str], *command: str) -> Any:
    capsys.readouterr()
    assert deployment.run("quarantine", *command, "--json", run="look") == 0
    return json.loads(capsys.readouterr().out)


def test_list_counts_each_reason_per_month(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(samples)
    lake_only.load(samples)
    [yellow, zones] = printed(lake_only, capsys, "list")
    assert yellow == {
        "service": "yellow",
        "file_month": "2019-01",
        "state": "loaded",
        "source_file": "yellow_tripdata_2019-01.csv",
        "rows_read": 42,
        "rows_accepted": 40,
        "rows_rejected": 2,
        "reasons": {"malformed:missing_columns": 1, "missing:pickup_zone_id": 1, "uncastable:fare_amount": 1},
        "objections": [],
    }
    assert (zones["service"], zones["rows_rejected"]) == ("zones", 0)
    assert printed(lake_only, capsys, "list", "--service", "zones") == [zones]
    assert lake_only.run("quarantine", "list", run="look") == 0
    assert "uncastable:fare_amount 1" in capsys.readouterr().out


def test_explain_shows_rows_with_the_values_at_fault(
    lake_only: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(samples)
    lake_only.load(samples)
    shown = printed(lake_only, capsys, "explain", *MONTH)
    [two, line] = shown["rows"]
    assert (two["row"], two["reasons"]) == (41, ["missing:pickup_zone_id", "uncastable:fare_amount"])
    assert two["at_fault"] == {"PULocationID": None, "fare_amount": "free"}
    assert two["raw"]["DOLocationID"] == "48"
    assert (line["row"], line["at_fault"]) == (42, {"line": "1,2"})
    assert [row["row"] for row in printed(lake_only, capsys, "explain", *MONTH, "--reason", "missing")["rows"]] == [41]
    assert len(printed(lake_only, capsys, "explain", *MONTH, "--limit", "1")["rows"]) == 1
    assert lake_only.run("quarantine", "explain", *MONTH, run="look") == 0
    assert "row 41: missing:pickup_zone_id, uncastable:fare_amount (" in capsys.readouterr().out
    assert lake_only.run("quarantine", "explain", *MONTH, "--reason", "odd", run="look") == 1
    assert "use one of: malformed:missing_columns, missing:" in capsys.readouterr().err
    assert lake_only.run("quarantine", "explain", "--service", "yellow", "--month", "2018-01", run="look") == 1


def test_replay_reads_the_month_again_after_an_alias_was_added(
    deployment: Deployment, samples: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(samples)
    file = samples / "yellow_tripdata_2019-01.csv"
    file.write_text(file.read_text().replace("tip_amount", "gratuity"))
    deployment.load(samples)
    assert deployment.query("SELECT count(tip_amount) FROM trips_landed.yellow_trips") == [(0,)]

    document = json.loads(CONTRACTS.read_text())
    table = document["tables"]["yellow_trips"]
    next(column for column in table["columns"] if column["name"] == "tip_amount")["aliases"].append("gratuity")
    table["hash"] = "changed"
    contracts = tmp_path / "contracts.json"
    contracts.write_text(json.dumps(document))
    settings = json.loads(deployment.settings_file.read_text())
    deployment.settings_file.write_text(json.dumps({**settings, "contracts": str(contracts)}))

    change = printed(deployment, capsys, "replay", *MONTH)
    assert "no column tip_amount: tip_amount is empty" in change["before"]["notes"]
    assert "columns that the contract doesn't know, kept in raw only: gratuity" in change["before"]["notes"]
    assert change["after"]["notes"] == []
    assert deployment.query("SELECT count(tip_amount) FROM trips_landed.yellow_trips") == [(40,)]
    assert deployment.postgres_query("SELECT count(tip_amount) FROM trips.yellow_trips") == [(40,)]
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    assert deployment.result("plan", "r2")["changed"] == []


def test_a_refused_delivery_is_listed_explained_and_replayed_anyway(
    deployment: Deployment, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(samples)
    deployment.load(samples)
    write_csv(samples, ROW, ROW.replace(",6.5,", ",free,"))
    assert deployment.run("plan", "--source", str(samples), run="r2") == 0
    delivery = ("--service", "yellow", "--file-month", "2019-01")
    assert deployment.run("fetch", *delivery, run="r2") == 0
    assert deployment.run("clean", *delivery, run="r2") == 1

    lines = [line for line in printed(deployment, capsys, "list") if line["service"] == "yellow"]
    assert [(line["state"], line["rows_read"]) for line in lines] == [("loaded", 42), ("refused", 2)]
    assert len(lines[1]["objections"]) == 2
    shown = printed(deployment, capsys, "explain", *MONTH)
    assert (shown["state"], [row["row"] for row in shown["rows"]]) == ("refused", [2])

    assert deployment.run("quarantine", "replay", *MONTH, run="r3") == 1
    change = printed(deployment, capsys, "replay", *MONTH, "--accept-anyway")
    assert (change["before"]["load"]["rows_accepted"], change["after"]["load"]["rows_accepted"]) == (40, 1)
    assert deployment.query("SELECT count(*) FROM trips_landed.yellow_trips") == [(1,)]
    assert deployment.postgres_query("SELECT count(*) FROM trips.yellow_trips") == [(1,)]
    assert [line["state"] for line in printed(deployment, capsys, "list", "--service", "yellow")] == ["loaded"]


@folder_lake
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample trips aren't on this machine")
def test_the_sample_months_have_the_counts_that_plain_python_reached(lake_only: Deployment) -> None:
    """expected/count_samples.py made them: csv, decimal and pyarrow, nothing of ours."""
    expected = json.loads(EXPECTED.read_text())
    assert len(expected) == 18
    for text, counts in expected.items():
        key = month(text)
        [file] = SAMPLES.glob(f"yellow_tripdata_{text}.*")
        fetch(lake_only.lake, Delivery(key, file.as_uri(), file.name, False))
        receipt = clean(lake_only.lake, key, lake_only.contracts.of_service("yellow"), lake_only.settings.limits)
        load = receipt.load
        assert {
            "read": load.rows_read,
            "accepted": load.rows_accepted,
            "warned": load.rows_warned,
            "rejected": load.rows_rejected,
            "rejections": receipt.rejections,
            "warnings": receipt.warnings,
        } == counts, text
