"""Addresses: `gs://bucket/path`, or the absolute path of a folder on this machine."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit


def normal_address(text: str) -> str:
    """Raises ValueError for what is neither an object store's nor a folder's address."""
    parts = urlsplit(text)
    if parts.scheme == "gs":
        if not parts.netloc:
            raise ValueError(f"'{text}' names no bucket: write gs://bucket/folder")
        return text.rstrip("/")
    if parts.scheme == "file":
        return str(Path(unquote(parts.path)).absolute())
    if "://" in text or not text:
        raise ValueError(f"'{text}' is no address: write gs://bucket/folder, or the path of a folder")
    return str(Path(text).expanduser().absolute())


def is_local(address: str) -> bool:
    return address.startswith("/")


def below(address: str, *names: str) -> str:
    return "/".join([address.rstrip("/"), *names])


def for_spark(address: str) -> str:
    """With its scheme: on a cluster, a plain path would be one of its HDFS."""
    return f"file://{address}" if is_local(address) else address
