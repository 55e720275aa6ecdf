"""Every model and column is described and tested, and what dbt says of codes is what the contract says."""

from __future__ import annotations

import pytest
from dbt.artifacts.resources.types import NodeType
from dbt.contracts.graph.manifest import Manifest

from dbt_project import DbtProject
from project import contract_tables
from warehouse import Trip, Warehouse


@pytest.fixture(scope="module")
def manifest(dbt: DbtProject) -> Manifest:
    return dbt.manifest


def test_every_column_that_is_built_is_described_and_no_other(
    manifest: Manifest, dbt: DbtProject, warehouse: Warehouse
) -> None:
    dbt.run()
    built: dict[str, set[str]] = {}
    for table, column in warehouse.query(
        """select table_name, column_name from information_schema.columns
        where table_schema in ('trips_staging', 'trips_marts')"""
    ):
        built.setdefault(table, set()).add(column)

    models = [node for node in manifest.nodes.values() if node.resource_type == NodeType.Model]
    described = {model.name: {name for name, column in model.columns.items() if column.description} for model in models}

    assert described == built
    assert [model.name for model in models if not model.description] == []


def test_every_model_has_tests_and_every_macro_a_description(manifest: Manifest) -> None:
    models = {id_ for id_, node in manifest.nodes.items() if node.resource_type == NodeType.Model}
    tests = [node for node in manifest.nodes.values() if node.resource_type == NodeType.Test]
    tested = {model for test in tests for model in test.depends_on_nodes}
    macros = [
        macro
        for macro in manifest.macros.values()
        if macro.package_name == "trips" and not macro.name.startswith("test_")
    ]

    assert models - tested == set()
    assert [macro.name for macro in macros if not macro.description] == []


@pytest.mark.parametrize("service", ["yellow", "green"])
def test_codes_have_the_names_of_the_contract(service: str, dbt: DbtProject, warehouse: Warehouse) -> None:
    fields = {field["name"]: field.get("values") for field in contract_tables()[f"{service}_trips"]["columns"]}
    payments = {int(code): name for code, name in fields["payment_type"].items()}
    rates = {int(code): name for code, name in fields["rate_code_id"].items()}
    codes = [(payment, None) for payment in payments] + [(None, rate) for rate in rates] + [(88, 88)]
    warehouse.land(
        service, "2019-01", [Trip("2019-01-01", payment_type=payment, rate_code=rate) for payment, rate in codes]
    )

    dbt.run()

    others = {None: "Not recorded", 88: "Not in the dictionary"}
    for column, name, names in (
        ("payment_type", "payment_type_name", payments),
        ("rate_code_id", "rate_code_name", rates),
    ):
        assert dict(warehouse.query(f"select distinct {column}, {name} from trips_marts.fct_trips")) == names | others


def test_staging_leaves_protected_columns_where_they_are(manifest: Manifest) -> None:
    protected = {
        (f"stg_{name}", column["name"])
        for name, table in contract_tables().items()
        for column in table["columns"]
        if "policyTag" in column
    }
    staged = {(model.name, column) for model in manifest.nodes.values() for column in getattr(model, "columns", {})}

    assert ("stg_fhvhv_trips", "driver_pay") in protected
    assert protected & staged == set()
