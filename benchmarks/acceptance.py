"""A whole catalogue written and held against its facts twice: `python benchmarks/acceptance.py --out drafts.jsonl`.

150 products of real exports (Magento, Shopify, WooCommerce, Etsy) in English with the starter weights, and the sample
shop in Chinese; every draft counted by the check as `evaluate facts` counts, and by the second counter of
tests/acceptance, which shares no code or list with it. The drafts go to a file: figures are no substitute for reading.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app import formats, weights  # noqa: E402
from desktop_app.engine import Engine, LlamaEngine  # noqa: E402
from desktop_app.language import check, plain, sentences  # noqa: E402
from desktop_app.records import Draft, Product, Saved, Wishes  # noqa: E402
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


def catalogue(folder: Path, share: float = 1.0) -> list[Product]:
    """Return the products of the exports in ``folder``, or a share of each, spread over the file."""
    found: list[Product] = []
    for name, wanted in EXPORTS:
        reading = formats.look(folder / name)
        several = [p for p in formats.read(reading, threading.Event()) if isinstance(p, Product)]
        count = max(1, round(min(wanted, len(several)) * share))
        found += [replace(several[n * len(several) // count], id=None) for n in range(count)]
    return found


def written(shop: Shop, ids: Sequence[int], engine: Engine | None, wishes: Wishes) -> Iterator[Draft]:
    """Describe the products ``ids`` of ``shop`` and yield the drafts."""
    for event in describe(shop, engine, threading.Event(), products=ids, wishes=wishes):
        if isinstance(event, Saved):
            yield event.draft


def counted(shop: Shop, drafts: Iterator[Draft], tally: Tally) -> Iterator[dict[str, Any]]:
    """Hold each draft against its product in both ways and yield it as a row for the file."""
    second = _second_counter()
    started = time.monotonic()
    for number, draft in enumerate(drafts, 1):
        product = shop.product(draft.product)
        row = evaluate.held(number, product, draft.text, draft.language)
        other = [f"{f['kind']}: {f['text']}" for f in second.count(draft.text, as_dict(product), draft.language)]
        tally.drafts += 1
        plan = planned(draft, product)
        told = {
            name for span in check.check(draft.text, product, language=draft.language).evidence for name in span.facts
        }
        tally.covered, tally.planned = tally.covered + len(plan & told), tally.planned + len(plan)
        tally.usable[0] += row.covered
        tally.usable[1] += row.facts
        for said in row.predicted:
            (tally.hard if said.split(":")[0] in HARD else tally.soft).append(f"{product.title} — {said}")
        tally.second += [f"{product.title} — {said}" for said in other]
        tally.sources[draft.source] += 1
        tally.letters += by_writer(draft, product)
        tally.refused += draft.refused
        yield {
            "product": product.title, "language": draft.language, "source": draft.source, "text": draft.text,
            "facts": [f"{f.name}: {f.value} {f.unit}".strip() for f in product.facts], "findings": list(row.predicted),
            "second": other, "covered": f"{row.covered}/{row.facts}",
        }  # fmt: skip
    tally.seconds = time.monotonic() - started


def planned(draft: Draft, product: Product) -> frozenset[str]:
    """Return the names of the facts in the writer's plan, eight at most: those the plain writer would tell here."""
    written_plainly = plain.write(product, language=draft.language, variety=product.id or 0)
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


def _second_counter() -> ModuleType:
    path = ROOT / "tests" / "acceptance" / "second_counter.py"
    spec = importlib.util.spec_from_file_location("second_counter", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["second_counter"] = module
    spec.loader.exec_module(module)
    return module


def run(folder: Path, *, alone: bool = False, share: float = 1.0) -> tuple[dict[str, Tally], list[dict[str, Any]]]:
    """Write and count the English catalogue and the Chinese sample; return the tallies and the rows."""
    starter = None if alone else weights.starter()
    engine = LlamaEngine(Path(starter.path)) if starter else None
    tallies, rows = {"en": Tally(), "zh": Tally()}, list[dict[str, Any]]()
    with tempfile.TemporaryDirectory() as place:
        try:
            for language, tally in tallies.items():
                shop = shops.new(Path(place) / f"{language}.zhanggui", language=language)
                if language == "zh":
                    ids = list(range(1, shops.fill_with_sample(shop, "zh") + 1))
                else:
                    with shop.act("Bring the exports in"):
                        ids = shop.add(catalogue(folder, share))
                drafts = written(shop, ids, engine if language == "en" else None, Wishes(language=language))
                rows += counted(shop, drafts, tally)
                shop.close()
        finally:
            if engine is not None:
                engine.close()
    return tallies, rows


def main() -> None:
    """Print the figures; leave with 1 if there is an unsupported hard claim or too little coverage."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "catalog")
    wanted.add_argument("--out", type=Path, default=None, help="where the drafts go, one JSON object a line")
    wanted.add_argument("--plain", action="store_true", help="the plain writer alone")
    wanted.add_argument("--share", type=float, default=1.0, help="a part of each export only")
    given = wanted.parse_args()
    tallies, rows = run(given.data, alone=given.plain, share=given.share)
    if given.out:
        given.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    bad = False
    for language, tally in tallies.items():
        bad = told(language, tally) or bad
    sys.exit(1 if bad else 0)


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
    print("   drafts by: " + ", ".join(f"{k} {v}" for k, v in sorted(tally.sources.items())))
    for said in (*tally.hard, *(f"second counter: {s}" for s in tally.second), *tally.soft[:12]):
        print(f"   {said}")
    return bool(tally.hard or tally.second) or share < 0.9


if __name__ == "__main__":
    main()
