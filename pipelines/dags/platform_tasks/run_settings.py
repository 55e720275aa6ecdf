"""The part of the settings file that the orchestration itself needs; ingest checks the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airflow.exceptions import AirflowFailException

_MEND = "Deploy again (npm start), which rewrites the file."


@dataclass(frozen=True)
class DuckDb:
    file: Path
    lock: Path


@dataclass(frozen=True)
class BigQuery:
    project: str
    location: str
    maximum_bytes_billed: int
    impersonate: str | None
    """Account that dbt acts as; None for the one that it runs as."""


@dataclass(frozen=True)
class SparkBatch:
    """What a serverless batch is submitted with; the names are those of Dataproc's API."""

    main_uri: str
    package_uris: list[str]
    runtime_config: dict[str, Any]
    execution_config: dict[str, Any]
    history_server: str | None


@dataclass(frozen=True)
class Spark:
    lake: str
    """Address of the clean zone."""

    reports: str
    memory: str
    """Of a session beside Airflow."""

    batch: SparkBatch | None
    """None where the job runs beside Airflow."""


@dataclass(frozen=True)
class RunSettings:
    file: Path
    project: str
    location: str
    runs: Path
    logs: Path
    warehouse: DuckDb | BigQuery
    datasets: dict[str, str]
    has_postgres: bool
    spark: Spark | None

    @classmethod
    def load(cls, file: Path | None) -> RunSettings:
        """Read the file at run time. Raises AirflowFailException, which isn't retried, and says what is missing."""
        if file is None:
            raise AirflowFailException(
                "PIPELINE_SETTINGS isn't set. It names the settings file that a deployment writes."
            )
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
            paths = document["paths"]
            return cls(
                file=file,
                project=str(document["projectId"]),
                location=str(document["location"]),
                runs=Path(paths["runs"]),
                logs=Path(paths["logs"]),
                warehouse=_big_query(document) if document["target"] == "cloud" else _duck_db(document["warehouse"]),
                datasets={name: str(document["datasets"][name]) for name in ("landed", "lake", "staging", "marts")},
                has_postgres=document.get("postgres") is not None,
                spark=_spark(document["spark"], document["lake"]) if document.get("spark") else None,
            )
        except FileNotFoundError:
            raise AirflowFailException(f"There is no settings file at {file}. {_MEND}") from None
        except KeyError as missing:
            raise AirflowFailException(f"The settings file {file} has no {missing}. {_MEND}") from None
        except (ValueError, TypeError) as error:
            raise AirflowFailException(f"The settings file {file} can't be read: {error}. {_MEND}") from None


def _duck_db(warehouse: Mapping[str, Any]) -> DuckDb:
    return DuckDb(file=Path(warehouse["file"]), lock=Path(warehouse["lockFile"]))


def _big_query(document: Mapping[str, Any]) -> BigQuery:
    identities = document.get("identities")
    return BigQuery(
        project=str(document["projectId"]),
        location=str(document["location"]),
        maximum_bytes_billed=int(document["warehouse"]["maximumBytesBilled"]),
        impersonate=str(identities["transform"]) if identities else None,
    )


def _spark(spark: Mapping[str, Any], lake: Mapping[str, Any]) -> Spark:
    batch = spark["batch"]
    return Spark(
        lake=str(lake["clean"]),
        reports=str(spark["reports"]),
        memory=str(spark["memory"]),
        batch=_spark_batch(batch) if batch else None,
    )


def _spark_batch(batch: Mapping[str, Any]) -> SparkBatch:
    return SparkBatch(
        main_uri=str(batch["mainUri"]),
        package_uris=list(batch["packageUris"]),
        runtime_config=dict(batch["runtime"]),
        execution_config=dict(batch["execution"]),
        history_server=batch["historyServer"],
    )
