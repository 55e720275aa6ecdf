"""The lake's layout: where each delivery, its clean and rejected rows and its receipts lie.

raw/<service>/<YYYY-MM>/<first 16 of sha256>/<name>   raw/<service>/<YYYY-MM>/current.json   (zones: no month)
clean/<service>/month=<YYYY-MM>/trips.parquet         clean/zones/zones.parquet
clean/_receipts/<service>/<YYYY-MM>.json              clean/_receipts/zones.json
quarantine/<service>/month=<YYYY-MM>/rejected.parquet quarantine/zones/rejected.parquet
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from ingest.delivery import Key
from ingest.durable import read_json, remove_leftovers, write_json
from ingest.receipts import CleanReceipt, RawReceipt, clean_receipt_from, raw_receipt_from
from ingest.settings import LakeSettings


class Lake:
    def __init__(self, settings: LakeSettings) -> None:
        self._roots = settings

    def raw_folder(self, key: Key) -> Path:
        folder = self._roots.raw / key.service
        return folder / str(key.file_month) if key.file_month else folder

    def raw_receipt(self, key: Key) -> RawReceipt | None:
        return raw_receipt_from(read_json(self.raw_folder(key) / "current.json"))

    def write_raw_receipt(self, key: Key, receipt: RawReceipt) -> None:
        write_json(self.raw_folder(key) / "current.json", asdict(receipt))

    def raw_object(self, key: Key, receipt: RawReceipt) -> Path:
        return self.raw_folder(key) / receipt.object

    def clean_object(self, key: Key) -> Path:
        name = "trips.parquet" if key.file_month else f"{key.service}.parquet"
        return self._month_folder(self._roots.clean, key) / name

    def quarantine_object(self, key: Key) -> Path:
        return self._month_folder(self._roots.quarantine, key) / "rejected.parquet"

    def clean_receipt(self, key: Key) -> CleanReceipt | None:
        return clean_receipt_from(read_json(self._clean_receipt_file(key)))

    def write_clean_receipt(self, key: Key, receipt: CleanReceipt) -> None:
        write_json(self._clean_receipt_file(key), receipt.to_json())

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

    def _clean_receipt_file(self, key: Key) -> Path:
        folder = self._roots.clean / "_receipts"
        return folder / key.service / f"{key.file_month}.json" if key.file_month else folder / f"{key.service}.json"
