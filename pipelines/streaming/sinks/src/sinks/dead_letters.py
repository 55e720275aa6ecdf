"""Records that nobody can read, put aside as they came: what they were, where from and why is in their headers."""

from __future__ import annotations

from typing import Any

from confluent_kafka import KafkaException, Message, Producer

from ingest.errors import IngestError
from sinks.kafka_words import in_words, unreachable

TOPIC = "trips.dead-letter"
_SECONDS = 30.0


class DeadLetters:
    """:param connection: librdkafka's configuration of a client"""

    def __init__(self, connection: dict[str, Any], program: str) -> None:
        self._connection = connection
        self._program = program
        self._producer: Producer | None = None
        self._failed: IngestError | None = None
        self.count = 0

    def put(self, message: Message, reason: str) -> None:
        headers = [
            *(message.headers() or []),
            ("topic", str(message.topic()).encode()),
            ("partition", str(message.partition()).encode()),
            ("offset", str(message.offset()).encode()),
            ("reason", reason.encode()),
            ("program", self._program.encode()),
        ]
        if self._producer is None:
            self._producer = Producer(
                {**self._connection, "enable.idempotence": True, "message.timeout.ms": int(_SECONDS * 1000)}
            )
        self._producer.produce(TOPIC, message.value(), message.key(), headers=headers, on_delivery=self._told)
        self._producer.poll(0)
        self.count += 1

    def flush(self) -> None:
        """All are on the brokers when this returns; before that, what was read with them must not count as done."""
        if self._producer is None:
            return
        left = self._producer.flush(_SECONDS)
        if self._failed is not None:
            raise self._failed
        if left:
            raise unreachable(
                self._connection["bootstrap.servers"], f"{left} dead letters weren't taken within {_SECONDS:g} s"
            )

    def _told(self, error: Any, _message: Message) -> None:
        if error is not None:
            self._failed = in_words(KafkaException(error), self._connection["bootstrap.servers"])
