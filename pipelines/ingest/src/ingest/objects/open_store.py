"""The store that an address stands for."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ingest.objects.folder_store import FolderStore
from ingest.objects.root import Root
from ingest.objects.store import ObjectStore
from ingest.settings import Settings


def store_opener(settings: Settings) -> Callable[[Root], ObjectStore]:
    """Opens stores that share one client. Google's libraries are loaded for a bucket only: they take half a second.

    With STORAGE_EMULATOR_HOST set, the client talks to that address, without credentials.
    """
    account = settings.identities.ingest if settings.identities else None
    seen: dict[str, int] = {}

    @cache
    def client() -> Any:
        from ingest.google_credentials import credentials_for
        from ingest.objects.cloud_store import make_client

        emulated = "STORAGE_EMULATOR_HOST" in os.environ
        return make_client(settings.project_id, None if emulated else credentials_for(settings))

    def open_store(root: Root) -> ObjectStore:
        if isinstance(root, Path):
            return FolderStore(root)
        from ingest.objects.cloud_store import CloudStore

        return CloudStore(client(), root, account, seen)

    return open_store
