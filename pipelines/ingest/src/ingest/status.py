"""How far each service's months have come: received, cleaned, landed, in Postgres, in the marts."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from ingest.clean import difference_from_clean
from ingest.contract import ZONES, Contracts
from ingest.delivery import Key
from ingest.lake import Lake
from ingest.months import FileMonth
from ingest.settings import DatasetSettings
from ingest.stores import ByMonth, StoreContents
from ingest.warehouse import TableMissing, Warehouse


@dataclass(frozen=True)
class Cell:
    """`state` is current, stale (`why` says what differs) or missing; `rows` is None where nothing was counted."""

    state: str
    rows: int | None = None
    why: str | None = None


@dataclass(frozen=True)
class Mart:
    """Rows of the marts that came from one delivery, and the least and the greatest id of their loads."""

    rows: int
    load_ids: frozenset[str]


Marts = dict[ByMonth, Mart]


def status_of(
    lake: Lake, contracts: Contracts, warehouse: StoreContents, postgres: StoreContents | None, marts: Marts
) -> list[dict[str, Any]]:
    """A line per service and month that any stage knows, zones first; `postgres` is None where that wasn't asked."""
    stores = [store for store in (warehouse, postgres) if store is not None]
    known = {key for store in stores for key in (*store.receipts, *store.rows)} | set(marts)
    known |= {(receipt.load.service, receipt.load.file_month) for receipt in lake.clean_receipts()}
    for service in contracts.services:
        known |= {(service, str(month)) for month in lake.received_months(service)}
    if lake.raw_receipt(Key(ZONES, None)) is not None:
        known.add((ZONES, None))
    order = [ZONES, *contracts.services]
    there = sorted((key for key in known if key[0] in order), key=lambda key: (order.index(key[0]), key[1] or ""))
    return [_line(key, lake, contracts, warehouse, postgres, marts) for key in there]


def read_marts(warehouse: Warehouse, datasets: DatasetSettings) -> Marts:
    """What `fct_trips` and `dim_zones` hold; empty where dbt hasn't built them yet."""
    marts: Marts = {}
    for query in marts_queries(warehouse, datasets):
        try:
            rows = warehouse.rows(query)
        except TableMissing:
            continue
        marts |= {
            (row["service"], row["month"]): Mart(int(row["number"]), frozenset({row["first"], row["last"]}))
            for row in rows
            if row["number"]
        }
    return marts


def marts_queries(warehouse: Warehouse, datasets: DatasetSettings) -> list[str]:
    counts = "count(*) AS number, min(_load_id) AS first, max(_load_id) AS last"
    trips, zones = (warehouse.name(datasets.marts, table) for table in ("fct_trips", "dim_zones"))
    return [
        f"SELECT service, substr(CAST(file_month AS STRING), 1, 7) AS month, {counts} FROM {trips} "
        "GROUP BY service, file_month",
        f"SELECT '{ZONES}' AS service, CAST(NULL AS STRING) AS month, {counts} FROM {zones}",
    ]


def _line(
    known: ByMonth,
    lake: Lake,
    contracts: Contracts,
    warehouse: StoreContents,
    postgres: StoreContents | None,
    marts: Marts,
) -> dict[str, Any]:
    service, month = known
    key = Key(service, FileMonth.parse(month) if month else None)
    raw = lake.raw_receipt(key)
    cells = {
        "raw": _raw(lake, key),
        "clean": _clean(lake, key, contracts),
        "warehouse": _store(warehouse, key, lake, contracts),
        "postgres": _store(postgres, key, lake, contracts) if postgres is not None else None,
        "marts": _mart(marts.get(known), warehouse, known),
    }
    return {
        "service": service,
        "file_month": month,
        "synthetic": raw.synthetic if raw is not None else None,
        "delivery": raw.sha256[:16] if raw is not None else None,
        "received_at": raw.received_at if raw is not None else None,
        "stages": {stage: asdict(cell) if cell is not None else None for stage, cell in cells.items()},
    }


def _raw(lake: Lake, key: Key) -> Cell:
    receipt = lake.raw_receipt(key)
    if receipt is None:
        return Cell("missing")
    found = lake.raw_object(key, receipt).find()
    if found is None or found.bytes != receipt.bytes:
        return Cell("stale", None, f"the lake has lost {receipt.name}")
    return Cell("current", None)


def _clean(lake: Lake, key: Key, contracts: Contracts) -> Cell:
    receipt, raw = lake.clean_receipt(key), lake.raw_receipt(key)
    if receipt is None:
        return Cell("missing")
    digest = raw.sha256 if raw is not None else receipt.load.raw_sha256
    why = difference_from_clean(lake, key, digest, contracts.of_service(key.service))
    return Cell("stale" if why else "current", receipt.load.rows_accepted, why)


def _store(store: StoreContents, key: Key, lake: Lake, contracts: Contracts) -> Cell:
    rows = store.rows_of(key)
    receipt = store.receipts.get((key.service, str(key.file_month) if key.file_month else None))
    if receipt is None:
        return Cell("stale", rows, "rows without a receipt") if rows else Cell("missing")
    raw = lake.raw_receipt(key)
    digest = raw.sha256 if raw is not None else receipt.raw_sha256
    why = store.difference(key, digest, contracts.of_service(key.service).hash)
    return Cell("stale" if why else "current", rows, why.removeprefix(f"{store.name}: ") if why else None)


def _mart(mart: Mart | None, warehouse: StoreContents, known: ByMonth) -> Cell:
    """The marts follow the warehouse: they are stale when they hold other rows than landed."""
    receipt, landed = warehouse.receipts.get(known), warehouse.rows.get(known, 0)
    if mart is None:
        return Cell("current", 0) if receipt is not None and landed == 0 else Cell("missing")
    if receipt is None or mart.load_ids != {receipt.load_id}:
        return Cell("stale", mart.rows, "made from another load than the one that landed")
    if mart.rows != landed:
        return Cell("stale", mart.rows, f"{mart.rows:,} rows, {landed:,} have landed")
    return Cell("current", mart.rows)
