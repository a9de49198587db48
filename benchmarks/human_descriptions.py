"""Descriptions that people wrote, held against their attributes: `python benchmarks/human_descriptions.py FILE`.

Prints how many findings there are of each kind, the commonest words of a kind, and a sample drawn by lot to read.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.language import markup, sentences  # noqa: E402
from desktop_app.language.check import check  # noqa: E402
from desktop_app.tasks import evaluate  # noqa: E402

FILE = ROOT.parent / "shared" / "data" / "text" / "en_magento_attributes_to_description.csv"


def main() -> None:
    """Count the findings of a file and show a sample."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("file", type=Path, nargs="?", default=FILE)
    words.add_argument("--attributes", default="attributes_json")
    words.add_argument("--text", default="description_html")
    words.add_argument("--sample", type=int, default=60)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--kind", default="", help="only findings of this kind in the sample")
    wishes = words.parse_args()
    csv.field_size_limit(1 << 24)
    with wishes.file.open(encoding="utf-8-sig", newline="") as file:
        rows = [r for r in csv.DictReader(file) if (r[wishes.text] or "").strip()]
    kinds: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {}
    lines, sound, every = [], 0, 0
    for number, row in enumerate(rows):
        product = evaluate.product_of_cell(row[wishes.attributes], number)
        text = markup.to_text(row[wishes.text])
        for start, end in sentences.split(text, "en"):
            sentence = text[start:end]
            found = check(sentence, product, language="en").findings
            every += 1
            sound += not found
            for f in found:
                kinds[f.kind] += 1
                said.setdefault(f.kind, Counter())[f.text.casefold()] += 1
                lines.append((f.kind, f"[{f.kind}] “{f.text}” in: {' '.join(sentence.split())} ({product.title})"))
    print(f"{len(rows)} texts, {every} sentences, {sound} of them without a finding, {sum(kinds.values())} findings")
    for kind, count in kinds.most_common():
        common = ", ".join(f"{w} {n}" for w, n in said[kind].most_common(12))
        print(f"{count:5d} {kind}: {common}")
    drawn = [line for kind, line in lines if wishes.kind in ("", kind)]
    for line in random.Random(wishes.seed).sample(drawn, min(wishes.sample, len(drawn))):
        print("  " + line)


if __name__ == "__main__":
    main()
