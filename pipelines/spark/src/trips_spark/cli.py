"""The command line: `python -m trips_spark <job> …`, or `main.py <job> …` under spark-submit."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Callable, Sequence

from trips_spark.arguments import Arguments, parse
from trips_spark.errors import JobError
from trips_spark.run import Run, say
from trips_spark.session import Session


def main(arguments: Sequence[str] | None = None, open_session: Callable[[Arguments], Session] = Session) -> int:
    """Run a job; gives the exit code: 0; 1 for an error, 75 for trouble that may pass; 2 for a wrong command line;
    130 after Ctrl-C. The summary is the last line of the output, as JSON.
    """
    options = parse(arguments)
    session = open_session(options)
    try:
        summary = Run(options, session).execute()
    except JobError as error:
        return _failed(error, error.exit_code, options.debug)
    except KeyboardInterrupt:
        say("stopped; the same command goes on from here")
        return 130
    except Exception as error:
        first = str(error).splitlines()[0] if str(error) else ""
        return _failed(f"{type(error).__name__}: {first}\n  run with --debug to see where", 1, options.debug)
    finally:
        session.stop()
    for line in summary.lines():
        say(line)
    document = json.dumps(summary.to_json(), ensure_ascii=False)
    if options.summary is not None:
        options.summary.parent.mkdir(parents=True, exist_ok=True)
        options.summary.write_text(document + "\n", encoding="utf-8")
    print(document)
    return summary.exit_code


def _failed(error: object, exit_code: int, debug: bool) -> int:
    print(f"error: {error}", file=sys.stderr)
    if debug:
        traceback.print_exc()
    return exit_code
