"""Pre-joined and bucketed tables: the shuffle is paid once, when they are written."""

from __future__ import annotations

import shutil

from pyspark.sql import DataFrame, DataFrameWriter
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant
from labs.trips import make_keys

NUMBER = 8

#: Neither side is to be broadcast: they stand for two large tables.
_LARGE = {"spark.sql.autoBroadcastJoinThreshold": "-1"}


def report(joined: DataFrame) -> DataFrame:
    return joined.groupBy(F.substring("label", 1, 1)).agg(F.sum("total_amount"))


def from_files(lab: Lab) -> DataFrame:
    return report(lab.trips().join(lab.keys(lab.rows), F.col("trip_number") == F.col("key")))


def from_buckets(lab: Lab) -> DataFrame:
    trips, keys = lab.spark.table("trips_in_buckets"), lab.spark.table("keys_in_buckets")
    return report(trips.join(keys, F.col("trip_number") == F.col("key")))


def from_joined(lab: Lab) -> DataFrame:
    return report(lab.spark.read.parquet(lab.at("joined")))


def write_tables(lab: Lab) -> dict[str, float]:
    """Seconds that each took."""
    trips = lab.trips().select("trip_number", "total_amount", "pickup_zone_id")
    joined = trips.join(lab.keys(lab.rows), F.col("trip_number") == F.col("key"))

    def bucketed(table: DataFrame, name: str, by: str) -> None:
        writer: DataFrameWriter = table.repartition(NUMBER, by).write.bucketBy(NUMBER, by).sortBy(by)
        lab.spark.sql(f"drop table if exists {name}")
        shutil.rmtree(lab.scratch / name, ignore_errors=True)
        writer.option("path", lab.at(name)).saveAsTable(name)

    lab.set(VARIANTS[0])
    return {
        "trips in buckets": lab.seconds(lambda: bucketed(trips, "trips_in_buckets", "trip_number")),
        "keys in buckets": lab.seconds(lambda: bucketed(lab.keys(lab.rows), "keys_in_buckets", "key")),
        "joined": lab.seconds(lambda: joined.write.mode("overwrite").parquet(lab.at("joined"))),
    }


VARIANTS = [
    Variant("joined from files", from_files, _LARGE),
    Variant("joined from buckets", from_buckets, _LARGE),
    Variant("read joined", from_joined, _LARGE),
]


def teach(lab: Lab) -> Findings:
    make_keys(lab.data, [lab.rows])
    written = write_tables(lab)
    results = lab.run(VARIANTS)
    files, buckets, joined = (result.measured for result in results)
    cost = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in written.items())
    bucketed = written["trips in buckets"] + written["keys in buckets"]
    gained = files.seconds - buckets.seconds
    return Findings(
        results,
        [
            f"Tables bucketed and sorted by the key of the join are joined where they lie: no Exchange, "
            f"{buckets.seconds:.1f} s instead of {files.seconds:.1f} s. The join's result, kept, is read in "
            f"{joined.seconds:.1f} s.",
            f"Writing them cost: {cost}. "
            + (
                f"Buckets pay from the {_ordinal(bucketed / gained)} join on"
                if gained > 0.05
                else "Buckets gained nothing in this run"
            )
            + ", a kept join as soon as it is read more often than written; but it holds the label once for each trip, "
            "and is wrong as soon as a label changes.",
            "Both sides need the same number of buckets and the same types, and one file for each bucket (hence the "
            "repartition before writing). Buckets live in Spark's catalogue: who reads the folder as Parquet, as "
            "BigQuery and DuckDB do, has nothing of them. That is why the platform's lake has none.",
        ],
        (results[0].name, results[1].name),
    )


def _ordinal(times: float) -> str:
    number = int(times) + 1
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")


BUCKETS = Lesson(
    "buckets",
    "Bucketed and pre-joined tables",
    "The same two large tables are joined by the same key over and over. What is gained by laying them out for it?",
    teach,
    (from_files, from_buckets, write_tables),
)
