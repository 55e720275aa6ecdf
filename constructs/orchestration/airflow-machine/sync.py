"""Keeps a folder in step with Airflow's bucket: DAGs, programs and settings come, what runs leave behind goes.

Nothing but the standard library: it is needed before there is any Python environment.
"""

from __future__ import annotations

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

DOWN = ("dags/", "plugins/", "data/pipelines/", "data/contracts/", "data/environments/", "data/settings.json")
UP = ("data/runs/", "data/dashboard/")
UP_SECONDS = 2 * 86_400
"""Older files went up long ago, or are gone from the bucket by its life cycle."""

MEMORY = ".synchronised.json"
"""What each object and its file were when they were last found alike, in the folder itself."""


class Bucket:
    """Cloud Storage's JSON API, as the machine's own account."""

    def __init__(self, name: str) -> None:
        self._name = name
        token = Request(f"{METADATA}/instance/service-accounts/default/token", headers={"Metadata-Flavor": "Google"})
        self._headers = {"Authorization": f"Bearer {json.load(urlopen(token, timeout=10))['access_token']}"}

    def generations(self, prefix: str) -> dict[str, str]:
        """Number of each object's content, by its name. A list doesn't hold the hash of what is encrypted with a key of the customer's."""
        found: dict[str, str] = {}
        page = ""
        while True:
            fields = {"prefix": prefix, "fields": "nextPageToken,items(name,generation)", "pageToken": page}
            answer = json.loads(self._send(f"/storage/v1/b/{self._name}/o?{urlencode(fields)}"))
            found |= {item["name"]: item["generation"] for item in answer.get("items", []) if item["name"][-1] != "/"}
            page = answer.get("nextPageToken", "")
            if not page:
                return found

    def read(self, name: str) -> bytes:
        return self._send(f"/storage/v1/b/{self._name}/o/{quote(name, safe='')}?alt=media")

    def write(self, name: str, content: bytes) -> str:
        """Returns the number that the content has got."""
        fields = urlencode({"uploadType": "media", "name": name})
        return str(json.loads(self._send(f"/upload/storage/v1/b/{self._name}/o?{fields}", content))["generation"])

    def _send(self, path: str, content: bytes | None = None) -> bytes:
        headers = self._headers | ({"Content-Type": "application/octet-stream"} if content is not None else {})
        with urlopen(Request(STORAGE + path, data=content, headers=headers), timeout=60) as answer:
            return bytes(answer.read())


class Memory:
    """Which content of an object a file's content was found to be the same as."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._alike: dict[str, list[str]] = json.loads(path.read_text()) if path.exists() else {}

    def are_alike(self, name: str, generation: str | None, file: Path) -> bool:
        noted = self._alike.get(name)
        return noted is not None and file.is_file() and noted == [generation, digest_of(file.read_bytes())]

    def note(self, name: str, generation: str, content: bytes) -> None:
        self._alike[name] = [generation, digest_of(content)]

    def save(self, objects: dict[str, str]) -> None:
        """But for what is in the bucket no longer."""
        text = json.dumps({name: pair for name, pair in sorted(self._alike.items()) if name in objects}, indent=0)
        if not self._path.exists() or self._path.read_text() != text:
            replace(self._path, text.encode())


def bring(bucket: Bucket, objects: dict[str, str], folder: Path, memory: Memory) -> Iterator[str]:
    """Make the folder's half that comes from the bucket equal to it; the names of what changed."""
    wanted = {name: generation for name, generation in objects.items() if name.startswith(DOWN)}
    # Locks last: a lock that is new has what it is needed by beside it.
    for name, generation in sorted(wanted.items(), key=lambda one: (one[0].startswith("data/environments/"), one[0])):
        path = folder / name
        if memory.are_alike(name, generation, path):
            continue
        content = bucket.read(name)
        # Left alone if it is the same: whoever waits for a change would see one.
        if not path.is_file() or path.read_bytes() != content:
            replace(path, content)
            yield f"{name} came"
        memory.note(name, generation, content)
    for name in files_below(folder, DOWN):
        if name not in wanted:
            (folder / name).unlink()
            yield f"{name} went"


def send(bucket: Bucket, objects: dict[str, str], folder: Path, memory: Memory) -> Iterator[str]:
    """Copy what runs left behind to the bucket; the names of what changed."""
    for name in files_below(folder, UP):
        path = folder / name
        if time.time() - path.stat().st_mtime > UP_SECONDS or memory.are_alike(name, objects.get(name), path):
            continue
        content = path.read_bytes()
        objects[name] = bucket.write(name, content)
        memory.note(name, objects[name], content)
        yield f"{name} sent"


def files_below(folder: Path, prefixes: tuple[str, ...]) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return sorted(name for path in paths if (name := path.relative_to(folder).as_posix()).startswith(prefixes))


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


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
    objects = bucket.generations("dags/") | bucket.generations("plugins/") | bucket.generations("data/")
    if not any(one.startswith("dags/") for one in objects):
        raise SystemExit(f"The bucket {name} holds no DAGs: deploy again, then start the machine again.")
    memory = Memory(folder / MEMORY)
    try:
        for change in (*bring(bucket, objects, folder, memory), *send(bucket, objects, folder, memory)):
            print(change)
    finally:
        memory.save(objects)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
