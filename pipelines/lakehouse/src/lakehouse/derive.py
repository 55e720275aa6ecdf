"""Makes a derived table equal to the clean months of its contract, month by month, and says what that took."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from ingest.contract import Table
from ingest.errors import IngestError, PassingTrouble
from ingest.months import FileMonth
from lakehouse.clean_month import CleanMonth
from lakehouse.contents import Held, different_months, months_of
from lakehouse.formats.derived_table import DerivedTable
from lakehouse.outcome import Outcome
from lakehouse.shape import missing_columns, shape_of

#: Older versions are gone after a compaction.
KEPT = timedelta(days=7)


@dataclass(frozen=True)
class Wanted:
    """`months` None: all, and then months that the lake has no more go from the table."""

    months: Sequence[FileMonth] | None
    compact: bool
    rebuild: bool


class Derivation:
    """Of one table in one format. What a kill leaves undone is what the next one finds to do: a commit is whole or not
    there, and rows say by themselves which load they are of."""

    def __init__(self, table: DerivedTable, contract: Table, name: str, say: Callable[[str], None]) -> None:
        self._table = table
        self._contract = contract
        self._say = say
        self._outcome = Outcome(name, contract.name)
        self._failed: set[date] = set()

    def run(self, clean: Sequence[CleanMonth], wanted: Wanted, reader: duckdb.DuckDBPyConnection) -> Outcome:
        start = time.monotonic()
        self._prepare(wanted.rebuild)
        held = months_of(reader, self._table.scan())
        chosen = [month for month in clean if wanted.months is None or month.month in wanted.months]
        for month in chosen:
            there = held.get(month.first_day)
            if (there.load_id, there.rows) == (month.load_id, month.rows) if there else month.rows == 0:
                self._outcome.months_unchanged += 1
            else:
                self._derive(month, is_new=there is None)
        if wanted.months is None:
            self._forget(set(held) - {month.first_day for month in clean}, held)
        if wanted.compact:
            done = self._table.compact(KEPT)
            self._say(f"{self._outcome.table}  {done.files_before} files, now {done.files_after}")
        self._outcome.seconds = time.monotonic() - start
        self._measure(chosen, wanted.months is None, reader)
        return self._outcome

    def _prepare(self, rebuild: bool) -> None:
        if rebuild:
            self._table.remove()
        if not self._table.open():
            self._table.create(shape_of(self._contract))
        added = missing_columns(self._contract, self._table.schema(), self._table.place, "derive it anew: --rebuild")
        if len(added) > 0:
            self._table.add_columns(added)
            self._say(f"{self._outcome.table}  added columns: {', '.join(added.names)}")

    def _derive(self, month: CleanMonth, is_new: bool) -> None:
        """A month that can't be read costs no other."""
        try:
            rows = month.read()
        except PassingTrouble:
            raise
        except IngestError as error:
            self._outcome.problems.append(str(error))
            self._failed.add(month.first_day)
            return
        if is_new:
            self._table.append(rows)
            inserted, updated, deleted = len(rows), 0, 0
        else:
            merged = self._table.merge(month.first_day, rows)
            inserted, updated, deleted = merged.inserted, merged.updated, merged.deleted
        self._count(inserted, updated, deleted)
        self._say(f"{month}  {inserted:,} inserted, {updated:,} updated, {deleted:,} deleted")

    def _forget(self, months: set[date], held: dict[date, Held]) -> None:
        for month in sorted(months):
            self._table.forget(month)
            self._count(0, 0, held[month].rows)
            self._say(f"{self._contract.service} {FileMonth.of(month)}  deleted: the lake has it no more")

    def _count(self, inserted: int, updated: int, deleted: int) -> None:
        self._outcome.months_changed += 1
        self._outcome.inserted += inserted
        self._outcome.updated += updated
        self._outcome.deleted += deleted

    def _measure(self, chosen: Sequence[CleanMonth], everything: bool, reader: duckdb.DuckDBPyConnection) -> None:
        scan, done = self._table.scan(), self._outcome
        done.rows = sum(item.rows for item in months_of(reader, scan).values())
        done.versions = len(self._table.versions())
        files = [file for file in Path(self._table.place).rglob("*") if file.is_file()]
        done.files, done.bytes = len(files), sum(file.stat().st_size for file in files)
        # What couldn't be read now is a problem already, and nothing can be said of what the table has of it.
        readable = [month for month in chosen if month.first_day not in self._failed]
        asked = {month.first_day for month in readable}
        different = set(different_months(reader, self._contract, scan, readable)) - self._failed
        done.different = [str(FileMonth.of(month)) for month in sorted(different) if everything or month in asked]
