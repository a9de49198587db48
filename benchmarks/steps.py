"""Words by the weights that may stand, a minute: in steps, as whole texts tried again, and without any check.

`python benchmarks/steps.py --products 8`: one run, one engine, the same products and the same gate for a sentence, one
way after the other. Neither what the weights were given to go on from nor what code says counts for anybody; a whole
text need not tell every fact.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import weights  # noqa: E402
from desktop_app.engine import Ended, Engine, LlamaEngine, Message, Request, Sampling  # noqa: E402
from desktop_app.language import facts, frames, lean, plain, prompts, sayings, sentences, telling  # noqa: E402
from desktop_app.language.check import SentenceCheck  # noqa: E402
from desktop_app.records import Described, Product, Verdict, Wishes  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import shops  # noqa: E402
from desktop_app.tasks.describe import describe  # noqa: E402

TRIES = 8  # how often a whole text is written again before it is given up


def in_steps(shop: Shop, engine: Engine, ids: Sequence[int]) -> tuple[int, float]:
    """Return the words the weights wrote themselves that stand in saved drafts, and the seconds."""
    started, words = time.monotonic(), 0
    wishes = Wishes(language="en", writer="weights")
    for event in describe(shop, engine, threading.Event(), products=ids, wishes=wishes):
        if isinstance(event, Described):
            words = event.own_words
    return words, time.monotonic() - started


@dataclass(frozen=True, slots=True)
class Gate:
    """What a sentence of the steps is held to, for a sentence of a whole text: the facts, and the plain text's ties."""

    product: Product
    said: str

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand."""
        verdict = SentenceCheck(self.product, "en")(written)
        if not verdict.ok or not written:
            return verdict
        known = telling.usable(self.product)
        told = [self.product.title, *(f"{f.value} {f.unit}" for f in known)]
        stuffs = [f for f in known if facts.role_of(f) == "material"]
        whole = " ".join(sayings.word(i, "en", "material") or i for f in stuffs for i in facts.items(f))
        sentence = frames.spelled(written[-1], self.said)
        fits = sentence in self.said or lean.fits(sentence, self.said, told, {f.kind for f in known}, whole)
        return verdict if fits else Verdict(False, "step", why="not tied as the plain text ties it")


def whole(engine: Engine, products: Sequence[Product], *, way: str) -> tuple[int, float]:
    """Return the words of whole texts that stand, and the seconds.

    ``way`` is "again": a text of which one sentence may not stand is written again, eight times at most; "left out":
    such a sentence is taken back while it is written, twice, and left out; "free": nothing is held against anything.
    """
    started, words = time.monotonic(), 0
    left = {str(p.id): p for p in products}
    for turn in range(TRIES if way == "again" else 1):
        done = []
        for event in engine.run((_request(p, turn, way) for p in left.values()), threading.Event()):
            text = prompts.tidy(event.text).strip() if isinstance(event, Ended) else ""
            if text and (way != "again" or stands(text, left[event.request])):
                words += len(text.split())
                done.append(event.request)
        left = {name: p for name, p in left.items() if name not in done}
    return words, time.monotonic() - started


def stands(text: str, product: Product) -> bool:
    """Tell whether every sentence of a text may stand behind those before it."""
    gate = _gate(product)
    several = [text[a:b].strip() for a, b in sentences.split(text, "en")]
    return bool(several) and all(gate(tuple(several[: n + 1])).ok for n in range(len(several)))


def _gate(product: Product) -> Gate:
    return Gate(product, plain.write(product, language="en", variety=product.id or 0).text.partition("\n\n")[0])


def _request(product: Product, turn: int, way: str) -> Request:
    names = tuple(dict.fromkeys(n for s in plain.write(product, language="en").evidence for n in s.facts))
    turns = prompts.render(product, "en", names=names, tone="plain", whole=True)
    return Request(
        str(product.id), tuple(Message(role, words) for role, words in turns), max_tokens=120,
        sampling=Sampling(temperature=0.6, top_p=0.95, min_p=0.05, seed=(product.id or 0) * 7919 + turn),
        check=_gate(product) if way == "left out" else None, retries=2,
    )  # fmt: skip


def main() -> None:
    """Print accepted words a minute each way, and the ratio."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--weights", type=Path, default=None)
    wanted.add_argument("--products", type=int, default=8)
    given = wanted.parse_args()
    path = given.weights or Path((weights.starter() or sys.exit("no starter weights: run make setup")).path)
    engine = LlamaEngine(path)
    with tempfile.TemporaryDirectory() as folder:
        shop = shops.new(Path(folder) / "steps.zhanggui", language="en")
        ids = list(range(1, min(given.products, shops.fill_with_sample(shop, "en")) + 1))
        products = [replace(shop.product(n), description="") for n in ids]
        engine.count_tokens("warm")
        ways = {
            "in steps": in_steps(shop, engine, ids),
            "whole texts, checked, tried again": whole(engine, products, way="again"),
            "whole texts, sentences taken back": whole(engine, products, way="left out"),
            "whole texts, no check": whole(engine, products, way="free"),
        }
        shop.close()
    engine.close()
    for name, (words, seconds) in ways.items():
        print(f"{name:36}{words:6} words in {seconds:6.1f} s = {60 * words / seconds:7.1f} a minute")
    one, tried, back, free = (60 * w / s for w, s in ways.values())
    print(f"in steps against whole texts: {one / tried:.2f}" if tried else "no whole text passed the check at all")
    print(
        f"in steps against whole texts with sentences taken back: {one / back:.2f}"
        if back
        else "none stood there either"
    )
    print(f"the check costs, words in steps against words nobody held against anything: {one / free:.2f}")


if __name__ == "__main__":
    main()
