"""Runs the dbt project in this process: starting Python and dbt anew costs seconds each time."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner, dbtRunnerResult
from dbt.contracts.graph.manifest import Manifest

from project import PROJECT


class DbtProject:
    """The project, with everything that dbt writes in one folder of the test's own."""

    def __init__(self, target: Path) -> None:
        self.target = target

    @cached_property
    def manifest(self) -> Manifest:
        """The project as dbt understands it, parsed once."""
        result = self._invoke(dbtRunner(), "parse")
        expect_success(result)
        assert isinstance(result.result, Manifest)
        return result.result

    def run(self, *arguments: str, select: str = "marts") -> None:
        """Builds the marts (the views below them follow by themselves); AssertionError with dbt's words if it fails."""
        runner = dbtRunner(manifest=self.manifest)
        expect_success(self._invoke(runner, "--no-write-json", "run", "--select", select, *arguments))

    def build(self, *arguments: str) -> dbtRunnerResult:
        """Builds and tests as a command line would, and returns what dbt said, successful or not."""
        return self._invoke(dbtRunner(), "build", *arguments)

    def test(self, select: str) -> dbtRunnerResult:
        """Runs tests over what is there, and returns what dbt said."""
        return self._invoke(dbtRunner(manifest=self.manifest), "--no-write-json", "test", "--select", select)

    def rebuilt_days(self) -> list[str]:
        """The days that the last run of fct_trips deleted and wrote again."""
        sql = (self.target / "run" / "trips" / "models" / "marts" / "fct_trips.sql").read_text()
        deletion = re.search(r"delete from .*?;", sql, re.DOTALL)
        return re.findall(r"date '(\S+)'", deletion[0]) if deletion else []

    def _invoke(self, runner: dbtRunner, *arguments: str) -> dbtRunnerResult:
        quiet = ["--quiet", "--no-use-colors", f"--log-path={self.target / 'logs'}"]
        folders = [f"--project-dir={PROJECT}", f"--profiles-dir={PROJECT}", f"--target-path={self.target}"]
        try:
            return runner.invoke([*quiet, *arguments, *folders])
        finally:
            # dbt-duckdb keeps the file open in this process until told otherwise.
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def expect_success(result: dbtRunnerResult) -> None:
    """Raises AssertionError with the reason of every failure."""
    assert result.success, result.exception or "\n".join(failures(result))


def failures(result: dbtRunnerResult) -> list[str]:
    """What failed, e.g. `unique_fct_trips_trip_id: Got 1 result, configured to fail if != 0`."""
    nodes = getattr(result.result, "results", [])
    return [f"{node.node.name}: {node.message}" for node in nodes if node.status in ("error", "fail")]
