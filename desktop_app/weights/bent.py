"""Weights bent towards a task: a copy of a GGUF whose layers have what an adapter adds already in them.

llama.cpp can add an adapter while it computes (Hu et al. 2021, LoRA), which costs weights this small a third more time.
Here the sums are done once. The bent matrices get eight bits a number: with four, as they came, most of what was
learnt would be rounded away.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from desktop_app import paths
from desktop_app.weights import gguf
from desktop_app.weights.shelf import cannot_write

BLOCK, OPENED, CLOSED = 32, 18, 34  # numbers that share a scale; bytes of them in Q4_0 and in Q8_0
Q8_0 = 8  # ggml's number for that type
ALIGNED = 32
Floats = npt.NDArray[np.float32]


def bent(path: Path, adapter: Path) -> Path:
    """Return a copy of the GGUF at ``path`` bent by ``adapter``, made at the first call.

    The adapter is an .npz with, for each kind of matrix, ``name.a`` (layers, rank, in) and ``name.b`` (layers, out,
    rank), whose product is added. ValueError for a file it was not made for; `UserError` where the disk is full.
    """
    state = path.stat()
    key = hashlib.sha256(f"{path.name} {state.st_size} {state.st_mtime_ns}".encode() + adapter.read_bytes()).hexdigest()
    made = paths.weights() / "bent" / f"{path.stem}-{key[:16]}.gguf"
    if made.exists():
        return made
    try:
        made.parent.mkdir(parents=True, exist_ok=True)
        _make(path, adapter, made)
    except OSError as error:
        raise cannot_write(made.parent, error) from error
    for older in made.parent.glob(f"{path.stem}-*.gguf"):
        if older != made:
            with contextlib.suppress(OSError):  # another program still reads it
                older.unlink()
    return made


def _make(path: Path, adapter: Path, made: Path) -> None:
    part = made.with_name(f".{made.name}.{os.getpid()}")
    try:
        with np.load(adapter, allow_pickle=False) as kept, path.open("rb") as file, part.open("wb") as out:
            _write(file, gguf.places(path), dict(kept), out)
        try:
            part.replace(made)
        except OSError:
            if not made.exists():  # else another window made it meanwhile and has it open
                raise
    finally:
        part.unlink(missing_ok=True)


def _write(file: BinaryIO, places: dict[str, gguf.Place], adapter: dict[str, npt.NDArray[np.float32]],
           out: BinaryIO) -> None:  # fmt: skip
    """Write the header with new types and offsets, then every tensor in its order."""
    begin = min(place.start for place in places.values())
    header, at = bytearray(file.read(begin)), 0
    out.write(header)
    more = dict(_sums(adapter))
    if missing := more.keys() - places.keys():
        raise ValueError(f"{file.name} has no {min(missing)}")
    for name, place in sorted(places.items(), key=lambda one: one[1].start):
        file.seek(place.start)
        raw = file.read(place.size)
        if name in more:
            if place.kind != "Q4_0" or place.size != more[name].size // BLOCK * OPENED:
                raise ValueError(f"{file.name}: {name} is not what the adapter was made for")
            raw = closed(opened(np.frombuffer(raw, np.uint8)) + more[name].reshape(-1, BLOCK)).tobytes()
            header[place.told : place.told + 4] = struct.pack("<I", Q8_0)
        header[place.told + 4 : place.told + 12] = struct.pack("<Q", at)
        raw += bytes(-len(raw) % ALIGNED)
        at += out.write(raw)
    out.seek(0)
    out.write(header)


def _sums(adapter: dict[str, npt.NDArray[np.float32]]) -> Iterator[tuple[str, Floats]]:
    """Yield what is added to each matrix."""
    for name in sorted(key[:-2] for key in adapter if key.endswith(".a")):
        left, right = adapter[f"{name}.b"].astype(np.float32), adapter[f"{name}.a"].astype(np.float32)
        for layer in range(len(left)):
            yield f"blk.{layer}.{name}.weight", left[layer] @ right[layer]


def opened(raw: npt.NDArray[np.uint8]) -> Floats:
    """Return the numbers of ggml's Q4_0 blocks, a row a block: a half-precision scale, then 32 times four bits."""
    blocks = raw.reshape(-1, OPENED)
    scale = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
    steps = np.hstack([blocks[:, 2:] & 15, blocks[:, 2:] >> 4]).astype(np.float32) - 8
    return np.asarray(steps * scale, np.float32)


def closed(rows: Floats) -> npt.NDArray[np.uint8]:
    """Return rows of 32 numbers as ggml's Q8_0 blocks: a half-precision scale, then 32 signed bytes."""
    scale = (np.abs(rows).max(1, keepdims=True) / 127).astype(np.float16)
    wide = scale.astype(np.float32)
    steps = np.clip(np.rint(rows / np.where(wide == 0, 1, wide)), -127, 127).astype(np.int8)
    return np.hstack([scale.view(np.uint8), steps.view(np.uint8)])
