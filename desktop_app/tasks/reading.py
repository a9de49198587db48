"""Reading all reviews of a shop once, however long it takes: what was read is kept and gone on from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from desktop_app import weights
from desktop_app.engine import LlamaEngine
from desktop_app.records import Progress
from desktop_app.settings import Settings
from desktop_app.shop import Shop
from desktop_app.tasks import opinions
from desktop_app.tasks.understanding import Reader, packed

BATCH = 256  # texts kept in one transaction


def open_reader(settings: Settings) -> tuple[Reader, LlamaEngine | None]:
    """Return a reader and the engine behind it, to be closed; without weights for meaning it reads by words alone.

    The first time takes some seconds more: the weights are bent towards what reviews are read for, and kept.
    """
    found = weights.starter("meaning")
    if found is None:
        return Reader(None), None
    engine = LlamaEngine(None, meaning_path=weights.bent(Path(found.path), opinions.adapter()))
    return Reader(lambda texts: engine.embed(texts, query=True)), engine


def version_here() -> str:
    """Return under what a reading on this machine is kept: with weights for meaning another one than without."""
    return Reader((lambda texts: np.zeros((len(texts), 0), np.float32)) if weights.starter("meaning") else None).version


def read_here(settings: Settings, shop: Shop, stop: threading.Event) -> Iterator[Progress]:
    """Read what nobody has read yet with what this machine has, then let go of it."""
    reader, engine = open_reader(settings)
    try:
        yield from read_all(shop, reader, stop)
    finally:
        if engine is not None:
            engine.close()


def read_all(shop: Shop, reader: Reader, stop: threading.Event) -> Iterator[Progress]:
    """Read every text nobody has read yet, short ones first; what is read is kept, so a stop loses nothing."""
    left, total = shop.count_unread(reader.version)
    while left and not stop.is_set():
        batch = shop.unread(reader.version, BATCH)
        if not batch:
            return
        found = reader.understand([text for _digest, text in batch])
        shop.keep_readings(
            reader.version, [(digest, packed(one)) for (digest, _text), one in zip(batch, found, strict=True)]
        )
        left -= len(batch)
        yield Progress(total - max(left, 0), total, "reviews")
