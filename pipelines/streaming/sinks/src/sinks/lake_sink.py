"""Reads rides in a group, and puts them on the lake: each once, wherever this process is killed.

Where a partition stands is what the lake says of it. The offsets committed to Kafka follow, for people to see the lag.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from ingest.errors import IngestError
from sinks.dead_letters import DeadLetters
from sinks.decoder import Decoder, Poison
from sinks.fault_points import reached
from sinks.kafka_words import LOGIN, in_words, unreachable
from sinks.lake_place import LakePlace, Source
from sinks.options import Options
from sinks.rides import Batch, Bounds, hour_of
from sinks.summary import Summary

_AT_ONCE = 2_000
_WAIT_SECONDS = 0.2


@dataclass
class _Partition:
    """One that this process was given. `end` is what lay there when it was."""

    source: Source
    batch: Batch
    end: int
    is_read: bool = False


@dataclass
class LakeSink:
    options: Options
    open_consumer: Callable[[Callable[[KafkaError], None]], Consumer]
    decoder: Decoder
    dead_letters: DeadLetters
    place: LakePlace
    contract: Any
    topic_id: str
    summary: Summary = field(default_factory=Summary)

    def __post_init__(self) -> None:
        self._bounds = Bounds(self.contract)
        self._names = tuple(field["name"] for field in self.contract["fields"])
        self._consumer = self.open_consumer(self._on_error)
        self._partitions: dict[int, _Partition] | None = None
        self._in_memory = 0
        self._oldest = self._newest = time.monotonic()
        self._silent_since: float | None = None
        self._trouble: IngestError | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """What was read still goes to the lake; then `run` returns."""
        self._is_stopped = True

    def run(self) -> None:
        self._consumer.subscribe([self.options.topic], on_assign=self._given, on_revoke=self._taken, on_lost=self._lost)
        try:
            while not self._is_stopped and not self._is_through():
                self._read()
                if self._is_time():
                    self._flush()
            self._flush()
        finally:
            self._partitions = None  # what is in memory now is nothing that closing may flush
            self._consumer.close()

    def _on_error(self, error: KafkaError) -> None:
        """From librdkafka: that no broker answers may pass, and is told when it has lasted."""
        if error.code() == KafkaError._ALL_BROKERS_DOWN:
            self._silent_since = self._silent_since or time.monotonic()
        elif error.fatal() or error.code() in LOGIN:
            self._trouble = in_words(error, self.options.bootstrap)

    def _read(self) -> None:
        messages = self._consumer.consume(_AT_ONCE, _WAIT_SECONDS)
        if self._trouble is not None:
            raise self._trouble
        if messages:
            self._silent_since = None
        elif self._silent_since and time.monotonic() - self._silent_since > self.options.patience_seconds:
            self._expect_a_broker()
        for message in messages:
            self._take(message)

    def _take(self, message: Message) -> None:
        partition = (self._partitions or {}).get(int(message.partition() or 0))
        error = message.error()
        if error is not None:
            self._take_error(error, partition, message)
        elif partition is not None and int(message.offset() or 0) >= partition.batch.next:
            self._newest = time.monotonic()
            self._oldest = self._oldest if self._in_memory else self._newest
            self._in_memory += 1
            partition.batch.add(int(message.offset() or 0), *self._ride(message))
            partition.is_read |= partition.batch.next >= partition.end
            reached("lake:record-read")

    def _take_error(self, error: KafkaError, partition: _Partition | None, message: Message) -> None:
        match error.code():
            case KafkaError._PARTITION_EOF:
                if partition is not None:
                    partition.is_read = True
            case KafkaError._AUTO_OFFSET_RESET if partition is not None:
                self._flush()
                self._go_on_from_the_oldest(partition)
            case _:
                if not error.retriable() and error.code() != KafkaError._ALL_BROKERS_DOWN:
                    raise in_words(error, self.options.bootstrap)

    def _ride(self, message: Message) -> tuple[dict[str, Any] | None, int | None]:
        """The record and its hour; without an hour it is a mark, without both a dead letter."""
        try:
            record = self.decoder.decode(message.value())
            hour = hour_of(record)
            self._bounds.check(record)
            return record, hour
        except Poison as poison:
            self.dead_letters.put(message, str(poison))
            self.summary.dead_letters += 1
            return None, None

    def _flush(self) -> None:
        """Dead letters first: what was put aside must be there before its offset counts as done."""
        self.dead_letters.flush()
        for number, partition in (self._partitions or {}).items():
            batch = partition.batch
            if batch.records == 0:
                continue
            files = self.place.put(partition.source, batch)
            self.summary.add(batch, files)
            partition.batch = Batch(self._names, batch.next, batch.next)
            self._commit(number, batch.next)
        self._in_memory = 0

    def _commit(self, number: int, offset: int) -> None:
        """For people only: nothing is lost where it fails, as it does while the group changes."""
        try:
            self._consumer.commit(offsets=[TopicPartition(self.options.topic, number, offset)], asynchronous=True)
        except KafkaException:
            self.summary.commits_failed += 1

    def _given(self, consumer: Consumer, partitions: list[TopicPartition]) -> None:
        self._partitions, self._in_memory = {}, 0
        for partition in partitions:
            source = Source(self.options.topic, self.topic_id, partition.partition)
            oldest, end = self._offsets(partition)
            first = self.place.begin(source, oldest)
            if first < oldest:
                first = self._skip(source, first, oldest)
            if first > end:
                raise _beyond(str(self.place), source, first, (oldest, end))
            partition.offset = first
            self._partitions[partition.partition] = _Partition(
                source, Batch(self._names, first, first), end, first >= end
            )
        consumer.assign(partitions)

    def _taken(self, _consumer: Consumer, _partitions: list[TopicPartition]) -> None:
        """Still ours until this returns: what was read of them goes to the lake."""
        self._flush()
        self._partitions = None

    def _lost(self, _consumer: Consumer, _partitions: list[TopicPartition]) -> None:
        """Another process may have them already: it reads again what was in memory here."""
        self._partitions = None

    def _offsets(self, partition: TopicPartition) -> tuple[int, int]:
        try:
            oldest, end = self._consumer.get_watermark_offsets(partition, timeout=30.0)
        except KafkaException as error:
            raise in_words(error, self.options.bootstrap) from error
        return int(oldest), int(end)

    def _go_on_from_the_oldest(self, partition: _Partition) -> None:
        """The topic hasn't what follows: it gave that up, or brokers lost it with more that the lake has."""
        number = partition.source.partition
        oldest, end = self._offsets(TopicPartition(self.options.topic, number))
        if not partition.batch.next <= oldest <= end:
            raise _beyond(str(self.place), partition.source, partition.batch.next, (oldest, end))
        first = self._skip(partition.source, partition.batch.next, oldest)
        partition.batch = Batch(self._names, first, first)
        self._consumer.seek(TopicPartition(self.options.topic, number, first))

    def _skip(self, source: Source, first: int, oldest: int) -> int:
        self.place.skip(source, first, oldest)
        self.summary.miss(source, first, oldest)
        return oldest

    def _expect_a_broker(self) -> None:
        try:
            self._consumer.list_topics(self.options.topic, timeout=5.0)
        except KafkaException as error:
            seconds = f"for {self.options.patience_seconds:g} s: {error.args[0].str()}"
            raise unreachable(self.options.bootstrap, seconds) from error
        self._silent_since = None

    def _is_time(self) -> bool:
        now, options = time.monotonic(), self.options
        return self._in_memory > 0 and (
            self._in_memory >= options.flush_records
            or now - self._oldest >= options.flush_seconds
            or now - self._newest >= options.idle_seconds
        )

    def _is_through(self) -> bool:
        """With `once`: all that was there when the partitions were given has been read."""
        if not self.options.once or self._partitions is None:
            return False
        return all(partition.is_read for partition in self._partitions.values())


def _beyond(where: str, source: Source, first: int, there: tuple[int, int]) -> IngestError:
    oldest, end = there
    return IngestError(
        f"{source} goes from {oldest} to {end}, and the lake has what goes up to {first}: brokers have lost records",
        where,
        "delete the topic, make it anew and replay: under its old id, new records would be taken for what the lake has",
    )
