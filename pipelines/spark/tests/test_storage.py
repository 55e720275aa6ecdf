"""One suite for a folder and for what Hadoop reaches, here a folder too: Cloud Storage's connector is Dataproc's."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SharedSession
from trips_spark.storage.hadoop_storage import HadoopStorage
from trips_spark.storage.local_storage import LocalStorage
from trips_spark.storage.storage import Storage


@pytest.fixture(params=["folder", "hadoop"])
def storage(request: pytest.FixtureRequest, session: SharedSession) -> Storage:
    return LocalStorage() if request.param == "folder" else HadoopStorage(session())


def visible(names: list[str]) -> list[str]:
    """Without the checksums that Hadoop keeps beside files of a folder."""
    return [name for name in names if not name.startswith(".")]


def test_what_is_written_is_read_and_listed(storage: Storage, tmp_path: Path) -> None:
    folder = f"{tmp_path}/a b/month=2024-01"

    storage.write(f"{folder}/x.json", '{"name": "Zürich"}\n')
    storage.write(f"{folder}/x.json", '{"name": "Genève"}\n')

    assert storage.read(f"{folder}/x.json") == '{"name": "Genève"}\n'
    assert visible(storage.names(folder)) == ["x.json"]
    assert storage.exists(folder)


def test_what_is_not_there(storage: Storage, tmp_path: Path) -> None:
    assert storage.read(f"{tmp_path}/none") is None
    assert storage.names(f"{tmp_path}/none") == []
    assert not storage.exists(f"{tmp_path}/none")
    storage.remove(f"{tmp_path}/none")


def test_what_is_removed_is_gone_with_all_below_it(storage: Storage, tmp_path: Path) -> None:
    storage.write(f"{tmp_path}/run/part/x.json", "{}")

    storage.remove(f"{tmp_path}/run")

    assert not storage.exists(f"{tmp_path}/run")


def test_a_place_that_refuses_raises_an_os_error(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(OSError, match="file"):
        storage.write(f"{tmp_path}/file/below.json", "{}")
