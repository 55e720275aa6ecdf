"""Runs the dbt project against the offline adapter."""

from __future__ import annotations

from pathlib import Path

from dbt.adapters import bigquery
from dbt.adapters.contracts.relation import RelationType
from dbt.cli.main import dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import ModelNode

from dbt_statements.offline_adapter import BigQueryAdapter, OfflineConnections
from dbt_statements.situation import SITUATIONS
from dbt_statements.statement import Statement


class FailedToRender(Exception):
    """dbt could not write its SQL; says why."""


def statements(project: Path, target: Path) -> list[Statement]:
    """Everything that `dbt build` sends to BigQuery, in every situation, in the order of one thread.

    Raises FailedToRender with dbt's words.
    """
    bigquery.Plugin.adapter = BigQueryAdapter  # type: ignore[assignment]
    folders = [f"--project-dir={project}", f"--profiles-dir={project}", f"--target-path={target}"]
    quiet = ["--quiet", "--no-use-colors", f"--log-path={target / 'logs'}", "--no-write-json"]

    def run(manifest: Manifest | None, *arguments: str) -> object:
        result = dbtRunner(manifest=manifest).invoke([*quiet, *arguments, "--target=bigquery", *folders])
        if not result.success:
            nodes = getattr(result.result, "results", [])
            failures = [f"{one.node.name}: {one.message}" for one in nodes if one.status in ("error", "fail")]
            raise FailedToRender("\n".join(failures) or str(result.exception))
        return result.result

    manifest = run(None, "parse")
    assert isinstance(manifest, Manifest)
    _learn(manifest)
    OfflineConnections.sent.clear()
    for OfflineConnections.situation in SITUATIONS:
        # Tests ask the same in every situation. Unit tests aren't among them: their rows are made for DuckDB's build.
        kinds = ["--resource-type=model", *(() if OfflineConnections.situation.exists else ["--resource-type=test"])]
        run(manifest, "build", "--threads=1", *kinds)
    files = {name: str(node.original_file_path) for name, node in manifest.nodes.items()}
    return [
        Statement(one.situation, one.node, files.get(one.node, one.file), one.sql) for one in OfflineConnections.sent
    ]


def _type(model: ModelNode) -> RelationType:
    return RelationType.View if model.config.materialized == "view" else RelationType.Table


def _learn(manifest: Manifest) -> None:
    models = [node for node in manifest.nodes.values() if isinstance(node, ModelNode)]
    BigQueryAdapter.columns = {model.alias: list(model.columns) for model in models}
    BigQueryAdapter.relations = [(model.database or "", model.schema, model.alias, _type(model)) for model in models]
