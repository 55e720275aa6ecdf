"""What is measured of ours, each in a process of its own: `clean LAKE FILE…` and `postgres LAKE SETTINGS FILE…`.

Prints "seconds", "cpu_seconds" and "rows" of the work itself, without starting Python and importing.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from workspace import lake_with

from ingest.clean import clean
from ingest.contract import load_contracts
from ingest.postgres import load, open_postgres
from ingest.settings import PasswordPostgres

CONTRACTS = Path(__file__).resolve().parents[3] / "contracts" / "generated" / "contracts.json"


def main(what: str, folder: str, *rest: str) -> None:
    contracts = load_contracts(CONTRACTS)
    if what == "clean":
        lake, keys = lake_with([Path(file) for file in rest], Path(folder))
        start, cpu = time.perf_counter(), time.process_time()
        rows = sum(clean(lake, key, contracts.of_service(key.service)).load.rows_accepted for key in keys)
    else:
        server = json.loads(rest[0])
        settings = PasswordPostgres(**{**server, "password_file": Path(server["password_file"])})
        lake, keys = lake_with([Path(file) for file in rest[1:]], Path(folder))
        start, cpu = time.perf_counter(), time.process_time()
        rows = 0
        for key in keys:
            with open_postgres(settings) as connection:
                rows += load(connection, lake, contracts, key)[0].rows_accepted
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}))


main(*sys.argv[1:])
