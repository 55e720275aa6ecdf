"""dbt holds the warehouse's lock while it runs: ingest's own lock, around a stand-in for dbt's Python entry."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from platform_tasks import dbt_under_lock

INGEST = Path(__file__).parent.parent.parent / "ingest" / "src"

STAND_IN_DBT = """
import json, os
from pathlib import Path
from types import SimpleNamespace

class dbtRunner:
    def invoke(self, arguments):
        Path(os.environ["SEEN"]).write_text(json.dumps([arguments, json.loads(Path(os.environ["LOCK"]).read_text())]))
        result = os.environ["RESULT"]
        exception = ValueError(result) if result == "broken" else None
        return SimpleNamespace(success=result == "success", exception=exception)
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    package = tmp_path / "dbt" / "cli"
    package.mkdir(parents=True)
    (package / "main.py").write_text(STAND_IN_DBT, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(INGEST))
    monkeypatch.setenv("SEEN", str(tmp_path / "seen.json"))
    monkeypatch.setenv("LOCK", str(tmp_path / "warehouse.lock"))

    def run(result: str) -> int:
        monkeypatch.setenv("RESULT", result)
        return dbt_under_lock.main([str(tmp_path / "warehouse.lock"), "build", "--quiet"])

    return run


def test_the_lock_names_dbt_while_it_runs_and_is_gone_afterwards(run: Callable[[str], int], tmp_path: Path) -> None:
    assert run("success") == 0

    arguments, lock = json.loads((tmp_path / "seen.json").read_text(encoding="utf-8"))
    assert arguments == ["build", "--quiet"]
    assert (lock["pid"], lock["command"]) == (os.getpid(), "dbt build")
    assert not (tmp_path / "warehouse.lock").exists()


@pytest.mark.parametrize(("result", "code"), [("nodes failed", 1), ("broken", 2)])
def test_exit_codes_are_dbts_and_the_lock_is_gone_too(
    run: Callable[[str], int], tmp_path: Path, result: str, code: int
) -> None:
    assert run(result) == code
    assert not (tmp_path / "warehouse.lock").exists()


def test_a_lock_that_somebody_keeps_is_respected_and_named(
    run: Callable[[str], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dbt_under_lock, "_LOCK_WAIT_SECONDS", 0.2)
    holder = {"pid": os.getppid(), "command": "ingest land", "since": "2999-01-01T00:00:00Z"}
    (tmp_path / "warehouse.lock").write_text(json.dumps(holder), encoding="utf-8")

    assert run("success") == 3

    assert "ingest land" in capsys.readouterr().out
    assert not (tmp_path / "seen.json").exists()
    assert json.loads((tmp_path / "warehouse.lock").read_text(encoding="utf-8")) == holder
