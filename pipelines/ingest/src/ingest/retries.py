"""How often and how long to ask a server that fails: bounded, ever more patiently, and as it wishes itself."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

import httpx

from ingest.errors import PassingTrouble

_T = TypeVar("_T")
_BUSY = frozenset({408, 425, 429})


@dataclass(frozen=True)
class Retries:
    """At most `attempts`, and none begun later than `total_seconds` after the first; all times in seconds.

    The n-th wait is `first_wait` · 2ⁿ⁻¹, at most `longest_wait`, and between half and all of that, so that many who
    were turned away together don't come back together; never less than the server's Retry-After.
    """

    attempts: int = 6
    total_seconds: float = 1_500.0
    first_wait: float = 1.0
    longest_wait: float = 60.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random

    def wait(self, attempt: int, retry_after: float | None) -> float:
        """Seconds to wait after the given attempt (from 1) has failed."""
        backoff = min(self.longest_wait, self.first_wait * 2.0 ** (attempt - 1)) * (0.5 + self.chance() / 2)
        return max(backoff, retry_after or 0.0)


class Again(Exception):
    """The server failed in a way that often passes."""

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def raise_if_busy(response: httpx.Response) -> None:
    """Raises Again for an answer that may be another in a while: 408, 425, 429 and all of 500 and more."""
    if response.status_code >= 500 or response.status_code in _BUSY:
        raise Again(f"HTTP {response.status_code}", _retry_after(response))


def persist(work: Callable[[float], _T], uri: str, retries: Retries) -> _T:
    """Do `work` until it succeeds; it gets the moment, by `retries.clock`, at which there is no more time.

    Broken connections, time-outs and Again are taken for passing. Raises PassingTrouble when the bounds are reached.
    """
    deadline = retries.clock() + retries.total_seconds
    for attempt in range(1, retries.attempts + 1):
        try:
            return work(deadline)
        except (httpx.TransportError, Again) as error:
            reason = str(error) or type(error).__name__
            asked = error.retry_after if isinstance(error, Again) else None
            wait = retries.wait(attempt, asked)
            if attempt == retries.attempts:
                raise _given_up(f"failed {attempt} times, at last with: {reason}", uri) from error
            if retries.clock() + wait > deadline:
                words = f"{reason}; the server asks to wait {asked:,.0f} s" if asked else reason
                raise _given_up(f"had no more time after {attempt} attempts: {words}", uri) from error
            print(f"  {uri.rsplit('/', 1)[-1]}: {reason}; asking again in {wait:.1f} s", file=sys.stderr)
            retries.sleep(wait)
    raise AssertionError("there is at least one attempt")


def _given_up(what: str, uri: str) -> PassingTrouble:
    return PassingTrouble(f"the request {what}", uri, "run the command again later: it goes on where it stopped")


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds, or a date, which counts from the server's own clock."""
    text = str(response.headers.get("retry-after", "")).strip()
    if text.isdecimal():
        return float(text)
    try:
        wished = parsedate_to_datetime(text)
        seconds: float = (wished - parsedate_to_datetime(response.headers["date"])).total_seconds()
    except (ValueError, KeyError, TypeError):
        return None
    return max(0.0, seconds)
