"""A disk that is full or can't be written: the error says so, nothing is half done, and with room the run goes on."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from everything import everything
from processes import finish
from scene import Scene, scene_fixture

pytestmark = pytest.mark.thorough
scene = scene_fixture()

#: Where each stage writes, in a deployment's folder.
PLACES = {"fetch": "lake", "clean": "lake", "land": "warehouse", "export": "warehouse"}


@contextmanager
def file_system_of_its_own(folder: Path) -> Iterator[Path]:
    """A small disk at the folder's place, with what the folder holds; only root can have one."""
    kept = folder.with_name(f"{folder.name}-kept")
    folder.rename(kept)
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(folder)], capture_output=True)
    try:
        if mounted.returncode != 0:
            pytest.skip(f"no file system can be mounted here: {mounted.stderr.decode().strip()}")
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        shutil.rmtree(folder)
        kept.rename(folder)


def fill(disk: Path) -> Path:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while stream.write(bytes(4096)):
            pass
    assert shutil.disk_usage(disk).free == 0
    return ballast


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)


@pytest.mark.parametrize("stage", PLACES)
def test_a_full_disk(stage: str, scene: Scene) -> None:
    scene.restore()
    command = scene.go_up_to(stage)
    with file_system_of_its_own(scene.deployment.folder / PLACES[stage]) as disk:
        ballast = fill(disk)
        code, said = finish(scene.deployment, *command)
        ballast.unlink()
        assert code == 1
        assert "error: the disk is full" in said, said
        scene.expect_whole(everything(scene.deployment))
        scene.expect_recovery()


@pytest.mark.parametrize("stage", PLACES)
def test_a_limit_on_the_size_of_files(stage: str, scene: Scene) -> None:
    """A quota, as far as a process can set one for itself: no file may grow beyond 4 kB."""
    scene.restore()
    command = scene.go_up_to(stage)
    code, said = finish(
        scene.deployment, *command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    )
    assert code == 1
    assert "error: the disk is full" in said, said
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()


@pytest.mark.parametrize("stage", PLACES)
def test_a_place_that_can_only_be_read(stage: str, scene: Scene) -> None:
    scene.restore()
    command = scene.go_up_to(stage)
    with read_only(scene.deployment.folder / PLACES[stage]):
        code, said = finish(scene.deployment, *command)
    assert code == 1
    assert "error: no right to write here" in said, said
    scene.expect_whole(everything(scene.deployment))
    scene.expect_recovery()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """By permissions, which root needn't heed: for root by a mount."""
    if os.geteuid() == 0:
        bound = subprocess.run(["mount", "--bind", str(folder), str(folder)], capture_output=True)
        if bound.returncode != 0:
            pytest.skip(f"root, but nothing can be mounted here: {bound.stderr.decode().strip()}")
        try:
            remount(folder, "bind,ro")
            yield
        finally:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)
        return
    places = [folder, *(path for path in folder.rglob("*"))]
    modes = [(path, path.stat().st_mode) for path in places]
    for path, mode in reversed(modes):
        path.chmod(mode & ~0o222)
    yield
    for path, mode in modes:
        path.chmod(mode)
