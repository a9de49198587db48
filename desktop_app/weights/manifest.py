"""The list of weights on this machine, kept beside them; files put there by hand are found too."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from desktop_app.records import Weights

NAME = "manifest.json"


def load(folder: Path) -> list[Weights]:
    """Return what the manifest names, whether or not the files are there; a damaged manifest names nothing."""
    try:
        raw = json.loads((folder / NAME).read_text("utf-8"))
    except (OSError, ValueError):
        return []
    entries = raw if isinstance(raw, list) else []
    return [weights for entry in entries if (weights := _record(folder, entry)) is not None]


def save(folder: Path, weights: Iterable[Weights]) -> None:
    """Write the manifest whole or not at all; `OSError` where the disk is full or the folder cannot be written."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=".manifest")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump([_entry(folder, w) for w in weights], file, ensure_ascii=False, indent=1)
        Path(name).replace(folder / NAME)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def put(folder: Path, weights: Weights) -> None:
    """Name ``weights`` in the manifest, in place of what stood there for the same file."""
    others = [w for w in load(folder) if w.path != weights.path]
    save(folder, [*others, weights])


def _entry(folder: Path, weights: Weights) -> dict[str, Any]:
    entry = asdict(weights)
    path = Path(entry.pop("path"))
    home = folder.resolve()
    return {"file": path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path), **entry}


def _record(folder: Path, entry: object) -> Weights | None:
    if not isinstance(entry, dict) or not isinstance(entry.get("file"), str) or not isinstance(entry.get("name"), str):
        return None
    usual = Weights(name="", path="", size=0)
    known: dict[str, Any] = {}
    for field in fields(Weights):
        value, like = entry.get(field.name), getattr(usual, field.name)
        if isinstance(like, tuple) and isinstance(value, list):
            known[field.name] = tuple(str(v) for v in value)
        elif type(value) is type(like):
            known[field.name] = value
    if known.get("kind") not in {"writing", "meaning"}:
        known.pop("kind", None)
    known["path"] = str(folder.resolve() / entry["file"])  # an absolute name stays as it is
    return Weights(**{"size": 0, **known})
