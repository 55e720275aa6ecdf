"""What is compared with what, and which ratio is asked for."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measure import Measured, gunzip, run
from workspace import Input


@dataclass(frozen=True)
class Comparison:
    """`ratio` is how many times as fast as the other ours is: at least `asked`, it is hoped `goal`."""

    what: str
    over: str
    rows: int
    ours: Measured
    other: Measured
    asked: float
    goal: float

    @property
    def ratio(self) -> float:
        return self.ours.rows_per_second / self.other.rows_per_second

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "over": self.over,
            "rows": self.rows,
            "ratio": round(self.ratio, 3),
            "asked": round(self.asked, 3),
            "goal": round(self.goal, 3),
            "met": self.ratio >= self.asked,
            "ours": vars(self.ours),
            "other": vars(self.other),
        }


@dataclass(frozen=True)
class Bench:
    """`python` of the environment bench; `folder` for what is written and thrown away; `say` tells of progress."""

    python: str
    folder: Path
    repeat: int
    say: Callable[[str], None]

    def csv(self, source: Input) -> list[Comparison]:
        lake, files = self._lake(source), source.files
        ours, guessed, text, bare = self._best(
            lambda: run(sys.executable, "ours.py", "clean", lake, *files),
            lambda: run(self.python, "pandas_baselines.py", "csv", self.folder, *files),
            lambda: run(self.python, "pandas_baselines.py", "csv-text", self.folder, *files),
            lambda: gunzip(files, source.rows),
        )
        return [
            Comparison("CSV.gz to clean / pandas, types guessed", source.name, source.rows, ours, guessed, 1.0, 1.3),
            Comparison("CSV.gz to clean / pandas, all as text", source.name, source.rows, ours, text, 1.0, 1.3),
            Comparison("CSV.gz to clean / gzip -dc", source.name, source.rows, ours, bare, 1 / 3, 1 / 2.5),
        ]

    def parquet(self, source: Input) -> Comparison:
        lake, files = self._lake(source), source.files
        ours, other = self._best(
            lambda: run(sys.executable, "ours.py", "clean", lake, *files),
            lambda: run(self.python, "pandas_baselines.py", "parquet", self.folder, *files),
        )
        return Comparison("Parquet to clean / pandas", source.name, source.rows, ours, other, 1.5, 1.5)

    def postgres(self, source: Input, server: dict[str, Any], sample: int) -> Comparison:
        """Ours replaces months that are there; pandas writes `sample` rows of fewer columns into a new table."""
        lake = self._lake(source)
        settings = {name: server[name] for name in ("host", "port", "database", "user")}
        address = json.dumps({**settings, "password_file": server["passwordFile"]})
        url = "postgresql+psycopg://{user}@{host}:{port}/{database}".format(**settings)
        run(sys.executable, "ours.py", "clean", lake, *source.files)

        def load() -> Measured:
            return run(sys.executable, "ours.py", "postgres", lake, address, *source.files)

        load()
        ours, other = self._best(
            load,
            lambda: run(self.python, "pandas_baselines.py", "sql", url, str(sample), *source.files),
        )
        what = f"clean to Postgres / pandas to_sql of {other.rows:,} rows"
        return Comparison(what, source.name, source.rows, ours, other, 20, 35)

    def memory(self, source: Input) -> Measured:
        return run(sys.executable, "ours.py", "clean", self._lake(source), *source.files)

    def _lake(self, source: Input) -> Path:
        kind = "csv" if source.files[0].name.endswith(".gz") else "parquet"
        return self.folder / f"lake-{kind}-{len(source.files)}-{source.rows}"

    def _best(self, *contenders: Callable[[], Measured]) -> list[Measured]:
        """Each in turn, again and again, so that a busy moment of the machine doesn't hit one only; the best counts."""
        best: list[Measured | None] = [None] * len(contenders)
        for _ in range(self.repeat):
            for index, contender in enumerate(contenders):
                measured = contender()
                self.say(f"  {'ours' if index == 0 else 'other'}: {measured.seconds:.2f} s")
                best[index] = measured.better(best[index])
        return [measured for measured in best if measured is not None]
