"""Weights on this machine: listed, added, checked, removed."""

from __future__ import annotations

import errno
import json
import os
import shutil
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import paths, weights
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Progress, Weights
from desktop_app.weights import manifest, shelf


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "weights"))
    return paths.weights()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return made(tmp_path / "small.gguf", b"qwen2")


def made(path: Path, architecture: bytes, filling: int = 9_000_000) -> Path:
    """Write a GGUF without tensors, big enough to be copied in several steps."""
    key = b"general.architecture"
    head = b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, len(key)) + key + struct.pack("<IQ", 8, len(architecture))
    path.write_bytes(head + architecture + os.urandom(16) + bytes(filling))
    return path


def added(path: Path, **more: object) -> Weights:
    *_, last = weights.add(path, stop=threading.Event(), **more)  # type: ignore[arg-type]
    assert isinstance(last, Weights)
    return last


def test_added_weights_are_copied_counted_and_listed(folder: Path, small: Path) -> None:
    events = list(weights.add(small, stop=threading.Event()))
    told = [event for event in events if isinstance(event, Progress)]
    assert [event.done for event in told] == sorted(event.done for event in told)
    assert told[-1].done == told[-1].total == small.stat().st_size
    (listed,) = weights.installed()
    assert listed == events[-1]
    assert (Path(listed.path).parent, listed.name, listed.architecture) == (folder.resolve(), "small", "qwen2")
    weights.verify(listed)
    assert small.exists()


def test_weights_can_be_used_where_they_lie(folder: Path, small: Path) -> None:
    assert added(small, copy=False).path == str(small.resolve())
    assert list(folder.glob("*.gguf")) == []
    assert [w.path for w in weights.installed()] == [str(small.resolve())]
    weights.remove("small")
    assert small.exists()
    assert weights.installed() == []


def test_the_same_file_twice_is_listed_once_and_another_of_the_name_gets_its_own(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = made(tmp_path / "a" / "w.gguf", b"llama"), made(tmp_path / "b" / "w.gguf", b"qwen2")
    assert added(first) == added(first)
    assert added(second).name == "w-2"
    assert [w.name for w in weights.installed()] == ["w", "w-2"]


def test_stopping_leaves_nothing_behind(folder: Path, small: Path) -> None:
    stop = threading.Event()
    adding = weights.add(small, stop=stop)
    next(adding)
    stop.set()
    with pytest.raises(Cancelled):
        list(adding)
    assert list(folder.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))  # type: ignore[attr-defined]
    with pytest.raises(UserError, match="disk is full"):
        list(weights.add(small, stop=threading.Event()))
    assert list(folder.iterdir()) == []


def test_a_disk_that_fills_up_while_copying_leaves_nothing_behind(
    folder: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Iterator[Progress]:
        yield Progress(1, 2)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(shelf, "_digested", full)
    with pytest.raises(UserError, match="disk is full"):
        list(weights.add(small, stop=threading.Event()))
    assert list(folder.iterdir()) == []


def test_what_is_no_gguf_is_not_added(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.gguf").write_text("notes " * 20)
    with pytest.raises(UserError, match="is not a GGUF"):
        list(weights.add(tmp_path / "notes.gguf", stop=threading.Event()))
    assert list(folder.iterdir()) == []


def test_a_changed_byte_is_found(folder: Path, small: Path) -> None:
    entry = added(small)
    raw = bytearray(Path(entry.path).read_bytes())
    raw[-1] ^= 1
    Path(entry.path).write_bytes(raw)
    with pytest.raises(UserError, match="damaged"):
        weights.verify(entry)
    Path(entry.path).write_bytes(raw[:-5])
    with pytest.raises(UserError, match="Fetch it again"):
        weights.verify(entry)


def test_files_put_there_by_hand_are_found_and_broken_ones_left_out(folder: Path) -> None:
    made(folder / "by hand.gguf", b"gemma3")
    (folder / "broken.gguf").write_text("x" * 100)
    assert [w.name for w in weights.installed()] == ["by hand"]
    assert weights.find("by hand.gguf").architecture == "gemma3"


def test_a_damaged_manifest_costs_nothing_but_its_notes(folder: Path, small: Path) -> None:
    added(small)
    (folder / manifest.NAME).write_text('[{"name": 3}, {"file": "small.gguf"}, 7')
    assert [w.name for w in weights.installed()] == ["small"]
    (folder / manifest.NAME).write_text(
        json.dumps([{"name": "n", "file": "small.gguf", "size": "big", "kind": "odd"}, 7])
    )
    assert [(w.name, w.size, w.kind) for w in weights.installed()] == [("n", 0, "writing")]


def test_weights_whose_file_is_gone_are_not_listed(folder: Path, small: Path) -> None:
    Path(added(small).path).unlink()
    assert weights.installed() == []
    with pytest.raises(UserError, match="no weights called small"):
        weights.find("small")


def test_removing_takes_the_file_and_the_entry(folder: Path, small: Path) -> None:
    entry = added(small)
    assert weights.remove("small") == entry
    assert not Path(entry.path).exists()
    assert manifest.load(folder) == []


def test_starters_come_first_and_are_known_as_such() -> None:
    listed = weights.installed()
    assert [w.starter for w in listed[:2]] == [True, True]
    writing, meaning = weights.starter("writing"), weights.starter("meaning")
    assert writing is not None
    assert meaning is not None
    assert (writing.licence, meaning.licence) == ("Apache-2.0", "MIT")


@pytest.mark.parametrize(
    ("told", "language", "able"),
    [
        (Weights("SmolLM2-135M-Instruct", "", 0, languages=("en",)), "en", True),
        (Weights("SmolLM2-135M-Instruct", "", 0, languages=("en",)), "zh", False),
        (Weights("Qwen2.5-0.5B", "", 0, architecture="qwen2", parameters=500_000_000), "zh", True),
        (Weights("gemma-3-270m", "", 0, architecture="gemma3", parameters=270_000_000), "zh", False),
        (Weights("gemma-3-4b", "", 0, architecture="gemma3", parameters=4_000_000_000), "zh-CN", True),
        (Weights("mystery", "", 0, parameters=100_000_000), "zh", False),
        (Weights("mystery", "", 0, parameters=100_000_000), "en", True),
        (Weights("multilingual-e5-small", "", 0, kind="meaning", languages=("en", "zh")), "zh", False),
    ],
)
def test_who_can_write_what(told: Weights, language: str, able: bool) -> None:
    assert weights.can_write(told, language) is able
