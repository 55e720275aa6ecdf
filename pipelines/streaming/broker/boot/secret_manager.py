"""Reads and makes versions of secrets, as the account that the machine runs as.

    secret_manager.py read <secret>   writes its newest version; ends with 3 when it has none
    secret_manager.py wait <secret>   the same, but waits for another machine to make the first version
    secret_manager.py add <secret>    makes what stands on standard input its newest version

The token comes from the machine's metadata. Neither it nor a secret is an argument, or part of a message.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request
from typing import Any

METADATA = os.environ.get("STREAMING_METADATA_URL", "http://metadata.google.internal")
SECRETS = os.environ.get("STREAMING_SECRETS_URL", "https://secretmanager.googleapis.com")
NO_VERSION = 3
#: A grant isn't in force at once: Google says mostly within 2 minutes, sometimes after 7.
PATIENCE_SECONDS = float(os.environ.get("STREAMING_PATIENCE_SECONDS", "600"))
#: Denied, too many, and what Google calls passing.
PASSING = {403, 408, 429, 500, 502, 503, 504}


def ask(url: str, headers: dict[str, str], body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json", **headers})
    with urllib.request.urlopen(request, timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def token() -> str:
    path = "/computeMetadata/v1/instance/service-accounts/default/token"
    return str(ask(METADATA + path, {"Metadata-Flavor": "Google"})["access_token"])


def call(secret: str, method: str, body: bytes | None = None, also: frozenset[int] = frozenset()) -> dict[str, Any]:
    """Asks until it is answered, or patience is at an end; `also`: answers that are waited out, too."""
    url = f"{SECRETS}/v1/projects/{os.environ['PROJECT']}/secrets/{secret}{method}"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return ask(url, {"Authorization": f"Bearer {token()}"}, body)
        except urllib.error.HTTPError as error:
            if error.code not in PASSING | also or time.monotonic() > deadline:
                raise
        except OSError:
            if time.monotonic() > deadline:
                raise
        time.sleep(min(5, PATIENCE_SECONDS / 10))


def read(secret: str, also: frozenset[int] = frozenset()) -> bytes:
    return base64.b64decode(call(secret, "/versions/latest:access", also=also)["payload"]["data"])


def main(what: str, secret: str) -> int:
    try:
        if what == "add":
            data = base64.b64encode(sys.stdin.buffer.read()).decode()
            call(secret, ":addVersion", json.dumps({"payload": {"data": data}}).encode())
        else:
            sys.stdout.buffer.write(read(secret, frozenset({404}) if what == "wait" else frozenset()))
    except urllib.error.HTTPError as error:
        if what == "read" and error.code == 404:
            return NO_VERSION
        print(f"Secret Manager answers {error.code} {error.reason} to {what} {secret}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Secret Manager can't be reached for {what} {secret}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
