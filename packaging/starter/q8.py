"""Write a GGUF anew with its Q4_1 matrices as Q8_0: the same weights in a form that is read faster, many at a time.

llama.cpp has fast code for multiplying many rows by Q8_0 matrices and none for Q4_1 ones. Each block of 32 numbers
keeps its values to half a step of 1/127 of the largest. Everything else is copied byte for byte. The arithmetic is
numpy's, one operation after another, so that every machine makes the same file. Layouts: ggml's docs/gguf.md and
ggml-common.h.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np

ALIGNMENT = 32
F32, Q4_1, Q8_0 = 0, 3, 8  # ggml's numbers for the tensor types
SIZES = {F32: (1, 4), Q4_1: (32, 20), Q8_0: (32, 34)}  # numbers and bytes of a block
FILE_TYPE, MOSTLY_Q8_0 = b"general.file_type", 7
U32, STRING, ARRAY = 4, 8, 9
SCALARS = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}  # bytes of GGUF's value types


class Tensor(NamedTuple):
    """One tensor as the header tells it, and where its bytes begin after the header."""

    name: bytes
    shape: tuple[int, ...]
    kind: int
    offset: int

    @property
    def size(self) -> int:
        """Bytes of the tensor."""
        numbers, each = SIZES[self.kind]
        count = 1
        for length in self.shape:
            count *= length
        return count // numbers * each


def convert(source: Path, target: Path) -> None:
    """Write ``source`` with Q8_0 matrices to ``target``; `ValueError` for a file that is not what this is for."""
    data = source.read_bytes()
    settings, tensors, begins = read(data)
    with target.open("wb") as file:
        file.write(data[:8] + struct.pack("<QQ", len(tensors), struct.unpack_from("<Q", data, 16)[0]) + settings)
        offset = 0
        for tensor in tensors:
            made = tensor._replace(kind=_kind(tensor), offset=offset)
            file.write(struct.pack("<Q", len(made.name)) + made.name + struct.pack("<I", len(made.shape)))
            file.write(struct.pack(f"<{len(made.shape)}QIQ", *made.shape, made.kind, made.offset))
            offset += _padded(made.size)
        file.write(bytes(_padded(file.tell()) - file.tell()))
        for tensor in tensors:
            start = begins + tensor.offset
            part = data[start : start + tensor.size]
            written = file.write(requantised(part) if tensor.kind == Q4_1 else part)
            file.write(bytes(_padded(written) - written))


def requantised(blocks: bytes) -> bytes:
    """Turn Q4_1 blocks (two halves, 16 bytes of nibbles) into Q8_0 blocks (one half, 32 bytes)."""
    raw = np.frombuffer(blocks, np.uint8).reshape(-1, 20)
    scale, least = (raw[:, part].copy().view("<f2").astype(np.float32) for part in (slice(0, 2), slice(2, 4)))
    nibbles = np.concatenate([raw[:, 4:] & 15, raw[:, 4:] >> 4], axis=1).astype(np.float32)
    values = nibbles * scale + least
    step = np.abs(values).max(axis=1, keepdims=True) / np.float32(127)
    steps = np.where(step > 0, step, np.float32(1))
    out = np.empty((len(raw), 34), np.uint8)
    out[:, :2] = step.astype("<f2").view(np.uint8)
    out[:, 2:] = np.rint(values / steps).astype(np.int8).view(np.uint8)
    return out.tobytes()


def read(data: bytes) -> tuple[bytes, list[Tensor], int]:
    """Return the settings as they stand (file type changed), the tensors, and where their bytes begin."""
    if data[:4] != b"GGUF" or struct.unpack_from("<I", data, 4)[0] != 3:
        raise ValueError("not a GGUF of version 3")
    count, keys = struct.unpack_from("<QQ", data, 8)
    at, settings = 24, bytearray()
    for _n in range(keys):
        begun = at
        name, at = _text(data, at)
        kind = struct.unpack_from("<I", data, at)[0]
        at = _past(data, at + 4, kind)
        said = data[begun:at]
        settings += said[:-4] + struct.pack("<I", MOSTLY_Q8_0) if name == FILE_TYPE and kind == U32 else said
    tensors = []
    for _n in range(count):
        name, at = _text(data, at)
        dimensions = struct.unpack_from("<I", data, at)[0]
        *shape, kind, offset = struct.unpack_from(f"<{dimensions}QIQ", data, at + 4)
        at += 4 + 8 * dimensions + 12
        if kind not in SIZES:
            raise ValueError(f"unexpected tensor type {kind}")
        tensors.append(Tensor(name, tuple(shape), kind, offset))
    return bytes(settings), tensors, _padded(at)


def _kind(tensor: Tensor) -> int:
    return Q8_0 if tensor.kind == Q4_1 else tensor.kind


def _text(data: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from("<Q", data, at)
    return data[at + 8 : at + 8 + length], at + 8 + length


def _past(data: bytes, at: int, kind: int) -> int:
    """Return where a value of this kind that begins at ``at`` ends."""
    if kind == STRING:
        return _text(data, at)[1]
    if kind != ARRAY:
        return at + SCALARS[kind]
    inner, length = struct.unpack_from("<IQ", data, at)
    at += 12
    if inner in SCALARS:
        return int(at + length * SCALARS[inner])
    for _n in range(length):
        at = _past(data, at, inner)
    return at


def _padded(size: int) -> int:
    return -(-size // ALIGNMENT) * ALIGNMENT
