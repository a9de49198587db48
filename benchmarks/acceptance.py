"""A whole catalogue written and held against its facts twice: `python benchmarks/acceptance.py --out drafts.jsonl`.

150 products of real exports (Magento, Shopify, WooCommerce, Etsy) in English with the starter weights, and the sample
shop in Chinese; every draft counted by the check as `evaluate facts` counts, and by the second counter of
tests/acceptance, which shares no code or list with it. The drafts go to a file: figures are no substitute for reading.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import formats, weights  # noqa: E402
from desktop_app.engine import Engine, LlamaEngine  # noqa: E402
from desktop_app.language import check, plain, sentences  # noqa: E402
from desktop_app.records import Draft, Failed, Product, Saved, Wishes  # noqa: E402
from desktop_app.shop import Shop  # noqa: E402
from desktop_app.tasks import evaluate, shops  # noqa: E402
from desktop_app.tasks.describe import describe  # noqa: E402

EXPORTS = (
    ("magento2_gear_bags.csv", 14),
    ("shopify_product_data_packt.csv", 20),
    ("woocommerce_sample_products.csv", 15),
    ("etsy_listings_italian_headers.csv", 27),
    ("magento2_configurable_products.csv", 74),
)
# What a shopper could hold a shop to; other findings (a word nothing carries) are printed beside them.
HARD = frozenset(
    ["number", "price", "material", "colour", "size", "certificate", "superlative", "absolute", "health", "delivery",
     "discount", "returns", "guarantee", "relation", "contradiction", "origin"]
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """What was found in all drafts of one language."""

    drafts: int = 0
    silent: list[str] = field(default_factory=list)  # products nothing is known of, so that nothing was written
    hard: list[str] = field(default_factory=list)
    soft: list[str] = field(default_factory=list)
    second: list[str] = field(default_factory=list)
    covered: int = 0
    planned: int = 0
    usable: list[int] = field(default_factory=lambda: [0, 0])  # told, and there, of all usable facts (eight at most)
    letters: Counter[str] = field(default_factory=Counter)  # characters by writer
    sources: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    seconds: float = 0.0
    texts: list[str] = field(default_factory=list)


def catalogue(folder: Path, share: float = 1.0, seed: int = 0) -> list[Product]:
    """Return the products of the exports in ``folder``, or a share: spread over each file, or drawn by ``seed``."""
    found: list[Product] = []
    for name, wanted in EXPORTS:
        reading = formats.look(folder / name)
        several = [p for p in formats.read(reading, threading.Event()) if isinstance(p, Product)]
        count = max(1, round(min(wanted, len(several)) * share))
        picked = (
            sorted(random.Random(f"{name} {seed}").sample(range(len(several)), count))
            if seed
            else [n * len(several) // count for n in range(count)]
        )
        found += [replace(several[n], id=None) for n in picked]
    return found


Row = dict[str, Any]


def rows(shop: Shop, ids: Sequence[int], engine: Engine | None, language: str) -> Iterator[Row]:
    """Describe the products ``ids`` of ``shop`` and yield a row for each as soon as it is there."""
    wishes = Wishes(language=language)
    started = time.monotonic()
    for event in describe(shop, engine, threading.Event(), products=ids, wishes=wishes):
        if isinstance(event, Saved):
            draft, product = event.draft, shop.product(event.draft.product)
            spent, started = time.monotonic() - started, time.monotonic()
            yield {
                "number": draft.product, "language": language, "product": product.title, "given": given(product),
                "text": draft.text, "source": draft.source, "weights": draft.weights, "refused": draft.refused,
                "letters": by_writer(draft, product), "seconds": round(spent, 2),
            }  # fmt: skip
        elif isinstance(event, Failed):
            product = shop.product(event.product)
            yield {
                "number": event.product, "language": language, "product": product.title, "given": given(product),
                "text": "", "why": event.why,
            }  # fmt: skip


def given(product: Product) -> list[str]:
    """Return all the writer was given of a product, a line each: nothing it says may rest on something else."""
    lines = [f"title: {product.title}"]
    lines += [
        f"{name}: {value}" for name, value in (("vendor", product.vendor), ("category", product.category)) if value
    ]
    lines += [f"tags: {', '.join(product.tags)}"] if product.tags else []
    options: dict[str, list[str]] = {}
    for name, value in (option for variant in product.variants for option in variant.options):
        options.setdefault(name, []).append(value)
    lines += [f"option {name}: {', '.join(dict.fromkeys(values))}" for name, values in options.items()]
    weights_given = dict.fromkeys(f"{v.weight_grams:f}" for v in product.variants if v.weight_grams)
    lines += [f"weight of the variants in grams: {', '.join(weights_given)}"] if weights_given else []
    prices = dict.fromkeys(str(v.price) for v in product.variants if v.price is not None)
    lines += [f"price: {', '.join(prices)}"] if prices else []
    together: dict[str, list[str]] = {}
    for fact in product.facts:
        together.setdefault(fact.name, []).append(f"{fact.value} {fact.unit}".strip())
    return lines + [f"fact {name}: {' | '.join(values)}" for name, values in together.items()]


def counted(product: Product, row: Row, tally: Tally) -> None:
    """Hold a row's text against its product in both ways."""
    language, text = row["language"], row["text"]
    if not text:
        tally.silent.append(f"{product.title} — {row['why']}")
        return
    held = evaluate.held(row["number"], product, text, language)
    row["findings"] = list(held.predicted)
    row["second"] = [f"{f['kind']}: {f['text']}" for f in _second_counter().count(text, as_dict(product), language)]
    tally.drafts += 1
    plan = planned(language, product)
    told = {name for span in check.check(text, product, language=language).evidence for name in span.facts}
    row["untold"] = sorted(plan - told)
    tally.covered, tally.planned = tally.covered + len(plan & told), tally.planned + len(plan)
    tally.usable[0] += held.covered
    tally.usable[1] += held.facts
    for said in held.predicted:
        (tally.hard if said.split(":")[0] in HARD else tally.soft).append(f"{product.title} — {said}")
    tally.second += [f"{product.title} — {said}" for said in row["second"]]
    tally.sources[row["source"]] += 1
    tally.letters += Counter(row["letters"])
    tally.refused += row["refused"]
    tally.seconds += row["seconds"]
    tally.texts.append(text)


def planned(language: str, product: Product) -> frozenset[str]:
    """Return the names of the facts in the writer's plan, eight at most: those the plain writer would tell here."""
    written_plainly = plain.write(product, language=language, variety=product.id or 0)
    names = dict.fromkeys(name for span in written_plainly.evidence for name in span.facts)
    return frozenset(list(names)[: evaluate.PLANNED])


def by_writer(draft: Draft, product: Product) -> Counter[str]:
    """Return how many characters each writer wrote: a sentence the plain writer would write here is its own."""
    wishes = Wishes(language=draft.language)
    own = plain.write(product, language=draft.language, variety=(product.id or 0) + wishes.seed).text
    found: Counter[str] = Counter()
    for start, end in sentences.split(draft.text, draft.language):
        said = draft.text[start:end]
        found["plain" if said.strip() in own else "weights"] += len(said)
    return found


def as_dict(product: Product) -> dict[str, Any]:
    """Return a product as the second counter reads it."""
    options: dict[str, list[str]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            options.setdefault(name, []).append(value)
    facts = [{"name": "brand", "value": product.vendor, "unit": ""}] if product.vendor else []
    facts += [{"name": f.name, "value": f.value, "unit": f.unit} for f in product.facts]
    facts += [
        {"name": "weight", "value": f"{v.weight_grams:f}", "unit": "g"} for v in product.variants if v.weight_grams
    ]
    price = next((str(v.price) for v in product.variants if v.price is not None), "")
    return {
        "title": product.title, "tags": list(product.tags), "category": product.category, "price": price,
        "facts": facts, "options": [{"name": n, "values": list(dict.fromkeys(v))} for n, v in options.items()],
    }  # fmt: skip


@cache
def _second_counter() -> ModuleType:
    path = ROOT / "tests" / "acceptance" / "second_counter.py"
    spec = importlib.util.spec_from_file_location("second_counter", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_counter"] = module
    spec.loader.exec_module(module)
    return module


def run(
    folder: Path, *, alone: bool = False, share: float = 1.0, seed: int = 0, chinese: bool = False,
    out: Path | None = None, minutes: float = 0.0,
) -> tuple[dict[str, Tally], list[Row], int]:  # fmt: skip
    """Write and count the catalogue and the Chinese sample; return the tallies, the rows and how many are still to do.

    What ``out`` holds already is not written again, so a run that was stopped, or that took ``minutes``, goes on. The
    exports are written in English; ``chinese`` has them in Chinese too.
    """
    there = _there(out)
    starter = None if alone else weights.starter()
    until = time.monotonic() + 60 * minutes if minutes else float("inf")
    tallies, left = {"en": Tally(), "zh": Tally()}, 0
    engine: Engine | None = None
    with tempfile.TemporaryDirectory() as place:
        try:
            for language, tally in tallies.items():
                shop = shops.new(Path(place) / f"{language}.zhanggui", language=language)
                ids = list(range(1, shops.fill_with_sample(shop, "zh") + 1)) if language == "zh" else []
                if language == "en" or chinese:
                    with shop.act("Bring the exports in"):
                        ids += shop.add(catalogue(folder, share, seed))
                missing = [n for n in ids if (language, n) not in there]
                if missing and starter and language == "en" and engine is None:
                    engine = LlamaEngine(Path(starter.path))
                for row in rows(shop, missing, engine if language == "en" else None, language):
                    there[language, row["number"]] = row
                    if out:
                        with out.open("a", encoding="utf-8") as file:
                            file.write(json.dumps(row, ensure_ascii=False) + "\n")
                    if time.monotonic() > until:
                        break
                for number in ids:
                    if row_there := there.get((language, number)):
                        counted(shop.product(number), row_there, tally)
                    else:
                        left += 1
                shop.close()
        finally:
            if engine is not None:
                engine.close()
    return tallies, list(there.values()), left


def _there(out: Path | None) -> dict[tuple[str, int], Row]:
    """Return the rows that an earlier run wrote; half a line, left by a kill, counts for nothing."""
    found: dict[tuple[str, int], Row] = {}
    if out and out.exists():
        whole = [line for line in out.read_text("utf-8").splitlines(keepends=True) if line.endswith("\n")]
        out.write_text("".join(whole), "utf-8")
        for line in whole:
            row = json.loads(line)
            found[row["language"], row["number"]] = row
    return found


def readable(all_rows: Iterable[Row], languages: str = "en zh") -> str:
    """Return the drafts as a person reads them: what was given in full, then the text."""
    out = []
    for n, row in enumerate((r for r in all_rows if r["language"] in languages.split()), 1):
        text = row["text"] or f"(no text: {row['why']})"
        out.append(f"=== {n} [{row['language']}, written by: {row.get('source', 'nobody')}]\nGIVEN\n")
        out.append("".join(f"  {line}\n" for line in row["given"]) + f"TEXT\n{text}\n\n")
    return "".join(out)


def main() -> None:
    """Print the figures; leave with 1 if there is an unsupported hard claim or too little coverage."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "catalog")
    wanted.add_argument("--out", type=Path, default=None, help="where the drafts go, one a line; a run goes on there")
    wanted.add_argument("--readable", type=Path, default=None, help="where the drafts go as a person reads them")
    wanted.add_argument("--plain", action="store_true", help="the plain writer alone")
    wanted.add_argument("--chinese", action="store_true", help="the exports in Chinese too")
    wanted.add_argument("--share", type=float, default=1.0, help="a part of each export only")
    wanted.add_argument("--seed", type=int, default=0, help="draw that part at random, another for each seed")
    wanted.add_argument("--minutes", type=float, default=0.0, help="stop after so long; run again to go on")
    asked = wanted.parse_args()
    tallies, found, left = run(
        asked.data, alone=asked.plain, share=asked.share, seed=asked.seed, chinese=asked.chinese, out=asked.out,
        minutes=asked.minutes,
    )  # fmt: skip
    if asked.readable:
        asked.readable.write_text(readable(found), "utf-8")
    bad = False
    for language, tally in tallies.items():
        bad = told(language, tally) or bad
    if left:
        print(f"{left} products are still to do: run it again with the same --out")
    sys.exit(1 if bad else 0)


def nearly_alike(texts: Sequence[str]) -> int:
    """Count the texts of which another says four fifths of the same five letters in a row."""
    grams = [{t[n : n + 5] for n in range(len(t) - 4)} for t in texts]
    return sum(
        any(len(a & b) > 0.8 * len(a | b) for m, b in enumerate(grams) if m != n) for n, a in enumerate(grams) if a
    )


def told(language: str, tally: Tally) -> bool:
    """Print the figures of a language and return whether they miss the mark."""
    share = tally.covered / max(1, tally.planned)
    print(
        f"{language}: {tally.drafts} drafts, hard claims without a fact: {len(tally.hard)} by the check, "
        f"{len(tally.second)} by the second counter; other findings {len(tally.soft)}; "
        f"facts of the plan covered {tally.covered}/{tally.planned} = {share:.1%} (of all usable ones "
        f"{tally.usable[0]}/{tally.usable[1]}); {tally.seconds:.0f} s, refused {tally.refused}"
    )
    letters = sum(tally.letters.values()) or 1
    print("   text by: " + ", ".join(f"{k} {v / letters:.0%}" for k, v in sorted(tally.letters.items())))
    print(
        f"   texts all but alike: {nearly_alike(tally.texts)} of {tally.drafts}; nothing to say of {len(tally.silent)}"
    )
    print("   drafts by: " + ", ".join(f"{k} {v}" for k, v in sorted(tally.sources.items())))
    for said in (*tally.silent[:5], *tally.hard, *(f"second counter: {s}" for s in tally.second), *tally.soft[:12]):
        print(f"   {said}")
    return bool(tally.hard or tally.second) or share < 0.9


if __name__ == "__main__":
    main()
