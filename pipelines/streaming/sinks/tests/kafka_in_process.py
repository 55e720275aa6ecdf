"""librdkafka's own stand-in for brokers, in this process: real clients, and no Java.

Its groups don't notice who leaves: a second consumer in a group would wait for minutes. So let each have its own.
"""

from __future__ import annotations

import logging

from confluent_kafka import Consumer, Message, Producer, TopicPartition

#: It logs that it is on, and each client that goes.
_SILENT = logging.getLogger("kafka-in-process")
_SILENT.addHandler(logging.NullHandler())
_SILENT.propagate = False
_SECONDS = 15.0


class Brokers:
    """One, which makes topics of four partitions when they are first named; it is gone with this object."""

    def __init__(self) -> None:
        self._owner = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "none", "logger": _SILENT})
        (broker,) = self._owner.list_topics(timeout=_SECONDS).brokers.values()
        self.bootstrap = f"{broker.host}:{broker.port}"
        self.connection = {"bootstrap.servers": self.bootstrap, "logger": _SILENT}

    def send(self, topic: str, *values: bytes) -> None:
        """To partition 0."""
        for value in values:
            self._owner.produce(topic, value, b"132", partition=0)
        assert self._owner.flush(_SECONDS) == 0

    def read(self, topic: str, count: int) -> list[Message]:
        """The first records of all partitions."""
        partitions = self._owner.list_topics(topic, timeout=_SECONDS).topics[topic].partitions
        consumer = Consumer({**self.connection, "group.id": "reader", "auto.offset.reset": "earliest"})
        consumer.assign([TopicPartition(topic, partition, 0) for partition in partitions])
        try:
            found: list[Message] = []
            while len(found) < count:
                more = consumer.consume(1, _SECONDS)
                assert more, f"{topic} has {len(found)} records, not {count}"
                found.extend(more)
            return found
        finally:
            consumer.close()
