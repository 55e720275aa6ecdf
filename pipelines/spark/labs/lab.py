"""Where lessons are run: a session, generated trips, and a folder for what they write."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyspark.sql import DataFrame, Row, SparkSession

from labs.lesson import SETTINGS, Result, Variant
from labs.metrics import measure
from labs.plans import plan_of


@dataclass(frozen=True)
class Lab:
    """`data` is made by `trips.py`; `scratch` may be emptied. `repeat`: the best of so many runs counts."""

    spark: SparkSession
    rows: int
    data: Path
    scratch: Path
    repeat: int = 2

    def trips(self) -> DataFrame:
        return self.spark.read.parquet(f"file://{self.data}/trips")

    def zones(self) -> DataFrame:
        return self.spark.read.parquet(f"file://{self.data}/zones.parquet")

    def keys(self, size: int) -> DataFrame:
        """A table of so many keys, each with a label."""
        return self.spark.read.parquet(f"file://{self.data}/keys-{size}.parquet")

    def at(self, name: str) -> str:
        return f"file://{self.scratch}/{name}"

    def run(self, variants: Iterable[Variant]) -> list[Result]:
        return [self.result(variant) for variant in variants]

    def result(self, variant: Variant) -> Result:
        self.set(variant)
        found: list[Result] = []
        for _ in range(self.repeat):
            query = variant.query(self)
            answer: list[Row] = []
            measured = measure(self.spark, partial(self._act, variant, query, answer))
            found.append(Result(variant, measured, plan_of(query), sorted(answer, key=repr)))
        return min(found, key=lambda result: result.measured.seconds)

    def set(self, variant: Variant | None = None) -> None:
        for name, value in {**DEFAULTS, **SETTINGS, **(variant.settings if variant else {})}.items():
            self.spark.conf.set(name, value)

    def seconds(self, act: Callable[[], object]) -> float:
        return measure(self.spark, act).seconds

    def _act(self, variant: Variant, query: DataFrame, answer: list[Row]) -> None:
        if variant.write is None:
            answer += query.collect()
        else:
            shutil.rmtree(self.scratch / variant.write, ignore_errors=True)
            query.write.partitionBy(*variant.by).parquet(self.at(variant.write))


#: What variants may change, as it is without them.
DEFAULTS = {
    "spark.sql.autoBroadcastJoinThreshold": "10485760",
    "spark.sql.adaptive.advisoryPartitionSizeInBytes": "67108864",
    "spark.sql.adaptive.skewJoin.skewedPartitionThresholdInBytes": "268435456",
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "true",
    "spark.sql.files.maxPartitionBytes": "134217728",
    "spark.sql.files.openCostInBytes": "4194304",
}
