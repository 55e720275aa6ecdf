"""What librdkafka says when something fails, in words for people."""

from __future__ import annotations

from typing import Any

from confluent_kafka import KafkaError, KafkaException

from ingest.errors import IngestError, PassingTrouble

_UNREACHABLE = (
    KafkaError._TRANSPORT,
    KafkaError._ALL_BROKERS_DOWN,
    KafkaError._TIMED_OUT,
    KafkaError._RESOLVE,
    KafkaError._TIMED_OUT_QUEUE,
    KafkaError.LEADER_NOT_AVAILABLE,
    KafkaError.NOT_ENOUGH_REPLICAS,
    KafkaError.COORDINATOR_NOT_AVAILABLE,
    KafkaError._MSG_TIMED_OUT,
)
_NO_TOPIC = (KafkaError.UNKNOWN_TOPIC_OR_PART, KafkaError._UNKNOWN_TOPIC, KafkaError._UNKNOWN_PARTITION)
#: Codes of a login that was refused.
LOGIN = (KafkaError._AUTHENTICATION, KafkaError.SASL_AUTHENTICATION_FAILED, KafkaError._SSL)
_RIGHTS = (
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.GROUP_AUTHORIZATION_FAILED,
    KafkaError.CLUSTER_AUTHORIZATION_FAILED,
)
_KNOWN = (
    (_NO_TOPIC, "there is no such topic", "`npm run topics` shows which there are"),
    (LOGIN, "Kafka doesn't let us in", "check what --client-properties names: user, password, certificate"),
    (_RIGHTS, "this user has no right to it", "log in as consumer, whose rights contracts/kafka-users.ts lists"),
)


def in_words(error: KafkaError | KafkaException | Any, bootstrap: str) -> IngestError:
    """For people: PassingTrouble where a later try may help."""
    reason = error.args[0] if isinstance(error, KafkaException) else error
    code = reason.code() if isinstance(reason, KafkaError) else None
    said = reason.str() if isinstance(reason, KafkaError) else str(reason)
    if code in _UNREACHABLE:
        return unreachable(bootstrap, said)
    for codes, what, mend in _KNOWN:
        if code in codes:
            return IngestError(f"{what}: {said}", bootstrap, mend)
    return IngestError(f"Kafka refused: {said}", bootstrap, "mend the cause, then start it again")


def unreachable(bootstrap: str, said: str) -> PassingTrouble:
    mend = "start the brokers (here: npm run up), then start this again"
    return PassingTrouble(f"no broker answers: {said}", bootstrap, mend)
