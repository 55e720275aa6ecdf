"""Runs the lessons and writes their page: `python -m labs [--rows N] [--only LESSON …]`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from labs.lab import Lab
from labs.lesson import Findings, Lesson, Variant
from labs.lessons import LESSONS
from labs.lessons.skew import plain
from labs.page import Circumstances, page
from labs.session import lab_session
from labs.trips import make_trips
from trips_spark.errors import JobError

ROOT = Path(__file__).resolve().parents[3]


def main() -> int:
    options = _options()
    data = options.data / str(options.rows)
    say(f"generating {options.rows:,} trips, if they aren't there yet …")
    make_trips(data, options.rows)
    load = os.getloadavg()[0]
    scratch = Path(tempfile.mkdtemp(prefix="scratch-", dir=options.data))
    try:
        spark = lab_session(options.memory, scratch)
        lab = Lab(spark, options.rows, data, scratch, options.repeat)
        cores = int(spark.sparkContext.defaultParallelism)
        versions = f"Spark {spark.version}, Python {sys.version_info.major}.{sys.version_info.minor}"
        date = f"{datetime.now(UTC):%Y-%m-%d}"
        of = Circumstances(options.rows, cores, options.memory, load, versions, date, options.repeat)
        _warm_up(lab)
        found = [(lesson, _teach(lesson, lab)) for lesson in options.only]
        spark.stop()
    except JobError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if options.debug:
            raise
        print(f"error: {str(error).splitlines()[0]}\n  run with --debug to see where", file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    text = page(of, found)
    if len(found) < len(LESSONS):
        print(text)
        say("the page is written when all lessons are run")
        return 0
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text, encoding="utf-8")
    for _, findings in found:
        for name, chart in findings.charts.items():
            options.output.with_name(name).write_text(chart, encoding="utf-8")
    say(f"written: {os.path.relpath(options.output)}")
    return 0


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _teach(lesson: Lesson, lab: Lab) -> Findings:
    start = time.perf_counter()
    findings = lesson.teach(lab)
    say(f"{lesson.title}: {time.perf_counter() - start:.0f} s")
    return findings


def _warm_up(lab: Lab) -> None:
    """Else the first lesson would pay for what Java compiles for all."""
    lab.result(Variant("warm up", plain))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="npm run lab:spark --", description=__doc__)
    parser.add_argument("--rows", type=_rows, default=400_000)
    parser.add_argument("--only", type=_lessons, default=list(LESSONS.values()))
    parser.add_argument("--memory", default="2g")
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--data", type=Path, default=ROOT / ".embedded" / "labs" / "spark")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "labs" / "spark.md")
    parser.add_argument("--debug", action="store_true")
    return parser.parse_args()


def _rows(text: str) -> int:
    if not text.isdigit() or not 1_000 <= int(text) <= 100_000_000:
        raise argparse.ArgumentTypeError(f"'{text}' must be a whole number from 1000 to 100000000")
    return int(text)


def _lessons(text: str) -> list[Lesson]:
    unknown = [name for name in text.split(",") if name not in LESSONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no lesson {unknown[0]}; there are {', '.join(LESSONS)}")
    return [LESSONS[name] for name in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
