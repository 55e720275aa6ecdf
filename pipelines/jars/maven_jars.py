"""Fetches the jars that a lock names, without Maven: `python maven_jars.py <lock> <folder>`.

A lock's line is `group:artifact:version sha256:<hex>`, or `group:artifact:version:classifier:type sha256:<hex>` for
what is no jar: an archive, which lies beside the jars as it came. `#` begins a comment. The repository is Maven
Central, or the one that this machine has for it: `MVNW_REPOURL`, as for Maven's wrapper, else a mirror of `central` in
Maven's settings. Proxies and certificates are Python's own: HTTPS_PROXY, SSL_CERT_FILE.
"""

from __future__ import annotations

import hashlib
import os
import sys
import urllib.request
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

CENTRAL = "https://repo.maven.apache.org/maven2"
LOCAL = Path.home() / ".m2" / "repository"
SETTINGS = (Path.home() / ".m2" / "settings.xml", Path("/etc/maven/settings.xml"))
#: Engines of other systems, which only these need.
SYSTEMS = {"zetasql-jni-channel-darwin": "darwin", "zetasql-jni-channel-linux": "linux"}


@dataclass(frozen=True)
class Jar:
    group: str
    artifact: str
    version: str
    sha256: str
    ending: str = ".jar"

    @property
    def path(self) -> str:
        """Where it lies in a repository."""
        name = f"{self.artifact}-{self.version}{self.ending}"
        return "/".join([*self.group.split("."), self.artifact, self.version, name])


def locked(lock: Path) -> list[Jar]:
    """The jars of the lock that this system needs."""
    lines = (line.partition("#")[0].split() for line in lock.read_text().splitlines())
    jars = [_jar(*line) for line in lines if line]
    return [jar for jar in jars if SYSTEMS.get(jar.artifact, sys.platform) == sys.platform]


def _jar(coordinates: str, digest: str) -> Jar:
    group, artifact, version, *other = coordinates.split(":")
    ending = "-{}.{}".format(*other) if other else ".jar"
    return Jar(group, artifact, version, digest.removeprefix("sha256:"), ending)


def repository() -> str:
    """The address of the repository, without a slash at its end."""
    asked = os.environ.get("MVNW_REPOURL") or next(_mirrors(), CENTRAL)
    return asked.rstrip("/")


def _mirrors() -> Iterator[str]:
    for settings in SETTINGS:
        if not settings.is_file():
            continue
        for mirror in ElementTree.parse(settings).findall(".//{*}mirror"):
            of = [name.strip() for name in mirror.findtext("{*}mirrorOf", "").split(",")]
            if {"*", "external:*", "central"} & set(of) and "!central" not in of:
                yield mirror.findtext("{*}url", "")


def fetch(jar: Jar, folder: Path, base: str) -> None:
    """Puts the jar into the folder, unless it is there; from Maven's own local repository if that has it.

    Raises ValueError when what came isn't what the lock names, OSError when nothing came.
    """
    target = folder / Path(jar.path).name
    if target.exists():
        return
    local = LOCAL / jar.path
    content = local.read_bytes() if local.exists() else b""
    if _digest(content) != jar.sha256:
        with urllib.request.urlopen(f"{base}/{jar.path}", timeout=60) as response:
            content = response.read()
    if _digest(content) != jar.sha256:
        raise ValueError(f"{base}/{jar.path} isn't the file that the lock names: its SHA-256 is {_digest(content)}.")
    unfinished = target.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.rename(target)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def main(lock: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    base = repository()
    jars = locked(lock)
    for old in {file.name for file in folder.iterdir()} - {Path(jar.path).name for jar in jars}:
        (folder / old).unlink()
    with ThreadPoolExecutor(8) as pool:
        for _ in pool.map(lambda jar: fetch(jar, folder, base), jars):
            pass


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
    except (OSError, ValueError, ElementTree.ParseError) as error:
        sys.exit(f"The jars of {sys.argv[1]} couldn't be fetched: {error}")
