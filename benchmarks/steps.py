"""Words by the weights that may stand, a minute: in steps, as whole texts tried again, and without any check.

`python benchmarks/steps.py --products 8`: one run, one engine, the same products and the same check, one way after the
other. What the plain writer says in place of the weights counts for nobody.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import weights  # noqa: E402
from desktop_app.engine import Ended, Engine, LlamaEngine, Message, Request, Sampling  # noqa: E402
from desktop_app.language import facts, lean, plain, prompts, sentences, steps  # noqa: E402
from desktop_app.records import Product, Saved, Wishes  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import shops  # noqa: E402
from desktop_app.tasks.describe import describe  # noqa: E402

TRIES = 8  # how often a whole text is written again before it is given up


def in_steps(shop: Shop, engine: Engine, ids: Sequence[int]) -> tuple[int, float]:
    """Return the words the weights wrote of the saved drafts, and the seconds."""
    started, words = time.monotonic(), 0
    for event in describe(
        shop, engine, threading.Event(), products=ids, wishes=Wishes(language="en", writer="weights")
    ):
        if isinstance(event, Saved):
            product = shop.product(event.draft.product)
            own = plain.write(product, language="en", variety=product.id or 0).text
            spans = sentences.split(event.draft.text, "en")
            words += sum(
                len(event.draft.text[a:b].split()) for a, b in spans if event.draft.text[a:b].strip() not in own
            )
    return words, time.monotonic() - started


def whole(engine: Engine, products: Sequence[Product], *, held: bool) -> tuple[int, float]:
    """Return the words of whole texts (with ``held``: of those the check lets stand, after tries), and the seconds."""
    started, words = time.monotonic(), 0
    left = {str(p.id): p for p in products}
    for turn in range(TRIES if held else 1):
        done = []
        for event in engine.run((_request(p, turn) for p in left.values()), threading.Event()):
            if isinstance(event, Ended):
                text = prompts.tidy(event.text).strip()
                if text and (not held or stands(text, left[event.request])):
                    words += len(text.split())
                    done.append(event.request)
        left = {name: p for name, p in left.items() if name not in done}
    return words, time.monotonic() - started


def stands(text: str, product: Product) -> bool:
    """Hold a whole text to what a step is held to: nothing uncarried, every fact told, sentences that read."""
    step = steps.plan(product, Wishes(language="en"), variety=product.id or 0, whole=True).steps[0]
    if not steps.best(step, [steps.Try(text)], product, "en", []):
        return False
    known = facts.usable(product)
    told = [product.title, *(f"{f.value} {f.unit}" for f in known)]
    whole = " ".join(f.value for f in known if facts.role_of(f) == "material")
    kinds = {f.kind for f in known}
    return all(lean.fits(text[a:b].strip(), step.said, told, kinds, whole) for a, b in sentences.split(text, "en"))


def _request(product: Product, turn: int) -> Request:
    names = tuple(dict.fromkeys(n for s in plain.write(product, language="en").evidence for n in s.facts))
    turns = prompts.render(product, "en", names=names, tone="plain", whole=True)
    return Request(
        str(product.id), tuple(Message(role, words) for role, words in turns), max_tokens=120,
        sampling=Sampling(temperature=0.6, top_p=0.95, min_p=0.05, seed=(product.id or 0) * 7919 + turn),
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
            "whole texts, checked, tried again": whole(engine, products, held=True),
            "whole texts, no check": whole(engine, products, held=False),
        }
        shop.close()
    engine.close()
    for name, (words, seconds) in ways.items():
        print(f"{name:36}{words:6} words in {seconds:6.1f} s = {60 * words / seconds:7.1f} a minute")
    one, tried = (60 * w / s for w, s in list(ways.values())[:2])
    print(f"in steps against whole texts: {one / tried:.2f}" if tried else "no whole text passed the check at all")


if __name__ == "__main__":
    main()
