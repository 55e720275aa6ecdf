"""The scene of every fault: months are loaded, dbt has built the marts, and one month is delivered again."""

from __future__ import annotations

import json
import shutil
import signal
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from conftest import Deployment, make_deployment
from dbt_project import DbtProject
from everything import Everything, everything
from ingest.cli import main
from ingest.fault_points import VARIABLE
from ingest.lake import open_lake
from ingest.settings import load_settings
from place import deploying
from postgres_server import PostgresServer
from processes import finish

REDELIVERED = ("--service", "yellow", "--file-month", "2024-01")
STAGES = ("fetch", "clean", "land", "postgres")


def scene_fixture() -> Any:
    """`scene = scene_fixture()` in a test module: all of them share one scene, since it takes seconds to make."""

    @pytest.fixture(scope="module")
    def scene(tmp_path_factory: pytest.TempPathFactory, postgres_server: PostgresServer) -> Iterator[Scene]:
        with deploying(tmp_path_factory) as (folder, dbt):
            yield _scene(folder, postgres_server, dbt)

    return scene


class Scene:
    def __init__(self, folder: Path, server: PostgresServer, dbt: DbtProject) -> None:
        self.folder = folder
        self.dbt = dbt
        self.data = folder / "data"
        self._server = server
        self._dev, self._loaded = folder / "dev", folder / "loaded"
        self._deliveries = folder / "deliveries"
        shutil.rmtree(self._dev, ignore_errors=True)
        self._prepare()

    def _prepare(self) -> None:
        first = ("--months", "2024-01,2024-02", "--rows", "300", "--seed", "1")
        second = ("--months", "2024-01", "--rows", "320", "--seed", "2", "--services", "yellow")
        for name, options in (("first", first), ("second", second)):
            assert main(["generate", "--out", str(self._deliveries / name), *options]) == 0
        self._deliver("first")
        self._template = self._server.new_database(self.folder)
        self.deployment = make_deployment(self._dev, self._template)
        self.dbt.run("--full-refresh", select="*")
        self.repeat("first")
        self.before = everything(self.deployment)
        shutil.copytree(self._dev, self._loaded)
        self.restore()
        self.repeat("clean")
        self.after = everything(self.deployment)
        assert self.before != self.after
        assert self.before.keys() < self.after.keys(), "the received file is kept beside the first one"

    def restore(self) -> Deployment:
        """Back to where the months are loaded, and the first of yellow is delivered again."""
        shutil.rmtree(self._dev, ignore_errors=True)
        shutil.copytree(self._loaded, self._dev)
        settings = json.loads((self._dev / "settings.json").read_text())
        settings["postgres"] = self._server.copy_of(self._template, self.folder)
        (self._dev / "settings.json").write_text(json.dumps(settings))
        loaded = load_settings(self._dev / "settings.json")
        old = self.deployment
        lake = open_lake(loaded)
        self.deployment = Deployment(self._dev, old.settings_file, loaded, old.contracts, lake, old.outside)
        self._deliver("first")
        self._deliver("second")
        return self.deployment

    def _deliver(self, name: str) -> None:
        shutil.copytree(self._deliveries / name, self.data, dirs_exist_ok=True)

    def repeat(self, run: str = "again") -> dict[str, Any]:
        """What `npm start` does: plan, the stages of what changed, dbt, export, summary. All must succeed."""
        plan = self.deployment.load(self.data, run=run)
        self.dbt.run()
        for command in ("export", "summary"):
            assert self.deployment.run(command, run=run) == 0
        return plan

    def expect_recovery(self) -> None:
        """The same run once more: everything is as if nothing had happened."""
        self.repeat()
        assert everything(self.deployment) == self.after

    def expect_recovery_of_the_stores(self) -> None:
        """… without dbt, which takes a second: for faults before anything that dbt reads was touched, or after."""
        self.deployment.load(self.data, run="again")
        assert self.deployment.run("summary", run="again") == 0
        now = everything(self.deployment)
        assert without_marts(now) == without_marts(self.after)

    def go_up_to(self, stage: str, run: str = "killed") -> tuple[str, ...]:
        """Plan and do all that comes before the stage; gives the stage's command line."""
        assert self.deployment.run("plan", "--source", str(self.data), run=run) == 0
        for earlier in STAGES[: STAGES.index(stage)] if stage in STAGES else STAGES:
            assert self.deployment.run(earlier, *REDELIVERED, run=run) == 0
        if stage in STAGES:
            return (stage, *REDELIVERED)
        self.dbt.run()
        return (stage,)

    def kill(self, point: str) -> None:
        """Have the process that comes to the point die there."""
        command = self.go_up_to(point.split(":")[0])
        code, said = finish(self.deployment, *command, environment={VARIABLE: point})
        assert code == -signal.SIGKILL, f"it didn't come to {point}: {said}"

    def expect_whole(self, now: Everything) -> None:
        """Every table holds what it held before or what it shall hold: nothing half done, receipts included."""
        for name, rows in now.items():
            if not name.startswith("lake/"):
                assert rows in (self.before[name], self.after[name]), f"{name} is half done: {rows}"


def without_marts(contents: Everything) -> Everything:
    return {name: rows for name, rows in contents.items() if not name.startswith("warehouse trips_marts")}


@cache
def _scene(folder: Path, server: PostgresServer, dbt: DbtProject) -> Scene:
    return Scene(folder, server, dbt)
