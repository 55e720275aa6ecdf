"""Writes every statement that ingest sends to BigQuery, as ingest itself makes them: a line of JSON each.

`python ingest_statements.py <project id> <contracts.json>`, with ingest's sources in PYTHONPATH.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ingest.bigquery.receipt import merge_receipt, receipt_parameters
from ingest.contract import ZONES, Contracts, load_contracts
from ingest.delivery import Key
from ingest.export import dashboard_queries
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.receipts import LoadReceipt
from ingest.settings import DatasetSettings
from ingest.status import marts_queries
from ingest.warehouse import Row
from ingest.warehouse_contents import receipts_query, rows_query

DATASETS = DatasetSettings("trips_landed", "trips_lake", "trips_staging", "trips_marts")
MONTH = FileMonth(2019, 1)


class Names:
    """Of a `Warehouse` no more than how it calls its tables, as ingest.bigquery.tables does."""

    where = "nowhere"

    def __init__(self, project: str) -> None:
        self._project = project

    def name(self, dataset: str, table: str) -> str:
        return f"`{self._project}.{dataset}.{table}`"

    def rows(self, query: str) -> list[Row]:
        raise NotImplementedError

    def land(self, lake: Lake, key: Key, table: Any) -> LoadReceipt:
        raise NotImplementedError

    def publish(self) -> None:
        raise NotImplementedError


def statements(project: str, contracts: Contracts) -> Iterator[dict[str, Any]]:
    names = Names(project)
    keys = [None, Key(ZONES, None), *(Key(service, MONTH) for service in contracts.services)]
    for key in keys:
        of_what = f"of {key}" if key else "of everything"
        yield _statement(receipts_query, receipts_query(names, DATASETS, key), of_what)
        yield _statement(rows_query, rows_query(names, DATASETS, contracts, key), of_what)
    for makes in (marts_queries, dashboard_queries):
        for number, query in enumerate(makes(names, DATASETS), start=1):
            yield _statement(makes, query, f"number {number}")
    receipt = LoadReceipt("yellow", str(MONTH), "", "", "", "", "", False, 0, 0, 0, 0)
    parameters = receipt_parameters(receipt, Key("yellow", MONTH), contracts.receipts)
    merge = _statement(merge_receipt, merge_receipt(names.name(DATASETS.landed, contracts.receipts.name)), "")
    yield {**merge, "parameters": {parameter.name: parameter.type_ for parameter in parameters}}


def _statement(made_by: Callable[..., Any], sql: str, of_what: str) -> dict[str, Any]:
    """`origin` is the function that makes it, and where that begins."""
    file = Path(inspect.getsourcefile(made_by) or "").resolve()
    place = (
        f"pipelines/ingest/src/ingest/{file.relative_to(Path(sys.modules['ingest'].__file__ or '').resolve().parent)}"
    )
    _, line = inspect.getsourcelines(made_by)
    return {"origin": f"{place}:{line} ({f'{made_by.__name__} {of_what}'.strip()})", "sql": sql}


if __name__ == "__main__":
    for statement in statements(sys.argv[1], load_contracts(Path(sys.argv[2]))):
        print(json.dumps(statement))
