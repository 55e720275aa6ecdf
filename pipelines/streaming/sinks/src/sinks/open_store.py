"""The store that an address stands for: a folder of this machine, or a place in Cloud Storage."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.errors import IngestError
from ingest.objects.folder_store import FolderStore
from ingest.objects.root import Bucket
from ingest.objects.store import ObjectStore


def open_store(address: str) -> ObjectStore:
    """Of `gs://bucket/folder`, `file:///folder` or a path. In Cloud Storage by the login of whoever runs this."""
    parts = urlsplit(address)
    match parts.scheme:
        case "gs" if parts.netloc:
            prefix = parts.path.strip("/")
            return _cloud_store(Bucket(parts.netloc, f"{prefix}/" if prefix else ""))
        case "":
            return FolderStore(Path(address).resolve())
        case "file":
            return FolderStore(Path(unquote(parts.path)))
    raise IngestError("this is neither a folder nor gs://bucket/folder", address, "let --to name one of both")


def _cloud_store(bucket: Bucket) -> ObjectStore:
    # Google's libraries take half a second to load.
    import google.auth

    from ingest.google_credentials import CLOUD_PLATFORM, login_in_words
    from ingest.objects.cloud_store import CloudStore, make_client

    credentials, project = None, None
    if "STORAGE_EMULATOR_HOST" not in os.environ:
        with login_in_words(None):
            credentials, project = google.auth.default(scopes=[CLOUD_PLATFORM])
    # Objects belong to a bucket, whose project needs not be named.
    return CloudStore(make_client(project or "none", credentials), bucket, None, {})
