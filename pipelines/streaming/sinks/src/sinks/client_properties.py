"""Kafka's client properties, as Java's programs read them, in the words of librdkafka."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.errors import IngestError

_SAME = ("security.protocol", "sasl.mechanism", "ssl.endpoint.identification.algorithm")
_LOGIN = re.compile(r'(username|password)="((?:[^"\\]|\\.)*)"')
_MEND = "give the file that Kafka's own tools take, such as the one of the cluster's user"


def read_properties(file: Path) -> dict[str, str]:
    """What a client of librdkafka is configured with. Raises IngestError for what isn't there, or isn't known."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise IngestError(f"the client's properties can't be read: {error.strerror}", str(file), _MEND) from None
    pairs = (line.partition("=") for line in map(str.strip, lines) if line and line[0] not in "#!")
    configuration: dict[str, str] = {}
    for name, _, value in pairs:
        configuration |= _translated(name.strip(), value.strip(), file)
    return configuration


def _translated(name: str, value: str, file: Path) -> dict[str, str]:
    if name in _SAME:
        return {name: value}
    match name:
        case "bootstrap.servers" | "client.id" | "group.id":
            return {}  # the command line says them
        case "ssl.truststore.location":
            return {"ssl.ca.location": value}
        case "ssl.truststore.type":
            if value.upper() == "PEM":
                return {}
            raise IngestError(f"certificates are in the form {value}, and only PEM is known here", str(file), _MEND)
        case "sasl.jaas.config":
            login = {key: re.sub(r"\\(.)", r"\1", text) for key, text in _LOGIN.findall(value)}
            if login.keys() != {"username", "password"}:
                raise IngestError("sasl.jaas.config has no username and password", str(file), _MEND)
            return {f"sasl.{key}": text for key, text in login.items()}
    raise IngestError(f"the property {name} isn't known here", str(file), _MEND)
