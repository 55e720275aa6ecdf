"""docs/labs/flink.md, from a run's numbers."""

from __future__ import annotations

from typing import Any

from events import DISORDER_MINUTES, LATE_HOURS, LATE_ONE_OF
from job import COUNT, RIDES

_PAGE = """\
# Flink, tried

Written by `npm run lab:flink`; the code is in `pipelines/flink`, the decision in [ADR 013](../adr/013-flink.md).

The platform's streaming question, asked of Flink's SQL: pickups and revenue per zone and hour of event time.
{rows:,} generated rides of a month lie in a CSV file in the order in which they were seen: up to {disorder} minutes
out of order, and one of {late} {hours} hours late. {cores} cores, load of the machine {load:.1f} as it began.

```sql
{source}
{query};
```

| Flink | parallelism | start, s | query, s | rows out | DuckDB, s | result |
|---|--:|--:|--:|--:|--:|---|
{table}

- The same statement runs as a batch, where all rides count, and as a stream, where the watermark closes an hour
  {disorder} minutes of event time after its end and a late ride is **dropped without a word** (a counter,
  `numLateRecordsDropped`, is all that tells). DuckDB was asked for the rides on time then; both are equal to the cent.
- *start* is Java and what a table needs before it can be asked; *query* contains Flink's own cluster within that
  process, planning and compiling. DuckDB has the answer before Java has started: for a file that one machine can hold
  there is nothing to gain.
- What Flink is for isn't measured here: state larger than memory, checkpoints every few seconds, rescaling without
  losing a ride, results while the stream goes on.
"""


def page(document: dict[str, Any]) -> str:
    table = "\n".join(
        f"| {run['mode']} | {run['parallelism']} | {run['start_seconds']:.1f} | {run['seconds']:.1f} | {run['rows']:,} "
        f"| {run['duckdb_seconds']:.1f} | equal{'' if run['mode'] == 'batch' else ', of rides on time'} |"
        for run in document["runs"]
    )
    return _PAGE.format(
        **{key: document[key] for key in ("rows", "cores", "load")},
        disorder=DISORDER_MINUTES,
        late=LATE_ONE_OF,
        hours=LATE_HOURS,
        source=RIDES.strip().format(rides="/…/rides") + ";\n",
        query=COUNT.strip(),
        table=table,
    )
