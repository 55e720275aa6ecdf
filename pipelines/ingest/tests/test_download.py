"""Downloads from a server that drops, stalls, lies and is busy: the file comes whole, or a clear error does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ingest.download import Received, download, make_client
from ingest.errors import IngestError, PassingTrouble
from ingest.retries import Retries
from rude_server import Answer, RudeSite, serve_rudely

OLD = bytes(range(256)) * 4_000
NEW = OLD[::-1] + b"more"


@dataclass
class Clock:
    """Time that passes only while somebody waits; `ticks` pass with every look at it."""

    now: float = 0.0
    ticks: float = 0.0
    waits: list[float] = field(default_factory=list)

    def time(self) -> float:
        self.now += self.ticks
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds

    def retries(self, attempts: int = 6, total_seconds: float = 1_000.0, chance: float = 1.0) -> Retries:
        return Retries(attempts, total_seconds, clock=self.time, sleep=self.sleep, chance=lambda: chance)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[RudeSite]:
    with serve_rudely(RudeSite(OLD)) as running:
        yield running


@pytest.fixture
def part(tmp_path: Path) -> Path:
    return tmp_path / ".file.part"


def fetch(site: RudeSite, part: Path, retries: Retries) -> Received:
    with make_client(read_seconds=0.3) as client:
        return download(client, site.url, part, retries)


def first_bytes(site: RudeSite) -> list[int]:
    return [int(wanted[6:-1]) if wanted else 0 for wanted in site.ranges]


def test_connections_that_drop_are_taken_up_at_the_byte_reached(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=300_000), Answer(sends=300_000)]
    received = fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert received == Received(site.etag, len(OLD))
    assert first_bytes(site) == [0, 300_000, 600_000]
    assert site.sent == len(OLD), "no byte came twice"
    assert list(part.parent.iterdir()) == [part], "the sidecar is gone"


def test_a_stall_is_noticed_and_taken_up(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=500_000, stalls=True)]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert first_bytes(site) == [0, 500_000]


def test_a_server_without_ranges_sends_all_again_from_the_first_byte(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=300_000), Answer(ignores_range=True)]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD


def test_a_file_that_changes_between_two_ranges_begins_anew(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=300_000, then=NEW)]
    received = fetch(site, part, clock.retries())
    assert part.read_bytes() == NEW
    assert received == Received(site.etag, len(NEW))


def test_a_change_that_the_server_passes_over_is_seen_by_its_etag(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=300_000), Answer(sends=300_000, headers={"ETag": '"other"'})]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert first_bytes(site) == [0, 300_000, 0]


def test_a_range_that_begins_elsewhere_is_not_appended(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=300_000), Answer(begins=100_000)]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert first_bytes(site) == [0, 300_000, 0]


def test_bytes_of_a_weak_version_are_not_continued(site: RudeSite, part: Path, clock: Clock) -> None:
    site.weak = True
    site.answers = [Answer(sends=300_000)]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert site.ranges == [None, None]


def test_what_a_killed_process_left_is_gone_on_with_and_of_another_version_is_not(
    site: RudeSite, part: Path, clock: Clock
) -> None:
    site.answers = [Answer(sends=400_000)]
    with pytest.raises(PassingTrouble, match="failed 1 times"):
        fetch(site, part, clock.retries(attempts=1))
    fetch(site, part, clock.retries())
    assert first_bytes(site) == [0, 400_000]
    part.unlink()

    site.answers = [Answer(sends=400_000, then=NEW)]
    with pytest.raises(PassingTrouble):
        fetch(site, part, clock.retries(attempts=1))
    fetch(site, part, clock.retries())
    assert part.read_bytes() == NEW


def test_a_part_longer_than_the_file_is_thrown_away(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(sends=400_000)]
    with pytest.raises(PassingTrouble):
        fetch(site, part, clock.retries(attempts=1))
    with part.open("ab") as stream:
        stream.write(bytes(len(OLD)))
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD


def test_a_length_announced_too_long_is_never_taken_for_whole(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(announces=10)] * 20
    with pytest.raises(PassingTrouble, match="failed 6 times") as caught:
        fetch(site, part, clock.retries())
    assert caught.value.where == site.url


def test_waits_double_up_to_a_bound_and_are_spread(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(status=503)] * 9
    with pytest.raises(PassingTrouble, match="HTTP 503"):
        fetch(site, part, clock.retries(attempts=9))
    assert clock.waits == [1, 2, 4, 8, 16, 32, 60, 60]
    clock.waits.clear()
    site.answers = [Answer(status=503)] * 2
    fetch(site, part, clock.retries(chance=0.0))
    assert clock.waits == [0.5, 1]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Date": "Wed, 21 Oct 2026 07:28:00 GMT", "Retry-After": "Wed, 21 Oct 2026 07:28:30 GMT"}, 30),
        ({"Retry-After": "soon"}, 1),
    ],
)
def test_the_server_is_left_alone_as_long_as_it_asks(
    site: RudeSite, part: Path, clock: Clock, headers: dict[str, str], seconds: float
) -> None:
    site.answers = [Answer(status=429, headers=headers)]
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert clock.waits == [seconds]


def test_a_wait_beyond_the_time_there_is_ends_it_at_once(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(status=429, headers={"Retry-After": "3600"})]
    with pytest.raises(PassingTrouble, match="the server asks to wait 3,600 s"):
        fetch(site, part, clock.retries())
    assert clock.waits == []


def test_a_trickle_ends_with_the_time_and_is_gone_on_with(
    site: RudeSite, part: Path, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.ticks = 3.0
    with pytest.raises(PassingTrouble, match="isn't done after 10 s"):
        fetch(site, part, clock.retries(total_seconds=10.0))
    assert "file: 0 of 1 MB" in capsys.readouterr().err, "says how far it is"
    reached = part.stat().st_size
    assert 0 < reached < len(OLD)
    clock.ticks = 0.0
    fetch(site, part, clock.retries())
    assert part.read_bytes() == OLD
    assert first_bytes(site) == [0, reached]


@pytest.mark.parametrize("status", [403, 404])
def test_what_is_not_published_is_not_asked_for_again(site: RudeSite, part: Path, clock: Clock, status: int) -> None:
    site.answers = [Answer(status=status)]
    with pytest.raises(IngestError, match=f"isn't published \\(HTTP {status}\\)") as caught:
        fetch(site, part, clock.retries())
    assert caught.value.exit_code == 1
    assert len(site.ranges) == 1
    assert not part.exists()


def test_a_web_page_is_not_the_file(site: RudeSite, part: Path, clock: Clock) -> None:
    site.answers = [Answer(headers={"Content-Type": "text/html; charset=utf-8"})]
    with pytest.raises(IngestError, match="a web page came") as caught:
        fetch(site, part, clock.retries())
    assert caught.value.exit_code == 1
    assert not part.exists()
