"""The lake's layout: where each delivery, its clean and rejected rows and its receipts lie.

raw/<service>/<YYYY-MM>/<first 16 of sha256>/<name>   raw/<service>/<YYYY-MM>/current.json   (zones: no month)
clean/<service>/month=<YYYY-MM>/trips.parquet         clean/zones/zones.parquet
clean/_receipts/<service>/<YYYY-MM>.json              clean/_receipts/zones.json
quarantine/<service>/month=<YYYY-MM>/rejected.parquet quarantine/zones/rejected.parquet

Beside current.json, set-aside.json lists deliveries that somebody rolled back. What a refused delivery (breaker.py)
would have had rejected lies in quarantine/_refused/<service>/<YYYY-MM>.parquet and .json.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from ingest.breaker import Refusal, refusal_from
from ingest.delivery import Key
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.objects.open_store import store_opener
from ingest.objects.store import ObjectStore
from ingest.objects.stored_object import StoredObject
from ingest.receipts import CleanReceipt, RawReceipt, clean_receipt_from, raw_receipt_from
from ingest.settings import Settings

_DIGITS = 16
_REFUSED, _RECEIPTS = "_refused", "_receipts"


@dataclass(frozen=True)
class KeptFile:
    """The file of a delivery that raw keeps; `digest` is the first 16 digits of its sha256."""

    digest: str
    name: str
    bytes: int
    kept_at: datetime
    object: StoredObject


def open_lake(settings: Settings) -> Lake:
    """In folders or in Cloud Storage, as the settings say."""
    open_store, zones = store_opener(settings), settings.lake
    return Lake(open_store(zones.raw), open_store(zones.clean), open_store(zones.quarantine))


class Lake:
    def __init__(self, raw: ObjectStore, clean: ObjectStore, quarantine: ObjectStore) -> None:
        self._raw = raw
        self._clean = clean
        self._quarantine = quarantine

    @property
    def raw_address(self) -> str:
        return self._raw.address("").rstrip("/")

    def raw_folder(self, key: Key) -> str:
        """For people: the address of all that was received of the key."""
        return self._raw.address(_folder(key))

    def alone(self, key: Key) -> AbstractContextManager[Path]:
        """No two processes both change what the lake has of the key in such a block; see `ObjectStore.alone`."""
        return self._raw.alone(_folder(key))

    def received_months(self, service: str) -> list[FileMonth]:
        """Months of which anything was ever received, oldest first."""
        receipts = (PurePosixPath(found.name) for found in self._raw.glob(f"{service}/*/current.json"))
        return sorted(FileMonth.parse(receipt.parent.name, str(receipt)) for receipt in receipts)

    def raw_receipt(self, key: Key) -> RawReceipt | None:
        return raw_receipt_from(self._raw.read_json(_current(key)))

    def write_raw_receipt(self, key: Key, receipt: RawReceipt) -> None:
        self._raw.write_json(_current(key), asdict(receipt))

    def raw_object(self, key: Key, receipt: RawReceipt) -> StoredObject:
        """Raises IngestError for a receipt that names a file outside of its folder."""
        place = PurePosixPath(receipt.object)
        if place.is_absolute() or ".." in place.parts:
            raise IngestError(
                f"the receipt names a file outside of its folder: {receipt.object}",
                self._raw.address(_current(key)),
                "somebody changed the lake: remove current.json, and load the month again",
            )
        return self.raw_place(key, receipt.object)

    def raw_place(self, key: Key, place: str) -> StoredObject:
        """`place` is relative to the key's folder."""
        return StoredObject(self._raw, f"{_folder(key)}/{place}")

    def keep(self, file: Path, key: Key, place: str) -> StoredObject:
        """Take the file into raw, unless it is there already; gone from where it was it is in any case."""
        kept = self.raw_place(key, place)
        if self._raw.holds(kept.object, file):
            file.unlink()
        else:
            self._raw.take(file, kept.object)
        return kept

    def received(self, key: Key) -> list[KeptFile]:
        """Files of all deliveries that were ever kept, newest first."""
        found = [(PurePosixPath(item.name), item) for item in self._raw.glob(f"{_folder(key)}/*/*")]
        files = [
            KeptFile(path.parent.name, path.name, item.bytes, item.made_at, StoredObject(self._raw, item.name))
            for path, item in found
            if _is_digest(path.parent.name)
        ]
        return sorted(files, key=lambda file: (-file.kept_at.timestamp(), file.name))

    def set_aside(self, key: Key) -> list[RawReceipt]:
        """Receipts of the deliveries that were rolled back: they don't become current again by being offered."""
        listed = self._raw.read_json(_set_aside(key))
        receipts = map(raw_receipt_from, listed if isinstance(listed, list) else [])
        return [receipt for receipt in receipts if receipt is not None]

    def write_set_aside(self, key: Key, receipts: list[RawReceipt]) -> None:
        if receipts:
            self._raw.write_json(_set_aside(key), [asdict(receipt) for receipt in receipts])
        else:
            self._raw.remove(_set_aside(key))

    def refused_rows(self, key: Key) -> StoredObject:
        return StoredObject(self._quarantine, _refusal(key, "parquet"))

    def refusal(self, key: Key) -> Refusal | None:
        """Of the current delivery, if it was refused."""
        refusal, raw = refusal_from(self._quarantine.read_json(_refusal(key, "json"))), self.raw_receipt(key)
        current = refusal is not None and raw is not None and refusal.receipt.load.raw_sha256 == raw.sha256
        return refusal if current and self.refused_rows(key).find() is not None else None

    def write_refusal(self, key: Key, refusal: Refusal, rows: Path) -> None:
        """Keep the refusal, and `rows` (moved) as what would have been rejected."""
        self._quarantine.take(rows, _refusal(key, "parquet"))
        self._quarantine.write_json(_refusal(key, "json"), asdict(refusal))

    def forget_refusal(self, key: Key) -> None:
        for ending in ("json", "parquet"):
            self._quarantine.remove(_refusal(key, ending))

    def refused(self) -> list[Key]:
        """What has a refused delivery; not all of them need be current still."""
        found = self._quarantine.glob(f"{_REFUSED}/*.json", f"{_REFUSED}/*/*.json")
        keys = [_key_of(PurePosixPath(item.name).relative_to(_REFUSED)) for item in found]
        return [key for key in keys if self.refusal(key) is not None]

    def clean_object(self, key: Key) -> StoredObject:
        name = "trips.parquet" if key.file_month else f"{key.service}.parquet"
        return StoredObject(self._clean, f"{_month_folder(key)}/{name}")

    def quarantine_object(self, key: Key) -> StoredObject:
        return StoredObject(self._quarantine, f"{_month_folder(key)}/rejected.parquet")

    def clean_receipt(self, key: Key) -> CleanReceipt | None:
        return clean_receipt_from(self._clean.read_json(_clean_receipt(key)))

    def write_clean_receipt(self, key: Key, receipt: CleanReceipt) -> None:
        self._clean.write_json(_clean_receipt(key), receipt.to_json())

    def forget_clean_receipt(self, key: Key) -> None:
        """Before any of the objects is replaced that it describes."""
        self._clean.remove(_clean_receipt(key))

    def clean_receipts(self) -> list[CleanReceipt]:
        """All receipts of the lake, by service and month."""
        found = self._clean.glob(f"{_RECEIPTS}/*.json", f"{_RECEIPTS}/*/*.json")
        documents = (self._clean.read_json(item.name) for item in found)
        return [receipt for receipt in map(clean_receipt_from, documents) if receipt is not None]

    def clean_months(self) -> set[tuple[str, str]]:
        """Service and month of all trips that were cleaned, by the names of their receipts."""
        found = [PurePosixPath(item.name) for item in self._clean.glob(f"{_RECEIPTS}/*/*.json")]
        return {(receipt.parent.name, receipt.stem) for receipt in found}

    def remove_leftovers(self) -> None:
        """Remove what killed processes left half written."""
        for store in (self._raw, self._clean, self._quarantine):
            store.remove_leftovers()


def _folder(key: Key) -> str:
    return f"{key.service}/{key.file_month}" if key.file_month else key.service


def _month_folder(key: Key) -> str:
    return f"{key.service}/month={key.file_month}" if key.file_month else key.service


def _current(key: Key) -> str:
    return f"{_folder(key)}/current.json"


def _set_aside(key: Key) -> str:
    return f"{_folder(key)}/set-aside.json"


def _refusal(key: Key, ending: str) -> str:
    return f"{_REFUSED}/{_folder(key)}.{ending}"


def _clean_receipt(key: Key) -> str:
    return f"{_RECEIPTS}/{_folder(key)}.json"


def _is_digest(text: str) -> bool:
    return len(text) == _DIGITS and set(text) <= set("0123456789abcdef")


def _key_of(file: PurePosixPath) -> Key:
    """Of `<service>/<YYYY-MM>.json`, or `<service>.json`."""
    if len(file.parts) == 1:
        return Key(file.stem, None)
    return Key(file.parts[0], FileMonth.parse(file.stem, str(file)))
