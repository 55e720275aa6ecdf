"""A folder with TLC's files, under TLC's names."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.delivery import Delivery, Key
from ingest.errors import IngestError
from ingest.generate import is_generated
from ingest.months import FileMonth
from ingest.sources.offer import ZONES_KEY, ZONES_NAME, Offer

_TRIPS = re.compile(r"([a-z]+)_tripdata_(\d{4}-(?:0[1-9]|1[0-2]))\.(?:csv|csv\.gz|parquet)")


def offer_of_folder(folder: Path, services: list[str], months: list[FileMonth] | None) -> Offer:
    """All TLC files of the folder, of the wanted services and months; others are named in the notes.

    Raises IngestError when the folder isn't there, holds no such file, lacks a wanted month, or has a month twice.
    """
    expected = ", ".join(f"{service}_tripdata_YYYY-MM.{{csv,csv.gz,parquet}}" for service in services)
    if not folder.is_dir():
        raise IngestError("there is no such folder", str(folder), f"give a folder that holds {expected}")
    found: dict[Key, Path] = {}
    ignored: list[str] = []
    zones: Delivery | None = None
    for file in sorted(folder.iterdir()):
        match = _TRIPS.fullmatch(file.name)
        if file.name == ZONES_NAME and file.is_file():
            zones = _delivery(ZONES_KEY, file)
        elif match is None or match[1] not in services:
            ignored.append(file.name)
        elif months is None or FileMonth.parse(match[2]) in months:
            key = Key(match[1], FileMonth.parse(match[2]))
            if key in found:
                raise IngestError(
                    f"two files are {key}: {found[key].name} and {file.name}", str(folder), "remove one of the two"
                )
            found[key] = file
    _require(found, services, months, folder, expected, ignored)
    deliveries = [
        _delivery(key, file)
        for key, file in sorted(found.items(), key=lambda item: (services.index(item[0].service), str(item[0])))
    ]
    notes = [f"ignored, not a trip file of {' or '.join(services)}: {', '.join(ignored)}"] if ignored else []
    wanted = [Key(service, month) for service in services for month in months or []]
    lacking = [key for key in wanted if key not in found]
    if lacking:
        notes.append(f"not in the folder: {', '.join(map(str, lacking))}")
    return Offer("folder", str(folder.resolve()), deliveries, zones, notes)


def _delivery(key: Key, file: Path) -> Delivery:
    """By its own name, also where it is a link: what isn't a file of this folder is refused when it is fetched."""
    uri = (file.parent.resolve() / file.name).as_uri()
    return Delivery(key, uri, file.name, file.is_file() and is_generated(file))


def _require(
    found: dict[Key, Path],
    services: list[str],
    months: list[FileMonth] | None,
    folder: Path,
    expected: str,
    ignored: list[str],
) -> None:
    absent = [month for month in months or [] if not any(key.file_month == month for key in found)]
    if absent:
        names = ", ".join(str(month) for month in absent)
        raise IngestError(f"the folder has no file of {names}", str(folder), f"add {expected}, or ask for other months")
    if not found:
        there = f"there is only {', '.join(ignored[:10])}" if ignored else "it is empty"
        raise IngestError(f"no trip file in the folder; {there}", str(folder), f"expected names: {expected}")
