"""Builds the package's wheel: `build_wheel.py [FOLDER]` prints its path; also the backend of pyproject.toml (PEP 517).

Python's own library is all it needs, so that a deployment can build it, too. The same sources give the same bytes,
whenever and wherever: names in order, one date for all files, nothing compressed. The contracts that the jobs read go
along, as they are rendered.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTRACTS = HERE.parents[1] / "contracts" / "generated"
PACKAGE = "trips_spark"
#: The oldest date that a zip file can hold.
_DATE = (1980, 1, 1, 0, 0, 0)


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: str | None = None) -> str:
    """The wheel's file name below the folder, which is made where it isn't there."""
    files = _files()
    info = f"{PACKAGE}-{_project('version')}.dist-info"
    files[f"{info}/METADATA"] = _metadata()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: build_wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    record = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    files[f"{info}/RECORD"] = "\n".join([*record, f"{info}/RECORD,,", ""]).encode()
    name = f"{PACKAGE}-{_project('version')}-py3-none-any.whl"
    folder = Path(wheel_directory)
    folder.mkdir(parents=True, exist_ok=True)
    # Two deployments may build it at the same time.
    temporary = folder / f".{name}.{os.getpid()}"
    with zipfile.ZipFile(temporary, "w", zipfile.ZIP_STORED) as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    temporary.replace(folder / name)
    return name


def build_sdist(sdist_directory: str, config_settings: object = None) -> str:
    raise NotImplementedError("the sources are in the project's repository")


def _files() -> dict[str, bytes]:
    """By path in the wheel; line ends as in the repository, whatever a checkout made of them."""
    sources = {path: path.relative_to(HERE / "src") for path in (HERE / "src" / PACKAGE).rglob("*.py")}
    contracts = {path: Path(PACKAGE, "contracts", path.relative_to(CONTRACTS)) for path in _contracts()}
    if not contracts:
        sys.exit(f"There are no contracts in {CONTRACTS}: run `npm run generate`.")
    return {
        str(name.as_posix()): path.read_bytes().replace(b"\r\n", b"\n")
        for path, name in {**sources, **contracts}.items()
    }


def _contracts() -> list[Path]:
    return [*CONTRACTS.glob("contracts.json"), *(CONTRACTS / "spark").glob("*.json")]


def _metadata() -> bytes:
    lines = ("Metadata-Version: 2.1", f"Name: {_project('name')}", f"Version: {_project('version')}")
    return "\n".join([*lines, f"Summary: {_project('description')}", "Requires-Python: >=3.11", ""]).encode()


def _project(name: str) -> str:
    """Of pyproject.toml, whose parser older Pythons lack."""
    match = re.search(rf'^{name} = "(.+)"$', (HERE / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    if match is None:
        sys.exit(f"pyproject.toml has no {name}.")
    return match[1]


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else HERE / "dist")
    print(target / build_wheel(str(target)))
