"""Print what ingest says of a delivery in the cloud, landed and refused: the very lines that log-based metrics have to find."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from ingest.events import say_landed, say_refused
from ingest.receipts import LoadReceipt

settings = cast("Any", SimpleNamespace(target="cloud"))
receipt = LoadReceipt(
    service="yellow",
    file_month="2019-02",
    load_id="0123456789abcdef",
    raw_sha256="00",
    contract_hash="00",
    ingest_version="1",
    source_file="yellow_tripdata_2019-02.parquet",
    synthetic=True,
    rows_read=1000,
    rows_accepted=975,
    rows_warned=3,
    rows_rejected=25,
)
say_refused(settings, receipt)
say_landed(settings, receipt)
