"""One run of a job: plan, compute what differs, publish."""

from __future__ import annotations

import sys
import time

from pyspark.sql import functions as F

from trips_spark.arguments import Arguments
from trips_spark.compute import Computation, Outcome
from trips_spark.counts import count_parts, miscounted, part_schema
from trips_spark.errors import CorruptFile, JobError, PassingTrouble
from trips_spark.failures import explained, is_of_spark
from trips_spark.input import read_zones
from trips_spark.jobs import JOBS
from trips_spark.lake import CleanLake, Delivery
from trips_spark.metrics import read_metrics
from trips_spark.plan import fingerprint, make_plan, report_fingerprint
from trips_spark.publication import Part, Pointer, Publication, Report, merged
from trips_spark.session import Session
from trips_spark.storage.addresses import below, for_spark
from trips_spark.storage.places import storage_of
from trips_spark.summary import Summary

_UNREADABLE = "mend --input or --output, or let the job's account read there; only Dataproc's Spark knows gs://"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


class Run:
    def __init__(self, arguments: Arguments, session: Session) -> None:
        self._arguments = arguments
        self._session = session
        self._job = JOBS[arguments.job]
        self._lake = CleanLake(storage_of(arguments.input, session), arguments.input)
        self._storage = storage_of(arguments.output, session)
        self._publication = Publication(self._storage, arguments.output, arguments.job)
        self._summary = Summary(arguments.job, arguments.run_id, self._publication.address)

    def execute(self) -> Summary:
        """Raises JobError when nothing could be done at all; what concerns single files is in the summary."""
        start, started = time.perf_counter(), self._session.start_seconds
        arguments, summary = self._arguments, self._summary
        try:
            deliveries = self._lake.deliveries(arguments.services, arguments.months)
            zones = self._lake.zones() if self._job.report else None
            before = self._publication.read()
        except OSError as error:
            raise JobError(f"can't be read: {error}", f"{arguments.input}, {arguments.output}", _UNREADABLE) from error
        everything = arguments.services is None and arguments.months is None
        plan = make_plan(self._job, deliveries, before, self._publication, everything, arguments.force)
        summary.unchanged = [str(delivery) for delivery in deliveries if delivery not in plan.todo]
        summary.gone = [part.key for part in plan.gone]
        path = None
        if plan.todo or plan.gone or self._is_stale(before.report, tuple(plan.kept), zones):
            path = self._work(before, plan.todo, plan.kept, zones)
        summary.session_seconds = self._session.start_seconds - started
        summary.seconds = time.perf_counter() - start - summary.session_seconds
        if path is not None:
            self._publication.write_summary(path, summary.to_json())
        return summary

    def _work(self, before: Pointer, todo: list[Delivery], kept: list[Part], zones: Delivery | None) -> str:
        """The path of what it made."""
        arguments, summary = self._arguments, self._summary
        path = self._publication.begin(arguments.run_id, before)
        spark = self._session()
        computation = Computation(spark, self._job, self._storage, self._publication.at(path), say)
        new = self._judged(computation, path, computation.parts(todo, arguments.parallel))
        parts = merged(kept, new)
        report = before.report
        if zones is not None and parts and self._is_stale(report, parts, zones):
            report = self._make_report(path, parts, zones)
        after = Pointer(parts, report)
        if after.paths != before.paths:
            self._publication.publish(before, after)
            summary.published = True
        summary.metrics = read_metrics(spark)
        if not summary.metrics.is_local:
            summary.usd = round(summary.metrics.vcpu_hours * arguments.usd_per_vcpu_hour, 4)
        return path

    def _judged(self, computation: Computation, path: str, outcomes: list[Outcome]) -> list[Part]:
        """The parts that count; why the others don't goes to the summary."""
        summary, parts = self._summary, []
        counts = count_parts(computation, [outcome for outcome in outcomes if outcome.error is None])
        for outcome in outcomes:
            name, error = str(outcome.delivery), outcome.error
            trips, rows = counts.get(name, (0, 0))
            if error is None and not self._lake.is_current(outcome.delivery):
                error = PassingTrouble(f"{name} was replaced while it was read", outcome.delivery.address, "run again")
            error = error or miscounted(outcome, trips)
            if isinstance(error, CorruptFile) and self._arguments.skip_corrupt:
                summary.skipped[name] = f"{error.what} ({error.where})"
            elif error is not None:
                summary.fail(name, error)
            else:
                delivery = outcome.delivery
                made = (self._arguments.run_id, fingerprint(self._job, delivery), trips, rows)
                parts.append(Part(delivery.service, delivery.month, *made, f"{path}/{outcome.path}"))
                summary.computed.append(name)
                summary.notes += outcome.notes
        summary.rows_in = sum(part.rows_in for part in parts)
        summary.rows_out = sum(part.rows_out for part in parts)
        return parts

    def _is_stale(self, report: Report | None, parts: tuple[Part, ...], zones: Delivery | None) -> bool:
        if zones is None:
            return False
        fresh = report is not None and report.fingerprint == report_fingerprint(self._job, parts, zones)
        return not (fresh and report is not None and self._publication.is_there(report.path))

    def _make_report(self, path: str, parts: tuple[Part, ...], zones: Delivery) -> Report:
        assert self._job.report is not None
        spark = self._session()
        spark.sparkContext.setJobDescription(f"{self._job.name}: report")
        target = for_spark(self._publication.at(f"{path}/report"))
        files = [for_spark(below(self._publication.address, part.path)) for part in parts]
        try:
            read = spark.read.schema(part_schema(spark, self._job)).parquet(*files)
            self._job.report(read, read_zones(spark, zones)).write.mode("overwrite").parquet(target)
            rows = int(spark.read.parquet(target).agg(F.count("*")).collect()[0][0])
        except Exception as error:
            raise (explained(error, zones.address) if is_of_spark(error) else error) from error
        self._summary.report_rows = rows
        self._summary.report_path = f"{path}/report"
        return Report(self._arguments.run_id, report_fingerprint(self._job, parts, zones), rows, f"{path}/report")
