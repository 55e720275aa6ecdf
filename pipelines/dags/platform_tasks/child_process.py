"""A program run to its end: its lines are passed on as they come, and it never outlives the task that started it."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

_GRACE_SECONDS = 5.0
_LINES_KEPT = 200
_END_WITH_PARENT = Path(__file__).parent / "end_with_parent.py"


class ChildProcess:
    """Stays in its parent's process group, so that whoever stops the group stops it too."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> None:
        self._argv = list(argv)
        self._environment = dict(environment)
        self._on_line = on_line
        self._process: subprocess.Popen[str] | None = None
        self.last_lines: deque[str] = deque(maxlen=_LINES_KEPT)

    def run(self) -> int:
        """Return the exit code; negative when a signal ended the program. Raises OSError when it can't be started."""
        program = shutil.which(self._argv[0])
        if program is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), self._argv[0])
        launcher = [sys.executable, "-I", "-S", str(_END_WITH_PARENT), str(os.getpid()), program]
        self._process = subprocess.Popen(
            [*launcher, *self._argv[1:]],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        try:
            assert self._process.stdout is not None
            for line in self._process.stdout:
                self.last_lines.append(line.rstrip())
                self._on_line(line.rstrip())
            return self._process.wait()
        finally:
            # Reached with a living child when a timeout or an interrupt breaks into the loop above.
            self.stop()

    def stop(self) -> None:
        """Ask the program to end, then make it."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
