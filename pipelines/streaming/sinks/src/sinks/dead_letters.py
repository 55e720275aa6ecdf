"""Records that nobody can read, put aside as they came: what they were, where from and why is in their headers."""

from __future__ import annotations

import time
from typing import Any

from confluent_kafka import KafkaException, Message, Producer

from ingest.errors import IngestError
from sinks.kafka_words import in_words, unreachable
from sinks.letter_size import Content, Headers, fitting

TOPIC = "trips.dead-letter"
_SECONDS = 30.0
#: Characters of a reason: a schema's complaint may tell the schema.
_MOST_REASON = 2_000


class DeadLetters:
    """:param connection: librdkafka's configuration of a client"""

    def __init__(self, connection: dict[str, Any], program: str) -> None:
        self._connection = connection
        self._program = program
        self._producer: Producer | None = None
        self._failed: IngestError | None = None
        self.count = 0

    def put(self, message: Message, reason: str) -> None:
        """As much of it as a letter may hold; header `cut` says what is left out."""
        record, cut = fitting(Content(message.key(), message.value(), _pairs(message.headers() or [])))
        told = {
            "topic": message.topic(),
            "partition": message.partition(),
            "offset": message.offset(),
            "reason": reason[:_MOST_REASON],
            "program": self._program,
            **({} if cut is None else {"cut": cut}),
        }
        self._send(record, [(name, str(each).encode()) for name, each in told.items()])
        self.count += 1

    def _send(self, record: Content, told: Headers) -> None:
        """Waits while librdkafka has as many as it holds."""
        producer = self._open()
        deadline = time.monotonic() + _SECONDS
        while True:
            try:
                headers = [*record.headers, *told]
                producer.produce(TOPIC, record.value, record.key, headers=headers, on_delivery=self._told)
                producer.poll(0)
                return
            except BufferError as error:
                producer.poll(0.1)
                if time.monotonic() > deadline:
                    raise unreachable(self._connection["bootstrap.servers"], f"no letter was taken: {error}") from error
            except KafkaException as error:
                raise in_words(error, self._connection["bootstrap.servers"]) from error

    def _open(self) -> Producer:
        if self._producer is None:
            self._producer = Producer(
                {**self._connection, "enable.idempotence": True, "message.timeout.ms": int(_SECONDS * 1000)}
            )
        return self._producer

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


def _pairs(headers: dict[str, str | bytes | None] | Headers) -> Headers:
    """What was read has them as a list, for a name may come twice; the binding's types allow for both forms."""
    return list(headers.items()) if isinstance(headers, dict) else headers
