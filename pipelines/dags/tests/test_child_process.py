"""A program never outlives the task that started it."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

import pytest

from platform_tasks.child_process import ChildProcess

STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), flush=True)
time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_lines_are_passed_on_and_the_exit_code_returned() -> None:
    lines: list[str] = []
    program = "import sys; print('one'); print('two', file=sys.stderr); sys.exit(3)"

    code = ChildProcess([sys.executable, "-u", "-c", program], {}, lines.append).run()

    assert code == 3
    assert sorted(lines) == ["one", "two"]


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="/absent/python"):
        ChildProcess(["/absent/python"], {}, print).run()


def test_a_signal_is_told_from_an_exit_code() -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

    assert ChildProcess([sys.executable, "-c", program], {}, print).run() == -signal.SIGKILL


def test_a_timeout_takes_the_program_along_though_it_ignores_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform_tasks.child_process._GRACE_SECONDS", 0.2)
    started: list[int] = []

    # Airflow's own timeout is this: an exception raised out of a signal handler.
    def expire(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    def on_line(line: str) -> None:
        started.append(int(line))
        signal.setitimer(signal.ITIMER_REAL, 0.05)

    before = signal.signal(signal.SIGALRM, expire)
    try:
        with pytest.raises(TimeoutError):
            ChildProcess([sys.executable, "-c", STUBBORN], {}, on_line).run()
    finally:
        signal.signal(signal.SIGALRM, before)

    assert not is_alive(started[0])


def test_stopped_from_a_signal_handler_as_on_kill_is() -> None:
    started: list[int] = []
    program = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"

    def on_line(line: str) -> None:
        started.append(int(line))
        os.kill(os.getpid(), signal.SIGUSR1)

    child = ChildProcess([sys.executable, "-c", program], {}, on_line)
    before = signal.signal(signal.SIGUSR1, lambda *_: child.stop())
    try:
        assert child.run() == -signal.SIGTERM
    finally:
        signal.signal(signal.SIGUSR1, before)

    assert not is_alive(started[0])
