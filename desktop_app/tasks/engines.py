"""Which engine writes: the weights the merchant chose, the starter, or none at all."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from desktop_app import weights
from desktop_app.engine import Engine, LlamaEngine
from desktop_app.errors import UserError
from desktop_app.records import Weights
from desktop_app.settings import Settings


def chosen_weights(settings: Settings) -> Weights | None:
    """Return the writing weights in use, None where there are none; UserError when the chosen file is gone or bad."""
    if not settings.weights:
        return weights.starter("writing")
    path = Path(settings.weights)
    if not path.exists():
        raise UserError(
            "The weights file {name} is no longer where it was. Choose another on the Weights page; "
            "texts from the facts alone go on working.",
            name=path.name,
        )
    known = next((w for w in weights.installed() if Path(w.path) == path), None)
    return known or weights.read_header(path)


def engine_for(settings: Settings) -> Engine | None:
    """Return an engine for the chosen weights (it starts when it is first asked), or None where there are none."""
    found = chosen_weights(settings)
    if found is None:
        return None
    meaning = weights.starter("meaning")
    return LlamaEngine(Path(found.path), meaning_path=Path(meaning.path) if meaning else None)


def identified(about: Weights) -> Weights:
    """Add to what an engine says of its weights what this machine knows: languages, and the hash for provenance."""
    path = Path(about.path)
    if not about.path or not path.exists():
        return about
    known = next((w for w in weights.installed() if Path(w.path) == path and w.sha256), None)
    if known is not None:
        return known
    state = path.stat()
    return replace(about, sha256=_sha256(path, state.st_size, state.st_mtime_ns))


@lru_cache(maxsize=8)
def _sha256(path: Path, _size: int, _changed: int) -> str:
    return weights.file_sha256(path)
