"""The lake in Cloud Storage: what no folder does. Writers that meet, answers that are lost, refusals, damage."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from google.cloud.storage.retry import DEFAULT_RETRY

import ingest.objects.cloud_store
import ingest.objects.cloud_upload
from cloud_storage import Answer, CloudStorage, Request, refusal
from conftest import ROW, Deployment, make_deployment, month, write_csv, write_zones
from ingest.clean import clean
from ingest.delivery import Delivery
from ingest.errors import PassingTrouble
from ingest.fetch import fetch
from ingest.lake import open_lake
from ingest.settings import load_settings
from outside import OutsideBuckets

JANUARY = month("2019-01")
MONTH = ("--service", "yellow", "--file-month", "2019-01")
OTHER = ROW.replace("9.75", "9.85")


@pytest.fixture
def cloud(tmp_path: Path, cloud_storage: CloudStorage, monkeypatch: pytest.MonkeyPatch) -> Deployment:
    """The client's own retries, in less time than its two minutes."""
    quick = DEFAULT_RETRY.with_delay(initial=0.01, maximum=0.02).with_timeout(1.5)
    monkeypatch.setattr(ingest.objects.cloud_store, "DEFAULT_RETRY", quick)
    monkeypatch.setattr(ingest.objects.cloud_upload, "DEFAULT_RETRY", quick)
    return make_deployment(tmp_path / "dev", None, outside=OutsideBuckets(cloud_storage))


@pytest.fixture
def loaded(cloud: Deployment, samples: Path) -> Deployment:
    write_zones(samples)
    write_csv(samples, ROW)
    cloud.load(samples)
    return cloud


def deliver(deployment: Deployment, samples: Path, *rows: str) -> None:
    file = write_csv(samples, *rows)
    fetch(open_lake(deployment.settings), Delivery(JANUARY, file.as_uri(), file.name, False))


def is_upload_of(name: str) -> Callable[[Request], bool]:
    return lambda request: request.method == "POST" and request.writes and request.name.endswith(name)


def once(when: Callable[[Request], bool], do: Callable[[], Answer | None]) -> Callable[[Request], Answer | None]:
    done: list[Request] = []

    def fault(request: Request) -> Answer | None:
        if done or not when(request):
            return None
        done.append(request)
        return do()

    return fault


def test_every_write_names_the_generation_that_it_replaces_and_the_sum_of_its_bytes(
    loaded: Deployment, samples: Path, cloud_storage: CloudStorage
) -> None:
    write_csv(samples, ROW, OTHER)
    loaded.load(samples, run="r2")
    writes = [request for request in cloud_storage.requests if request.writes]
    assert len(writes) > 12
    for request in writes:
        assert re.fullmatch(r"\d+", request.query["ifGenerationMatch"]), request
        if request.method == "POST":
            assert b'"crc32c": "' in request.body, request.name
    replaced = [request.query["ifGenerationMatch"] for request in writes if request.name.endswith("current.json")]
    assert replaced[:2] == ["0", "0"], "of zones and of January: there was none"
    assert int(replaced[2]) > 0


def test_of_two_processes_that_fetch_the_later_begins_anew(
    loaded: Deployment, samples: Path, cloud_storage: CloudStorage
) -> None:
    current = f"{loaded.lake.raw_folder(JANUARY)}/current.json"

    def somebody_else() -> None:
        loaded.outside.write(current, b'{"theirs": true}')

    file = write_csv(samples, OTHER)
    assert loaded.run("plan", "--source", str(samples), run="r2") == 0
    cloud_storage.faults.append(once(is_upload_of("current.json"), somebody_else))
    assert loaded.run("fetch", *MONTH, run="r2") == 75
    assert json.loads(loaded.outside.read(current)) == {"theirs": True}
    assert loaded.run("fetch", *MONTH, run="r2") == 0
    receipt = loaded.lake.raw_receipt(JANUARY)
    assert receipt is not None
    assert receipt.bytes == file.stat().st_size


@pytest.mark.parametrize("name", ["trips.parquet", "rejected.parquet", "2019-01.json"])
def test_of_two_processes_that_clean_one_wins_whole(
    name: str, loaded: Deployment, samples: Path, cloud_storage: CloudStorage
) -> None:
    """The other gets in between the first one's writes, with a delivery that came meanwhile; both are the same size."""
    table = loaded.contracts.of_service("yellow")
    deliver(loaded, samples, OTHER)

    def somebody_else() -> None:
        deliver(loaded, samples, ROW.replace("9.75", "9.95"))
        clean(open_lake(loaded.settings), JANUARY, table)

    cloud_storage.faults.append(once(is_upload_of(name), somebody_else))
    with pytest.raises(PassingTrouble, match="another process has changed the object"):
        clean(loaded.lake, JANUARY, table)
    assert loaded.run("plan", "--source", "lake", run="r2") == 0
    for stage in ("fetch", "clean", "land"):
        assert loaded.run(stage, *MONTH, run="r2") == 0
    assert loaded.query("SELECT CAST(total_amount AS VARCHAR) FROM trips_landed.yellow_trips") == [("9.95",)]
    assert [str(row[16]) for row in loaded.clean_rows(JANUARY)] == ["9.95"]


def test_a_receipt_is_believed_of_its_own_objects_only(loaded: Deployment, samples: Path) -> None:
    """Somebody puts the very bytes there again: the same size, another generation."""
    assert loaded.run("plan", "--source", str(samples), run="r2") == 0
    assert loaded.result("plan", "r2")["changed"] == []
    for kind in ("clean", "quarantine"):
        replaced = getattr(loaded.lake, f"{kind}_object")(JANUARY)
        loaded.outside.write(replaced, loaded.outside.read(replaced))
        plan = loaded.load(samples, run=kind)
        assert [f"the {kind} object isn't the one of" in item["why"] for item in plan["changed"]] == [True]


def test_an_upload_whose_answer_was_lost_is_taken_for_what_it_is(
    cloud: Deployment, samples: Path, cloud_storage: CloudStorage
) -> None:
    lost: list[str] = []

    def lose(request: Request, answer: Answer) -> Answer:
        if not request.writes or request.method == "DELETE" or request.name in lost:
            return answer
        lost.append(request.name)
        return refusal(503, "Backend Error")

    cloud_storage.after.append(lose)
    write_zones(samples)
    write_csv(samples, ROW)
    cloud.load(samples)
    assert len(lost) > 6, "every one of them"
    assert cloud.run("summary") == 0


def test_what_is_large_goes_in_pieces_and_goes_on_after_a_piece_was_refused(
    cloud: Deployment, samples: Path, cloud_storage: CloudStorage
) -> None:
    file = write_csv(samples, *(ROW.replace("9.75", f"{number}.00") for number in range(200_000)))
    assert file.stat().st_size > 2 * ingest.objects.cloud_upload.PIECE
    second = once(
        lambda request: f"bytes {ingest.objects.cloud_upload.PIECE}-" in request.headers.get("content-range", ""),
        lambda: refusal(503, "Backend Error"),
    )
    cloud_storage.faults.append(second)
    receipt = fetch(cloud.lake, Delivery(JANUARY, file.as_uri(), file.name, False)).receipt
    assert cloud.outside.read(cloud.lake.raw_object(JANUARY, receipt)) == file.read_bytes()
    pieces = [request for request in cloud_storage.requests if request.method == "PUT"]
    assert len(pieces) > 3


def fails(status: int, message: str) -> Callable[[Request], Answer | None]:
    return lambda request: refusal(status, message)


@pytest.mark.parametrize(
    ("status", "message", "code", "words"),
    [
        (503, "Backend Error", 75, ["Cloud Storage doesn't answer as it should: Backend Error (HTTP 503)"]),
        (429, "rateLimitExceeded", 75, ["rateLimitExceeded (HTTP 429)"]),
        (403, "x has no access", 1, ["x has no access (HTTP 403)", "the role roles/storage.objectViewer on gs://acme"]),
        (401, "Invalid Credentials", 1, ["cannot be refreshed", "gcloud auth application-default login"]),
        (400, "Bucket is requester pays", 1, ["Cloud Storage refused", "requester pays"]),
    ],
)
def test_what_cloud_storage_says_is_told_to_people(
    loaded: Deployment,
    cloud_storage: CloudStorage,
    capsys: pytest.CaptureFixture[str],
    status: int,
    message: str,
    code: int,
    words: list[str],
) -> None:
    cloud_storage.faults.append(fails(status, message))
    capsys.readouterr()
    assert loaded.run("clean", *MONTH, run="r2") == code
    said = capsys.readouterr().err
    for word in words:
        assert word in said
    assert "Traceback" not in said
    record = loaded.result("clean-yellow-2019-01", "r2")
    assert (record["status"], record["exit_code"]) == ("failed", code)
    assert record["message"] == said.strip().removeprefix("error: ")


def test_without_the_right_to_write_nothing_is_changed_and_the_role_is_named(
    loaded: Deployment, samples: Path, cloud_storage: CloudStorage, capsys: pytest.CaptureFixture[str]
) -> None:
    write_csv(samples, OTHER)
    assert loaded.run("plan", "--source", str(samples), run="r2") == 0
    before = {zone: loaded.outside.names(zone) for zone in loaded.outside.roots}
    cloud_storage.faults.append(lambda request: refusal(403, "no storage.objects.create") if request.writes else None)
    assert loaded.run("fetch", *MONTH, run="r2") == 1
    assert "roles/storage.objectUser on gs://acme" in capsys.readouterr().err
    assert {zone: loaded.outside.names(zone) for zone in loaded.outside.roots} == before


def test_a_bucket_that_is_not_there_is_told_from_an_object_that_is_not(
    cloud: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cloud.run("clean", *MONTH) == 1
    assert "nothing was fetched yet for yellow 2019-01" in capsys.readouterr().err
    settings = json.loads(cloud.settings_file.read_text())
    settings["lake"]["raw"] = "gs://acme-never-deployed"
    cloud.settings_file.write_text(json.dumps(settings))
    assert cloud.run("clean", *MONTH) == 1
    assert "there is no such bucket\n  where: gs://acme-never-deployed" in capsys.readouterr().err


def test_bytes_that_were_damaged_on_their_way_are_not_used(
    loaded: Deployment, cloud_storage: CloudStorage, capsys: pytest.CaptureFixture[str]
) -> None:
    def damage(request: Request, answer: Answer) -> Answer:
        if request.downloads and request.name.endswith(".csv"):
            answer.body = answer.body[:-3] + b"0" + answer.body[-2:]
        return answer

    before = loaded.clean_rows(JANUARY)
    cloud_storage.after.append(damage)
    assert loaded.run("clean", *MONTH, "--force", run="r2") == 75
    assert "their CRC32C differs" in capsys.readouterr().err
    assert loaded.clean_rows(JANUARY) == before


def test_a_server_that_is_not_there_may_be_there_later(
    loaded: Deployment, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORAGE_EMULATOR_HOST", "http://127.0.0.1:9")
    assert loaded.run("clean", *MONTH, run="r2") == 75
    assert "Cloud Storage doesn't answer as it should" in capsys.readouterr().err


def test_nothing_is_left_on_this_machine(loaded: Deployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    loaded.load("lake", run="r2")
    assert loaded.run("clean", *MONTH, "--force", run="r2") == 0
    assert list(scratch.iterdir()) == []
    assert not (loaded.folder / "lake").exists()


def test_what_was_read_is_read_no_further_than_its_footer_to_count_it(
    loaded: Deployment, cloud_storage: CloudStorage
) -> None:
    cloud_storage.requests.clear()
    assert loaded.lake.clean_object(JANUARY).parquet_rows() == 1
    [download] = [request for request in cloud_storage.requests if request.downloads]
    begin, _, end = download.headers["range"].removeprefix("bytes=").partition("-")
    assert int(end) - int(begin) < 1 << 20


def test_a_prefix_keeps_lakes_of_one_bucket_apart(cloud: Deployment, samples: Path) -> None:
    document = json.loads(cloud.settings_file.read_text())
    bucket = document["lake"]["raw"]
    document["lake"] = {zone: f"{bucket}/teams/a/{zone}" for zone in ("raw", "clean", "quarantine")}
    cloud.settings_file.write_text(json.dumps(document))
    write_zones(samples)
    write_csv(samples, ROW)
    cloud.load(samples)
    assert cloud.load(samples, run="r2")["changed"] == []
    assert [str(key) for key in open_lake(load_settings(cloud.settings_file)).received_months("yellow")] == ["2019-01"]
    names = cloud.outside.names("raw")
    assert all(name.startswith("teams/a/") for name in names)
    assert "teams/a/clean/_receipts/yellow/2019-01.json" in names
