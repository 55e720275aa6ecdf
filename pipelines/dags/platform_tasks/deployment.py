"""What a DAG must know of its deployment while it is parsed: environment variables only, so parsing reads no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PIPELINES = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class CloudRunJobNames:
    project: str
    region: str
    ingest: str
    dbt: str


@dataclass(frozen=True)
class Deployment:
    """The shape of the graph and the places of the programs; the rest stands in the settings file, read at run time."""

    target: str
    """Where the platform runs: `embedded` or `cloud`."""

    work: str
    """Where a task's work is done: `here`, in a child process of the task, or in `jobs` of Cloud Run."""

    jobs: CloudRunJobNames | None
    """The jobs; None where work is done here."""

    has_postgres: bool
    """Whether the graph has Postgres tasks; must agree with the settings' `postgres`, which `plan` checks."""

    has_spark: bool
    """Whether the graph has Spark's report; must agree with the settings' `spark`, which `plan` checks."""

    retries: int
    """Retries of a task that failed for no fault of its input."""

    retry_seconds: int
    """Wait before the first retry; each further one waits twice as long."""

    freshness_days: int | None
    """Age of the newest landed month, in days since its end, from which on scheduled runs fail. None: no such task."""

    settings: Path | None
    """The settings file that the deployment wrote."""

    data_python: Path | None
    """Interpreter of the data environment, in which ingest and dbt run."""

    ingest_source: Path
    """Folder that holds the package `ingest`."""

    dbt_project: Path

    spark_python: Path | None
    """Interpreter of the environment with Spark, for a deployment without batches."""

    spark_source: Path
    """Folder that holds the package `trips_spark`."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Deployment:
        """Read PIPELINE_*. An absent path is refused when a task needs it: a DAG can be parsed without a deployment."""

        def path(name: str) -> Path | None:
            return Path(environ[name]) if environ.get(name) else None

        target = _one_of(environ, "PIPELINE_TARGET", ("embedded", "cloud"))
        work = _one_of(environ, "PIPELINE_WORK", ("here", "jobs"))
        if (target, work) == ("embedded", "jobs"):
            raise ValueError("PIPELINE_WORK is 'jobs', but with PIPELINE_TARGET 'embedded' there is no Cloud Run.")
        return cls(
            target=target,
            work=work,
            jobs=_job_names(environ) if work == "jobs" else None,
            has_postgres=_flag(environ, "PIPELINE_POSTGRES", default=True),
            has_spark=_flag(environ, "PIPELINE_SPARK", default=False),
            retries=_count(environ, "PIPELINE_RETRIES", default=0),
            retry_seconds=_count(environ, "PIPELINE_RETRY_SECONDS", default=60),
            freshness_days=_count(environ, "PIPELINE_FRESHNESS_DAYS", default=0) or None,
            settings=path("PIPELINE_SETTINGS"),
            data_python=path("PIPELINE_DATA_PYTHON"),
            ingest_source=path("PIPELINE_INGEST_SOURCE") or _PIPELINES / "ingest" / "src",
            dbt_project=path("PIPELINE_DBT_PROJECT") or _PIPELINES / "dbt",
            spark_python=path("PIPELINE_SPARK_PYTHON"),
            spark_source=path("PIPELINE_SPARK_SOURCE") or _PIPELINES / "spark" / "src",
        )


def _job_names(environ: Mapping[str, str]) -> CloudRunJobNames:
    def name(variable: str) -> str:
        if not environ.get(variable):
            raise ValueError(f"The environment variable {variable} must be set where PIPELINE_WORK is 'jobs'.")
        return environ[variable]

    return CloudRunJobNames(
        project=name("PIPELINE_PROJECT"),
        region=name("PIPELINE_REGION"),
        ingest=name("PIPELINE_INGEST_JOB"),
        dbt=name("PIPELINE_DBT_JOB"),
    )


def _one_of(environ: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    """The first is the default."""
    value = environ.get(name) or values[0]
    if value not in values:
        raise ValueError(f"The environment variable {name} must be {' or '.join(values)}; it is {value!r}.")
    return value


def _flag(environ: Mapping[str, str], name: str, *, default: bool) -> bool:
    value = environ.get(name) or str(default).lower()
    if value not in ("true", "false"):
        raise ValueError(f"The environment variable {name} must be true or false; it is {value!r}.")
    return value == "true"


def _count(environ: Mapping[str, str], name: str, *, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal():
        raise ValueError(f"The environment variable {name} must be a whole number from 0 up; it is {value!r}.")
    return int(value)
