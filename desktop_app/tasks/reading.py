"""Reading all reviews of a shop once, however long it takes: what was read is kept and gone on from."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
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


class ReadingEngines:
    """The weights bent for reviews, and beside them the weights as they came; each is loaded when it is asked for."""

    def __init__(self, path: Path) -> None:
        """Bend the weights at ``path``, if that was not done before."""
        self.bent = LlamaEngine(None, meaning_path=weights.bent(path, opinions.adapter()))
        self.plain = LlamaEngine(None, meaning_path=path)

    def close(self) -> None:
        """Let go of both."""
        self.bent.close()
        self.plain.close()


def open_reader(settings: Settings) -> tuple[Reader, ReadingEngines | None]:
    """Return a reader and the engines behind it, to be closed; without weights for meaning it reads by words alone.

    The first time takes some seconds more: the weights are bent towards what reviews are read for, and kept.
    """
    found = weights.starter("meaning")
    if found is None:
        return Reader(None), None
    both = ReadingEngines(Path(found.path))
    return Reader(partial(both.bent.embed, query=None), partial(both.plain.embed, query=True)), both


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
        found = reader.understand([text for _d, text, _s in batch], closely=[not starred for _d, _t, starred in batch])
        shop.keep_readings(
            reader.version, [(digest, packed(one)) for (digest, _t, _s), one in zip(batch, found, strict=True)]
        )
        left -= len(batch)
        yield Progress(total - max(left, 0), total, "reviews")
