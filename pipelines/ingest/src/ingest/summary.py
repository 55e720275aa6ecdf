"""The end of a run: what became of each delivery, and whether lake, warehouse and Postgres hold equally many rows."""

from __future__ import annotations

from collections import Counter
from typing import Any

from ingest.durable import read_json
from ingest.lake import Lake
from ingest.plan import Plan, Planned
from ingest.run_log import RunLog
from ingest.stores import StoreContents


def summarise(
    plan: Plan, lake: Lake, log: RunLog, warehouse: StoreContents, postgres: StoreContents | None
) -> dict[str, Any]:
    """`equal` is false if for any delivery the three counts differ, or one of them has no receipt."""
    seconds = _seconds(log)
    deliveries = [_delivery(planned, lake, seconds, warehouse, postgres) for planned in plan.everything]
    trips = [delivery for delivery in deliveries if delivery["file_month"]]
    sums = ("rows_read", "rows_accepted", "rows_warned", "rows_rejected")
    return {
        "source": plan.to_json()["source"],
        "deliveries": deliveries,
        "totals": {name: sum(delivery[name] for delivery in trips) for name in sums}
        | {
            "unchanged": sum(delivery["unchanged"] for delivery in trips),
            "warnings": _added(trips, "warnings"),
            "rejections": _added(trips, "rejections"),
            "lake": sum(delivery["counts"]["lake"] or 0 for delivery in trips),
            "warehouse": sum(delivery["counts"]["warehouse"] for delivery in trips),
            "postgres": sum(delivery["counts"]["postgres"] for delivery in trips) if postgres else None,
        },
        "equal": all(delivery["equal"] for delivery in deliveries),
        "dbt": _dbt(log),
    }


def _delivery(
    planned: Planned,
    lake: Lake,
    seconds: dict[tuple[str, str | None], dict[str, float]],
    warehouse: StoreContents,
    postgres: StoreContents | None,
) -> dict[str, Any]:
    key = planned.delivery.key
    month = str(key.file_month) if key.file_month else None
    receipt = lake.clean_receipt(key)
    counts = {
        "lake": lake.clean_object(key).parquet_rows(),  # from the object itself, not from its receipt
        "warehouse": warehouse.rows_of(key),
        "postgres": postgres.rows_of(key) if postgres else None,
    }
    spent = seconds.get((key.service, month), {})
    return {
        "service": key.service,
        "file_month": month,
        "name": planned.delivery.name,
        "synthetic": planned.delivery.synthetic,
        "unchanged": planned.unchanged,
        "why": planned.why,
        "rows_read": receipt.load.rows_read if receipt else 0,
        "rows_accepted": receipt.load.rows_accepted if receipt else 0,
        "rows_warned": receipt.load.rows_warned if receipt else 0,
        "rows_rejected": receipt.load.rows_rejected if receipt else 0,
        "warnings": receipt.warnings if receipt else {},
        "rejections": receipt.rejections if receipt else {},
        "notes": receipt.notes if receipt else [],
        "seconds": round(sum(spent.values()), 3),
        "seconds_by_stage": spent,
        "counts": counts,
        "equal": len({count for name, count in counts.items() if name != "postgres" or postgres}) == 1,
    }


def _seconds(log: RunLog) -> dict[tuple[str, str | None], dict[str, float]]:
    """Per delivery and stage; of a stage that ran twice in the run, the sum."""
    spent: dict[tuple[str, str | None], dict[str, float]] = {}
    for line in log.lines():
        if line.get("service") and "seconds" in line:
            stages = spent.setdefault((line["service"], line["file_month"]), {})
            stages[line["stage"]] = round(stages.get(line["stage"], 0.0) + line["seconds"], 3)
    return spent


def _added(deliveries: list[dict[str, Any]], name: str) -> dict[str, int]:
    total: Counter[str] = Counter()
    for delivery in deliveries:
        total.update(delivery[name])
    return dict(sorted(total.items()))


def _dbt(log: RunLog) -> dict[str, Any] | None:
    """dbt's own run_results.json, if it lies anywhere in the run's folder: how many nodes ended how."""
    for file in sorted(log.folder.rglob("run_results.json")):
        document = read_json(file)
        if isinstance(document, dict) and isinstance(document.get("results"), list):
            statuses = Counter(str(result.get("status")) for result in document["results"])
            failed = [
                str(item.get("unique_id")) for item in document["results"] if item.get("status") in ("error", "fail")
            ]
            return {"statuses": dict(statuses), "failed": failed, "seconds": document.get("elapsed_time")}
    return None


def as_table(summary: dict[str, Any]) -> str:
    """For people: a line per delivery, counts side by side, and the sums."""
    titles = (
        "service",
        "month",
        "read",
        "accepted",
        "warned",
        "rejected",
        "seconds",
        "lake",
        "warehouse",
        "postgres",
        "",
    )
    rows = [_line(delivery) for delivery in summary["deliveries"]]
    totals = summary["totals"]
    names = ("rows_read", "rows_accepted", "rows_warned", "rows_rejected")
    postgres = _number(totals["postgres"])
    counts = [_number(totals["lake"]), _number(totals["warehouse"]), postgres]
    rows.append(["trips", "", *(_number(totals[name]) for name in names), "", *counts, ""])
    widths = [max(len(row[column]) for row in [list(titles), *rows]) for column in range(len(titles))]
    lines = [_aligned(row, widths) for row in [list(titles), *rows]]
    lines.insert(1, "-" * (sum(widths) + 2 * len(widths)))
    for kind in ("rejections", "warnings"):
        reasons = ", ".join(f"{name} {count:,}" for name, count in totals[kind].items()) or "none"
        lines.append(f"{kind}: {reasons}")
    lines += [f"note: {note}" for note in summary["source"]["notes"]]
    lines += _drift(summary["deliveries"])
    lines += _spark(summary.get("spark"))
    if not summary["equal"]:
        lines.append("THE STORES DIFFER: see the lines marked !=")
    return "\n".join(lines)


def _spark(spark: dict[str, Any] | None) -> list[str]:
    if spark is None:
        return []
    if spark["equal"]:
        return [f"Spark: {spark['rows']:,} rows equal to dbt's"]
    return [f"SPARK {'IS NOT COMPARED WITH' if spark['equal'] is None else 'DIFFERS FROM'} dbt: {spark['message']}"]


def _drift(deliveries: list[dict[str, Any]]) -> list[str]:
    """Each remark on what was delivered once, with the months that it is true of."""
    months: dict[str, list[str]] = {}
    for delivery in deliveries:
        for note in delivery["notes"]:
            months.setdefault(note, []).append(f"{delivery['service']} {delivery['file_month'] or ''}".strip())
    return [f"note: {_some(keys)}: {note}" for note, keys in months.items()]


def _some(keys: list[str]) -> str:
    return ", ".join(keys) if len(keys) <= 4 else f"{', '.join(keys[:3])} and {len(keys) - 3:,} more"


def _line(delivery: dict[str, Any]) -> list[str]:
    names = ("rows_read", "rows_accepted", "rows_warned", "rows_rejected")
    marks = ["!=" if not delivery["equal"] else "unchanged" if delivery["unchanged"] else ""]
    marks += ["synthetic"] if delivery["synthetic"] else []
    return [
        delivery["service"],
        delivery["file_month"] or "",
        *(_number(delivery[name]) for name in names),
        f"{delivery['seconds']:.2f}",
        *(_number(delivery["counts"][name]) for name in ("lake", "warehouse", "postgres")),
        " ".join(filter(None, marks)),
    ]


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"


def _aligned(row: list[str], widths: list[int]) -> str:
    cells = [
        cell.ljust(width) if index in (0, 1, 10) else cell.rjust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
