"""Final results for tests, produced to a real broker: `python make_zone_hours.py --help`."""

from __future__ import annotations

import argparse
import io
import json
import struct
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import fastavro
import httpx
from confluent_kafka import Producer

from make_rides import BEGINNING, ROOT

TOPIC = "trips.pickups-per-zone.final"
CONTRACT = json.loads((ROOT / "contracts" / "generated" / "avro" / "zone_hour.avsc").read_text())


def zone_hour(zone: int, hour: int, pickups: int) -> dict[str, Any]:
    """Zone 264 is an unknown one."""
    window = BEGINNING + timedelta(hours=hour)
    computed = datetime(2026, 1, 1, 12, 0, 0, 123_456, tzinfo=UTC)
    return {
        "pickup_zone_id": zone,
        "borough": None if zone == 264 else "Queens",
        "zone": None if zone == 264 else "St. John's",
        "window_start": window,
        "window_end": window + timedelta(hours=1),
        "pickups": pickups,
        "revenue": Decimal(1005 * pickups).scaleb(-2),
        "ride_produced_at": computed,
        "updated_at": computed + timedelta(seconds=1),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--pickups", type=int, default=3)
    parser.add_argument("--poison", action="store_true", help="a record that nobody can read, before the others")
    options = parser.parse_args()
    address = f"{options.registry}/subjects/{TOPIC}-value/versions"
    answer = httpx.post(address, json={"schema": json.dumps(CONTRACT)}, timeout=30).raise_for_status().json()
    schema = fastavro.parse_schema(CONTRACT)
    producer = Producer({"bootstrap.servers": options.bootstrap, "partitioner": "murmur2_random"})
    if options.poison:
        producer.produce(TOPIC, b"poison", b"132|2019-03-01T00:00")
    for zone in (132, 138, 264):
        for hour in (0, 1):
            record = zone_hour(zone, hour, options.pickups)
            stream = io.BytesIO()
            fastavro.schemaless_writer(stream, schema, record)
            key = f"{zone}|{record['window_start']:%Y-%m-%dT%H:%M}"
            producer.produce(TOPIC, struct.pack(">bI", 0, int(answer["id"])) + stream.getvalue(), key)
    producer.flush()


if __name__ == "__main__":
    main()
