"""Every product of the labelled sets, each fact said under another's name: `python benchmarks/swapped.py`.

For every two facts that give an amount of one sort (or a stuff of two parts) sentences are made that say the
value of one of the other: all are false. The same frames with a fact's own value are true. Nobody writes such
sentences by hand in thousands, and no list can be tuned to them. Some swapped sentences are not false after all
("The height is 44 cm" of a seat height): they are counted as missed.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

import claims  # noqa: E402

from desktop_app.language import carrier, check, facts, quantities, vocabulary  # noqa: E402
from desktop_app.records import Product  # noqa: E402

STUFF = {
    "en": ("The {name} is {value}.", "{value} {name}.", "The {name} is made of {value}.", "It has a {value} {name}."),
    "zh": ("{name}是{value}的。", "{value}{name}。", "{name}用的是{value}。", "连{name}都是{value}。"),
}
AMOUNT = {
    "en": ("The {name} is {value}.", "{name}: {value}.", "{value} of {name}.", "Its {name} comes to {value}."),
    "zh": ("{name}是{value}。", "{name}{value}。", "{name}有{value}。", "{name}足足{value}。"),
}
GENERAL = re.compile(
    r"(?i)material|fabric|colou?r|contents?|ingredient|in the box|includ|材质|面料|颜色|配料|清单|附件"
)
SETS = ("stranger", "bound", "second", "third_own", "fourth", "hands")


def products(language: str) -> list[Product]:
    """Return the products of every opened set."""
    found = dict(claims.products(language))
    for name in SETS:
        found |= {f"{name} {i}": p for i, p in claims.aside(claims.CLAIMS / name, language)[1].items()}
    return list(dict.fromkeys(found.values()))


def amounts(product: Product) -> list[tuple[str, str, object, object]]:
    """Return the facts that give one amount with a unit: name, amount, dimension, values."""
    found = []
    for fact in product.facts:
        several = [q for q in quantities.scan(carrier.told(fact)) if q.unit]
        if len(several) == 1 and len(fact.value) < 22 and several[0].unit:
            found.append((_name(fact.name), several[0].text.strip(), several[0].unit.dimension, several[0].values))
    return found


def stuffs(product: Product) -> list[tuple[str, str, object, object]]:
    """Return the facts that say of what one part is: name, value, "stuff", the known stuffs in it."""
    found = []
    for fact in product.facts:
        terms = frozenset(t for t in vocabulary.named(fact.value) if t.kind == "material")
        role = facts.meaning_of(fact.name, fact.value).role
        one = len(fact.value) < 30 and not re.search(r"[\d,，、;；/|]", fact.value)
        if terms and one and role not in {"material", "colour", "ingredients"} and not GENERAL.search(fact.name):
            found.append((_name(fact.name), fact.value.strip(), "stuff", terms))
    return found


def _name(name: str) -> str:
    return re.sub(r"[（(].*?[)）]", "", name).strip()


def sentences(told: list[tuple[str, str, object, object]], frames: tuple[str, ...], *, swapped: bool) -> Iterator[str]:
    """Yield the frames filled with every fact's own value, or with another's of the same sort."""
    for one, two in itertools.product(told, told):
        if (one is two) is swapped:
            continue
        shares = bool(set(one[3]) & set(two[3])) if isinstance(one[3], frozenset) else one[3] == two[3]  # type: ignore[call-overload]
        if swapped and (one[2] != two[2] or shares):
            continue
        for frame in frames:
            name = one[0].lower() if frame.isascii() else one[0]
            text = frame.format(name=name, value=two[1])
            yield text[0].upper() + text[1:]


def main() -> None:
    """Print for both languages how many swapped sentences pass and how many true ones are marked."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--show", type=int, default=0, metavar="N", help="show so many of those that went wrong")
    wishes = words.parse_args()
    for language in ("en", "zh"):
        for sort, told, frames in (("amounts", amounts, AMOUNT), ("stuffs", stuffs, STUFF)):
            wrong: dict[bool, list[str]] = {True: [], False: []}
            counts = {True: 0, False: 0}
            for product, swapped in itertools.product(products(language), (True, False)):
                for text in sentences(told(product), frames[language], swapped=swapped):
                    counts[swapped] += 1
                    if bool(check.check(text, product, language=language).findings) != swapped:
                        wrong[swapped].append(f"{product.title}: {text}")
            print(f"{language} {sort}: swapped ones missed {len(wrong[True])}/{counts[True]}, "
                  f"alarms on true ones {len(wrong[False])}/{counts[False]}")  # fmt: skip
            for line in (*wrong[True][: wishes.show], *wrong[False][: wishes.show]):
                print("   ", line)


if __name__ == "__main__":
    main()
