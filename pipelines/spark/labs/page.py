"""docs/labs/spark.md, from what the lessons found."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from labs.lesson import Findings, Lesson, Result
from labs.metrics import Measured

_INTRODUCTION = """\
# Lessons about Spark

Written by `npm run lab:spark`; the code is in `pipelines/spark/labs`, a file for each lesson, and what is claimed of
plans, files and tasks is tested on few trips in `pipelines/spark/tests/labs`.

{what}

How to read it: seconds are those of the best of {repeat} runs in one session, for Java compiles what it needs in the
first; *CPU* are the CPU seconds of Spark's whole process, which other work on the machine changes far less: compare
them where the load was high. *slowest* and *median* are the seconds of tasks of the query's longest stage. Adaptive
execution is off unless a line says otherwise, so that the plan is the one that ran, and there are 8 shuffle partitions.

All runs on one machine: a shuffle goes to the local disk and its cache, nothing crosses a network, files come from
memory. What is moved, opened and waited for is the same on a cluster; what it costs there isn't, and each lesson says
which way it differs."""


@dataclass(frozen=True)
class Circumstances:
    """Of a run; `load` is the machine's average when it began."""

    rows: int
    cores: int
    memory: str
    load: float
    versions: str
    date: str
    repeat: int

    def sentence(self) -> str:
        return (
            f"Run on {self.date} over {self.rows:,} generated trips in six months: {self.versions}, "
            f"{self.cores} cores, {self.memory} for Spark, load of the machine {self.load:.1f} as it began."
        )


def page(of: Circumstances, found: list[tuple[Lesson, Findings]]) -> str:
    parts = [_INTRODUCTION.format(what=of.sentence(), repeat=of.repeat)]
    parts += [f"- [{lesson.title}](#{_anchor(lesson.title)})" for lesson, _ in found]
    return "\n\n".join([parts[0], "\n".join(parts[1:]), *(_section(*each) for each in found)]) + "\n"


def _section(lesson: Lesson, findings: Findings) -> str:
    lines = [f"## {lesson.title}", lesson.question, "```python\n" + "\n\n".join(map(_source, lesson.shown)) + "\n```"]
    lines.append(_table(findings.results))
    lines += [f"![{lesson.title}]({name})" for name in findings.charts]
    plans = [result for result in findings.results if result.name in findings.plans]
    lines += [f"Plan of *{result.name}*:\n\n```\n{result.plan}\n```" for result in plans]
    lines += ["**What to learn.**", "\n".join(f"- {sentence}" for sentence in findings.learnt)]
    return "\n\n".join(lines)


_COLUMNS = ("seconds", "CPU", "tasks", "slowest", "median", "shuffled, MB", "spilled, MB", "read, MB", "files read")


def _table(results: list[Result]) -> str:
    rows = [f"| | {' | '.join((*_COLUMNS, 'files written'))} |", f"|---|{'--:|' * (len(_COLUMNS) + 1)}"]
    return "\n".join([*rows, *(f"| {result.name} | {' | '.join(_cells(result.measured))} |" for result in results)])


def _cells(one: Measured) -> list[str]:
    all_of_it, cpu, slowest, median = (f"{x:.2f}" for x in (one.seconds, one.cpu_seconds, one.slowest, one.median))
    sizes = [f"{size / 1e6:,.1f}" for size in (one.shuffle_bytes, one.spilled_bytes, one.read_bytes)]
    return [all_of_it, cpu, str(one.tasks), slowest, median, *sizes, str(one.files_read), str(one.files_written or "")]


def _source(function: Callable[..., object]) -> str:
    return inspect.getsource(function).strip()


def _anchor(title: str) -> str:
    return title.lower().replace(",", "").replace(" ", "-")
