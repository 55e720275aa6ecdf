"""What the 18 sample months hold, counted without anything of ours.

    python count_samples.py FOLDER > sample_counts.json

Each rule is written down once more, from the TLC's data dictionary and the words of the contract's descriptions.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import pyarrow.parquet

WHOLE = ("VendorID", "passenger_count", "RatecodeID", "PULocationID", "DOLocationID", "payment_type")
AMOUNTS = [
    "trip_distance",
    "fare_amount",
    "extra",
    "mta_tax",
    "tip_amount",
    "tolls_amount",
    "improvement_surcharge",
    "total_amount",
    "congestion_surcharge",
    "airport_fee",
]
TIMES = ("tpep_pickup_datetime", "tpep_dropoff_datetime")
OURS = {
    "VendorID": "vendor_id",
    "RatecodeID": "rate_code_id",
    "PULocationID": "pickup_zone_id",
    "DOLocationID": "dropoff_zone_id",
    "tpep_pickup_datetime": "pickup_datetime",
    "tpep_dropoff_datetime": "dropoff_datetime",
}
REQUIRED = (*TIMES, "PULocationID", "DOLocationID", "total_amount")


def rows_of(file: Path) -> Iterator[dict[str, Any]]:
    if file.suffix == ".parquet":
        for batch in pyarrow.parquet.ParquetFile(file).iter_batches():
            yield from batch.to_pylist()
    else:
        with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def number(value: Any) -> Decimal:
    exact = Decimal(repr(value) if isinstance(value, float) else str(value).strip())
    if not exact.is_finite():
        raise InvalidOperation
    return exact


def read(name: str, value: Any) -> Any:
    """Raises ValueError or InvalidOperation for what isn't of the column's kind."""
    if name in TIMES:
        return value if isinstance(value, datetime) else datetime.strptime(value.strip(), "%Y-%m-%d %H:%M:%S")
    exact = number(value)
    if name in WHOLE and exact != int(exact):
        raise ValueError(value)
    return exact


def judge(row: dict[str, Any], first: datetime) -> tuple[list[str], list[str]]:
    """Why a row is rejected, and what else is odd about it."""
    values: dict[str, Any] = {}
    reasons = []
    for name in (*TIMES, *WHOLE, *AMOUNTS):
        given = row.get(name)
        missing = given is None or given != given or str(given).strip() == ""
        try:
            values[name] = None if missing else read(name, given)
        except (ValueError, InvalidOperation):
            values[name] = None
            reasons.append(f"uncastable:{OURS.get(name, name)}")
        if missing and name in REQUIRED:
            reasons.append(f"missing:{OURS.get(name, name)}")
    next_month = (first + timedelta(days=31)).replace(day=1)
    pickup, dropoff = values["tpep_pickup_datetime"], values["tpep_dropoff_datetime"]
    if pickup and not first - timedelta(days=31) <= pickup < next_month + timedelta(days=31):
        reasons.append("pickup_far_from_file_month")
    fare, total, miles = values["fare_amount"], values["total_amount"], values["trip_distance"]
    odd = {
        "stray_pickup_month": pickup is not None and not first <= pickup < next_month,
        "negative_fare": fare is not None and fare < 0,
        "negative_total": total is not None and total < 0,
        "zero_distance": miles is not None and miles.quantize(Decimal("0.01")) <= 0,
        "pickup_zone_unknown": not 1 <= (values["PULocationID"] or 1) <= 263,
        "dropoff_zone_unknown": not 1 <= (values["DOLocationID"] or 1) <= 263,
        "dropoff_before_pickup": bool(pickup and dropoff and dropoff < pickup),
    }
    return reasons, [name for name, holds in odd.items() if holds]


def count(file: Path) -> dict[str, Any]:
    month = re.findall(r"\d{4}-\d{2}", file.name)[0]
    first = datetime.strptime(month, "%Y-%m")
    rejections: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    counts = Counter(read=0, accepted=0, warned=0, rejected=0)
    for row in rows_of(file):
        reasons, odd = judge(row, first)
        counts["read"] += 1
        counts["rejected" if reasons else "accepted"] += 1
        rejections.update(reasons)
        if not reasons:
            counts["warned"] += bool(odd)
            warnings.update(odd)
    return {**counts, "rejections": dict(sorted(rejections.items())), "warnings": dict(sorted(warnings.items()))}


if __name__ == "__main__":
    months = sorted(Path(sys.argv[1]).glob("yellow_tripdata_*"))
    print(json.dumps({re.findall(r"\d{4}-\d{2}", file.name)[0]: count(file) for file in months}, indent=2))
