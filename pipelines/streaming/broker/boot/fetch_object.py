"""Fetches an object of Cloud Storage: `fetch_object.py gs://<bucket>/<name> <file>`; ends with 3 when there is none.

A file that is the newest one is left as it is.
"""

from __future__ import annotations

import base64
import hashlib
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import secret_manager

STORAGE = os.environ.get("STREAMING_STORAGE_URL", "https://storage.googleapis.com")
NO_OBJECT = 3


def fetch(address: str, file: Path) -> None:
    bucket, _, name = address.removeprefix("gs://").partition("/")
    url = f"{STORAGE}/storage/v1/b/{bucket}/o/{urllib.parse.quote(name, safe='')}"
    headers = {"Authorization": f"Bearer {secret_manager.token()}"}
    md5 = secret_manager.ask(url, headers)["md5Hash"]
    if file.exists() and _md5(file.read_bytes()) == md5:
        return
    with urllib.request.urlopen(urllib.request.Request(f"{url}?alt=media", headers=headers), timeout=120) as response:
        content = response.read()
    if _md5(content) != md5:
        raise OSError("it came damaged")
    unfinished = file.with_suffix(".new")
    unfinished.write_bytes(content)
    unfinished.chmod(0o644)
    unfinished.rename(file)


def _md5(content: bytes) -> str:
    return base64.b64encode(hashlib.md5(content, usedforsecurity=False).digest()).decode()


def main(address: str, file: Path) -> int:
    try:
        fetch(address, file)
    except urllib.error.HTTPError as error:
        if error.code == 404:
            return NO_OBJECT
        print(f"Cloud Storage answers {error.code} {error.reason} for {address}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{address} can't be fetched: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
