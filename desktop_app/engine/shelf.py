"""Beginnings of prompts that were read once, kept on disk so that the next start need not read them again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

MOST_BYTES = 512 << 20  # of all beginnings together, the least recently used go first
SPARE_BYTES = 1 << 30  # left free on the disk for what matters more
LEAST_TOKENS = 96  # a shorter beginning is read sooner than fetched
LEFTOVER_SECONDS = 600  # a half-written file older than this belongs to nobody any more

_MAGIC = b"ZGBEGIN1"
_SUFFIX, _SUM = ".beginning", 32


class Shelf:
    """Files of a folder, one a beginning: its tokens, and the state of the weights' memory after them.

    Everything here is only ever a matter of speed: a file that is missing, damaged or of other weights is as if it had
    never been, a disk that is full or read-only keeps nothing, and several programs may use one folder at a time.
    """

    def __init__(self, folder: Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Use ``folder``, which need not exist yet."""
        self._folder, self._most = folder, most_bytes
        self._lengths: dict[str, set[int]] | None = None  # by weights
        self._vain: set[str] = set()  # names that could not be written, or not be read back, in this life

    def longest(self, weights: str, tokens: Sequence[int], beyond: int) -> int:
        """Return the length of the longest beginning of ``tokens`` that lies here, 0 if none is over ``beyond``."""
        for length in sorted(self._known().get(weights, ()), reverse=True):
            if beyond < length < len(tokens) and self._path(weights, tokens[:length]).exists():
                return length
        return 0

    def has(self, weights: str, tokens: Sequence[int]) -> bool:
        """Say whether this very beginning lies here, or was tried in vain."""
        path = self._path(weights, tokens)
        return path.name in self._vain or path.exists()

    def get(self, weights: str, tokens: Sequence[int]) -> memoryview | None:
        """Return the state after ``tokens``, or None. What is damaged is thrown away."""
        path, said = self._path(weights, tokens), _said(tokens)
        try:
            with path.open("rb") as file:
                head, whole = file.read(len(_MAGIC) + _SUM), bytearray(file.read())
        except OSError:
            return None
        state = memoryview(whole)[len(said) :]
        if head != _MAGIC + _sum(said, state) or whole[: len(said)] != said:
            self.forget(weights, tokens)
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return state

    def put(self, weights: str, tokens: Sequence[int], state: bytes | memoryview) -> None:
        """Lay a state down, whole or not at all; older ones make way."""
        path, said = self._path(weights, tokens), _said(tokens)
        size = len(_MAGIC) + _SUM + len(said) + len(state)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if size > self._most // 4 or shutil.disk_usage(self._folder).free < SPARE_BYTES + size:
                self._vain.add(path.name)
                return
            self._make_room(size)
            self._write(path, _MAGIC + _sum(said, state) + said, state)
        except OSError:
            self._vain.add(path.name)
            return
        self._known().setdefault(weights, set()).add(len(tokens))

    def forget(self, weights: str, tokens: Sequence[int]) -> None:
        """Throw a beginning away that turned out to be of no use."""
        path = self._path(weights, tokens)
        self._vain.add(path.name)
        with contextlib.suppress(OSError):
            path.unlink()

    def _write(self, path: Path, head: bytes, state: bytes | memoryview) -> None:
        half = path.with_suffix(f".{os.getpid()}.part")
        try:
            with half.open("wb") as file:
                file.write(head)
                file.write(state)
            half.replace(path)  # no fsync: what a power cut leaves of it does not match its sum
        except OSError:
            with contextlib.suppress(OSError):
                half.unlink()
            raise

    def _known(self) -> dict[str, set[int]]:
        if self._lengths is None:
            self._lengths = {}
            for path, _, _ in self._files():
                weights, _, rest = path.stem.partition("-")
                with contextlib.suppress(ValueError):
                    self._lengths.setdefault(weights, set()).add(int(rest.partition("-")[0]))
        return self._lengths

    def _files(self) -> Iterator[tuple[Path, float, int]]:
        """Yield the files here with when they were last used and their size; drop what nobody will finish."""
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.iterdir()):
                with contextlib.suppress(OSError):
                    state = path.stat()
                    if path.suffix == _SUFFIX:
                        yield path, state.st_mtime, state.st_size
                    elif path.suffix == ".part" and time.time() - state.st_mtime > LEFTOVER_SECONDS:
                        path.unlink()

    def _make_room(self, size: int) -> None:
        files = sorted(self._files(), key=lambda file: file[1], reverse=True)
        total = size
        for path, _, taken in files:
            total += taken
            if total > self._most:
                with contextlib.suppress(OSError):
                    path.unlink()

    def _path(self, weights: str, tokens: Sequence[int]) -> Path:
        name = hashlib.blake2b(_said(tokens), digest_size=12).hexdigest()
        return self._folder / f"{weights}-{len(tokens)}-{name}{_SUFFIX}"


def identity(files: Iterable[tuple[Path, float]], *more: str) -> str:
    """Return a short name for weights as they lie on disk with their adapters; another for whatever differs.

    The template is no part of it: what it made of a text is in the tokens.
    """
    told = list(more)
    for path, scale in files:
        with contextlib.suppress(OSError):  # a file that went away after it was read
            state = path.stat()
            told += [str(path.resolve()), str(state.st_size), str(state.st_mtime_ns), str(scale)]
    return hashlib.blake2b("\0".join(told).encode(), digest_size=8).hexdigest()


def _said(tokens: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(tokens)}i", *tokens)


def _sum(said: bytes, state: bytes | memoryview) -> bytes:
    both = hashlib.blake2b(said, digest_size=_SUM)
    both.update(state)
    return both.digest()
