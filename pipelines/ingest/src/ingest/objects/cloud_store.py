"""Objects in Cloud Storage, by Google's client: checked by CRC32C both ways, and never overwritten unseen.

Whoever replaces or removes an object says which generation of it they have seen, and Cloud Storage refuses if there is
another one: of two processes that change the same object the later fails, and begins anew with what it then sees.
See https://cloud.google.com/storage/docs/request-preconditions
"""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from google.api_core.exceptions import NotFound, PreconditionFailed
from google.cloud.storage import Client
from google.cloud.storage.retry import DEFAULT_RETRY
from pyarrow import ArrowInvalid, parquet

from ingest.errors import IngestError
from ingest.objects.cloud_trouble import READ, WRITE, in_words, lost_race, no_bucket
from ingest.objects.cloud_upload import has_the_bytes, upload
from ingest.objects.root import Bucket
from ingest.objects.store import Found

_FIELDS = "items(name,size,timeCreated,generation),nextPageToken"
_FOOTER = 256 << 10  # a month's is smaller, and comes in one request


class CloudStore:
    """:param seen: generation of each object at the first look since `alone` began, or since it was written; 0: none.
    Stores of one lake share it.
    """

    def __init__(self, client: Any, root: Bucket, account: str | None, seen: dict[str, int]) -> None:
        self._client = client
        self._root = root
        self._bucket = client.bucket(root.name)
        self._account = account
        self._seen = seen
        self._is_there = False

    def address(self, name: str) -> str:
        return f"gs://{self._root.name}/{self._root.prefix}{name}"

    uri = address

    def find(self, name: str) -> Found | None:
        with self._in_words(name, READ):
            blob = self._bucket.get_blob(self._root.prefix + name, retry=DEFAULT_RETRY)
        self._look(name, blob.generation if blob is not None else 0)
        return self._found(blob) if blob is not None else None

    def glob(self, *patterns: str) -> list[Found]:
        found = {}
        for pattern in patterns:
            prefix = self._root.prefix + pattern.partition("*")[0]
            with self._in_words(pattern, READ), self._expecting_the_bucket():
                blobs = self._client.list_blobs(
                    self._bucket,
                    prefix=prefix,
                    match_glob=self._root.prefix + pattern,
                    fields=_FIELDS,
                    retry=DEFAULT_RETRY,
                )
                found.update({blob.name: self._found(blob) for blob in blobs})
        return [found[name] for name in sorted(found)]

    def holds(self, name: str, file: Path) -> bool:
        with self._in_words(name, READ), file.open("rb") as stream:
            blob = self._bucket.get_blob(self._root.prefix + name, retry=DEFAULT_RETRY)
            return blob is not None and has_the_bytes(blob, stream, file.stat().st_size)

    @contextmanager
    def reading(self, name: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
            file = Path(folder) / PurePosixPath(name).name
            with self._in_words(name, READ):
                blob = self._blob(name)
                try:
                    blob.download_to_filename(str(file), checksum="crc32c", retry=DEFAULT_RETRY)
                except NotFound:
                    raise IngestError("the object is gone", self.address(name), "plan and run again") from None
            self._look(name, blob.generation)
            yield file

    def parquet_rows(self, name: str) -> int | None:
        with self._in_words(name, READ):
            try:
                with self._blob(name).open("rb", chunk_size=_FOOTER, retry=DEFAULT_RETRY) as stream:
                    return int(parquet.read_metadata(stream).num_rows)
            except (NotFound, ArrowInvalid):
                return None

    @contextmanager
    def replacing(self, name: str) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="ingest-") as folder:
            file = Path(folder) / PurePosixPath(name).name
            yield file
            self.take(file, name)

    def take(self, file: Path, name: str) -> None:
        with file.open("rb") as stream:
            self._upload(name, stream, file.stat().st_size, "application/octet-stream")
        file.unlink()

    def remove(self, name: str) -> None:
        if self._expected(name) == 0:
            return
        with self._in_words(name, WRITE):
            try:
                self._blob(name).delete(if_generation_match=self._expected(name), retry=DEFAULT_RETRY)
            except NotFound:
                pass
            except PreconditionFailed:
                raise lost_race(self.address(name)) from None
        self._seen[self.address(name)] = 0

    def read_json(self, name: str) -> Any | None:
        with self._in_words(name, READ):
            blob = self._blob(name)
            try:
                text = blob.download_as_bytes(checksum="crc32c", retry=DEFAULT_RETRY)
            except NotFound:
                self._look(name, 0)
                return None
        self._look(name, blob.generation)
        try:
            return json.loads(text)
        except ValueError:
            return None

    def write_json(self, name: str, document: Any) -> None:
        text = (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
        self._upload(name, io.BytesIO(text), len(text), "application/json")

    @contextmanager
    def alone(self, folder: str) -> Iterator[Path]:
        self._seen.clear()
        with tempfile.TemporaryDirectory(prefix="ingest-") as workspace:
            yield Path(workspace)

    def remove_leftovers(self) -> None:
        """There are none: an upload that breaks off leaves no object."""

    def _upload(self, name: str, stream: IO[bytes], size: int, content_type: str) -> None:
        expected = self._expected(name)
        with self._in_words(name, WRITE), self._expecting_the_bucket():
            generation = upload(self._blob(name), stream, size, content_type, expected)
        if generation is None:
            raise lost_race(self.address(name))
        self._seen[self.address(name)] = generation

    def _expected(self, name: str) -> int:
        if self.address(name) not in self._seen:
            self.find(name)
        return self._seen[self.address(name)]

    def _look(self, name: str, generation: int) -> None:
        self._seen.setdefault(self.address(name), int(generation))
        if generation == 0 and not self._is_there:  # an object that isn't there, and a bucket: both are 404
            with self._in_words("", READ), self._expecting_the_bucket():
                list(self._client.list_blobs(self._bucket, max_results=1, fields=_FIELDS, retry=DEFAULT_RETRY))
            self._is_there = True

    @contextmanager
    def _expecting_the_bucket(self) -> Iterator[None]:
        try:
            yield
        except NotFound:
            raise no_bucket(self._root.name) from None

    def _in_words(self, name: str, role: str) -> AbstractContextManager[None]:
        return in_words(self.address(name), self._root.name, role, self._account)

    def _blob(self, name: str) -> Any:
        return self._bucket.blob(self._root.prefix + name)

    def _found(self, blob: Any) -> Found:
        name = str(blob.name).removeprefix(self._root.prefix)
        return Found(name, int(blob.size), blob.time_created, str(blob.generation))


def make_client(project: str, credentials: Any) -> Any:
    return Client(project=project, credentials=credentials)
