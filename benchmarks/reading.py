"""How fast reviews are read: `python benchmarks/reading.py`, against llama-cpp-python's own `embed`, one after another.

Reviews of about 45 tokens are put together from real sentences. Ours is everything that reading does: cut into
clauses, each clause's meaning, what is praised and blamed, about what. Theirs is one vector a review and nothing more.
Both use two threads (or as many as there are cores), in turns; the figure is the median ratio, at least 1.2.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import weights  # noqa: E402
from desktop_app.engine import LlamaEngine  # noqa: E402
from desktop_app.engine.pace import cores  # noqa: E402
from desktop_app.tasks.opinions import adapter  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

FILE = ROOT.parent / "shared" / "data" / "reviews" / "en_product_reviews_1_aspects.csv"
LETTERS = 190  # about 45 tokens


def reviews() -> Iterator[str]:
    """Yield reviews of about 45 tokens, each of sentences that follow one another."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        text = ""
        for row in csv.DictReader(file):
            text = f"{text} {row['text']}".strip()
            if len(text) >= LETTERS:
                yield text[: LETTERS + 40]
                text = ""


def main() -> int:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reviews", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cpu", action="store_true", help="one thread each, and processor time: for a machine in use")
    wishes = parser.parse_args()
    threads = 1 if wishes.cpu else cores()
    found = weights.starter("meaning")
    if found is None:
        raise SystemExit("no starter weights: run make setup")
    texts = list(itertools.islice(reviews(), wishes.reviews * wishes.rounds))
    bent = weights.bent(Path(found.path), adapter())  # once for all; not counted
    engine = LlamaEngine(None, meaning_path=bent, threads=threads)
    reader = Reader(lambda some: engine.embed(some, query=None))
    theirs, other = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(other, found.path, threads), daemon=True)
    process.start()
    reader.understand(texts[:4])
    clock: Callable[[], float] = time.perf_counter
    if wishes.cpu:
        clock = partial(_spent, os.getpid(), engine.pid)
    gains = []
    for number in range(wishes.rounds):
        some = texts[number * wishes.reviews : (number + 1) * wishes.reviews]
        begun = clock()
        reader.understand(some)
        ours = len(some) / (clock() - begun)
        begun = _spent(process.pid)
        theirs.send(some)
        seconds = theirs.recv()
        rate = len(some) / (_spent(process.pid) - begun if wishes.cpu else seconds)
        gains.append(ours / rate)
        print(f"  round {number + 1}: ours {ours:.0f} reviews a second, one after another {rate:.0f}")
    print(f"reading against one embedding after another: {statistics.median(gains):.2f}×, at least 1.2")
    theirs.send(None)
    engine.close()
    return 0


def _spent(*processes: int | None) -> float:
    """Return the seconds that processors gave to these processes."""
    times = [psutil.Process(pid).cpu_times() for pid in processes]
    return sum(one.user + one.system for one in times)


def serve(pipe: Any, path: str, threads: int) -> None:
    """Embed what comes, one text after another, and answer with the seconds it took."""
    import llama_cpp

    # Flash attention as ours has it (llama.cpp decides); the wrapper would leave it off unless it is told.
    model = llama_cpp.Llama(path, embedding=True, n_ctx=512, n_threads=threads, n_threads_batch=threads, verbose=False,
                            flash_attn=True)  # fmt: skip
    model.embed("warm")
    while (texts := pipe.recv()) is not None:
        begun = time.perf_counter()
        for text in texts:
            model.embed(f"query: {text}")
        pipe.send(time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
