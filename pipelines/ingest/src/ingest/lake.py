"""The lake's layout: where each delivery, its clean and rejected rows and its receipts lie.

raw/<service>/<YYYY-MM>/<first 16 of sha256>/<name>   raw/<service>/<YYYY-MM>/current.json   (zones: no month)
clean/<service>/month=<YYYY-MM>/trips.parquet         clean/zones/zones.parquet
clean/_receipts/<service>/<YYYY-MM>.json              clean/_receipts/zones.json
quarantine/<service>/month=<YYYY-MM>/rejected.parquet quarantine/zones/rejected.parquet

Beside current.json, set-aside.json lists deliveries that somebody rolled back. What a refused delivery (breaker.py)
would have had rejected lies in quarantine/_refused/<service>/<YYYY-MM>.parquet and .json.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ingest.breaker import Refusal, refusal_from
from ingest.delivery import Key
from ingest.durable import move_durably, read_json, remove_durably, remove_leftovers, write_json
from ingest.errors import IngestError
from ingest.months import FileMonth
from ingest.receipts import CleanReceipt, RawReceipt, clean_receipt_from, raw_receipt_from
from ingest.settings import LakeSettings

_DIGITS = 16


class Lake:
    def __init__(self, settings: LakeSettings) -> None:
        self._roots = settings

    def raw_folder(self, key: Key) -> Path:
        folder = self._roots.raw / key.service
        return folder / str(key.file_month) if key.file_month else folder

    def received_months(self, service: str) -> list[FileMonth]:
        """Months of which anything was ever received, oldest first."""
        receipts = (self._roots.raw / service).glob("*/current.json")
        return sorted(FileMonth.parse(receipt.parent.name, str(receipt)) for receipt in receipts)

    def raw_receipt(self, key: Key) -> RawReceipt | None:
        return raw_receipt_from(read_json(self.raw_folder(key) / "current.json"))

    def write_raw_receipt(self, key: Key, receipt: RawReceipt) -> None:
        write_json(self.raw_folder(key) / "current.json", asdict(receipt))

    def raw_object(self, key: Key, receipt: RawReceipt) -> Path:
        """Raises IngestError for a receipt that names a file outside of its folder."""
        folder = self.raw_folder(key)
        file = folder / receipt.object
        if not file.resolve().is_relative_to(folder.resolve()):
            raise IngestError(
                f"the receipt names a file outside of its folder: {receipt.object}",
                str(folder / "current.json"),
                "somebody changed the lake: remove current.json, and load the month again",
            )
        return file

    def received(self, key: Key) -> list[Path]:
        """Files of all deliveries that were ever kept, newest first."""
        files = [path for path in self.raw_folder(key).glob("[0-9a-f]*/*") if path.is_file() and path.name[0] != "."]
        files = [path for path in files if len(path.parent.name) == _DIGITS]
        return sorted(files, key=lambda path: (-path.stat().st_mtime, path.name))

    def set_aside(self, key: Key) -> list[RawReceipt]:
        """Receipts of the deliveries that were rolled back: they don't become current again by being offered."""
        listed = read_json(self._set_aside_file(key))
        receipts = map(raw_receipt_from, listed if isinstance(listed, list) else [])
        return [receipt for receipt in receipts if receipt is not None]

    def write_set_aside(self, key: Key, receipts: list[RawReceipt]) -> None:
        if receipts:
            write_json(self._set_aside_file(key), [asdict(receipt) for receipt in receipts])
        else:
            remove_durably(self._set_aside_file(key))

    def refused_rows(self, key: Key) -> Path:
        return self._refusal_file(key, "parquet")

    def refusal(self, key: Key) -> Refusal | None:
        """Of the current delivery, if it was refused."""
        refusal, raw = refusal_from(read_json(self._refusal_file(key, "json"))), self.raw_receipt(key)
        current = refusal is not None and raw is not None and refusal.receipt.load.raw_sha256 == raw.sha256
        return refusal if current and self.refused_rows(key).is_file() else None

    def write_refusal(self, key: Key, refusal: Refusal, rows: Path) -> None:
        """Keep the refusal, and `rows` (moved) as what would have been rejected."""
        move_durably(rows, self.refused_rows(key))
        write_json(self._refusal_file(key, "json"), asdict(refusal))

    def forget_refusal(self, key: Key) -> None:
        for ending in ("json", "parquet"):
            remove_durably(self._refusal_file(key, ending))

    def refused(self) -> list[Key]:
        """What has a refused delivery; not all of them need be current still."""
        folder = self._roots.quarantine / "_refused"
        keys = [_key_of(file.relative_to(folder)) for file in sorted(folder.rglob("*.json"))]
        return [key for key in keys if self.refusal(key) is not None]

    def clean_object(self, key: Key) -> Path:
        name = "trips.parquet" if key.file_month else f"{key.service}.parquet"
        return self._month_folder(self._roots.clean, key) / name

    def quarantine_object(self, key: Key) -> Path:
        return self._month_folder(self._roots.quarantine, key) / "rejected.parquet"

    def clean_receipt(self, key: Key) -> CleanReceipt | None:
        return clean_receipt_from(read_json(self._clean_receipt_file(key)))

    def write_clean_receipt(self, key: Key, receipt: CleanReceipt) -> None:
        write_json(self._clean_receipt_file(key), receipt.to_json())

    def forget_clean_receipt(self, key: Key) -> None:
        """Before any of the objects is replaced that it describes."""
        remove_durably(self._clean_receipt_file(key))

    def clean_receipts(self) -> list[CleanReceipt]:
        """All receipts of the lake, by service and month."""
        files = sorted((self._roots.clean / "_receipts").rglob("*.json"))
        return [receipt for file in files if (receipt := clean_receipt_from(read_json(file))) is not None]

    def remove_leftovers(self) -> list[Path]:
        """Remove what killed processes left half written."""
        roots = (self._roots.raw, self._roots.clean, self._roots.quarantine)
        return [path for root in roots for path in remove_leftovers(root)]

    def _month_folder(self, root: Path, key: Key) -> Path:
        return root / key.service / f"month={key.file_month}" if key.file_month else root / key.service

    def _set_aside_file(self, key: Key) -> Path:
        return self.raw_folder(key) / "set-aside.json"

    def _refusal_file(self, key: Key, ending: str) -> Path:
        folder = self._roots.quarantine / "_refused"
        name = f"{key.service}/{key.file_month}" if key.file_month else key.service
        return folder / f"{name}.{ending}"

    def _clean_receipt_file(self, key: Key) -> Path:
        folder = self._roots.clean / "_receipts"
        return folder / key.service / f"{key.file_month}.json" if key.file_month else folder / f"{key.service}.json"


def _key_of(file: Path) -> Key:
    """Of `<service>/<YYYY-MM>.json`, or `<service>.json`."""
    if len(file.parts) == 1:
        return Key(file.stem, None)
    return Key(file.parts[0], FileMonth.parse(file.stem, str(file)))
