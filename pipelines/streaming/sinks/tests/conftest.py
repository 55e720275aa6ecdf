"""Lakes in a folder and in an emulator of Cloud Storage, and events in Avro."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cloud_storage import CloudStorage

from ingest.objects.store import ObjectStore
from make_rides import CONTRACT, ROOT
from sinks.columns import arrow_schema
from sinks.lake_place import LakePlace
from sinks.open_store import open_store


@pytest.fixture(scope="session")
def cloud_storage() -> Iterator[CloudStorage]:
    python = ROOT / ".embedded" / "python" / "emulators" / "bin" / "python"
    if not python.exists():
        pytest.skip("no emulator of Cloud Storage: npm run setup installs it (pipelines/environments/emulators.in)")
    storage = CloudStorage(python)
    storage.start()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("STORAGE_EMULATOR_HOST", storage.url)
        yield storage
    storage.stop()


@pytest.fixture(params=["folder", "cloud storage"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a lake may begin; nothing is there yet."""
    if request.param == "folder":
        return str(tmp_path / "lake")
    storage: CloudStorage = request.getfixturevalue("cloud_storage")
    return f"{storage.new_lake()['clean']}/rides_stream"


@pytest.fixture
def store(address: str) -> ObjectStore:
    return open_store(address)


@pytest.fixture
def place(store: ObjectStore) -> LakePlace:
    return LakePlace(store, arrow_schema(CONTRACT))
