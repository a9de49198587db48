"""What a GGUF says about itself, and how damaged and hostile ones are refused."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app import weights
from desktop_app.errors import UserError


def gguf(*settings: tuple[str, int, bytes], tensors: bytes = b"", count: int = 0, version: int = 3) -> bytes:
    """Return a file with these settings: key, type number, value."""
    head = b"GGUF" + struct.pack("<IQQ", version, count, len(settings))
    return head + b"".join(text(key) + struct.pack("<I", kind) + value for key, kind, value in settings) + tensors


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def tensor(name: str, *shape: int, kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)


def error(path: Path) -> str:
    with pytest.raises(UserError) as told:
        weights.read_header(path)
    return str(told.value)


def test_the_starter_writer_says_what_it_is(starter: Path) -> None:
    told = weights.read_header(starter)
    assert (told.kind, told.architecture, told.quantisation, told.context) == ("writing", "llama", "Q8_0", 8192)
    assert (told.parameters, told.template, told.languages, told.licence) == (134515008, True, ("en",), "apache-2.0")


def test_the_starter_for_meaning_says_what_it_is() -> None:
    found = weights.starter("meaning")
    assert found is not None
    told = weights.read_header(found.path)
    assert (told.kind, told.architecture, told.context, told.licence) == ("meaning", "bert", 510, "mit")


def test_a_small_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "小.gguf"
    raw = gguf(("general.architecture", 8, text("qwen2")), ("qwen2.context_length", 4, struct.pack("<I", 4096)),
               ("general.name", 8, text("小模型")), tensors=tensor("t", 32, 2), count=1)  # fmt: skip
    path.write_bytes(raw + bytes(-len(raw) % 32) + bytes(256))
    told = weights.read_header(path)
    assert (told.name, told.architecture, told.context, told.parameters) == ("小模型", "qwen2", 4096, 64)
    assert told.quantisation == "F32"


@pytest.mark.parametrize(
    "raw", [b"", b"GGUF", b"PK\x03\x04 this is a zip file, really", b"title,price\nboard,12.50\n" * 9]
)
def test_what_is_no_gguf_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.gguf").write_bytes(raw)
    assert "x.gguf is not a GGUF" in error(tmp_path / "x.gguf")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "no file at" in error(tmp_path / "none.gguf")
    assert "cannot be read" in error(tmp_path)


def test_an_old_version_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").write_bytes(gguf(version=1) + bytes(32))
    assert "version 1" in error(tmp_path / "x.gguf")


@pytest.mark.parametrize("part", [30, 3_000, 700_000, 50_000_000, 144_811_071])
def test_a_download_that_stopped_anywhere_is_cut_short(tmp_path: Path, starter: Path, part: int) -> None:
    path = tmp_path / "part.gguf"
    with starter.open("rb") as whole:
        path.write_bytes(whole.read(part))
    assert "part.gguf is cut short" in error(path)


@pytest.mark.parametrize(
    "raw",
    [
        b"GGUF" + struct.pack("<IQQ", 3, 2**60, 1) + bytes(40),
        b"GGUF" + struct.pack("<IQQ", 3, 1, 2**60) + bytes(40),
        gguf(("a", 8, struct.pack("<Q", 2**62))) + bytes(40),
        gguf(("a", 9, struct.pack("<IQ", 8, 2**61))) + bytes(40),
        gguf(("a", 9, struct.pack("<IQ", 4, 2**61))) + bytes(40),
        gguf(("a", 9, struct.pack("<IQ", 9, 2**61))) + bytes(40),
        gguf(("a", 77, bytes(8))) + bytes(40),
        gguf(("general.alignment", 4, struct.pack("<I", 0))) + bytes(40),
        gguf(tensors=text("t") + struct.pack("<I", 2**31) + bytes(60), count=1),
        gguf(tensors=tensor("t", 2**40, 2**40) + bytes(60), count=1),
    ],
)
def test_numbers_that_cannot_be_are_refused_without_believing_them(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "x.gguf").write_bytes(raw)
    assert "Fetch it again" in error(tmp_path / "x.gguf")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200), st.integers(0, 4))
def test_whatever_follows_the_magic_the_answer_is_a_record_or_a_sentence(
    tmp_path: Path, noise: bytes, few: int
) -> None:
    path = tmp_path / "noise.gguf"
    path.write_bytes(b"GGUF" + struct.pack("<IQQ", 3, few, few) + noise)
    told = ""
    try:
        told = weights.read_header(path).path
    except UserError as error:
        told = str(error)
    assert "noise.gguf" in told


def test_an_adapter_is_no_weights(tmp_path: Path) -> None:
    (tmp_path / "a.gguf").write_bytes(gguf(("general.type", 8, text("adapter"))))
    assert "adapter" in error(tmp_path / "a.gguf")
