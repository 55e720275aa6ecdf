"""What each format costs here: `python bench LAKE`, over a lake of two months of yellow trips that
`../spark/tests/make_lake.py LAKE yellow:2024-01=500000 yellow:2024-02=500000` filled. Prints seconds, and megabytes
(10^6) and number of files afterwards: the table of docs/adr/012.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from ingest.settings import load_settings
from lakehouse.clean_lake import CleanLake
from lakehouse.cli import FORMATS, table_of
from lakehouse.contents import months_of
from lakehouse.formats.derived_table import DerivedTable
from lakehouse.reader import open_reader
from lakehouse.shape import shape_of

_SLICES = 20


def main(lake_folder: Path) -> None:
    lake = CleanLake(load_settings(lake_folder / "settings.json"))
    (contract,) = lake.contracts(["yellow"])
    clean = lake.months(contract)
    months = [month.read() for month in clean]
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            table = table_of(name, Path(folder), contract.name)
            table.open()
            table.create(shape_of(contract))
            measure(name, table, months, clean[0].first_day)


def measure(name: str, table: DerivedTable, months: list[pa.Table], first: date) -> None:
    late = redelivered(months[0])
    step = -(-len(late) // _SLICES)
    slices = [late.slice(at, step) for at in range(0, len(late), step)]
    show(name, table, f"create, {len(months)} months", lambda: [table.append(rows) for rows in months])
    show(name, table, f"merge {len(late):,} rows", lambda: table.merge(first, late))
    show(name, table, "merge, nothing new", lambda: table.merge(first, late))
    table.forget(first)
    show(name, table, f"append {_SLICES} times", lambda: [table.append(rows) for rows in slices])
    show(name, table, "compact", lambda: table.compact(timedelta(days=7)))
    with open_reader() as reader:
        show(name, table, "DuckDB counts by month", lambda: months_of(reader, table.scan()))
    show(name, table, "compact, forget the past", lambda: table.compact(timedelta(0)))


def redelivered(rows: pa.Table) -> pa.Table:
    """Of another load; one in a hundred is gone, and as many are new."""
    kept = rows.slice(len(rows) // 100)
    new = rows.slice(0, len(rows) // 100)
    ids = pc.binary_join_element_wise(pa.scalar("late"), new["trip_id"], "-")
    new = new.set_column(rows.schema.get_field_index("trip_id"), rows.schema.field("trip_id"), ids)
    both = pa.concat_tables([kept, new])
    load = pa.array(["redelivered"] * len(both))
    return both.set_column(rows.schema.get_field_index("_load_id"), rows.schema.field("_load_id"), load)


def show(name: str, table: DerivedTable, what: str, work: Callable[[], object]) -> None:
    start = time.monotonic()
    work()
    seconds = time.monotonic() - start
    files = [file for file in Path(table.place).rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"| {name} | {what} | {seconds:.2f} | {size:.1f} | {len(files)} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
