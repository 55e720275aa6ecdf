"""What is put aside gets there, whatever its size and however much of it there is."""

from __future__ import annotations

from kafka_in_process import Brokers
from sinks.dead_letters import TOPIC, DeadLetters


class _Record:
    """A record as it was read: one of another client's may be larger than librdkafka sends."""

    def __init__(self, value: bytes, key: bytes | None = None, headers: list[tuple[str, bytes]] | None = None) -> None:
        self._value, self._key, self._headers = value, key, headers

    def topic(self) -> str:
        return "trips.rides"

    def partition(self) -> int:
        return 3

    def offset(self) -> int:
        return 17

    def key(self) -> bytes | None:
        return self._key

    def value(self) -> bytes:
        return self._value

    def headers(self) -> list[tuple[str, bytes]] | None:
        return self._headers


def test_a_letter_that_fits_goes_as_it_came_one_that_doesnt_is_cut_and_says_so() -> None:
    brokers = Brokers()
    dead_letters = DeadLetters(brokers.connection, "trips-lake-sink")
    dead_letters.put(_Record(b"poison", b"132", [("trace", b"1")]), "it has no value")  # type: ignore[arg-type]
    dead_letters.put(_Record(b"x" * 2_000_000, b"k" * 5_000, [("a", b"b")]), "no" * 2_000)  # type: ignore[arg-type]
    dead_letters.flush()
    whole, cut = sorted(brokers.read(TOPIC, 2), key=lambda letter: len(letter.value() or b""))
    assert (whole.key(), whole.value()) == (b"132", b"poison")
    assert dict(whole.headers() or []) == {
        "trace": b"1",
        "topic": b"trips.rides",
        "partition": b"3",
        "offset": b"17",
        "reason": b"it has no value",
        "program": b"trips-lake-sink",
    }
    told = dict(cut.headers() or [])
    assert told["cut"] == b"value 920576 of 2000000 bytes, key 1024 of 5000, without its 1 headers"
    assert (len(cut.value() or b""), len(cut.key() or b""), len(told["reason"])) == (920_576, 1_024, 2_000)
    assert "a" not in told


def test_more_letters_than_librdkafka_holds_wait_for_their_turn() -> None:
    brokers = Brokers()
    dead_letters = DeadLetters({**brokers.connection, "queue.buffering.max.messages": 2}, "trips-lake-sink")
    for number in range(20):
        dead_letters.put(_Record(b"%d" % number), "why")  # type: ignore[arg-type]
    dead_letters.flush()
    assert sorted(int(letter.value() or b"") for letter in brokers.read(TOPIC, 20)) == list(range(20))
