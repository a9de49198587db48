"""Weights that come in several files: `name-00001-of-00003.gguf` and its fellows, which belong in one folder."""

from __future__ import annotations

import re
from pathlib import Path

from desktop_app.errors import UserError

_NAME = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf", re.IGNORECASE)


def parts(path: Path) -> list[Path]:
    """Return the files of the weights that begin at ``path``, in order; of whole weights just the one."""
    found = _NAME.fullmatch(path.name)
    if found is None:
        return [path]
    count = int(found["count"])
    return [path.with_name(f"{found['stem']}-{n:05}-of-{count:05}.gguf") for n in range(1, count + 1)]


def complete(path: Path, number: int, count: int) -> list[Path]:
    """Return all files of split weights whose header says (``number`` from 0, ``count``).

    Raises `UserError` where ``path`` is not the first of them, where they were renamed, or where one is missing.
    """
    found = _NAME.fullmatch(path.name)
    if found is None or int(found["count"]) != count or int(found["number"]) != number + 1:
        raise UserError(
            "{name} is part {number} of {count} of split weights, but its name does not say so. Give the parts the "
            "names they came with, in one folder.",
            name=path.name, number=number + 1, count=count,
        )  # fmt: skip
    every = parts(path)
    if number:
        raise UserError("{name} is part {number} of {count}. Choose the first part, {first}; the others come with it.",
                        name=path.name, number=number + 1, count=count, first=every[0].name)  # fmt: skip
    missing = [part.name for part in every if not part.is_file()]
    if missing:
        raise UserError(
            "{name} is one of {count} files that belong together in one folder. Missing here: {missing}.",
            name=path.name, count=count, missing=", ".join(missing[:3]) + (" …" if len(missing) > 3 else ""),
        )  # fmt: skip
    return every


def stem(path: Path) -> str:
    """Return what weights at ``path`` are called: the name of the file without its ending and its number."""
    found = _NAME.fullmatch(path.name)
    return found["stem"] if found else path.stem
