"""What monitoring counts: lines of JSON on standard output, from which Cloud Logging makes metrics.

`severity` is a field that Cloud Logging knows; see https://cloud.google.com/logging/docs/structured-logging
"""

from __future__ import annotations

import json

from ingest.receipts import LoadReceipt
from ingest.settings import Settings


def say_landed(settings: Settings, receipt: LoadReceipt) -> None:
    """That a delivery has landed."""
    _say(settings, "delivery_landed", "INFO", receipt)


def say_refused(settings: Settings, receipt: LoadReceipt) -> None:
    """That a delivery was refused for what `receipt` counts of it."""
    _say(settings, "delivery_refused", "ERROR", receipt)


def _say(settings: Settings, name: str, severity: str, receipt: LoadReceipt) -> None:
    """In the cloud only: on this machine nobody counts."""
    if settings.target != "cloud":
        return
    share = receipt.rows_rejected / receipt.rows_read if receipt.rows_read else 0.0
    event = {
        "event": name,
        "severity": severity,
        "service": receipt.service,
        "file_month": receipt.file_month,
        "rows_accepted": receipt.rows_accepted,
        "rows_rejected": receipt.rows_rejected,
        "rejected_share": round(share, 6),
    }
    print(json.dumps(event), flush=True)
