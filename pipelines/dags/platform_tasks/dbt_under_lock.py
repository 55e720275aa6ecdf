"""dbt while holding the embedded warehouse's lock: `<data python> dbt_under_lock.py <lock file> <dbt arguments…>`.

A program of the data environment, never imported by a DAG. The lock is taken by the very process that opens the
warehouse: one that outlives its task still holds it, and one that was killed left a lock that names a dead process.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_LOCK_WAIT_SECONDS = 300
_LOCK_HELD = 3


def main(arguments: Sequence[str]) -> int:
    """Return 1 when models or tests failed, 2 when dbt couldn't run them, 3 when another process keeps the lock."""
    from dbt.cli.main import dbtRunner
    from ingest.errors import IngestError
    from ingest.warehouse_lock import warehouse_lock

    lock, *dbt_arguments = arguments
    try:
        with warehouse_lock(Path(lock), "dbt build", _LOCK_WAIT_SECONDS):
            result = dbtRunner().invoke(dbt_arguments)
    except IngestError as error:
        print(error, flush=True)
        return _LOCK_HELD
    if result.exception is not None:
        print(result.exception, flush=True)
        return 2
    return 0 if result.success else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
