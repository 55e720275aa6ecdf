"""The one place at which these tests deploy, one after another: dbt parses the project anew for another path."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest

from dbt_project import DbtProject


@contextmanager
def deploying(temporary: pytest.TempPathFactory) -> Iterator[tuple[Path, DbtProject]]:
    """The folder, for a `dev` in it, and the dbt project that builds in its warehouse."""
    folder = temporary.getbasetemp() / "faults"
    folder.mkdir(exist_ok=True)
    before = dict(os.environ)
    os.environ["DBT_WAREHOUSE_FILE"] = str(folder / "dev" / "warehouse" / "warehouse.duckdb")
    yield folder, _project(folder)
    os.environ.clear()
    os.environ.update(before)


@cache
def _project(folder: Path) -> DbtProject:
    return DbtProject(folder / "target")
