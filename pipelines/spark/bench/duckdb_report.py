"""revenue_report by DuckDB: `duckdb_report.py LAKE TARGET` writes it as Parquet and prints its seconds."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import duckdb

import reference

lake, target = map(Path, sys.argv[1:])
with duckdb.connect(":memory:") as connection:
    start = time.perf_counter()
    connection.execute(f"copy ({reference.revenue_report(lake)}) to '{target}' (format parquet, compression zstd)")
    seconds = time.perf_counter() - start
    row = connection.execute(f"select sum(trips)::bigint from '{target}'").fetchone()
print(json.dumps({"seconds": seconds, "rows": row[0] if row else 0}))
