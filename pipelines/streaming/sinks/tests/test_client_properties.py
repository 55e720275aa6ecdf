"""Java's client properties for librdkafka."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import IngestError
from sinks.client_properties import read_properties

#: As a machine of the cluster writes it: pipelines/streaming/broker/boot/configuration.sh.
GIVEN = """\
bootstrap.servers=10.0.0.2:9092
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
ssl.truststore.type=PEM
ssl.truststore.location=/etc/trips/ca.pem
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="consumer" \
password="s=3\\"cret;";
"""


def test_the_clusters_own_file_is_understood(tmp_path: Path) -> None:
    file = tmp_path / "client.properties"
    file.write_text(GIVEN)
    assert read_properties(file) == {
        "security.protocol": "SASL_SSL",
        "sasl.mechanism": "SCRAM-SHA-512",
        "ssl.ca.location": "/etc/trips/ca.pem",
        "sasl.username": "consumer",
        "sasl.password": 's=3"cret;',
    }


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("ssl.truststore.type=JKS", "only PEM"),
        ("sasl.jaas.config=x required;", "no username and password"),
        ("surprise=1", "isn't known"),
    ],
)
def test_what_isnt_understood_is_refused(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "client.properties"
    file.write_text(f"# a comment\n{line}\n")
    with pytest.raises(IngestError, match=why):
        read_properties(file)


def test_a_file_that_isnt_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(IngestError) as error:
        read_properties(tmp_path / "nothing")
    assert error.value.where == str(tmp_path / "nothing")
