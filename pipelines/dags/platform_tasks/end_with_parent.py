"""A program that the kernel kills with its parent: `python end_with_parent.py <parent's id> <program> <arguments…>`.

For a parent that is killed itself: it stops nobody any more, and its next try would meet this one at work. A program
and not a hook of `subprocess`, since that hook runs in a fork, and gRPC, where it is loaded, may end such a process.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
"""https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html; an exec leaves it as it is."""


def main(parent: str, *command: str) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):
            sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
