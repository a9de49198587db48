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
from desktop_app.weights import manifest
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
                named[str(path)] = replace(read_header(path), name=path.stem)
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
    weights = replace(read_header(source), name=source.stem)
    folder = paths.weights().resolve()
    inside = Path(weights.path).parent == folder
    try:
        if copy and not inside:
            weights = yield from _copied(weights, folder, stop)
        else:
            weights = replace(weights, sha256=(yield from _digested(weights, None, stop)))
        if weights.path not in {w.path for w in manifest.load(folder)}:
            manifest.put(folder, weights)
    except OSError as error:
        raise _cannot_write(folder, error) from error
    yield weights


def verify(weights: Weights) -> None:
    """Read the file whole; `UserError` if it is missing, damaged, or no longer what was brought in."""
    path = Path(weights.path)
    found = read_header(path)
    if weights.size and found.size != weights.size:
        raise UserError("{name} has changed: {size} bytes instead of {expected}. Fetch it again.",
                        name=path.name, size=found.size, expected=weights.size)  # fmt: skip
    if weights.sha256 and file_sha256(path) != weights.sha256:
        raise UserError("{name} is damaged: its contents are not what was brought in. Fetch it again.", name=path.name)


def remove(name: str) -> Weights:
    """Take weights off the list, and their file if it lies in the weights folder; return what was removed."""
    weights = find(name)
    folder = paths.weights().resolve()
    if (shipped := paths.shipped_weights()) is not None and Path(weights.path).parent == shipped.resolve():
        raise UserError("{name} came with the program and stays as long as the program does.", name=weights.name)
    try:
        if Path(weights.path).parent == folder:
            Path(weights.path).unlink(missing_ok=True)
        manifest.save(folder, [w for w in manifest.load(folder) if w.path != weights.path])
    except OSError as error:
        raise UserError(
            "{name} cannot be removed: {reason}.", name=name, reason=error.strerror or str(error)
        ) from error
    return weights


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file as lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copied(weights: Weights, folder: Path, stop: threading.Event) -> Generator[Progress, None, Weights]:
    if shutil.disk_usage(folder).free < weights.size + SPARE:
        raise OSError(errno.ENOSPC, "disk full")
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


def _digested(weights: Weights, copy: BinaryIO | None, stop: threading.Event) -> Generator[Progress, None, str]:
    digest, done = hashlib.sha256(), 0
    with Path(weights.path).open("rb") as file:
        while chunk := file.read(CHUNK):
            if stop.is_set():
                raise Cancelled
            digest.update(chunk)
            if copy is not None:
                copy.write(chunk)
            done += len(chunk)
            yield Progress(done, weights.size, weights.name)
    return digest.hexdigest()


def free_name(folder: Path, name: str) -> Path:
    """Return a path in ``folder`` for a GGUF called ``name`` that nothing stands at yet."""
    stem, number = Path(name).stem, 1
    while (target := folder / (f"{stem}.gguf" if number == 1 else f"{stem}-{number}.gguf")).exists():
        number += 1
    return target


def _cannot_write(folder: Path, error: OSError) -> UserError:
    if error.errno == errno.ENOSPC:
        return UserError("The disk is full. Nothing was kept; free some space and try again.")
    return UserError("{folder} cannot be written: {reason}.", folder=str(folder), reason=error.strerror or str(error))
