"""What a GGUF says about itself, read without llama.cpp: damaged files are refused before native code sees them."""

from __future__ import annotations

import mmap
import os
import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.errors import UserError
from desktop_app.records import Weights
from desktop_app.weights import split

MAGIC = b"GGUF"
MOST_SETTINGS = 65_536
MOST_TENSORS = 262_144
MOST_OTHERS = 4_096  # tensors outside the blocks; there are a handful
LONGEST_KEPT = 1 << 20  # bytes; chat templates reach some tens of thousands
LONGEST_LIST = 1 << 24  # texts; the largest vocabularies have a quarter of a million
LONGEST_LIST_KEPT = 256  # vocabularies are walked over, not kept

_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9

# ggml's tensor types: number -> (name, elements a block, bytes a block); from ggml.h
_TENSOR_TYPES = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20), 6: ("Q5_0", 32, 22),
    7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36), 10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110),
    12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176), 14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292),
    16: ("IQ2_XXS", 256, 66), 17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82), 23: ("IQ4_XS", 256, 136),
    24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4), 27: ("I64", 1, 8), 28: ("F64", 1, 8),
    29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2), 34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66),
    39: ("MXFP4", 32, 17), 40: ("NVFP4", 64, 36), 41: ("Q1_0", 128, 18),
}  # fmt: skip

# general.file_type -> the name people know it by; from llama.h
_FILE_TYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4", 39: "NVFP4", 40: "Q1_0",
}  # fmt: skip

# Encoders turn a text into a vector; they cannot write.
_MEANING = ("bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "modern-bert", "neo-bert",
            "eurobert", "gemma-embedding", "t5encoder")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor lies: its first byte, how many, its type, and where the header says that (type, then offset)."""

    start: int
    size: int
    kind: str
    told: int


@dataclass(frozen=True, slots=True)
class Header:
    """The settings a GGUF opens with and the size of what follows."""

    settings: dict[str, Any] = field(default_factory=dict)
    parameters: int = 0
    quantisations: Counter[str] = field(default_factory=Counter)  # elements by tensor type
    ends: int = 0  # bytes the file must have at least
    blocks: Counter[int] = field(default_factory=Counter)  # bytes by block of the network
    others: dict[str, int] = field(default_factory=dict)  # bytes of the tensors outside the blocks
    vocabulary: int = 0
    places: dict[str, Place] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return a setting that is text, or nothing."""
        value = self.settings.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """Return a setting that is a whole number, or 0."""
        value = self.settings.get(key, 0)
        return value if isinstance(value, int) and not isinstance(value, bool) else 0

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a setting that is a list of texts, or nothing."""
        value = self.settings.get(key, ())
        return tuple(v for v in value if isinstance(v, str)) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Layout:
    """How the bytes of weights lie: in each block from the first on, in what makes words of the last, and a cell's.

    ``cell`` is what one token takes in one block's cells: keys and values of two bytes each.
    """

    blocks: tuple[int, ...]
    output: int
    cell: int
    vocabulary: int


def layout(path: Path | str) -> Layout:
    """Return how the bytes of the file (and of its parts) lie; raises as `read_header` does."""
    path = Path(path)
    header, _size = _open(path)
    blocks, others = Counter(header.blocks), dict(header.others)
    if (count := header.number("split.count")) > 1:
        for part in split.complete(path, header.number("split.no"), count)[1:]:
            more, _size = _open(part)
            blocks.update(more.blocks)
            others |= more.others
    kind = header.text("general.architecture")
    heads = header.number(f"{kind}.attention.head_count") or 1
    shared = header.number(f"{kind}.attention.head_count_kv") or heads
    usual = header.number(f"{kind}.embedding_length") // heads
    width = [header.number(f"{kind}.attention.{part}_length") or usual for part in ("key", "value")]
    words = others.get("token_embd.weight", 0)
    return Layout(
        tuple(blocks[n] for n in range(max(blocks, default=-1) + 1)),
        others.get("output.weight", words), shared * sum(width) * 2, header.vocabulary,
    )  # fmt: skip


def read_header(path: Path | str) -> Weights:
    """Return what the file says about itself.

    Raises `UserError` for a file that is missing, unreadable, not a GGUF, damaged or cut short.
    """
    path = Path(path)
    header, size = _open(path)
    if header.text("general.type") == "adapter":
        raise UserError("{name} is an adapter for other weights and cannot write on its own.", name=path.name)
    parameters = header.parameters
    if (count := header.number("split.count")) > 1:
        for part in split.complete(path, header.number("split.no"), count)[1:]:
            more, bytes_ = _open(part)
            size, parameters = size + bytes_, parameters + more.parameters
    architecture = header.text("general.architecture")
    return Weights(
        name=header.text("general.name") or split.stem(path),
        path=str(path.resolve()),
        size=size,
        kind="meaning" if architecture in _MEANING else "writing",
        languages=header.texts("general.languages"),
        licence=header.text("general.license"),
        architecture=architecture,
        parameters=parameters,
        quantisation=_quantisation(header),
        context=header.number(f"{architecture}.context_length"),
        template=bool(header.text("tokenizer.chat_template")),
    )


def places(path: Path | str) -> dict[str, Place]:
    """Return where each tensor lies, in the order of the file; raises as `read_header` does."""
    return _open(Path(path))[0].places


def _open(path: Path) -> tuple[Header, int]:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < 24:
                raise _not_gguf(path)
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                header = _Reader(path, data).header()
    except FileNotFoundError as error:
        raise UserError("There is no file at {path}.", path=str(path)) from error
    except (OSError, ValueError) as error:
        raise UserError("{path} cannot be read: {reason}.", path=str(path), reason=_reason(error)) from error
    if size < header.ends:
        raise _cut_short(path, size, header.ends)
    return header, size


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _quantisation(header: Header) -> str:
    named = _FILE_TYPES.get(header.number("general.file_type")) if "general.file_type" in header.settings else None
    return named or next((name for name, _ in header.quantisations.most_common(1)), "")


def _not_gguf(path: Path) -> UserError:
    return UserError("{name} is not a GGUF file, so it holds no weights this program can read.", name=path.name)


def _damaged(path: Path) -> UserError:
    return UserError("{name} is damaged: what it says about itself does not add up. Fetch it again.", name=path.name)


def _cut_short(path: Path, size: int, needed: int) -> UserError:
    return UserError(
        "{name} is cut short: it has {size} MB of at least {needed} MB. Fetch it again.",
        name=path.name, size=size // 1_000_000, needed=-(-needed // 1_000_000),
    )  # fmt: skip


class _Reader:
    """Walks the header with every length checked against the file before it is believed."""

    def __init__(self, path: Path, data: mmap.mmap) -> None:
        self.path, self.data, self.at, self.size = path, data, 4, len(data)
        self.words = 0  # in the vocabulary
        if data[:4] != MAGIC:
            raise _not_gguf(path)
        version = self.number("I")
        if version & 0xFFFF == 0 or version not in (2, 3):
            raise UserError("{name} is a GGUF of version {version}; versions 2 and 3 can be read.",
                            name=path.name, version=version)  # fmt: skip

    def header(self) -> Header:
        tensors, settings = self.number("Q"), self.number("Q")
        if tensors > MOST_TENSORS or settings > MOST_SETTINGS:
            raise _damaged(self.path)
        read: dict[str, Any] = {}
        for _ in range(settings):
            key = self.text()
            begun = self.at
            read[key] = self.value(self.number("I"))
            if key == "tokenizer.ggml.tokens" and self.data[begun : begun + 4] == _ARRAY.to_bytes(4, "little"):
                self.words = int.from_bytes(self.data[begun + 8 : begun + 16], "little")
        alignment = read.get("general.alignment", 32)
        if not isinstance(alignment, int) or not 1 <= alignment <= 1 << 16:
            raise _damaged(self.path)
        parameters, kinds, reach, blocks, others = 0, Counter[str](), 0, Counter[int](), dict[str, int]()
        found = dict[str, tuple[int, int, str, int]]()
        for name, elements, kind, bytes_, offset in self.tensors(tensors):
            parameters += elements
            kinds[kind] += elements
            reach = max(reach, offset + bytes_)
            found[name] = (offset, bytes_, kind, self.at - 12)
            opening, _, rest = name.partition(".")
            number = rest.partition(".")[0]
            if opening == "blk" and number.isascii() and number.isdigit() and len(number) < 6:
                blocks[int(number)] += bytes_
            elif len(others) < MOST_OTHERS:
                others[name] = bytes_
        start = -(-self.at // alignment) * alignment
        places = {name: Place(start + offset, size, kind, told) for name, (offset, size, kind, told) in found.items()}
        ends = start + reach if tensors else self.at
        return Header(read, parameters, kinds, ends, blocks, others, self.words, places)

    def tensors(self, count: int) -> Iterator[tuple[str, int, str, int, int]]:
        """Yield name, elements, type, bytes and offset of each tensor."""
        for _ in range(count):
            called = self.text()
            dimensions = self.number("I")
            if dimensions > 8:
                raise _damaged(self.path)
            elements = 1
            for _ in range(dimensions):
                elements *= self.number("Q")
            kind, offset = self.number("I"), self.number("Q")
            name, block, size = _TENSOR_TYPES.get(kind, (f"type {kind}", 1, 0))
            yield called, elements, name, -(-elements // block) * size, offset

    def take(self, length: int) -> bytes:
        if length > self.size - self.at:
            raise _cut_short(self.path, self.size, self.at + min(length, 1 << 40))
        self.at += length
        return self.data[self.at - length : self.at]

    def number(self, form: str) -> Any:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def text(self) -> str:
        length = self.number("Q")
        if length > LONGEST_KEPT:
            self.skip(length)
            return ""
        return self.take(length).decode("utf-8", "replace")

    def skip(self, length: int) -> None:
        if length > self.size - self.at:
            raise _cut_short(self.path, self.size, self.at + min(length, 1 << 40))
        self.at += length

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.text()
        if kind == _ARRAY:
            return self.array(self.number("I"), self.number("Q"))
        if kind not in _SCALARS:
            raise _damaged(self.path)
        return self.number(_SCALARS[kind])

    def array(self, kind: int, count: int) -> Any:
        if kind in _SCALARS:
            width = struct.calcsize("<" + _SCALARS[kind])
            if count > LONGEST_LIST_KEPT:
                self.skip(count * width)
                return None
            return list(struct.unpack(f"<{count}{_SCALARS[kind]}", self.take(count * width)))
        if kind != _STRING or count > LONGEST_LIST:
            raise _damaged(self.path)
        if count <= LONGEST_LIST_KEPT:
            return [self.text() for _ in range(count)]
        data, size = self.data, self.size
        for _ in range(count):  # a vocabulary of a quarter of a million: kept tight, nothing is decoded
            at = self.at
            if at + 8 > size:
                raise _cut_short(self.path, size, at + 8)
            self.at = at + 8
            self.skip(int.from_bytes(data[at : at + 8], "little"))
        return None
