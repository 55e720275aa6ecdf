"""Pushdown on partitioned Parquet: folders, row groups and columns that are never read."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant


def all_columns(lab: Lab) -> DataFrame:
    trips = lab.trips()
    return trips.agg(*(F.max(name) for name in trips.columns))


def one_column(lab: Lab) -> DataFrame:
    return lab.trips().agg(F.sum("total_amount"))


def one_month(lab: Lab) -> DataFrame:
    return lab.trips().where("month = '2019-03'").agg(F.sum("total_amount"))


def one_month_in_disguise(lab: Lab) -> DataFrame:
    of_march = F.date_format("pickup_datetime", "yyyy-MM") == "2019-03"
    return lab.trips().where(of_march).agg(F.sum("total_amount"))


def one_day(lab: Lab) -> DataFrame:
    began = "pickup_datetime >= timestamp_ntz'2019-03-05' and pickup_datetime < timestamp_ntz'2019-03-06'"
    return lab.trips().where(began).agg(F.sum("total_amount"))


def by_number(lab: Lab) -> DataFrame:
    """Trips are numbered in the order of time: as many as a day has, in March."""
    first = lab.rows * 2 // 6
    return lab.trips().where(f"trip_number between {first} and {first + lab.rows // 168}").agg(F.sum("total_amount"))


VARIANTS = [
    Variant("all columns, all months", all_columns),
    Variant("one column", one_column),
    Variant("… of a month, by its folder", one_month),
    Variant("… of a month, by a function of the time", one_month_in_disguise),
    Variant("… of a day, by the time", one_day),
    Variant("… of as many trips, by their number", by_number),
]


def teach(lab: Lab) -> Findings:
    results = lab.run(VARIANTS)
    every, column, month, disguised, day, number = (result.measured for result in results)
    return Findings(
        results,
        [
            f"Columns that aren't needed aren't read: {column.read_bytes / 1e6:,.1f} MB instead of "
            f"{every.read_bytes / 1e6:,.1f} (the list behind `FileScan parquet`).",
            f"A condition on the partition's column picks folders before anything is opened (`PartitionFilters`): "
            f"{month.files_read} of {column.files_read} files, {month.seconds:.2f} s. The same month asked for by a "
            f"function of the time reads all of them and one column more: {disguised.seconds:.2f} s. Spark doesn't "
            "know that folder and time say the same.",
            "A plain comparison is handed to the reader (`PushedFilters`), which skips row groups by their least and "
            f"largest values: {number.read_bytes / 1e6:,.2f} MB for a day's trips by number, since the files are in "
            "that order and have row groups of 50,000 trips. In unordered files it would skip nothing.",
            f"What the plan says is a wish: the same day asked for by its time read {day.read_bytes / 1e6:,.2f} MB, "
            "though the plan names the comparison. Spark 3.5 hands no time without a zone (TIMESTAMP_NTZ) on to "
            "Parquet, and such are the times of this lake. Its months are folders: name them. And count bytes.",
            "Conditions on a cast or a function of a column, and on Python functions, are not pushed down: look for "
            "them in the plan's Filter and miss them in the scan. Bytes read are what a warehouse by the byte or a "
            "slow network charge for; from a local disk's cache they are nearly free.",
        ],
        (results[2].name, results[3].name, results[4].name, results[5].name),
    )


PUSHDOWN = Lesson(
    "pushdown",
    "Pushdown on partitioned Parquet",
    "How much of a table is read for a question about some of its rows and columns?",
    teach,
    (one_month, one_month_in_disguise, one_day, by_number),
)
