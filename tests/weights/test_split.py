"""Weights in several files: taken together, copied together, removed together; a missing part is named."""

from __future__ import annotations

import os
import struct
import threading
from pathlib import Path
from typing import Any

import gguf
import pytest

from desktop_app import paths, weights
from desktop_app.engine import LlamaEngine
from desktop_app.engine.seam import Ended, Request, Sampling
from desktop_app.errors import UserError
from desktop_app.records import Weights


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ZHANGGUI_WEIGHTS", str(tmp_path / "weights"))
    return paths.weights()


@pytest.fixture(scope="module")
def cut(tmp_path_factory: pytest.TempPathFactory, starter: Path) -> Path:
    """The starter weights cut into files of 100 tensors, as llama.cpp's own tool cuts them; returns their folder."""
    folder = tmp_path_factory.mktemp("cut")
    reader = gguf.GGUFReader(starter)
    architecture = str(reader.fields["general.architecture"].contents())
    writer = gguf.GGUFWriter(folder / "Cut.gguf", architecture, split_max_tensors=100)
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name == "general.architecture":
            continue
        kind = field.types[0]
        inner = field.types[-1] if kind == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), kind, inner)
    for tensor in reader.tensors:
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return folder


@pytest.fixture
def stick(tmp_path: Path, cut: Path) -> Path:
    """A stick with those files, each another name of the one on the disk; returns the first."""
    (tmp_path / "stick").mkdir()
    for file in cut.iterdir():
        os.link(file, tmp_path / "stick" / file.name)
    return tmp_path / "stick" / "Cut-00001-of-00003.gguf"


def added(path: Path, **more: Any) -> Weights:
    *_, last = weights.add(path, stop=threading.Event(), **more)
    assert isinstance(last, Weights)
    return last


def text_of(path: str) -> str:
    engine = LlamaEngine(path)
    try:
        request = Request("a", prompt="A bamboo board", max_tokens=12, sampling=Sampling(temperature=0))
        return next(e.text for e in engine.run([request], threading.Event()) if isinstance(e, Ended))
    finally:
        engine.close()


def test_the_parts_are_one_set_of_weights_that_writes_what_the_whole_file_writes(
    folder: Path, stick: Path, starter: Path
) -> None:
    whole, found = weights.read_header(starter), added(stick)
    assert (found.name, found.parameters) == ("Cut", whole.parameters)
    assert found.size == sum(part.stat().st_size for part in stick.parent.iterdir())
    assert weights.installed() == [found]
    weights.verify(found)
    assert text_of(found.path) == text_of(str(starter))


def test_removing_the_weights_removes_every_part_of_the_copy_and_nothing_of_the_stick(
    folder: Path, stick: Path
) -> None:
    added(stick)
    weights.remove("Cut")
    assert [path.name for path in folder.iterdir()] == ["manifest.json"]
    assert len(list(stick.parent.iterdir())) == 3


def test_the_same_parts_twice_are_listed_once(folder: Path, stick: Path) -> None:
    assert added(stick) == added(stick)
    assert len(weights.installed()) == 1


def test_parts_can_be_used_where_they_lie(folder: Path, stick: Path) -> None:
    assert added(stick, copy=False).path == str(stick)
    weights.remove("Cut")
    assert len(list(stick.parent.iterdir())) == 3


def test_another_part_than_the_first_says_which_one_to_choose(folder: Path, stick: Path) -> None:
    with pytest.raises(UserError, match="Choose the first part, Cut-00001-of-00003"):
        added(stick.with_name("Cut-00002-of-00003.gguf"))


def test_a_missing_part_is_named(folder: Path, stick: Path) -> None:
    stick.with_name("Cut-00003-of-00003.gguf").unlink()
    with pytest.raises(UserError, match="Missing here: Cut-00003-of-00003"):
        added(stick)


def test_a_part_that_was_renamed_is_told_so(folder: Path, tmp_path: Path) -> None:
    key = b"split.count"
    head = b"GGUF" + struct.pack("<IQQQ", 3, 0, 1, len(key)) + key + struct.pack("<IH", 2, 3)
    (tmp_path / "mine.gguf").write_bytes(head + bytes(32))
    with pytest.raises(UserError, match="names they came with"):
        weights.read_header(tmp_path / "mine.gguf")
