"""pandas as one would write it in a minute, without any check.

`csv TARGET FILE…`, `csv-text TARGET FILE…`, `parquet TARGET FILE…`, `sql URL ROWS FILE…`.

Runs in the environment `bench`. Prints {"seconds", "cpu_seconds", "rows"} of the work itself.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

_CSV_CHUNK = 500_000
_SQL_CHUNK = 100_000


def csv_to_parquet(target: Path, files: list[Path], as_text: bool) -> int:
    """Types as pandas guesses them from the first chunk (times stay text, which spares it their parsing), or all text.

    Text is the only one of the two that keeps every value: guessed from a chunk, a type may not fit the next one.
    """
    rows = 0
    for file in files:
        writer = None
        for chunk in pd.read_csv(file, chunksize=_CSV_CHUNK, dtype=str if as_text else None):
            table = pa.Table.from_pandas(chunk, preserve_index=False)
            writer = writer or pq.ParquetWriter(target / f"{file.name}.parquet", table.schema)
            writer.write_table(table.cast(writer.schema))
            rows += len(chunk)
        if writer:
            writer.close()
    return rows


def parquet_to_parquet(target: Path, files: list[Path]) -> int:
    rows = 0
    for file in files:
        frame = pd.read_parquet(file)
        frame.to_parquet(target / file.name)
        rows += len(frame)
    return rows


def to_sql(url: str, rows: int, files: list[Path]) -> tuple[float, float, int]:
    """The first rows, as delivered: reading them isn't measured."""
    from sqlalchemy import create_engine

    batches = [next(pq.ParquetFile(file).iter_batches(batch_size=rows)) for file in files]
    frame = pd.concat([batch.to_pandas() for batch in batches]).head(rows)
    engine = create_engine(url)
    with engine.begin() as connection:
        start, cpu = time.perf_counter(), time.process_time()
        frame.to_sql("pandas_trips", connection, if_exists="replace", index=False, chunksize=_SQL_CHUNK)
    return time.perf_counter() - start, time.process_time() - cpu, len(frame)


def main(what: str, target: str, *rest: str) -> None:
    if what == "sql":
        seconds, cpu_seconds, rows = to_sql(target, int(rest[0]), [Path(file) for file in rest[1:]])
    else:
        files = [Path(file) for file in rest]
        start, cpu = time.perf_counter(), time.process_time()
        if what == "parquet":
            rows = parquet_to_parquet(Path(target), files)
        else:
            rows = csv_to_parquet(Path(target), files, as_text=what == "csv-text")
        seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "rows": rows}))


main(*sys.argv[1:])
