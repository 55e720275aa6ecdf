"""Computes parts: a service's files together, and where that fails each alone, so that none costs another its part."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from trips_spark.errors import JobError
from trips_spark.failures import SessionLost, explained, is_of_spark
from trips_spark.input import check, read_trips
from trips_spark.jobs.job import Job
from trips_spark.lake import Delivery
from trips_spark.storage.addresses import below, for_spark
from trips_spark.storage.storage import Storage


@dataclass(frozen=True)
class Outcome:
    """Of one file: where its part lies, relative to the run's folder, or the error."""

    delivery: Delivery
    notes: list[str] = field(default_factory=list)
    error: JobError | None = None

    @property
    def path(self) -> str:
        return f"{self.delivery.service}/month={self.delivery.month}"


@dataclass(frozen=True)
class Computation:
    """`folder` is the address for the run's files, `storage` what it lies in; `say` tells of progress."""

    spark: SparkSession
    job: Job
    storage: Storage
    folder: str
    say: Callable[[str], None]

    def parts(self, deliveries: list[Delivery], parallel: int) -> list[Outcome]:
        """Raises JobError when nothing more can be computed; what concerns one file is in its outcome."""
        services = sorted({delivery.service for delivery in deliveries})
        of_services = [[delivery for delivery in deliveries if delivery.service == service] for service in services]
        with ThreadPoolExecutor(parallel, initializer=self._settings_in_this_thread) as pool:
            futures = [pool.submit(self._of_service, files) for files in of_services]
            try:
                return [outcome for future in futures for outcome in future.result()]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _settings_in_this_thread(self) -> None:
        """Casts and sums take settings from the thread that they are made in: else no overflow would be an error."""
        spark: Any = self.spark
        spark._jvm.SparkSession.setActiveSession(spark._jsparkSession)

    def _of_service(self, deliveries: list[Delivery]) -> list[Outcome]:
        start = time.perf_counter()
        checked = [self._checked(delivery) for delivery in deliveries]
        fit = [outcome for outcome in checked if outcome.error is None]
        together = len(fit) > 1 and self._together([outcome.delivery for outcome in fit])
        # A month without rows leaves no folder where months are written together.
        alone = [outcome for outcome in fit if not (together and self.storage.exists(below(self.folder, outcome.path)))]
        done = {str(outcome.delivery): self._alone(outcome) for outcome in alone}
        outcomes = [done.get(str(outcome.delivery), outcome) for outcome in checked]
        self._tell(outcomes, time.perf_counter() - start)
        return outcomes

    def _checked(self, delivery: Delivery) -> Outcome:
        try:
            return Outcome(delivery, check(self.spark, delivery))
        except SessionLost:
            raise
        except JobError as error:
            return Outcome(delivery, error=error)

    def _together(self, deliveries: list[Delivery]) -> bool:
        """Whether it went well; else the files are to be tried one by one, for the error needn't name its file, and
        without haste.
        """
        service = deliveries[0].service
        target = for_spark(below(self.folder, service))

        def write() -> None:
            part = self._part(deliveries, self.job.quick_part or self.job.part)
            of_month = part.withColumn("month", F.date_format("file_month", "yyyy-MM"))
            of_month.write.mode("overwrite").partitionBy("month").parquet(target)

        return self._attempt(service, write, target) is None

    def _alone(self, outcome: Outcome) -> Outcome:
        delivery, target = outcome.delivery, for_spark(below(self.folder, outcome.path))

        def write() -> None:
            self._part([delivery], self.job.part).write.mode("overwrite").parquet(target)

        error = self._attempt(str(delivery), write, delivery.address)
        return Outcome(delivery, outcome.notes, error)

    def _part(self, deliveries: list[Delivery], part: Callable[[DataFrame, str], DataFrame]) -> DataFrame:
        return part(read_trips(self.spark, deliveries), deliveries[0].service)

    def _attempt(self, what: str, act: Callable[[], None], address: str) -> JobError | None:
        self.spark.sparkContext.setJobDescription(f"{self.job.name}: {what}")
        try:
            act()
        except Exception as error:
            if not is_of_spark(error):
                raise
            meaning = explained(error, address)
            if isinstance(meaning, SessionLost):
                raise meaning from error
            return meaning
        return None

    def _tell(self, outcomes: Iterable[Outcome], seconds: float) -> None:
        good = [outcome.delivery for outcome in outcomes if outcome.error is None]
        if good:
            trips = sum(delivery.rows for delivery in good)
            self.say(f"{good[0].service}: {trips:,} trips of {len(good)} files, {seconds:.1f} s")
        for outcome in outcomes:
            if outcome.error is not None:
                self.say(f"{outcome.delivery}: {outcome.error.what}")
