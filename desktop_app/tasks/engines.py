"""Which engine writes: the weights the merchant chose, the starter, or none at all."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from desktop_app import weights
from desktop_app.engine import Engine, LlamaEngine
from desktop_app.errors import UserError
from desktop_app.records import Weights
from desktop_app.settings import Settings
from desktop_app.tasks import machine, server, tuned


def chosen_weights(settings: Settings) -> Weights | None:
    """Return the writing weights in use, None where there are none; UserError when the chosen file is gone or bad."""
    if server.is_on(settings):
        return server.as_weights(settings)
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
    """Return an engine for the chosen weights (it starts when it is first asked), or None where there are none.

    A server is asked only where the merchant switched it on; what is compared by meaning is computed here even then.
    """
    meaning = weights.starter("meaning")
    meaning_path = Path(meaning.path) if meaning else None
    if server.is_on(settings):
        return server.engine(settings, LlamaEngine(None, meaning_path=meaning_path) if meaning else None)
    found = chosen_weights(settings)
    if found is None:
        return None
    path = Path(found.path)
    measured = tuned.known(path)
    return LlamaEngine(
        path, meaning_path=meaning_path, adapters=adapters(settings), rests=partial(machine.rests, settings),
        layers=measured.steps if measured else (0,),
        parallel=measured.parallel if measured else None,
        most_threads=measured.threads if measured else None, stepped=partial(tuned.lower, path),
    )  # fmt: skip


def adapters(settings: Settings) -> list[tuple[Path, float]]:
    """Return the chosen LoRA files with their scales; what cannot be read as one is left out."""
    found = []
    for entry in settings.adapters:
        scale, _, path = entry.partition(" ")
        try:
            found.append((Path(path), float(scale)))
        except ValueError:
            continue
    return found


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
