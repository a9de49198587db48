"""Check the labelled sentences for shape, and print how many there are of each kind in each part."""

from __future__ import annotations

import json
import sys
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "zh")
KINDS = (
    "number", "unit", "material", "colour", "size", "weight", "volume", "count", "origin", "age", "care", "power",
    "compatibility", "contents", "scent", "certificate", "audience", "feature", "superlative", "health", "eco",
    "guarantee", "delivery", "returns", "discount", "scarcity", "popularity", "opinion", "relation", "invention",
    "ordinary",
)  # fmt: skip
CLAIM_KEYS = {"product", "text", "label", "kind", "hard", "span", "why", "part"}
PRODUCT_KEYS = {"id", "title", "tags", "category", "options", "facts", "price", "stock"}
WANTED = 300
TOO_ALIKE = 0.85


def products(language: str, folder: Path = HERE) -> list[dict[str, Any]]:
    """Return the products of a language ("en" or "zh") as the file holds them."""
    found: list[dict[str, Any]] = json.loads((folder / f"products.{language}.json").read_text("utf-8"))
    return found


def claims(language: str, folder: Path = HERE) -> list[dict[str, Any]]:
    """Return the labelled sentences of a language ("en" or "zh"), one dict a sentence."""
    lines = (folder / f"claims.{language}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def faults_of_product(product: dict[str, Any]) -> list[str]:
    """Return what is wrong with the shape of one product, in words."""
    if set(product) != PRODUCT_KEYS:
        return [f"keys {sorted(set(product) ^ PRODUCT_KEYS)}"]
    faults = []
    if not (product["id"] and product["title"]):
        faults.append("no id or no title")
    for fact in product["facts"]:
        if set(fact) != {"name", "value", "unit"} or not (fact["name"] and fact["value"]):
            faults.append(f"fact {fact}")
    for option in product["options"]:
        if set(option) != {"name", "values"} or not option["values"]:
            faults.append(f"option {option}")
    if not (product["stock"] is None or isinstance(product["stock"], int)):
        faults.append("stock is neither a whole number nor null")
    return faults


def faults_of_claim(claim: dict[str, Any], known: set[str]) -> list[str]:
    """Return what is wrong with one labelled sentence, ``known`` being the ids of the products."""
    if set(claim) != CLAIM_KEYS:
        return [f"keys {sorted(set(claim) ^ CLAIM_KEYS)}"]
    false = claim["label"] == "false"
    checks = {
        "unknown product": claim["product"] in known,
        "empty text or stray blanks": bool(claim["text"]) and claim["text"] == claim["text"].strip(),
        "label is neither true nor false": claim["label"] in ("true", "false"),
        "unknown kind": claim["kind"] in KINDS,
        "hard on a true sentence": isinstance(claim["hard"], bool) and (false or not claim["hard"]),
        "span not once in the text": claim["text"].count(claim["span"]) == 1 if false else claim["span"] == "",
        "an ordinary sentence cannot be false": not (false and claim["kind"] == "ordinary"),
        "no reason": bool(claim["why"]),
        "unknown part": claim["part"] in ("tune", "kept"),
    }
    return [fault for fault, holds in checks.items() if not holds]


def alike(texts: list[str]) -> list[str]:
    """Return the pairs of texts that say nearly the same in nearly the same words."""
    found = []
    for one, other in combinations(texts, 2):
        match = SequenceMatcher(None, one, other, autojunk=False)
        if match.real_quick_ratio() > TOO_ALIKE and match.quick_ratio() > TOO_ALIKE and match.ratio() > TOO_ALIKE:
            found.append(f"too alike: {one} / {other}")
    return found


def faults(language: str, folder: Path = HERE) -> list[str]:
    """Return everything wrong with the files of a language, in words; empty when all is well."""
    catalogue, sentences = products(language, folder), claims(language, folder)
    ids = Counter(product["id"] for product in catalogue)
    found = [f"product {name} stands {times} times" for name, times in ids.items() if times > 1]
    for product in catalogue:
        found += [f"product {product.get('id')}: {fault}" for fault in faults_of_product(product)]
    for line, claim in enumerate(sentences, 1):
        found += [f"line {line}: {fault}: {claim.get('text')}" for fault in faults_of_claim(claim, set(ids))]
    if len(sentences) != WANTED:
        found.append(f"{len(sentences)} sentences, not {WANTED}")
    for label in ("true", "false"):
        share = [claim["part"] == "kept" for claim in sentences if claim["label"] == label]
        if not 0.37 <= sum(share) / len(share) <= 0.43:
            found.append(f"{sum(share)} of {len(share)} {label} sentences are kept aside")
    return found + alike([claim["text"] for claim in sentences])


def table(language: str, folder: Path = HERE) -> str:
    """Return the counts per kind and part as lines of text."""
    sentences = claims(language, folder)
    counts = Counter((claim["kind"], claim["part"], claim["label"]) for claim in sentences)
    columns = [("tune", "true"), ("tune", "false"), ("kept", "true"), ("kept", "false")]
    lines = [f"{language:14}" + "".join(f"{part + ' ' + label:>12}" for part, label in columns)]
    for kind in KINDS:
        lines.append(f"{kind:14}" + "".join(f"{counts[kind, part, label]:12}" for part, label in columns))
    sums = [sum(n for (_, p, t), n in counts.items() if (p, t) == column) for column in columns]
    lines.append(f"{'all':14}" + "".join(f"{n:12}" for n in sums))
    hard = Counter(claim["part"] for claim in sentences if claim["hard"])
    lines.append(f"{'hard':14}{'':12}{hard['tune']:12}{'':12}{hard['kept']:12}")
    return "\n".join(lines)


def main() -> int:
    """Print the counts and the faults of both languages and return 1 if there is any fault."""
    wrong = 0
    for language in LANGUAGES:
        found = faults(language)
        wrong += len(found)
        sys.stdout.write(table(language) + "\n" + "".join(f"FAULT {fault}\n" for fault in found) + "\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
