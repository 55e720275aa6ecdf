"""Each of the three hashes changed, or a store lost: what that makes necessary is loaded again, and nothing else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import psycopg
import pytest

from everything import everything
from processes import SOURCE, finish
from scene import STAGES, Scene, scene_fixture

pytestmark = pytest.mark.thorough
scene = scene_fixture()

MONTHS = ("green 2024-01", "green 2024-02", "yellow 2024-01", "yellow 2024-02")


def load(scene: Scene, run: str, source: Path = SOURCE) -> dict[str, str]:
    """The whole run, each command a process; gives why each delivery was loaded, by its name."""

    def ingest(*command: str) -> None:
        code, said = finish(scene.deployment, *command, run=run, source=source)
        assert code == 0, said

    ingest("plan", "--source", str(scene.data))
    plan = scene.deployment.result("plan", run)
    for item in [plan["zones"], *plan["deliveries"]]:
        month = ["--file-month", item["file_month"]] if item["file_month"] else []
        for stage in () if item["unchanged"] else STAGES:
            ingest(stage, "--service", item["service"], *month)
    scene.dbt.run()
    ingest("export")
    ingest("summary")
    return {name_of(item): item["why"] for item in [plan["zones"], *plan["deliveries"]] if not item["unchanged"]}


def name_of(item: dict[str, Any]) -> str:
    return " ".join(filter(None, (item["service"], item["file_month"])))


def stages_done(scene: Scene, run: str) -> set[str]:
    """Stages that did something, of whatever delivery."""
    lines = (scene.deployment.settings.runs / run / "progress.jsonl").read_text().splitlines()
    documents = [json.loads(line) for line in lines]
    return {line["stage"] for line in documents if line["status"] == "done" and line["stage"] in STAGES}


def test_other_bytes_reload_their_month(scene: Scene) -> None:
    scene.restore()
    assert load(scene, "changed") == {"yellow 2024-01": "the file changed"}
    assert everything(scene.deployment) == scene.after
    assert load(scene, "again") == {}


def test_another_contract_reloads_its_service_from_the_bytes_that_are_here(scene: Scene, tmp_path: Path) -> None:
    scene.restore()
    load(scene, "first")
    document = json.loads(scene.deployment.settings.contracts.read_text())
    document["tables"]["green_trips"]["hash"] = "f" * 64
    contracts = tmp_path / "contracts.json"
    contracts.write_text(json.dumps(document))
    settings = json.loads(scene.deployment.settings_file.read_text())
    scene.deployment.settings_file.write_text(json.dumps({**settings, "contracts": str(contracts)}))

    why = "the contract changed"
    assert load(scene, "changed") == {"green 2024-01": why, "green 2024-02": why}
    assert stages_done(scene, "changed") == {"clean", "land", "postgres"}
    assert load(scene, "again") == {}
    scene.deployment.settings_file.write_text(json.dumps(settings))
    assert load(scene, "back") == {"green 2024-01": why, "green 2024-02": why}
    assert everything(scene.deployment) == scene.after


def test_another_version_of_ingest_reloads_all_from_the_bytes_that_are_here(scene: Scene, tmp_path: Path) -> None:
    scene.restore()
    load(scene, "first")
    shutil.copytree(SOURCE, tmp_path / "src")
    version = tmp_path / "src" / "ingest" / "__init__.py"
    version.write_text(version.read_text() + '\nINGEST_VERSION = "next"\n')

    why = "the ingest version changed"
    assert load(scene, "changed", tmp_path / "src") == dict.fromkeys((*MONTHS, "zones"), why)
    assert stages_done(scene, "changed") == {"clean", "land", "postgres"}
    assert load(scene, "again", tmp_path / "src") == {}
    assert set(load(scene, "back")) == {*MONTHS, "zones"}
    assert everything(scene.deployment) == scene.after


def test_a_lost_postgres_is_filled_from_the_lake(scene: Scene) -> None:
    scene.restore()
    load(scene, "first")
    chosen = scene.deployment.settings.postgres
    assert chosen is not None
    with psycopg.connect(
        host=chosen.host, port=chosen.port, dbname="postgres", user=chosen.user, autocommit=True
    ) as it:
        for command in ("DROP DATABASE", "CREATE DATABASE"):
            it.execute(f"{command} {chosen.database}".encode())

    assert load(scene, "lost") == dict.fromkeys((*MONTHS, "zones"), "Postgres has no receipt")
    assert stages_done(scene, "lost") == {"postgres"}
    assert everything(scene.deployment) == scene.after
