"""All schemas that a subject of the registry has, by the ids that records name."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

from trips_spark.errors import JobError, PassingTrouble

_SECONDS = 15.0
_PATH = "/apis/ccompat/v7"


def schemas_of(registry: str, subject: str) -> dict[int, str]:
    """Avro schemas as JSON text. Raises JobError where there are none, PassingTrouble where nobody answers."""
    address = f"{registry.rstrip('/')}/subjects/{subject}/versions"
    versions = [_ask(f"{address}/{version}") for version in _ask(address)]
    return {int(version["id"]): str(version["schema"]) for version in versions}


def _ask(address: str) -> Any:
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            raise JobError(
                "the registry has no such schema", address, "produce something first: npm run produce"
            ) from None
        raise PassingTrouble(f"the registry fails: HTTP {error.code}", address, "run again later") from error
    except (OSError, ValueError) as error:
        mend = f"start it (here: npm run up), or let --registry name its API, which ends in {_PATH}"
        raise PassingTrouble(f"the registry doesn't answer: {error}", address, mend) from error
