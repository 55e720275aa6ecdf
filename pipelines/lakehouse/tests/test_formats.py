"""A derived table through its life, in both formats: after every step it has just the rows of the clean Parquet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from conftest import FEBRUARY, JANUARY, SAMPLES, Place

Check = Callable[..., None]

pytestmark = pytest.mark.parametrize("kind", ["iceberg", "delta"])

# Of January's rows: ten are gone, twenty are new, and the rest stays, of another load.
REDELIVERED = """
    SELECT * FROM (SELECT * FROM clean ORDER BY trip_id OFFSET 10)
    UNION ALL
    (SELECT * REPLACE ('late-' || trip_id AS trip_id, CAST(total_amount + 0.01 AS DECIMAL(12, 2)) AS total_amount)
     FROM clean ORDER BY trip_id DESC LIMIT 20)"""


def run(place: Place, kind: str, *options: str) -> dict[str, object]:
    outcome = place.run("--format", kind, "--services", "yellow", *options)
    assert place.code == 0, place.said
    return outcome


def test_creates_a_table_for_each_service(place: Place, kind: str, check_equal: Check) -> None:
    place.run("--format", kind)
    assert place.code == 0, place.said
    tables = {outcome["table"]: outcome["rows"] for outcome in place.outcomes}
    assert list(tables) == ["yellow_trips", "green_trips", "fhvhv_trips"]
    for service in ("yellow", "green", "fhvhv"):
        check_equal(kind, f"{service}_trips", service)


def test_amounts_are_exact_and_times_have_no_zone(place: Place, kind: str) -> None:
    run(place, kind)
    schema = place.table(kind).schema()
    assert schema.field("total_amount") == pa.field("total_amount", pa.decimal128(12, 2), nullable=False)
    assert schema.field("pickup_datetime").type == pa.timestamp("us")
    assert schema.field("tip_amount").nullable


def test_a_redelivered_month_is_merged(place: Place, kind: str, check_equal: Check) -> None:
    run(place, kind)
    before = place.rows(JANUARY)
    place.deliver(JANUARY, "redelivered", REDELIVERED)
    outcome = run(place, kind)
    counts = {name: outcome[name] for name in ("months_changed", "months_unchanged", "inserted", "updated", "deleted")}
    assert counts == {"months_changed": 1, "months_unchanged": 1, "inserted": 20, "updated": before - 10, "deleted": 10}
    check_equal(kind)


def test_what_ingest_receives_again_is_merged(place: Place, kind: str, received_twice: tuple[Path, Path]) -> None:
    for clean in received_twice:
        shutil.rmtree(place.folder / "clean")
        shutil.copytree(clean, place.folder / "clean")
        outcome = run(place, kind)
    assert outcome["rows"] == place.rows(JANUARY) > 300
    assert (outcome["equal"], outcome["months_changed"]) == (True, 1)


def test_an_unchanged_month_costs_no_version(place: Place, kind: str) -> None:
    first = run(place, kind)
    second = run(place, kind)
    assert (second["months_changed"], second["months_unchanged"]) == (0, 2)
    assert (second["versions"], second["bytes"]) == (first["versions"], first["bytes"])


def test_the_past_can_be_read(place: Place, kind: str) -> None:
    run(place, kind)
    before = pq.read_table(place.file(JANUARY), partitioning=None)
    table = place.table(kind)
    then = table.versions()[-1]
    place.deliver(JANUARY, "redelivered", REDELIVERED)
    run(place, kind)
    table = place.table(kind)
    was = table.at(then)
    was = was.filter(pc.equal(was["file_month"], date(2024, 1, 1))).sort_by("trip_id")
    assert was.select(before.schema.names).cast(before.schema).equals(before.sort_by("trip_id"))
    # Nowhere between may be a version in which rows are missing.
    assert [table.at(version).num_rows for version in table.versions()][-2:] == [place.rows() - 10, place.rows()]


def test_a_column_of_the_contract_is_added(place: Place, kind: str, check_equal: Check) -> None:
    run(place, kind)
    then = place.table(kind).versions()[-1]
    column = {"name": "tip_share", "type": "decimal", "precision": 12, "scale": 2, "required": False, "aliases": []}
    place.add_to_contract(column)
    place.deliver(FEBRUARY, "with-share", "SELECT *, CAST(0.15 AS DECIMAL(12, 2)) AS tip_share FROM clean")
    outcome = run(place, kind)
    assert "added columns: tip_share" in place.said
    assert (outcome["months_changed"], outcome["updated"]) == (1, place.rows(FEBRUARY))
    check_equal(kind)
    table = place.table(kind)
    assert table.at(table.versions()[-1])["tip_share"].null_count == place.rows(JANUARY)
    assert table.at(then).num_rows == place.rows()


def test_a_month_that_the_lake_lost_is_deleted(place: Place, kind: str, check_equal: Check) -> None:
    run(place, kind)
    both, lost = place.rows(), place.rows(JANUARY)
    place.receipt(JANUARY).unlink()
    place.file(JANUARY).unlink()
    assert run(place, kind, "--months", FEBRUARY)["rows"] == both
    outcome = run(place, kind)
    assert (outcome["deleted"], outcome["rows"]) == (lost, both - lost)
    check_equal(kind)


def test_a_service_that_the_lake_lost_altogether(place: Place, kind: str) -> None:
    place.run("--format", kind)
    shutil.rmtree(place.receipt(JANUARY).parent)
    place.run("--format", kind)
    assert place.code == 0, place.said
    assert [(one["table"], one["rows"] > 0) for one in place.outcomes][:2] == [
        ("yellow_trips", False),
        ("green_trips", True),
    ]


def test_only_months_that_were_asked_for(place: Place, kind: str) -> None:
    assert run(place, kind, "--months", FEBRUARY)["rows"] == place.rows(FEBRUARY)
    assert run(place, kind, "--months", f"{JANUARY}..{FEBRUARY}")["rows"] == place.rows()


def test_small_files_are_written_together(place: Place, kind: str, check_equal: Check) -> None:
    run(place, kind, "--months", FEBRUARY)
    table = place.table(kind)
    rows = pq.read_table(place.file(JANUARY), partitioning=None).cast(_strict(table.schema(), place))
    for start in range(0, len(rows), 250):
        table.append(rows.slice(start, 250))
    then = table.versions()[-4]
    done = table.compact(timedelta(days=7))
    assert (done.files_before, done.files_after) == (9, 2)
    check_equal(kind)
    assert table.at(then).num_rows == place.rows(FEBRUARY) + 5 * 250
    assert run(place, kind)["months_unchanged"] == 2


def test_versions_that_are_too_old_go_with_their_files(place: Place, kind: str, check_equal: Check) -> None:
    run(place, kind)
    table = place.table(kind)
    then = table.versions()[1]
    place.deliver(JANUARY, "redelivered", REDELIVERED)
    run(place, kind)
    orphan = Path(place.table(kind).place) / "file_month=2024-01-01" / "of-a-killed-writer.parquet"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(place.file(JANUARY).read_bytes())
    table = place.table(kind)
    table.compact(timedelta(0))
    check_equal(kind)
    assert len(list(Path(table.place).rglob("*.parquet"))) == 2
    with pytest.raises(Exception, match=r"take a newer one|can't be read|No such file|not found"):
        table.at(then)


def test_folders_may_have_any_name(place: Place, kind: str) -> None:
    place.folder = place.folder.rename(place.folder.with_name("Jo's #1, new?"))
    settings = json.loads(place.settings.read_text())
    zones = {zone: (place.folder / zone).as_uri() for zone in settings["lake"]}
    place.settings.write_text(json.dumps(settings | {"lake": zones}))
    assert run(place, kind)["equal"] is True
    assert run(place, kind, "--compact")["months_unchanged"] == 2


def test_a_changed_cent_is_seen(place: Place, kind: str) -> None:
    run(place, kind)
    cent = "(trip_id = (SELECT min(trip_id) FROM clean))::INT * 0.01"
    place.deliver(
        JANUARY,
        _load_of(place),
        f"SELECT * REPLACE (CAST(total_amount + {cent} AS DECIMAL(12, 2)) AS total_amount) FROM clean",
    )
    outcome = place.run("--format", kind, "--services", "yellow")
    assert (place.code, outcome["different"], outcome["equal"]) == (1, [JANUARY], False)
    assert place.run("--format", kind, "--services", "yellow", "--rebuild")["equal"] is True


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no real trips on this machine")
def test_real_trips(place: Place, kind: str, request: pytest.FixtureRequest) -> None:
    place.folder = request.getfixturevalue("real_lake")
    outcome = run(place, kind)
    assert outcome["equal"] is True
    assert outcome["rows"] == place.rows("2019-01", "2019-02") > 10_000


def test_duckdb_reads_the_past_as_well(place: Place, kind: str, reader: duckdb.DuckDBPyConnection) -> None:
    run(place, kind)
    then, before = place.table(kind).versions()[-1], place.rows()
    place.deliver(JANUARY, "redelivered", REDELIVERED)
    run(place, kind)
    table = place.table(kind)
    past = {
        "iceberg": table.scan().replace(")", f", snapshot_from_id = {then})"),
        "delta": table.scan().replace(")", f", version = {then})"),
    }[kind]
    assert reader.execute(f"SELECT count(*) FROM {past}").fetchall() == [(before,)]


def _load_of(place: Place) -> str:
    return str(json.loads(place.receipt(JANUARY).read_text())["load"]["load_id"])


def _strict(schema: pa.Schema, place: Place) -> pa.Schema:
    names = pq.read_schema(place.file(JANUARY)).names
    return pa.schema([schema.field(name) for name in names])
