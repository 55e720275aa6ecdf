"""What is asked of BigQuery, request by request, and what its refusals become: the emulator enforces none of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import ingest.bigquery.jobs
from bigquery_emulator import Answer, BigQueryEmulator, Request, refusal
from cloud_deployment import MAXIMUM_BYTES, SCHEMAS, CloudDeployment, make_cloud_deployment
from cloud_storage import CloudStorage
from conftest import CONTRACTS, ROOT, ROW, month, write_csv, write_zones
from ingest.bigquery.schema import schema_of
from test_eras import ERAS, write_era
from test_warehouses import make_marts

KEY = month("2019-01")
LAND = ("land", "--service", "yellow", "--file-month", "2019-01")


@pytest.fixture
def deployed(bigquery_emulator: BigQueryEmulator, cloud_storage: CloudStorage, tmp_path: Path) -> CloudDeployment:
    return make_cloud_deployment(tmp_path / "dev", bigquery_emulator, cloud_storage)


@pytest.fixture
def cleaned(deployed: CloudDeployment, samples: Path) -> CloudDeployment:
    """January is clean and hasn't landed."""
    write_zones(samples)
    write_csv(samples, ROW, ROW)
    assert deployed.run("plan", "--source", str(samples)) == 0
    for stage in ("fetch", "clean"):
        assert deployed.run(stage, "--service", "yellow", "--file-month", "2019-01") == 0
    deployed.emulator.forget()
    return deployed


def test_a_month_is_landed_by_one_load_job(cleaned: CloudDeployment) -> None:
    assert cleaned.run(*LAND, run="scheduled__2026-01-01T00:00:00+00:00") == 0
    [job] = cleaned.emulator.jobs("load")
    project = cleaned.settings.project_id
    assert job.path == f"/bigquery/v2/projects/{project}/jobs"
    assert job.body["jobReference"] == {"jobId": job_id(job), "location": "europe-west1", "projectId": project}
    assert job_id(job).startswith("ingest-land-yellow-2019-01-")
    load = dict(job.configuration["load"])
    assert load.pop("schema")["fields"] == expected_fields("yellow_trips")
    assert load == {
        "sourceUris": [f"{cleaned.outside.roots['clean']}/yellow/month=2019-01/trips.parquet"],
        "sourceFormat": "PARQUET",
        "destinationTable": {"projectId": project, "datasetId": "trips_landed", "tableId": "yellow_trips$201901"},
        "writeDisposition": "WRITE_TRUNCATE_DATA",
        "createDisposition": "CREATE_NEVER",
    }
    assert job.configuration["labels"] == {
        "workload": "ingest",
        "environment": "dev",
        "command": "ingest-land-yellow-2019-01",
        "run": "scheduled__2026-01-01t00-00-00-00-00",
        "service": "yellow",
        "file_month": "2019-01",
    }


def test_zones_replace_the_whole_table(cleaned: CloudDeployment) -> None:
    for stage in ("fetch", "clean", "land"):
        assert cleaned.run(stage, "--service", "zones") == 0
    [job] = cleaned.emulator.jobs("load")
    assert job.configuration["load"]["destinationTable"]["tableId"] == "zones"


def test_every_query_is_bounded_labelled_and_at_home(cleaned: CloudDeployment) -> None:
    assert cleaned.run(*LAND) == 0
    assert cleaned.run("status") == 0
    jobs = cleaned.emulator.jobs("query")
    assert len(jobs) >= 8
    for job in jobs:
        assert job.body["configuration"]["query"]["maximumBytesBilled"] == str(MAXIMUM_BYTES)
        assert job.body["configuration"]["query"]["useLegacySql"] is False
        assert job.body["configuration"]["labels"]["workload"] == "ingest"
        assert job.body["jobReference"]["location"] == "europe-west1"


def test_every_query_of_a_landed_table_has_a_filter_on_its_partitions(cleaned: CloudDeployment) -> None:
    """`requirePartitionFilter`, which the emulator doesn't enforce."""
    assert cleaned.run(*LAND) == 0
    assert cleaned.run("status") == 0
    asked = [
        part for job in cleaned.emulator.jobs("query") for part in text(job).split("UNION ALL") if "_trips`" in part
    ]
    landed = [part for part in asked if "trips_landed." in part]
    assert len(landed) >= 6
    assert [part for part in landed if "WHERE file_month " not in part] == []


def test_what_landing_asks_for_reads_its_month_alone(cleaned: CloudDeployment) -> None:
    assert cleaned.run(*LAND) == 0
    asked = [text(job) for job in cleaned.emulator.jobs("query") if "_trips`" in text(job)]
    assert len(asked) == 2
    assert all("WHERE file_month = DATE '2019-01-01'" in query for query in asked)


def test_the_receipt_is_merged_with_typed_parameters(cleaned: CloudDeployment) -> None:
    assert cleaned.run(*LAND) == 0
    [merge] = [job for job in cleaned.emulator.jobs("query") if text(job).startswith("MERGE")]
    assert f"`{cleaned.settings.project_id}.trips_landed.load_receipts`" in text(merge)
    given = merge.configuration["query"]["queryParameters"]
    kinds = {item["name"]: item["parameterType"]["type"] for item in given}
    assert kinds["file_month"] == "DATE"
    assert kinds["synthetic"] == "BOOL"
    assert kinds["rows_accepted"] == "INT64"
    assert {item["name"]: item["parameterValue"]["value"] for item in given}["file_month"] == "2019-01-01"


def test_the_same_run_asks_for_the_same_job_and_another_run_for_another(cleaned: CloudDeployment) -> None:
    for run in ("r1", "r1", "r2"):
        assert cleaned.run(*LAND, run=run) == 0
        cleaned.query("DELETE FROM trips_landed.load_receipts WHERE true")
    first, again, other = map(job_id, cleaned.emulator.jobs("load"))
    assert first == again != other


def test_a_job_that_failed_before_is_followed_by_one_with_another_id(cleaned: CloudDeployment) -> None:
    """An id is used up for ever. The emulator keeps no failed jobs, so its answers are given here."""
    failed: list[str] = []

    def fails_once(request: Request) -> Answer | None:
        if "load" in request.configuration:
            if not failed:
                failed.append(job_id(request))
                return 200, failed_job(request)
            if job_id(request) == failed[0]:
                return refusal(409, "duplicate", "Already Exists")
        if failed and request.method == "GET" and request.path.endswith(f"/jobs/{failed[0]}"):
            return 200, failed_job(cleaned.emulator.jobs("load")[0])
        return None

    cleaned.emulator.answers.append(fails_once)
    assert cleaned.run(*LAND) == 1
    assert cleaned.query("SELECT count(*) FROM trips_landed.load_receipts") == [(0,)]
    assert cleaned.run(*LAND) == 0
    ids = [job_id(job) for job in cleaned.emulator.jobs("load")]
    assert [one.rpartition("-")[2] for one in ids] == ["0", "0", "1"]
    assert cleaned.query("SELECT rows_accepted FROM trips_landed.load_receipts") == [(2,)]


@pytest.mark.parametrize("file", sorted(SCHEMAS.glob("*.json")), ids=lambda file: str(file.stem))
def test_the_schema_of_a_load_job_is_terraforms(file: Path, deployed: CloudDeployment) -> None:
    fields = [field.to_api_repr() for field in schema_of(deployed.contracts.tables[file.stem])]
    assert fields == expected_fields(file.stem)


#: https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#parquet_conversions
LOADED_AS = {
    "StringType()": "STRING",
    "IntType(bitWidth=64, isSigned=1)": "INTEGER",
    "DateType()": "DATE",
    "BooleanType": "BOOLEAN",
}


@pytest.mark.parametrize("era", [era for era in ERAS if "refused" not in era][::3], ids=lambda era: str(era["service"]))
def test_bigquery_reads_each_column_of_a_clean_object_as_the_contract_types_it(
    deployed: CloudDeployment, samples: Path, era: dict[str, Any]
) -> None:
    """By the file's own types: a wall-clock time isn't adjusted to UTC, money is a decimal."""
    write_zones(samples)
    write_era(era, samples)
    deployed.load(samples, "--services", era["service"])
    with deployed.lake.clean_object(month(era["from"], era["service"])).reading() as clean:
        rows = duckdb.sql(
            f"SELECT name, type, logical_type, converted_type, repetition_type FROM parquet_schema('{clean}')"
        )
        there = {name: (kind, logical or converted, how) for name, kind, logical, converted, how in rows.fetchall()[1:]}
    for field in schema_of(deployed.contracts.of_service(era["service"])):
        kind, logical, repetition = there[field.name]
        assert repetition == "OPTIONAL", "what a REQUIRED column wouldn't take"
        assert loaded_as(kind, logical) == (field.field_type, field.precision, field.scale), field.name


def loaded_as(kind: str, logical: str) -> tuple[str, int | None, int | None]:
    if logical.startswith("DecimalType"):
        digits = dict(part.split("=") for part in logical.removeprefix("DecimalType(").rstrip(")").split(", "))
        return "NUMERIC", int(digits["precision"]), int(digits["scale"])
    if logical.startswith("TimestampType"):
        assert "MICROS" in logical
        return ("DATETIME" if "isAdjustedToUTC=0" in logical else "TIMESTAMP"), None, None
    if logical in ("None", "INT_64") and kind == "INT64":
        return "INTEGER", None, None
    return {"UTF8": "STRING", "DATE": "DATE"}.get(logical) or LOADED_AS[logical], None, None


Where = Callable[[Request], bool]

REFUSALS: list[tuple[str, Where, Answer, int, list[str]]] = [
    (
        "a query that may not read",
        lambda request: "query" in request.configuration,
        refusal(
            403,
            "accessDenied",
            "Access Denied: Table acme:trips_landed.load_receipts: User does not have permission "
            "bigquery.tables.getData for table acme:trips_landed.load_receipts.",
        ),
        1,
        ["roles/bigquery.dataViewer", "the dataset trips_landed"],
    ),
    (
        "a load that may not write",
        lambda request: "load" in request.configuration,
        refusal(
            403,
            "accessDenied",
            "Access Denied: Table acme:trips_landed.yellow_trips: Permission bigquery.tables.updateData denied on "
            "table acme:trips_landed.yellow_trips (or it may not exist).",
        ),
        1,
        ["roles/bigquery.dataEditor", "the dataset trips_landed"],
    ),
    (
        "no jobs at all",
        lambda request: "query" in request.configuration,
        refusal(
            403,
            "accessDenied",
            "Access Denied: Project acme: User does not have bigquery.jobs.create permission in project acme.",
        ),
        1,
        ["roles/bigquery.jobUser", "the project acme-"],
    ),
    (
        "an object that may not be read",
        lambda request: "load" in request.configuration,
        refusal(
            403,
            "accessDenied",
            "Access Denied: File gs://acme-lake-clean/x.parquet: ingest@acme.iam.gserviceaccount.com does not have "
            "storage.objects.get access to the Google Cloud Storage object.",
        ),
        1,
        ["roles/storage.objectViewer", "the bucket acme-lake-clean"],
    ),
    (
        "a table that isn't there",
        lambda request: request.method == "GET" and "/tables/" in request.path,
        refusal(404, "notFound", "Not found: Table acme:trips_landed.yellow_trips"),
        1,
        ["Table acme:trips_landed.yellow_trips", "deploy first: npm run deploy -- dev"],
    ),
    (
        "a dataset that isn't there",
        lambda request: "query" in request.configuration,
        refusal(404, "notFound", "Not found: Dataset acme:trips_landed was not found in location europe-west1"),
        1,
        ["Dataset acme:trips_landed", "deploy first: npm run deploy -- dev"],
    ),
    (
        "too many bytes",
        lambda request: "query" in request.configuration,
        refusal(
            400,
            "bytesBilledLimitExceeded",
            "Query exceeded limit for bytes billed: 10737418240. 21474836480 or higher required.",
        ),
        1,
        ["21,474,836,480 bytes", "10,737,418,240 are allowed", "maximumBytesBilled", "config/dev.yaml"],
    ),
    (
        "a quota",
        lambda request: "load" in request.configuration,
        refusal(
            403, "quotaExceeded", "Quota exceeded: Your table exceeded quota for imports or query appends per table."
        ),
        75,
        ["Quota exceeded"],
    ),
    (
        "too many at once",
        lambda request: "query" in request.configuration,
        refusal(429, "rateLimitExceeded", "Exceeded rate limits: too many concurrent queries"),
        75,
        ["Exceeded rate limits"],
    ),
    (
        "a service that is down",
        lambda request: "query" in request.configuration,
        refusal(503, "backendError", "Visibility check was unavailable. Please retry."),
        75,
        ["Visibility check"],
    ),
    (
        "somebody else's change",
        lambda request: text(request).startswith("MERGE"),
        refusal(
            400,
            "invalidQuery",
            "Could not serialize access to table acme:trips_landed.load_receipts due to concurrent update",
        ),
        75,
        ["Could not serialize"],
    ),
    (
        "too many changes of one table",
        lambda request: text(request).startswith("MERGE"),
        refusal(
            400,
            "resourcesExceeded",
            "Resources exceeded during query execution: Too many DML statements outstanding against table "
            "acme:trips_landed.load_receipts, limit is 20.",
        ),
        75,
        ["Too many DML statements"],
    ),
    (
        "a query that is too big",
        lambda request: text(request).startswith("MERGE"),
        refusal(400, "resourcesExceeded", "Resources exceeded during query execution: Not enough resources for query"),
        1,
        ["Not enough resources"],
    ),
    (
        "anything else",
        lambda request: "load" in request.configuration,
        refusal(
            400, "invalid", "Error while reading data, error message: Parquet column 'fare_amount' has type DOUBLE"
        ),
        1,
        ["Parquet column 'fare_amount' has type DOUBLE"],
    ),
]


@pytest.mark.parametrize(("name", "where", "answer", "code", "words"), REFUSALS, ids=[item[0] for item in REFUSALS])
def test_a_refusal_says_what_and_how_to_mend_it(
    name: str,
    where: Where,
    answer: Answer,
    code: int,
    words: list[str],
    cleaned: CloudDeployment,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ingest.bigquery.jobs, "PATIENCE_SECONDS", 0.1)
    cleaned.emulator.answers.append(lambda request: answer if where(request) else None)
    assert cleaned.run(*LAND) == code, name
    said = capsys.readouterr().err
    assert [word for word in words if word not in said] == [], said
    assert said.count("\n  where: ") == said.count("\n  mend:  ") == 1
    assert "http://" not in said, "Google's words, without the request"


def test_a_server_that_is_gone_is_passing_trouble(
    cleaned: CloudDeployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ingest.bigquery.jobs, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setenv("BIGQUERY_EMULATOR_HOST", "http://127.0.0.1:9")
    assert cleaned.run(*LAND) == 75
    assert "BigQuery broke off" in capsys.readouterr().err


def test_nobody_logged_in_is_said(
    cleaned: CloudDeployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", str(tmp_path / "nothing.json"))
    assert cleaned.run(*LAND) == 1
    assert "gcloud auth application-default login" in capsys.readouterr().err


def expected_fields(table: str) -> list[dict[str, Any]]:
    fields = json.loads((SCHEMAS / f"{table}.json").read_text())
    digits = ("precision", "scale")
    return [
        {name: int(value) if name in digits else value for name, value in field.items() if name != "description"}
        for field in fields
    ]


def job_id(request: Request) -> str:
    return str(request.body["jobReference"]["jobId"])


def text(request: Request) -> str:
    return str(request.configuration.get("query", {}).get("query", ""))


def failed_job(request: Request) -> dict[str, Any]:
    error = {"reason": "invalid", "message": "Error while reading data"}
    status = {"state": "DONE", "errorResult": error, "errors": [error]}
    return {**request.body, "kind": "bigquery#job", "status": status}


def test_every_statement_that_is_sent_is_among_those_that_google_analyses(cleaned: CloudDeployment) -> None:
    """`__tests__/googlesql` puts what this script writes before Google's own analyzer."""
    script = ROOT / "pipelines" / "googlesql" / "src" / "ingest_statements.py"
    command = [sys.executable, str(script), cleaned.settings.project_id, str(CONTRACTS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipelines" / "ingest" / "src")}
    written = subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout
    analysed = {json.loads(line)["sql"] for line in written.splitlines()}
    for stage in ("fetch", "clean", "land"):
        assert cleaned.run(stage, "--service", "zones") == 0
    assert cleaned.run(*LAND) == 0
    make_marts(cleaned)
    cleaned.emulator.forget()
    assert [cleaned.run(stage) for stage in ("status", "export", "summary")] == [0, 0, 0]
    assert cleaned.run("freshness", "--max-age-days", "100000") == 0
    assert cleaned.run(*LAND, "--force") == 0
    sent = {text(job) for job in cleaned.emulator.jobs("query")}
    assert len(sent) == 10
    assert [query for query in sent if query not in analysed] == []
