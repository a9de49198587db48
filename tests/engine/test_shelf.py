"""What was read once need not be read at the next start, and nothing that goes wrong with that is ever noticed."""

from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from desktop_app import paths
from desktop_app.engine import LlamaEngine, Message, Request, Sampling
from desktop_app.engine.shelf import Shelf, identity
from tests.engine import tiny_weights
from tests.engine.conftest import only, written
from tests.engine.test_llama_engine import pid_of

RULES = " ".join(f"Rule {n}: say {n * 37 % 101} things plainly." for n in range(12))
TOKENS = list(range(1000, 1200))


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(paths.weights()))
    monkeypatch.setenv("ZHANGGUI_DATA", str(tmp_path / "home"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights that are read in milliseconds: what lies on the shelf is a state of llama.cpp's, whatever it is of."""
    return tiny_weights.make(tmp_path_factory.mktemp("shelf") / "small.gguf", "llama")


@contextlib.contextmanager
def started(weights: Path) -> Iterator[LlamaEngine]:
    engine = LlamaEngine(weights)
    yield engine
    engine.close()


def about(thing: str, rules: str = RULES) -> Request:
    turns = (Message("system", rules), Message("user", f"Facts: {thing}."))
    return Request(thing, turns, max_tokens=8, sampling=Sampling(temperature=0.0), priority="interactive")


def told(engine: LlamaEngine, *things: str) -> list[str]:
    return [only(written(engine, [about(thing)])).text for thing in things]


def read_by(engine: LlamaEngine) -> int:
    return engine.measures().tokens


def lying() -> list[Path]:
    return sorted((paths.cache() / "beginnings").glob("*"))


def settled(engine: LlamaEngine) -> None:
    """Wait until the engine had nothing to do, which is when it lays beginnings down."""
    for _ in range(3):
        engine.count_tokens("")


def test_after_a_restart_the_instructions_are_not_read_again_and_the_text_is_the_same(small: Path) -> None:
    with started(small) as engine:
        told(engine, "a mug")
        (first,) = told(engine, "a board")
        settled(engine)
        shared = engine.count_tokens(RULES)
    with started(small) as engine:
        assert told(engine, "a board") == [first]
        assert read_by(engine) < shared // 3


def test_many_texts_at_once_lay_their_instructions_down_once(small: Path) -> None:
    with started(small) as engine:
        written(engine, [about(f"thing number {n}") for n in range(10)])
        settled(engine)
    assert len(lying()) == 1
    assert b"thing number" not in lying()[0].name.encode()


def test_what_a_customer_says_is_never_laid_down(small: Path) -> None:
    with started(small) as engine:
        message = "Mrs Miller of 5 Elm Road complains at length about her order. " * 12
        for name in ("1", "2", "3"):
            written(engine, [Request(name, (Message("user", message),), max_tokens=2, sampling=Sampling(0.0))])
        settled(engine)
    assert lying() == []


def test_a_beginning_that_only_one_text_had_is_not_laid_down(small: Path) -> None:
    with started(small) as engine:
        told(engine, "a mug")
        settled(engine)
    assert lying() == []


def test_a_damaged_file_is_thrown_away_and_the_text_is_right(small: Path) -> None:
    with started(small) as engine:
        told(engine, "a mug")
        (right,) = told(engine, "a board")
        settled(engine)
    (file,) = lying()
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    for harmed in (whole[:-9], flipped, b"not a beginning"):
        file.write_bytes(harmed)
        with started(small) as engine:
            assert told(engine, "a board") == [right]
            assert lying() == []


def test_other_weights_never_get_it(small: Path, tmp_path: Path) -> None:
    with started(small) as engine:
        told(engine, "a mug", "a board")
        settled(engine)
    other = tmp_path / "other.gguf"
    shutil.copyfile(small, other)
    with started(other) as engine:
        told(engine, "a board")
        assert read_by(engine) > engine.count_tokens(RULES)


@pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="only Linux can make a disk full for one process")
def test_a_disk_that_is_full_is_never_noticed(small: Path) -> None:
    with started(small) as engine:
        told(engine, "a mug")
        # No file may grow beyond a few kilobytes in that process from now on: the write fails in the middle.
        psutil.Process(pid_of(engine)).rlimit(psutil.RLIMIT_FSIZE, (1 << 12, 1 << 12))
        (text,) = told(engine, "a board")
        settled(engine)
        assert lying() == []
        assert told(engine, "a board") == [text]


def test_a_folder_that_cannot_be_made_is_never_noticed(small: Path) -> None:
    (paths.cache() / "beginnings").write_text("in the way")
    with started(small) as engine:
        assert all(told(engine, "a mug", "a board", "a cup"))


def test_two_programs_use_one_folder_at_a_time(small: Path) -> None:
    with started(small) as one, started(small) as two:
        both = [threading.Thread(target=told, args=(engine, "a mug", "a board")) for engine in (one, two)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        settled(one)
        settled(two)
    assert len(lying()) == 1
    with started(small) as engine:
        told(engine, "a cup")
        assert read_by(engine) < engine.count_tokens(RULES)


def test_what_lies_there_stays_within_its_bounds_and_the_oldest_use_goes_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, most_bytes=100_000)
    for n in range(8):
        shelf.put("w", [n, *TOKENS], bytes(20_000))
        newest = max(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.utime(newest, (1000 + n, 1000 + n))
        if n == 3:
            assert shelf.get("w", [0, *TOKENS]) == bytes(20_000)  # that is a use of it
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 100_000
    assert [shelf.has("w", [n, *TOKENS]) for n in range(8)] == [True, *[False] * 4, True, True, True]


def test_the_longest_beginning_is_found_and_never_the_whole(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for length in (100, 150, 200):
        shelf.put("w", TOKENS[:length], b"state")
    fresh = Shelf(tmp_path)
    assert fresh.longest("w", TOKENS, 0) == 150  # something must be left to read
    assert fresh.longest("w", [*TOKENS, 1], 0) == 200
    assert fresh.longest("w", [*TOKENS[:120], 1], 0) == 100
    assert fresh.longest("w", [*TOKENS[:120], 1], 100) == 0
    assert fresh.longest("other", TOKENS, 0) == 0


def test_what_is_half_written_by_a_program_that_died_goes_in_time(tmp_path: Path) -> None:
    old, new = tmp_path / "a.1.part", tmp_path / "b.2.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    Shelf(tmp_path).put("w", TOKENS, b"state")
    assert (old.exists(), new.exists()) == (False, True)


def test_weights_that_were_replaced_have_another_name(tmp_path: Path) -> None:
    file = tmp_path / "w.gguf"
    file.write_bytes(b"one")
    first = identity([(file, 1.0)], "0.3")
    assert identity([(file, 1.0)], "0.3") == first
    assert identity([(file, 0.5)], "0.3") != first
    assert identity([(file, 1.0)], "0.4") != first
    file.write_bytes(b"other")
    assert identity([(file, 1.0)], "0.3") != first
