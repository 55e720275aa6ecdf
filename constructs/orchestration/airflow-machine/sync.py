"""Keeps a folder in step with Airflow's bucket: DAGs, programs and settings come, what runs leave behind goes.

Nothing but the standard library: it is needed before there is any Python environment.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

STORAGE = os.environ.get("STORAGE", "https://storage.googleapis.com")
METADATA = os.environ.get("METADATA", "http://metadata.google.internal/computeMetadata/v1")

DOWN = ("dags/", "plugins/", "data/pipelines/", "data/environments/", "data/settings.json")
UP = ("data/runs/", "data/dashboard/")
UP_SECONDS = 2 * 86_400
"""Older files went up long ago, or are gone from the bucket by its life cycle."""


class Bucket:
    """Cloud Storage's JSON API, as the machine's own account."""

    def __init__(self, name: str) -> None:
        self._name = name
        token = Request(f"{METADATA}/instance/service-accounts/default/token", headers={"Metadata-Flavor": "Google"})
        self._headers = {"Authorization": f"Bearer {json.load(urlopen(token, timeout=10))['access_token']}"}

    def hashes(self, prefix: str) -> dict[str, str]:
        """MD5 of each object, in base64, by its name."""
        found: dict[str, str] = {}
        page = ""
        while True:
            fields = {"prefix": prefix, "fields": "nextPageToken,items(name,md5Hash)", "pageToken": page}
            answer = json.loads(self._send(f"/storage/v1/b/{self._name}/o?{urlencode(fields)}"))
            found |= {
                item["name"]: item.get("md5Hash", "") for item in answer.get("items", []) if item["name"][-1] != "/"
            }
            page = answer.get("nextPageToken", "")
            if not page:
                return found

    def read(self, name: str) -> bytes:
        return self._send(f"/storage/v1/b/{self._name}/o/{quote(name, safe='')}?alt=media")

    def write(self, name: str, content: bytes) -> None:
        fields = urlencode({"uploadType": "media", "name": name})
        self._send(f"/upload/storage/v1/b/{self._name}/o?{fields}", content)

    def _send(self, path: str, content: bytes | None = None) -> bytes:
        headers = self._headers | ({"Content-Type": "application/octet-stream"} if content is not None else {})
        with urlopen(Request(STORAGE + path, data=content, headers=headers), timeout=60) as answer:
            return bytes(answer.read())


def bring(bucket: Bucket, objects: dict[str, str], folder: Path) -> Iterator[str]:
    """Make the folder's half that comes from the bucket equal to it; the names of what changed."""
    wanted = {name: md5 for name, md5 in objects.items() if name.startswith(DOWN)}
    # Locks last: a lock that is new has what it is needed by beside it.
    for name, md5 in sorted(wanted.items(), key=lambda one: (one[0].startswith("data/environments/"), one[0])):
        if md5_of(folder / name) != md5:
            replace(folder / name, bucket.read(name))
            yield f"{name} came"
    for name in files_below(folder, DOWN):
        if name not in wanted:
            (folder / name).unlink()
            yield f"{name} went"


def send(bucket: Bucket, objects: dict[str, str], folder: Path) -> Iterator[str]:
    """Copy what runs left behind to the bucket; the names of what changed."""
    for name in files_below(folder, UP):
        path = folder / name
        if time.time() - path.stat().st_mtime < UP_SECONDS and md5_of(path) != objects.get(name):
            bucket.write(name, path.read_bytes())
            yield f"{name} sent"


def files_below(folder: Path, prefixes: tuple[str, ...]) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(name for path in paths if (name := path.relative_to(folder).as_posix()).startswith(prefixes))


def md5_of(path: Path) -> str | None:
    return base64.b64encode(hashlib.md5(path.read_bytes()).digest()).decode() if path.is_file() else None


def replace(path: Path, content: bytes) -> None:
    """Whoever reads the file sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".coming-")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def main(name: str, folder: Path) -> None:
    bucket = Bucket(name)
    objects = bucket.hashes("dags/") | bucket.hashes("plugins/") | bucket.hashes("data/")
    if not any(one.startswith("dags/") for one in objects):
        raise SystemExit(f"The bucket {name} holds no DAGs: deploy again, then start the machine again.")
    for change in [*bring(bucket, objects, folder), *send(bucket, objects, folder)]:
        print(change)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
