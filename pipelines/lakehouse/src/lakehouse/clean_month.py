"""The clean rows of one file month: the truth that derived tables are made from and measured by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ingest.contract import Table
from ingest.errors import IngestError, PassingTrouble
from ingest.months import FileMonth
from lakehouse.shape import shape_of


@dataclass(frozen=True)
class CleanMonth:
    """As its receipt tells; `file` need not be readable."""

    contract: Table
    month: FileMonth
    load_id: str
    rows: int
    file: Path

    def __str__(self) -> str:
        return f"{self.contract.service} {self.month}"

    @property
    def first_day(self) -> date:
        """The `file_month` of all its rows."""
        return self.month.first_day

    def read(self) -> pa.Table:
        """All rows in the contract's columns; null in those that the file is too old for.

        Raises IngestError for a file that can't be read or doesn't fit the contract, PassingTrouble for one that
        isn't that of the receipt (ingest is at work).
        """
        shape, known = shape_of(self.contract), self.columns()
        try:
            rows = pq.read_table(self.file, columns=known, partitioning=None)
        except (OSError, pa.ArrowException) as error:
            raise self._unreadable(error) from None
        if rows.num_rows != self.rows or any(
            value != self.load_id for value in pc.unique(rows["_load_id"]).to_pylist()
        ):
            raise PassingTrouble("the rows aren't those of the receipt", str(self.file), "repeat when ingest is done")
        columns = [rows[field.name] if field.name in known else pa.nulls(len(rows), field.type) for field in shape]
        try:
            return pa.Table.from_arrays(columns, names=shape.names).cast(shape)
        except (ValueError, pa.ArrowException) as error:
            raise self._unfit(f"doesn't fit the contract {self.contract.name}: {error}") from None

    def columns(self) -> list[str]:
        """Those that the file has. Raises IngestError for columns or types that the contract doesn't have, and for
        required ones that are missing."""
        try:
            there = pq.read_schema(self.file)
        except (OSError, pa.ArrowException) as error:
            raise self._unreadable(error) from None
        shape = shape_of(self.contract)
        if newer := [name for name in there.names if name not in shape.names]:
            mend = "a newer contract cleaned it: use that one, or clean the month again"
            raise self._unfit(f"has columns that the contract doesn't have: {', '.join(newer)}", mend)
        if older := [field.name for field in shape if field.name not in there.names and not field.nullable]:
            raise self._unfit(f"lacks required columns of the contract: {', '.join(older)}")
        if other := [name for name in there.names if there.field(name).type != shape.field(name).type]:
            types = ", ".join(f"{name} ({there.field(name).type}, not {shape.field(name).type})" for name in other)
            raise self._unfit(f"has columns of other types than the contract: {types}")
        return list(there.names)

    def _unfit(self, what: str, mend: str = "clean the month again") -> IngestError:
        return IngestError(f"{self} {what}", str(self.file), mend)

    def _unreadable(self, error: Exception) -> IngestError:
        if isinstance(error, FileNotFoundError):
            return IngestError(f"the file of {self} is gone, though its receipt is there", str(self.file), "run ingest")
        first = str(error).splitlines()[0]
        return IngestError(f"the file of {self} can't be read: {first}", str(self.file), "clean the month again")
