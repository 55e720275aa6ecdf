"""As much of a record as a dead letter may hold: what came compressed may be larger than what is sent uncompressed."""

from __future__ import annotations

from dataclasses import dataclass, field

#: librdkafka and the broker take a megabyte; the headers that say where a letter comes from are to fit in, too.
_MOST_BYTES = 900 * 1024
#: Of a key that is kept where all isn't.
_MOST_KEY = 1024


#: As librdkafka's binding has them; of what was read all are bytes, or None.
Headers = list[tuple[str, str | bytes | None]]


@dataclass(frozen=True)
class Content:
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default_factory=list)


def fitting(content: Content) -> tuple[Content, str | None]:
    """What is sent, and in words what is left out of it; None where nothing is."""
    key, value = content.key or b"", content.value or b""
    of_headers = sum(len(name.encode()) + len(each or b"") for name, each in content.headers)
    if len(key) + len(value) + of_headers <= _MOST_BYTES:
        return content, None
    kept = Content(key[:_MOST_KEY], value[: _MOST_BYTES - _MOST_KEY])
    cut = (
        f"value {len(kept.value or b'')} of {len(value)} bytes, key {len(kept.key or b'')} of {len(key)}, "
        f"without its {len(content.headers)} headers"
    )
    return kept, cut
