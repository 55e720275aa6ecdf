"""Small files: the same rows in few files and in many."""

from __future__ import annotations

import shutil
from functools import partial

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant

FEW = 4
MANY = 200


def summed(lab: Lab, files: int) -> DataFrame:
    trips = lab.spark.read.parquet(lab.at(f"in-{files}-files"))
    return trips.groupBy("pickup_zone_id").agg(F.sum("total_amount").alias("total")).agg(F.max("total"))


def compacted(lab: Lab, files: int) -> DataFrame:
    return lab.spark.read.parquet(lab.at(f"in-{files}-files")).repartition(FEW)


def write_files(lab: Lab, files: int) -> None:
    """A month of trips."""
    lab.set()
    trips = lab.trips().where(F.col("month") == "2019-01").drop("month")
    trips.repartition(files).write.mode("overwrite").parquet(lab.at(f"in-{files}-files"))


def variants(many: int = MANY) -> list[Variant]:
    of_many = partial(summed, files=many)
    return [
        Variant(f"{FEW} files", partial(summed, files=FEW)),
        Variant(f"{many} files", of_many),
        Variant(f"{many} files, a task each", of_many, {"spark.sql.files.openCostInBytes": str(128 << 20)}),
        Variant("compacted: read and written once", partial(compacted, files=many), write="compacted"),
    ]


def teach(lab: Lab) -> Findings:
    for files in (FEW, MANY):
        write_files(lab, files)
    size = {files: _bytes(lab, files) for files in (FEW, MANY)}
    results = lab.run(variants())
    few, many, each, compact = (result.measured for result in results)
    for files in (FEW, MANY):
        shutil.rmtree(lab.scratch / f"in-{files}-files")
    return Findings(
        results,
        [
            f"The same rows took {many.seconds:.1f} s from {MANY} files and {few.seconds:.2f} s from {FEW}: every file "
            f"is listed, opened, and its footer read. They are larger as well, {size[MANY] / 1e6:,.0f} MB instead of "
            f"{size[FEW] / 1e6:,.0f}: dictionaries and compression begin anew in each.",
            f"Spark puts small files together into {many.tasks} tasks, reckoning each with 4 MB for its opening "
            f"(`spark.sql.files.openCostInBytes`); with a task for each it would be {each.seconds:.1f} s.",
            f"To compact them took {compact.seconds:.1f} s, once. Here files lie on a local disk; from an object store "
            "each opening is a request of some ten milliseconds, and is paid for.",
            "Small files come from too many partitions when they are written (see above), and from streams: the "
            "platform's clean zone has one file for each service and month, and the lakehouse tables compact theirs.",
        ],
    )


def _bytes(lab: Lab, files: int) -> int:
    return sum(file.stat().st_size for file in (lab.scratch / f"in-{files}-files").glob("*.parquet"))


SMALL_FILES = Lesson(
    "small-files",
    "Small files",
    "The same trips lie in few files or in many. What does a query pay for the many?",
    teach,
    (write_files, summed, compacted),
)
