"""The weights on this machine: listed, added, checked, taken away."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import tempfile
import threading
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal

from desktop_app import paths
from desktop_app.errors import Cancelled, UserError
from desktop_app.records import Progress, Weights
from desktop_app.weights import manifest, split
from desktop_app.weights.gguf import read_header

CHUNK = 4 << 20
SPARE = 64 << 20  # bytes of disk left free after a copy


def installed() -> list[Weights]:
    """Return the weights whose files are there, starters first, then by name.

    Those that came inside the program are among them, unless the same lie in the folder. A GGUF that somebody put
    into the folder by hand is listed too; one that cannot be read is not.
    """
    folder, shipped = paths.weights().resolve(), paths.shipped_weights()
    named = {w.path: w for w in manifest.load(folder) if Path(w.path).is_file()}
    if shipped is not None:
        own = {w.sha256 for w in named.values()}
        came = (w for w in manifest.load(shipped) if Path(w.path).is_file() and w.sha256 not in own)
        named.update({w.path: w for w in came})
    for path in sorted(folder.glob("*.gguf")):
        if str(path) not in named:
            with contextlib.suppress(UserError):
                named[str(path)] = replace(read_header(path), name=split.stem(path))
    return sorted(named.values(), key=lambda w: (not w.starter, w.kind != "writing", w.name.casefold()))


def starter(kind: Literal["writing", "meaning"] = "writing") -> Weights | None:
    """Return the starter weights of this kind, or None where they were never fetched."""
    return next((w for w in installed() if w.starter and w.kind == kind), None)


def find(name: str) -> Weights:
    """Return installed weights by name, file name or path; `UserError` if there are none."""
    for weights in installed():
        if name in (weights.name, weights.path, Path(weights.path).name, Path(weights.path).stem):
            return weights
    raise UserError("There are no weights called {name} here.", name=name)


def add(path: Path | str, *, copy: bool = True, stop: threading.Event) -> Iterator[Progress | Weights]:
    """Bring a GGUF in: `Progress` in bytes, then the `Weights` as they are listed from now on.

    With ``copy`` the file is copied into the weights folder; without, it is used where it lies. The same file brought
    in twice is listed once. Raises `UserError` for a file that is no whole GGUF or a disk that is full, `Cancelled`
    when ``stop`` is set; neither leaves anything behind.
    """
    source = Path(path)
    weights = replace(read_header(source), name=split.stem(source))
    folder = paths.weights().resolve()
    inside = is_inside(weights)
    try:
        if copy and not inside:
            weights = yield from _copied(weights, folder, stop)
        else:
            weights = replace(weights, sha256=(yield from _digested(weights, None, stop)))
        if weights.path not in {w.path for w in manifest.load(folder)}:
            manifest.put(folder, weights)
    except OSError as error:
        raise cannot_write(folder, error) from error
    yield weights


def verify(weights: Weights) -> None:
    """Read the file whole; `UserError` if it is missing, damaged, or no longer what was brought in."""
    path = Path(weights.path)
    found = read_header(path)
    if weights.size and found.size != weights.size:
        raise UserError("{name} has changed: {size} bytes instead of {expected}. Fetch it again.",
                        name=path.name, size=found.size, expected=weights.size)  # fmt: skip
    if weights.sha256 and _sha256_of(split.parts(path)) != weights.sha256:
        raise UserError("{name} is damaged: its contents are not what was brought in. Fetch it again.", name=path.name)


def remove(name: str) -> Weights:
    """Take weights off the list, and their file if it lies in the weights folder; return what was removed."""
    weights = find(name)
    folder = paths.weights().resolve()
    if (shipped := paths.shipped_weights()) is not None and Path(weights.path).parent == shipped.resolve():
        raise UserError("{name} came with the program and stays as long as the program does.", name=weights.name)
    try:
        if is_inside(weights):
            _delete(Path(weights.path), folder)
        manifest.save(folder, [w for w in manifest.load(folder) if w.path != weights.path])
    except OSError as error:
        raise UserError(
            "{name} cannot be removed: {reason}.", name=name, reason=error.strerror or str(error)
        ) from error
    return weights


def is_inside(weights: Weights) -> bool:
    """Tell whether the file lies in the program's own folder; only such a file is ever deleted."""
    path, folder = Path(weights.path), paths.weights().resolve()
    return path.parent == folder or (path.parent.parent == folder and len(split.parts(path)) > 1)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(weights: Weights, folder: Path, stop: threading.Event) -> Generator[Progress, None, Weights]:
    if shutil.disk_usage(folder).free < weights.size + SPARE:
        raise OSError(errno.ENOSPC, "disk full")
    if len(split.parts(Path(weights.path))) > 1:
        return (yield from _copied_parts(weights, folder, stop))
    handle, name = tempfile.mkstemp(dir=folder, prefix=".adding", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as copy:
            sha256 = yield from _digested(weights, copy, stop)
        known = next((w for w in manifest.load(folder) if w.sha256 == sha256 and Path(w.path).is_file()), None)
        if known is not None:
            return known
        target = free_name(folder, Path(weights.path).name)
        Path(name).replace(target)
        return replace(weights, path=str(target), name=target.stem, sha256=sha256)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()


def _copied_parts(weights: Weights, folder: Path, stop: threading.Event) -> Generator[Progress, None, Weights]:
    """Copy split weights into a folder of their own, under the names that tie them together."""
    every = split.parts(Path(weights.path))
    room = Path(tempfile.mkdtemp(dir=folder, prefix=".adding"))
    try:
        digest = Digest(weights)
        for part in every:
            with (room / part.name).open("wb") as copy:
                yield from digest.read(part, copy, stop)
        sha256 = digest.hex
        known = next((w for w in manifest.load(folder) if w.sha256 == sha256 and Path(w.path).is_file()), None)
        if known is not None:
            return known
        target, number = folder / weights.name, 1
        while target.exists():
            number += 1
            target = folder / f"{weights.name}-{number}"
        room.replace(target)
        return replace(weights, path=str(target / every[0].name), name=target.name, sha256=sha256)
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _digested(weights: Weights, copy: BinaryIO | None, stop: threading.Event) -> Generator[Progress, None, str]:
    digest = Digest(weights)
    for part in split.parts(Path(weights.path)):
        yield from digest.read(part, copy, stop)
    return digest.hex


class Digest:
    """The SHA-256 of weights, all their files in order, while they are read and perhaps copied."""

    def __init__(self, weights: Weights) -> None:
        self.weights, self.done, self._sum = weights, 0, hashlib.sha256()

    def read(self, part: Path, copy: BinaryIO | None, stop: threading.Event) -> Iterator[Progress]:
        """Read one file; `Cancelled` when ``stop`` is set."""
        with part.open("rb") as file:
            while chunk := file.read(CHUNK):
                if stop.is_set():
                    raise Cancelled
                self._sum.update(chunk)
                if copy is not None:
                    copy.write(chunk)
                self.done += len(chunk)
                yield Progress(self.done, self.weights.size, self.weights.name)

    @property
    def hex(self) -> str:
        """The sum so far, as lower-case hex."""
        return self._sum.hexdigest()


def _sha256_of(every: list[Path]) -> str:
    digest = hashlib.sha256()
    for part in every:
        with part.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    return digest.hexdigest()


def _delete(path: Path, folder: Path) -> None:
    for part in split.parts(path):
        part.unlink(missing_ok=True)
    if path.parent != folder:
        with contextlib.suppress(OSError):  # not ours alone, then
            path.parent.rmdir()


def free_name(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` for a GGUF called ``name`` that nothing stands at yet."""
    stem, number = Path(name).stem, 1
    while (target := folder / (f"{stem}.gguf" if number == 1 else f"{stem}-{number}.gguf")).exists():
        number += 1
    return target


def cannot_write(folder: Path, error: OSError) -> UserError:
    """Return what a merchant is told where a file of weights could not be kept."""
    if error.errno == errno.ENOSPC:
        return UserError("The disk is full. Nothing was kept; free some space and try again.")
    return UserError("{folder} cannot be written: {reason}.", folder=str(folder), reason=error.strerror or str(error))
