"""What the lessons claim of plans, tasks and files, on few trips."""

from __future__ import annotations

from collections import Counter

import pytest

from conftest import SharedSession
from labs.lab import Lab
from labs.lessons import adaptive, broadcast, buckets, caching, partitions, pushdown, skew, small_files
from labs.plans import operators
from labs.trips import make_keys, make_trips

ROWS = 6_000


@pytest.fixture(scope="module")
def lab(session: SharedSession, tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """On few trips, in the tests' own Spark."""
    folder = tmp_path_factory.mktemp("lab")
    make_trips(folder / "data", ROWS)
    make_keys(folder / "data", [265, ROWS])
    (folder / "scratch").mkdir()
    return Lab(session().newSession(), ROWS, folder / "data", folder / "scratch", repeat=1)


def test_only_a_broadcast_join_leaves_the_trips_where_they_are(lab: Lab) -> None:
    broadcasted, merged, hashed = lab.run(broadcast.variant(265, how) for how in broadcast.JOINS)

    found = [Counter(operators(result.plan)) for result in (broadcasted, merged, hashed)]
    assert [plan["BroadcastExchange"] for plan in found] == [1, 0, 0]
    # One for the sums; the others bring equal keys together.
    assert [plan["Exchange"] for plan in found] == [1, 3, 3]
    assert (found[0]["BroadcastHashJoin"], found[1]["SortMergeJoin"], found[2]["ShuffledHashJoin"]) == (1, 1, 1)
    assert broadcasted.answer == merged.answer == hashed.answer


@pytest.mark.parametrize(("seconds", "size"), [([1, 1, 3], 30), ([1, 3, 3], 20), ([1, 3, 1], None), ([3, 3, 3], 10)])
def test_the_size_from_which_broadcast_loses_is_the_one_after_its_last_win(
    seconds: list[int], size: int | None
) -> None:
    others = {"sort-merge": [9.0, 2.0, 9.0], "shuffled hash": [2.0, 9.0, 2.0]}

    assert broadcast.lost_from([10, 20, 30], {"broadcast": [float(one) for one in seconds], **others}) == size


def test_files_are_as_many_as_tasks_that_write_and_coalesce_takes_the_work_of_others(lab: Lab) -> None:
    as_read, one, moved, sixteen, folders, tidy = lab.run(partitions.WRITTEN)

    assert (as_read.measured.tasks, as_read.measured.files_written) == (2, 2)
    assert (one.measured.tasks, one.measured.shuffle_bytes, one.measured.files_written) == (1, 0, 1)
    assert (moved.measured.tasks, moved.measured.files_written) == (3, 1)
    assert moved.measured.shuffle_bytes > 0
    assert sixteen.measured.files_written == 16
    assert (folders.measured.files_written, tidy.measured.files_written) == (8, 4)


def test_a_group_by_has_as_many_tasks_as_shuffle_partitions(lab: Lab) -> None:
    eight, two = (result.measured.tasks for result in lab.run(partitions.GROUPED[1:]))

    assert eight - two == 8 - 2


def test_salt_spreads_the_one_key_and_changes_nothing_else(lab: Lab) -> None:
    plain, salted, adaptive_one = lab.run(skew.variants(lab.rows))

    assert plain.answer == salted.answer == adaptive_one.answer
    assert "SortMergeJoin(skew=true)" in adaptive_one.plan
    shares = [max(rows) / sum(rows) for rows in (plain.measured.task_rows, salted.measured.task_rows)]
    assert shares[0] >= 0.6
    assert shares[1] < 0.4


def test_adaptive_execution_joins_small_partitions_and_turns_to_a_broadcast(lab: Lab) -> None:
    group_off, group_on, join_off, join_on = lab.run(adaptive.variants(threshold=10_000, partitions=40))

    assert group_off.measured.tasks > 40
    assert group_on.measured.tasks < 10
    assert "SortMergeJoin" in operators(join_off.plan)
    assert {"BroadcastHashJoin", "AdaptiveSparkPlan"} <= set(operators(join_on.plan))
    assert join_off.answer == join_on.answer


def test_buckets_are_joined_without_an_exchange(lab: Lab) -> None:
    buckets.write_tables(lab)
    files, bucketed, joined = lab.run(buckets.VARIANTS)

    assert [Counter(operators(one.plan))["Exchange"] for one in (files, bucketed, joined)] == [3, 1, 1]
    assert "SortMergeJoin" in operators(bucketed.plan)
    assert "SortMergeJoin" not in operators(joined.plan)
    assert files.answer == bucketed.answer == joined.answer


def test_a_cache_is_filled_once_and_read_afterwards(lab: Lab) -> None:
    cached, plain = (caching.run_reports(lab, 2, with_cache) for with_cache in (True, False))

    assert "InMemoryTableScan" in operators(cached.plan)
    assert plain.measured.files_read == 2 * cached.measured.files_read


def test_small_files_are_all_opened_by_fewer_tasks(lab: Lab) -> None:
    for files in (small_files.FEW, 40):
        small_files.write_files(lab, files)
    few, many, each, compacted = lab.run(small_files.variants(40))

    assert (few.measured.files_read, many.measured.files_read) == (small_files.FEW, 40)
    assert many.measured.tasks < 20
    assert each.measured.tasks >= 40
    assert compacted.measured.files_written == small_files.FEW
    assert few.answer == many.answer


def test_folders_and_columns_that_are_not_needed_are_not_read(lab: Lab) -> None:
    every, column, month, disguised, day, number = lab.run(pushdown.VARIANTS)

    assert column.measured.read_bytes < every.measured.read_bytes / 3
    assert [one.measured.files_read for one in (every, column, month, disguised, day, number)] == [6, 6, 1, 6, 6, 6]
    assert "PartitionFilters: [isnotnull(month), (month = 2019-03)]" in month.plan
    assert "PartitionFilters: []" in disguised.plan
    assert "GreaterThanOrEqual(pickup_datetime" in day.plan
    assert month.answer == disguised.answer
    # By time nothing is skipped, whatever the plan says; by number all files but one are.
    assert "GreaterThanOrEqual(trip_number" in number.plan
    assert number.measured.read_bytes < day.measured.read_bytes / 2
