"""Clients of librdkafka, and what they ask a cluster before they read."""

from __future__ import annotations

import logging
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicCollection
from confluent_kafka.admin import AdminClient

from ingest.errors import IngestError
from sinks.kafka_words import LOGIN, in_words

_SECONDS = 15.0

# librdkafka reports each try to connect on standard error; what becomes of it is said by our own errors.
_SILENT = logging.getLogger("librdkafka")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False


def connection(bootstrap: str, properties: dict[str, str]) -> dict[str, Any]:
    """What all clients are configured with."""
    return {"bootstrap.servers": bootstrap, "logger": _SILENT, "partitioner": "murmur2_random", **properties}


def consumer_of(base: dict[str, Any], group: str) -> Consumer:
    """Of a group; it reads committed records only, and never commits by itself."""
    return Consumer(
        {
            **{name: value for name, value in base.items() if name != "partitioner"},
            "group.id": group,
            "enable.auto.commit": False,
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            "isolation.level": "read_committed",
            # What librdkafka holds ready of each partition.
            "queued.max.messages.kbytes": 8_192,
            # So long the group waits for one that was killed.
            "session.timeout.ms": 10_000,
            "max.poll.interval.ms": 300_000,
        }
    )


def topic_id(base: dict[str, Any], topic: str) -> str:
    """Kafka's own id of the topic. Raises IngestError where there is none, PassingTrouble where no broker answers."""
    bootstrap = base["bootstrap.servers"]
    heard: list[KafkaError] = []
    configuration: dict[str, Any] = {name: value for name, value in base.items() if name != "partitioner"}
    configuration["error_cb"] = heard.append
    admin = AdminClient(configuration)
    try:
        # Asks by name, which fails quickly and says why; a description of a topic retries.
        found = admin.list_topics(topic, timeout=_SECONDS).topics[topic]
        if found.error is not None:
            raise in_words(KafkaException(found.error), bootstrap)
        answer = admin.describe_topics(TopicCollection([topic]), request_timeout=_SECONDS)[topic].result()
    except KafkaException as error:
        # A refused login isn't the request's error: the request only gets no answer.
        admin.poll(1.0)
        refused = next((one for one in heard if one.code() in LOGIN), error)
        raise in_words(refused, bootstrap) from error
    if answer.topic_id is None:
        raise IngestError("the brokers give topics no ids", bootstrap, "use Kafka 2.8 or newer")
    return str(answer.topic_id)
