"""How well the check tells true sentences from false ones, by kind: `python benchmarks/claims.py`.

The sets "claims", "more", "third" and "fresh" were each written blind and then opened, one after another, once the one
before had taught what it could: they are what the check is tuned on. "aside" is the set that nobody who works on the
check has read; `--misses` shows single sentences of all parts but that one. The trained reader looks at each sentence
too, as at what people write; it learned from the open sets, so only a set kept aside says what it is worth.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.language import check  # noqa: E402
from desktop_app.records import Fact, Product, Variant  # noqa: E402

OPEN = ("tune", "kept", "opened", "fresh")
CLAIMS = ROOT / "tests" / "data" / "claims"


def products(language: str) -> dict[str, Product]:
    """Return the labelled products by id."""
    found = {}
    for name in ("", "more.", "third.", "fresh."):
        found |= {
            str(p["id"]): _product(p)
            for p in json.loads((CLAIMS / f"products.{name}{language}.json").read_text("utf-8"))
        }
    raw = json.loads((ROOT / "assets" / "sample" / f"products.{language}.json").read_text("utf-8"))
    return found | {p["handle"]: _of_sample(p) for p in raw["products"]}


def _of_sample(raw: dict[str, Any]) -> Product:
    facts = tuple(Fact(f["name"], str(f["value"]), f.get("unit") or "") for f in raw.get("facts", ()))
    variants = tuple(
        Variant(
            options=tuple((n, v) for n, v in v.get("options", ())), price=Decimal(v["price"]), stock=v.get("stock"),
            weight_grams=Decimal(v["weight_grams"]) if v.get("weight_grams") else None,
        )
        for v in raw["variants"]
    )  # fmt: skip
    return Product(
        raw["title"], category=raw.get("category", ""), tags=tuple(raw.get("tags", ())), facts=facts, variants=variants
    )


def _product(raw: dict[str, Any]) -> Product:
    options = raw.get("options") or {}
    pairs = options.items() if isinstance(options, dict) else [(o["name"], o["values"]) for o in options]
    values = [(name, v if isinstance(v, list) else [v]) for name, v in pairs]
    longest = max([len(v) for _n, v in values], default=1)
    price = None if raw.get("price") in (None, "") else Decimal(str(raw["price"]).strip("$¥€£"))
    variants = tuple(
        Variant(options=tuple((n, str(v[min(i, len(v) - 1)])) for n, v in values), price=price, stock=raw.get("stock"))
        for i in range(longest)
    )
    facts = tuple(Fact(f["name"], str(f["value"]), f.get("unit") or "") for f in raw["facts"])
    return Product(
        raw["title"], category=raw.get("category") or "", tags=tuple(raw.get("tags") or ()), facts=facts,
        variants=variants,
    )  # fmt: skip


def sentences(language: str) -> list[dict[str, Any]]:
    """Return the labelled sentences of a language."""
    texts = [
        (CLAIMS / f"{name}.{language}.jsonl").read_text("utf-8")
        for name in ("claims", "sample", "more", "third", "fresh")
    ]
    return [json.loads(line) for text in texts for line in text.splitlines() if line.strip()]


def main() -> None:
    """Score both languages and print a table a part."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--misses", action="store_true", help="show what went wrong, except in the part kept aside")
    words.add_argument("--language", choices=("en", "zh"))
    words.add_argument(
        "--aside", type=Path, metavar="FOLDER", help="score only a set kept aside: *.en.jsonl, products.*.en.json"
    )
    words.add_argument("--alone", action="store_true", help="the lists and rules alone, without the trained reader")
    wishes = words.parse_args()
    reads = not wishes.alone
    for language in [wishes.language] if wishes.language else ["en", "zh"]:
        if wishes.aside:
            score(language, (), *aside(wishes.aside, language), reads=reads)
        else:
            score(language, OPEN if wishes.misses else (), sentences(language), products(language), reads=reads)


def aside(folder: Path, language: str) -> tuple[list[dict[str, Any]], dict[str, Product]]:
    """Return the sentences and products of a set kept aside, to be counted and not shown."""
    rows = [
        json.loads(line) | {"part": "aside"}
        for path in sorted(folder.glob(f"*.{language}.jsonl"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    known = products(language)
    for path in sorted(folder.glob(f"products.*{language}.json")):
        known |= {str(p["id"]): _product(p) for p in json.loads(path.read_text("utf-8"))}
    return rows, known


def score(
    language: str, shown: tuple[str, ...], rows: list[dict[str, Any]], known: dict[str, Product], *, reads: bool = True
) -> None:
    """Print recall of false sentences a kind, precision, false alarms on true ones, and the time a sentence takes."""
    seconds = list[float]()
    alarms: dict[str, list[int]] = defaultdict(lambda: [0, 0])  # findings of a kind in false sentences, in all
    caught: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    totals: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        product = known[str(row["product"])]
        # The first look at a product prepares it.
        check.check(row["text"], product, language=language, looks_again=reads)
        started = time.perf_counter()
        found = check.check(row["text"], product, language=language, looks_again=reads).findings
        seconds.append(time.perf_counter() - started)
        wrong, part = bool(found), row["part"]
        for kind in {f.kind for f in found}:
            alarms[kind][0] += row["label"] == "false"
            alarms[kind][1] += 1
        if row["label"] == "false":
            for key in [(part, row["kind"])]:
                caught[key][0] += wrong
                caught[key][1] += 1
            for name in ["false", *(["hard false"] if row["hard"] else [])]:
                totals[part, name][0] += wrong
                totals[part, name][1] += 1
        else:
            totals[part, "alarms on true"][0] += wrong
            totals[part, "alarms on true"][1] += 1
        if part in shown and wrong != (row["label"] == "false"):
            said = "; ".join(f"{f.kind} “{f.text}”" for f in found)
            print(f"  {'ALARM' if wrong else 'MISS '} [{row['kind']}] {product.title}: {row['text']}  {said}")
    for part in dict.fromkeys(row["part"] for row in rows):
        print(
            f"{language} {part}: "
            + ", ".join(_share(n, totals[part, n]) for n in ("hard false", "false", "alarms on true"))
        )
        print("   caught by kind: " + ", ".join(_share(k, v) for (p, k), v in sorted(caught.items()) if p == part))
    print("   right of all findings by kind: " + ", ".join(_share(k, v) for k, v in sorted(alarms.items())))
    print(f"{language} a sentence: {statistics.median(seconds) * 1000:.2f} ms median, aim under 2")


def _share(name: str, counts: list[int]) -> str:
    return f"{name} {counts[0]}/{counts[1]}"


if __name__ == "__main__":
    main()
