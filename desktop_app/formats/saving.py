"""A file is written whole or not at all: beside its target, then put in its place."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from desktop_app.errors import UserError


@contextlib.contextmanager
def saving(path: Path | str) -> Iterator[BinaryIO]:
    """Give a file to write into; it takes the name ``path`` when the block ends well, and is gone when it does not.

    Raises UserError for a full disk, a folder that is missing or may not be written to; then nothing has changed.
    """
    target = Path(path)
    made: str | None = None
    try:
        handle, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:40]}.", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _as_before(target, Path(made))
        Path(made).replace(target)
        made = None
    except OSError as error:
        raise _plainly(error, target) from error
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                Path(made).unlink()


def write_bytes(data: bytes, path: Path | str) -> None:
    """Write ``data`` to ``path``, whole or not at all. Raises UserError where that is not possible."""
    with saving(path) as file:
        file.write(data)


def _as_before(target: Path, made: Path) -> None:
    """Give the new file the rights of the one it replaces, or those of any new file: a temporary one is private."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    try:
        mode = target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    made.chmod(mode)


def _plainly(error: OSError, target: Path) -> UserError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return UserError(
            "The disk is full, so {name} was not written. Nothing was changed. Make room and try again.",
            name=target.name,
        )
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return UserError(
            "{name} may not be written in the folder {folder}. Nothing was changed. Choose another folder.",
            name=target.name,
            folder=target.parent,
        )
    return UserError(
        "{name} could not be written: {why}. Nothing was changed.", name=target.name, why=error.strerror or error
    )
