"""Memory after very many requests, over what weights, cells and buffers of llama.cpp take by themselves."""

from __future__ import annotations

import argparse
import multiprocessing
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_app import weights
from desktop_app.engine import Ended, LlamaEngine, Message, Request, Sampling

MEGABYTE = 1 << 20
TURNS = 5  # the requests come in so many parts, to see whether it grows


def main() -> None:
    """Print what the engine's process holds after each part, and what a bare context on the same weights holds."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, default=None)
    wanted.add_argument("--requests", type=int, default=2000)
    given = wanted.parse_args()
    path = given.weights or Path((weights.starter() or exit("no starter weights: run make setup")).path)
    bare = _elsewhere(str(path))
    engine, dice = LlamaEngine(path), random.Random(1)
    held = []
    for turn in range(TURNS):
        count = given.requests // TURNS
        ended = sum(isinstance(e, Ended) for e in engine.run(_some(dice, turn * count, count), threading.Event()))
        held.append(engine.measures().memory)
        print(f"  after {(turn + 1) * count} requests ({ended} texts in this part): {held[-1] / MEGABYTE:.0f} MB")
    engine.close()
    print(f"  a bare process with the same weights, cells and batch: {bare / MEGABYTE:.0f} MB")
    print(f"memory over weights, cells and buffers: {(held[-1] - bare) / MEGABYTE:.0f} MB, at most 250; "
          f"over the last {TURNS - 1} parts it grew by {(held[-1] - held[0]) / MEGABYTE:.1f} MB")  # fmt: skip


def _some(dice: random.Random, first: int, count: int) -> Iterator[Request]:
    for n in range(first, first + count):
        rules = f"Rules number {dice.randrange(5)}. " * dice.choice([1, 2, 6])
        yield Request(
            str(n), (Message("system", rules), Message("user", f"Product {n}.")), max_tokens=dice.choice([1, 2, 4, 8]),
            sampling=Sampling(0.8, seed=n), priority=dice.choice(["bulk", "bulk", "bulk", "interactive"]),
        )  # fmt: skip


def _elsewhere(path: str) -> int:
    context = multiprocessing.get_context("spawn")
    pipe, other = context.Pipe()
    process = context.Process(target=_bare, args=(other, path), daemon=True)
    process.start()
    held = pipe.recv()
    process.join()
    return int(held)


def _bare(pipe: Any, path: str) -> None:
    """Send what a process holds that only has llama.cpp with the engine's own settings, all of its cells used once."""
    import psutil

    from desktop_app.engine import llama
    from desktop_app.engine.llama_decoder import LlamaDecoder
    from desktop_app.engine.scheduler import Shape

    llama.start()
    decoder = LlamaDecoder(llama.Model(Path(path)), llama.Switch(), sequences=Shape().sequences, cells=8192, threads=2)
    for start in range(0, 2048, decoder.batch):
        count = decoder.batch
        decoder.decode([100] * count, range(start, start + count), [0] * count, [False] * (count - 1) + [True])
    pipe.send(psutil.Process().memory_info().rss)


if __name__ == "__main__":
    main()
