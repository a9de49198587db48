"""Weights fetched from a hub on this machine: whole, resumed, refused; every byte is the one the hub has."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_app import paths, weights
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Progress, Weights
from desktop_app.weights import hub as fetching
from desktop_app.weights.hub import Offer, Way
from tests.weights.hub_server import Hub, serving

OFFER = Offer("maker/small-GGUF", "small-q4.gguf", name="Small", licence="Apache-2.0", languages=("zh", "en"))
KEY = "maker/small-GGUF/small-q4.gguf"
BLOCK_OF_TEN_MB = 10_000_000


def gguf(size: int) -> bytes:
    key = b"general.architecture"
    head = b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, len(key)) + key + struct.pack("<IQ", 8, 5) + b"qwen2"
    filling = random.Random(size).randbytes(min(size, 1_000_003))  # no block of it looks like another
    return (head + filling * (size // len(filling) + 1))[:size]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "weights"))
    return paths.weights()


@pytest.fixture
def hub() -> Iterator[Hub]:
    with serving({KEY: gguf(3_000_000)}) as found:
        yield found


def stopped_half_way(hub: Hub) -> None:
    stop = threading.Event()
    under_way = weights.get(OFFER, Way(hub.address), stop=stop)
    next(event for event in under_way if isinstance(event, Progress) and event.done >= 1_000_000)
    stop.set()
    with pytest.raises(Cancelled):
        list(under_way)
    assert hub.hold is not None
    hub.hold.set()


def got(hub: Hub, offer: Offer = OFFER) -> Weights:
    *_, last = weights.get(offer, Way(hub.address), stop=threading.Event())
    assert isinstance(last, Weights)
    return last


def test_fetched_weights_are_whole_listed_and_carry_what_the_list_says_of_them(folder: Path, hub: Hub) -> None:
    events = list(weights.get(OFFER, Way(hub.address), stop=threading.Event()))
    told = [event.done for event in events if isinstance(event, Progress)]
    assert told == sorted(told)
    assert told[-1] == 3_000_000
    (listed,) = weights.installed()
    assert listed == events[-1]
    assert Path(listed.path).read_bytes() == hub.files[KEY]
    assert (listed.name, listed.licence, listed.languages) == ("Small", "Apache-2.0", ("zh", "en"))
    assert list((folder / ".arriving").iterdir()) == []
    weights.verify(listed)


def test_what_is_here_already_is_not_fetched_again(folder: Path, hub: Hub) -> None:
    first, sent = got(hub), hub.sent
    assert got(hub) == first
    assert hub.sent == sent


def test_cuts_at_random_bytes_cost_no_byte_twice(folder: Path, hub: Hub) -> None:
    hub.cuts = 25
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]
    assert hub.cuts == 0
    # What was written into the wire and not read when it was cut may come again: at most what a socket holds.
    assert hub.sent - 3_000_000 < 25 * (4 << 20)
    begins = [int(line.rpartition("=")[2].rstrip("-")) for line in hub.asked if "bytes=" in line and "/cdn/" in line]
    assert begins == sorted(begins)


def test_a_stop_keeps_what_arrived_and_the_next_try_goes_on_there(folder: Path, hub: Hub) -> None:
    hub.hold = threading.Event()
    stopped_half_way(hub)
    here = weights.arrived(OFFER)
    assert here is not None
    assert 0 < here.done < here.total == 3_000_000
    hub.hold = None
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]
    assert hub.asked[-1].endswith(f"bytes={here.done}-")
    assert weights.arrived(OFFER) is None


def test_a_stop_is_heard_while_the_hub_is_silent(folder: Path, hub: Hub) -> None:
    hub.hold, stop = threading.Event(), threading.Event()
    fetching_it = weights.get(OFFER, Way(hub.address), stop=stop)
    next(event for event in fetching_it if isinstance(event, Progress) and event.done >= 1_000_000)
    stop.set()
    with pytest.raises(Cancelled):
        list(fetching_it)
    assert not hub.hold.is_set()


def test_a_hub_that_cannot_give_a_part_gives_the_whole_file(folder: Path, hub: Hub) -> None:
    hub.ranges, hub.cuts = False, 2
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]


def test_a_wrong_checksum_is_thrown_away_and_said(folder: Path, hub: Hub) -> None:
    hub.checksum = "0" * 64
    with pytest.raises(UserError, match="damaged"):
        got(hub)
    assert weights.installed() == []
    assert weights.arrived(OFFER) is None
    assert not list(folder.glob("*.gguf"))


def test_a_file_without_a_checksum_is_not_fetched(folder: Path, hub: Hub) -> None:
    hub.etag = False
    with pytest.raises(UserError, match="no checksum"):
        got(hub)
    assert hub.sent == 0


def test_a_file_that_is_not_there_is_said_to_be_gone(folder: Path, hub: Hub) -> None:
    with pytest.raises(UserError, match="has no maker/small-GGUF/other"):
        got(hub, Offer("maker/small-GGUF", "other.gguf"))


def test_a_busy_hub_is_asked_again(folder: Path, hub: Hub) -> None:
    hub.later = 3
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]


def test_a_hub_that_stays_busy_is_let_be(folder: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "TRIES", 2)
    hub.later = 99
    with pytest.raises(UserError, match="asks to wait"):
        got(hub)


def test_a_slow_hub_is_waited_for(folder: Path, hub: Hub) -> None:
    hub.slow = 0.01
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]


def test_a_silent_hub_is_asked_again_and_what_arrived_stays(
    folder: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "SILENCE", 0.3)
    monkeypatch.setattr(fetching, "TRIES", 2)
    hub.hold = threading.Event()
    with pytest.raises(UserError, match="are kept"):
        got(hub)
    here = weights.arrived(OFFER)
    assert here is not None
    assert here.done > 0


def test_no_hub_at_all_is_said_plainly(folder: Path) -> None:
    with pytest.raises(UserError, match="cannot be reached"):
        list(weights.get(OFFER, Way("http://127.0.0.1:9"), stop=threading.Event()))


def test_a_full_disk_is_said_before_anything_is_fetched(
    folder: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(10, 9, 1))  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="Not enough room"):
        got(hub)
    assert hub.sent == 0


def test_a_disk_that_fills_up_meanwhile_keeps_what_arrived(
    folder: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = fetching._Part.add

    def full(part: fetching._Part, block: bytes) -> None:
        if part.here > 1_000_000:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        add(part, block)

    monkeypatch.setattr(fetching._Part, "add", full)
    with pytest.raises(UserError, match="disk is full"):
        got(hub)
    monkeypatch.undo()
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(folder))
    hub.sent = 0
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]
    assert hub.sent < 2_000_001


def test_a_file_that_is_no_gguf_is_not_kept(folder: Path, hub: Hub) -> None:
    hub.files[KEY] = b"<html>sign in first</html>" * 99
    with pytest.raises(UserError, match="not a GGUF"):
        got(hub)
    assert weights.installed() == []


def test_a_file_that_changed_on_the_hub_begins_anew(folder: Path, hub: Hub) -> None:
    hub.hold = threading.Event()
    stopped_half_way(hub)
    hub.hold, hub.files[KEY] = None, gguf(2_000_001)
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]


FETCH = """
import sys, threading
from desktop_app import weights
from desktop_app.weights.hub import Offer, Way
print("started", flush=True)
for event in weights.get(Offer("maker/small-GGUF", "small-q4.gguf"), Way(sys.argv[1]), stop=threading.Event()):
    pass
"""


def killed_while_fetching(hub: Hub, seconds: float = 0.0) -> None:
    """Kill the program after so long, or (0) as soon as a third has arrived."""
    process = subprocess.Popen([sys.executable, "-c", FETCH, hub.address], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    if not seconds:
        while process.poll() is None and ((here := weights.arrived(OFFER)) is None or here.done < 1_000_000):
            threading.Event().wait(0.02)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_kill_of_the_program_costs_nothing_that_had_arrived(folder: Path, hub: Hub) -> None:
    hub.hold = threading.Event()
    killed_while_fetching(hub)
    here = weights.arrived(OFFER)
    assert here is not None
    assert here.done >= 1_000_000
    hub.hold.set()
    hub.hold = None
    assert Path(got(hub).path).read_bytes() == hub.files[KEY]
    assert hub.asked[-1].endswith(f"bytes={here.done}-")


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_two_hundred_cuts_and_twenty_kills_bring_every_byte(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    size = 200_000_000
    with serving({KEY: gguf(size)}) as hub:
        hub.cuts, hub.slow, hub.block = 200, 0.004, 1 << 18
        chance = random.Random(7)
        for _kill in range(20):
            killed_while_fetching(hub, chance.uniform(0.2, 1.0))
        assert Path(got(hub).path).read_bytes() == hub.files[KEY]
        again = hub.sent - size
        assert hub.cuts == 0
        record_property("fetched again, bytes", again)
        sys.stderr.write(f"{again / 1e6:.1f} MB sent twice over 200 cuts and 20 kills\n")
        assert again < 220 * BLOCK_OF_TEN_MB
        assert [w.sha256 for w in weights.installed()] == [weights.file_sha256(Path(weights.installed()[0].path))]
