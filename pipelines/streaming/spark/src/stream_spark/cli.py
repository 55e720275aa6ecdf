"""`python -m stream_spark --bootstrap … --registry … --output …`: final pickups per zone and hour, as Parquet."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pyspark.errors import StreamingQueryException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming.query import StreamingQuery

from stream_spark.meanings import meant_alike
from stream_spark.registry import schemas_of
from stream_spark.session import open_session
from stream_spark.zone_hours import Windows, rides, zone_hours
from trips_spark.errors import JobError, PassingTrouble

_ROOT = Path(__file__).resolve().parents[5]
_CONTRACTS = _ROOT / "contracts" / "generated"
_PRODUCE = "produce something by the contract first: npm run produce"
_JARS = _ROOT / ".embedded" / "kafka" / "spark"


@dataclass(frozen=True)
class Options:
    bootstrap: str
    registry: str
    output: Path
    topic: str
    client_properties: Path | None
    batch_records: int
    memory: str
    cores: int
    jars: Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Gives the exit code: 0; 1 for an error, 75 for trouble that may pass; 2 for a wrong command line."""
    try:
        told = run(Options(**vars(_parser().parse_args(arguments))))
    except JobError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    print(json.dumps(told))
    return 0


def run(options: Options) -> dict[str, int]:
    """Reads what is there now; the next time it goes on from there. Says how many records were read, late or double."""
    contract = (_CONTRACTS / "avro" / "ride_event.avsc").read_text()
    minutes = json.loads((_CONTRACTS / "windows.json").read_text())
    schemas, others = meant_alike(schemas_of(options.registry, f"{options.topic}-value"), contract)
    for number, words in others.items():
        print(f"passed over: records of schema {number}, by which {words}", file=sys.stderr)
    if not schemas:
        raise JobError("by no schema of the topic records mean what the contract says", options.registry, _PRODUCE)
    spark = open_session(options.jars, options.memory, options.cores)
    try:
        events = rides(_records(spark, options), schemas, contract)
        answer = zone_hours(events, Windows(minutes["windowMinutes"], minutes["graceMinutes"]))
        query = (
            answer.writeStream.outputMode("append")
            .option("checkpointLocation", str(options.output / "_checkpoint"))
            .foreachBatch(lambda batch, number: _write(batch, options.output / "finals" / f"batch={number:06d}"))
            .trigger(availableNow=True)
            .start()
        )
        return _awaited(query, options.bootstrap)
    finally:
        spark.stop()


def _records(spark: SparkSession, options: Options) -> DataFrame:
    reader = (
        spark.readStream.format("kafka")
        .option("kafka.bootstrap.servers", options.bootstrap)
        .option("subscribe", options.topic)
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", options.batch_records)
        # A topic that gave up records before they were read is an error, not a smaller answer.
        .option("failOnDataLoss", "true")
        .option("kafka.isolation.level", "read_committed")
        .option("kafka.request.timeout.ms", "10000")
        .option("kafka.default.api.timeout.ms", "15000")
    )
    for name, value in _properties(options.client_properties).items():
        reader = reader.option(f"kafka.{name}", value)
    return reader.load()


def _properties(file: Path | None) -> dict[str, str]:
    """Of a Kafka client, as Java reads them: Spark's is one."""
    lines = file.read_text().splitlines() if file else []
    pairs = (line.partition("=") for line in map(str.strip, lines) if line and line[0] not in "#!")
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() != "bootstrap.servers"}


def _write(batch: DataFrame, folder: Path) -> None:
    """A batch that is repeated after a crash has the same number: it takes its own place."""
    batch.coalesce(1).write.mode("overwrite").parquet(str(folder))


def _awaited(query: StreamingQuery, bootstrap: str) -> dict[str, int]:
    try:
        query.awaitTermination()
    except StreamingQueryException as error:
        words = str(error)
        if "TimeoutException" in words or "Timed out" in words or "disconnected" in words:
            raise PassingTrouble("no broker answers", bootstrap, "start the brokers, then run again") from error
        first = next((line for line in words.splitlines() if line.strip()), "StreamingQueryException")
        raise JobError(first, bootstrap, "mend the cause, then run again") from error
    progress = query.recentProgress
    operators = [operator for step in progress for operator in step["stateOperators"]]
    return {
        "batches": len(progress),
        "records": sum(int(step["numInputRows"]) for step in progress),
        "late": sum(int(operator["numRowsDroppedByWatermark"]) for operator in operators),
        "twice": sum(int(operator["customMetrics"].get("numDroppedDuplicateRows", 0)) for operator in operators),
    }


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="stream_spark", description=__doc__)
    parser.add_argument("--bootstrap", required=True, help="addresses of brokers, e.g. 127.0.0.1:9092")
    parser.add_argument("--registry", required=True, help="e.g. http://127.0.0.1:8181/apis/ccompat/v7")
    parser.add_argument("--output", required=True, type=Path, help="a folder: finals/ and the checkpoint")
    parser.add_argument("--topic", default="trips.rides")
    parser.add_argument("--client-properties", type=Path, help="how to log in to Kafka, as its own tools read it")
    parser.add_argument("--batch-records", type=int, default=500_000, help="most records of a micro-batch (500,000)")
    parser.add_argument("--memory", default="1g", help="of Spark (1g)")
    parser.add_argument("--cores", type=int, default=2, help="of Spark (2)")
    parser.add_argument("--jars", type=Path, default=_JARS, help=argparse.SUPPRESS)
    return parser
