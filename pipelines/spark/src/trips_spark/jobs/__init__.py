"""The jobs, by name."""

from trips_spark.jobs.dedupe_trips import DEDUPE_TRIPS
from trips_spark.jobs.demand_by_hour import DEMAND_BY_HOUR
from trips_spark.jobs.job import Job
from trips_spark.jobs.revenue_report import REVENUE_REPORT
from trips_spark.jobs.zone_flows import ZONE_FLOWS

JOBS: dict[str, Job] = {job.name: job for job in (REVENUE_REPORT, DEMAND_BY_HOUR, DEDUPE_TRIPS, ZONE_FLOWS)}
