"""The dashboard's data, from the marts and the lake's receipts."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from ingest.clock import now
from ingest.durable import replacing, write_json
from ingest.errors import IngestError
from ingest.lake import Lake
from ingest.plan import Plan
from ingest.settings import DatasetSettings, Settings
from ingest.warehouse import Row, TableMissing, Warehouse

_PLACE = '<script id="data" type="application/json"></script>'


def dashboard_data(warehouse: Warehouse, settings: Settings, lake: Lake, plan: Plan) -> dict[str, Any]:
    """What the page shows; money in US dollars, null where a service's files hold none (fhv).

    Raises IngestError when dbt hasn't built the marts.
    """
    try:
        daily, by_zone, by_payment = (
            [_plain_row(row) for row in warehouse.rows(query)]
            for query in dashboard_queries(warehouse, settings.datasets)
        )
    except TableMissing as error:
        raise IngestError(f"the marts can't be read: {error.what}", error.where, "run dbt build first") from error
    quality = _quality(lake)
    return {
        "generatedAt": now(),
        "environment": settings.environment,
        "synthetic": plan.synthetic or any(receipt.load.synthetic for receipt in lake.clean_receipts()),
        "source": plan.to_json()["source"],
        "services": sorted({str(row["service"]) for row in daily} | {str(row["service"]) for row in quality}),
        "dailyTrips": daily,
        "zoneRevenue": by_zone,
        "paymentTypes": by_payment,
        "quality": quality,
    }


def dashboard_queries(warehouse: Warehouse, datasets: DatasetSettings) -> list[str]:
    """By day, by zone, and by how was paid."""
    trips, zones = (warehouse.name(datasets.marts, table) for table in ("fct_trips", "dim_zones"))
    return [
        "SELECT service, pickup_date AS date, count(*) AS trips, sum(total_amount) AS revenue, "
        f"sum(fare_amount) AS fare, sum(tip_amount) AS tip FROM {trips} "
        "GROUP BY service, pickup_date ORDER BY service, pickup_date",
        "SELECT service, pickup_zone_id AS zone_id, "
        "coalesce(any_value(zone), 'Zone ' || CAST(pickup_zone_id AS STRING), 'Not recorded') AS zone, "
        "coalesce(any_value(borough), 'Unknown') AS borough, sum(total_amount) AS revenue, count(*) AS trips "
        f"FROM {trips} AS trips LEFT JOIN {zones} AS zones ON zones.zone_id = trips.pickup_zone_id "
        "GROUP BY service, pickup_zone_id ORDER BY service, revenue DESC NULLS LAST, pickup_zone_id",
        "SELECT service, payment_type, coalesce(any_value(payment_type_name), 'Not given') AS label, "
        f"count(*) AS trips, sum(total_amount) AS revenue FROM {trips} "
        "GROUP BY service, payment_type ORDER BY service, trips DESC",
    ]


def write_dashboard(settings: Settings, data: dict[str, Any]) -> list[str]:
    """Write data.json, and index.html where there is a template; returns the files' paths."""
    target = settings.dashboard / "data.json"
    write_json(target, data)
    template = settings.dashboard / "template.html"
    if not template.is_file():
        return [str(target)]
    page = template.read_text(encoding="utf-8")
    if page.count(_PLACE) != 1:
        raise IngestError(
            f"the page has no place, or several, for the data: {_PLACE}", str(template), "build the dashboard again"
        )
    with replacing(settings.dashboard / "index.html") as temporary:
        temporary.write_text(page.replace(_PLACE, _embedded(data)), encoding="utf-8")
    return [str(target), str(settings.dashboard / "index.html")]


def _embedded(data: dict[str, Any]) -> str:
    """JSON that can stand in HTML: no `</script>` or `<!--` can end or change the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return _PLACE.replace("></script>", f">{text}</script>")


def _quality(lake: Lake) -> list[dict[str, Any]]:
    return [
        {
            "service": receipt.load.service,
            "file_month": receipt.load.file_month,
            "rows_read": receipt.load.rows_read,
            "rows_accepted": receipt.load.rows_accepted,
            "rows_warned": receipt.load.rows_warned,
            "rows_rejected": receipt.load.rows_rejected,
            "warnings": receipt.warnings,
            "rejections": receipt.rejections,
        }
        for receipt in lake.clean_receipts()
        if receipt.load.file_month is not None
    ]


def _plain_row(row: Row) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if hasattr(value, "isoformat") else value
