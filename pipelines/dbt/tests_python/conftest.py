from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbt_project import DbtProject
from warehouse import Warehouse


@pytest.fixture(scope="session")
def warehouse_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # One path for the whole session: dbt parses the project again when a variable that its profile reads changes.
    file = tmp_path_factory.mktemp("warehouse") / "warehouse.duckdb"
    before = dict(os.environ)
    for name in [name for name in os.environ if name.startswith("DBT_")]:
        del os.environ[name]
    os.environ["DBT_WAREHOUSE_FILE"] = str(file)
    yield file
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="session")
def dbt(warehouse_file: Path, tmp_path_factory: pytest.TempPathFactory) -> DbtProject:
    """The project, built by every test in the same target folder."""
    return DbtProject(tmp_path_factory.mktemp("target"))


@pytest.fixture(scope="session")
def built_once(warehouse_file: Path, dbt: DbtProject) -> Warehouse:
    """A warehouse in which all models were built, over no trips at all."""
    warehouse = Warehouse(warehouse_file)
    warehouse.create()
    dbt.run(select="*")
    return warehouse


@pytest.fixture
def warehouse(built_once: Warehouse) -> Warehouse:
    """A warehouse with zones and staging views, without trips and marts."""
    built_once.empty()
    return built_once
