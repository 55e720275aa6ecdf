"""What a run has to compute: what differs from what is published."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from trips_spark import JOBS_VERSION
from trips_spark.jobs.job import Job
from trips_spark.lake import Delivery
from trips_spark.publication import Part, Pointer, Publication


@dataclass(frozen=True)
class Plan:
    """`todo` are to be computed, `kept` count as they are, `gone` were published and are in the lake no more."""

    todo: list[Delivery]
    kept: list[Part]
    gone: list[Part]


def make_plan(
    job: Job, deliveries: list[Delivery], pointer: Pointer, publication: Publication, everything: bool, force: bool
) -> Plan:
    """`everything`: the deliveries are all that the lake has, so that other parts have lost their rows."""
    published = {part.key: part for part in pointer.parts}

    def is_unchanged(delivery: Delivery) -> bool:
        part = published.get(str(delivery))
        return part is not None and part.fingerprint == fingerprint(job, delivery) and publication.is_there(part.path)

    todo = [delivery for delivery in deliveries if force or not is_unchanged(delivery)]
    wanted = {str(delivery) for delivery in deliveries}
    gone = [part for part in pointer.parts if everything and part.key not in wanted]
    return Plan(todo, [part for part in pointer.parts if part not in gone], gone)


def fingerprint(job: Job, delivery: Delivery) -> str:
    """Of what a part is made from: the same rows and the same code give the same part."""
    return _digest([JOBS_VERSION, job.name, delivery.load_id])


def report_fingerprint(job: Job, parts: Iterable[Part], zones: Delivery) -> str:
    return _digest([JOBS_VERSION, job.name, zones.load_id, *(f"{part.key} {part.fingerprint}" for part in parts)])


def _digest(of: list[str]) -> str:
    return hashlib.sha256("\n".join(of).encode()).hexdigest()[:16]
