"""What the facts let a text say in other words: rain of a waterproof thing, closing of a zip, "wider" where sizes differ."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from desktop_app.language import facts, inflections, lexicon
from desktop_app.records import Fact, Product

_DENIED = re.compile(r"(?i)\b(?:no|not|non|none|never|without|un\w+|excluded|cannot|n/a)\b|n['’]t\b")
_HYPHENED = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:[-'’][A-Za-zÀ-ÖØ-öø-ɏ]+)*")
_SIZED = re.compile(r"(?i)size|length|width|height|diameter|volume|capacity|weight")
_COMPARED = lexicon.words(
    "smaller larger bigger narrower wider longer shorter taller lighter heavier smallest largest biggest longest shortest tallest"
)


def of(product: Product, kind: str, found: Iterable[Fact]) -> set[str]:
    """Return the English words people use of ``product``; ``kind`` is its category, ``found`` the facts read from it."""
    words = _affirmed(product, kind, found)
    said = {word for carried, says in _rows() if carried & words for word in says}
    return said | _compared(product)


def _affirmed(product: Product, kind: str, found: Iterable[Fact]) -> frozenset[str]:
    """Return the words of title, category and of the facts that deny nothing, in every form, compounds whole and in parts."""
    told = [product.title, kind, *(f"{facts.clean_name(f.name)} {f.value} {f.unit}" for f in (*found, *product.facts))]
    said = (w for text in told if not _DENIED.search(text) for w in _HYPHENED.findall(text.casefold()))
    return frozenset(form for w in said for half in {w, *w.split("-")} for form in inflections.forms(half))


def _compared(product: Product) -> frozenset[str]:
    """Of several sizes one is the wider; which, a number says."""
    values: dict[str, set[str]] = {}
    for name, value in (o for v in product.variants for o in v.options):
        values.setdefault(name, set()).add(value)
    several = any(len(v) > 1 and _SIZED.search(name) for name, v in values.items())
    return _COMPARED if several else frozenset()


@cache
def _rows() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple(
        (
            frozenset(form for w in row["carried"].split() for form in inflections.forms(w)),
            frozenset(form for w in row["says"].split() for form in inflections.forms(w)),
        )
        for row in lexicon.rows("entails.en")
    )
