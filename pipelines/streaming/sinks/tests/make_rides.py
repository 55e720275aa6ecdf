"""Rides for tests, produced to a real broker as the platform's producer does: `python make_rides.py --help`."""

from __future__ import annotations

import argparse
import io
import json
import random
import struct
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import fastavro
import httpx
from confluent_kafka import Producer

ROOT = Path(__file__).resolve().parents[4]
CONTRACT = json.loads((ROOT / "contracts" / "generated" / "avro" / "ride_event.avsc").read_text())
BEGINNING = datetime(2019, 3, 1)


def rides(count: int, seed: int) -> list[dict[str, Any]]:
    """In order of event time, over two days; some amounts are negative, some missing."""
    chance = random.Random(seed)
    seconds = sorted(chance.randrange(2 * 86_400) for _ in range(count))
    return [
        {
            "event_id": f"{seed:08x}{number:024x}",
            "event_type": "ride",
            "service": chance.choice(("yellow", "green")),
            "pickup_zone_id": chance.randint(1, 265),
            "dropoff_zone_id": chance.choice((None, chance.randint(1, 265))),
            "pickup_datetime": BEGINNING + timedelta(seconds=second, microseconds=chance.randrange(1_000_000)),
            "dropoff_datetime": BEGINNING + timedelta(seconds=second + chance.randint(60, 3_600)),
            "fare_amount": Decimal(chance.randint(-500, 9_000)).scaleb(-2),
            "total_amount": chance.choice((None, *[Decimal(chance.randint(-500, 12_000)).scaleb(-2)] * 9)),
            "produced_at": datetime.now(UTC),
        }
        for number, second in enumerate(seconds)
    ]


def mark(partition: int) -> dict[str, Any]:
    return {
        "event_id": f"replay-{partition}",
        "event_type": "end_of_replay",
        "service": "",
        "pickup_zone_id": 0,
        "dropoff_zone_id": None,
        # As late as needed, and no later: the end of the last window and its grace.
        "pickup_datetime": BEGINNING + timedelta(days=2, minutes=120),
        "dropoff_datetime": None,
        "fare_amount": None,
        "total_amount": None,
        "produced_at": datetime.now(UTC),
    }


def register(registry: str, topic: str) -> int:
    address = f"{registry}/subjects/{topic}-value/versions"
    answer = httpx.post(address, json={"schema": json.dumps(CONTRACT)}, timeout=30).raise_for_status().json()
    return int(answer["id"])


def encode(schema_id: int, record: dict[str, Any]) -> bytes:
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, _PARSED, record)
    return struct.pack(">bI", 0, schema_id) + stream.getvalue()


_PARSED = fastavro.parse_schema(CONTRACT)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--bootstrap", required=True)
    parser.add_argument("--registry", required=True)
    parser.add_argument("--topic", default="trips.rides")
    parser.add_argument("--count", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--twice", type=float, default=0.0, help="share of rides that are sent twice")
    parser.add_argument("--poison", type=int, default=0, help="records that nobody can read")
    parser.add_argument("--marks", type=int, default=0, help="number of partitions that get an end_of_replay")
    options = parser.parse_args()
    schema_id = register(options.registry, options.topic)
    producer = Producer(
        {
            "bootstrap.servers": options.bootstrap,
            "enable.idempotence": True,
            "partitioner": "murmur2_random",
            "linger.ms": 20,
        }
    )
    chance = random.Random(options.seed)
    made = rides(options.count, options.seed)
    poisoned = set(chance.sample(range(options.count), options.poison))
    for number, ride in enumerate(made):
        for _ in range(1 + (chance.random() < options.twice)):
            producer.produce(options.topic, encode(schema_id, ride), str(ride["pickup_zone_id"]))
        if number in poisoned:
            producer.produce(options.topic, chance.choice((b"poison", struct.pack(">bI", 0, schema_id), b"")), b"132")
        producer.poll(0)
    producer.flush()
    for partition in range(options.marks):
        producer.produce(options.topic, encode(schema_id, mark(partition)), b"0", partition=partition)
    producer.flush()
    zones: dict[str, list[Any]] = {}
    for ride in made:
        answer = zones.setdefault(f"{ride['pickup_zone_id']}|{ride['pickup_datetime']:%Y-%m-%dT%H}:00", [0, Decimal(0)])
        answer[0] += 1
        answer[1] += ride["total_amount"] or 0
    ids = sorted(ride["event_id"] for ride in made)
    print(
        json.dumps(
            {"event_ids": ids, "zone_hours": {key: [n, f"{sum_:.2f}"] for key, (n, sum_) in sorted(zones.items())}}
        )
    )


if __name__ == "__main__":
    main()
