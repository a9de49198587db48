"""Which column of a file of reviews holds what: by its name in any script, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from desktop_app.formats import headers
from desktop_app.formats.moments import moment

_WHOSE = {"external", "number", "product", "handle", "sku", "state"}  # "Customer ID" is no number of a review
_LONG = 12  # bytes that a column of words has on average, at least


def roles_of(names: Sequence[str], sample: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column holds ("text", "stars", … or "ignore"); ``sample`` are rows of the file."""
    roles = ["ignore"] * len(names)
    wishes = sorted((rank, place, field) for place, name in enumerate(names) for rank, field in _wishes(name))
    for _rank, place, field in wishes:
        if roles[place] == "ignore" and (field not in roles or field in {"private", "ignore", "variant", "more"}):
            roles[place] = field
    _by_values(sample, roles, {place for _rank, place, _field in wishes})
    return roles


def is_known(header: str) -> bool:
    """Say whether this is the name of a column of reviews."""
    return headers.compared(simple(header)).words in _aliases()


def dialect_of(names: Sequence[str]) -> tuple[str, str]:
    """Return key and name of the program that writes files with these columns, ("", "") for none that is known."""
    have = {headers.compared(name).words for name in names}
    for dialect in headers.table("reviews")["dialect"]:
        if any(set(signs) <= have for signs in dialect["signs"]):
            return dialect["key"], dialect["label"]
    return "", ""


def simple(header: str) -> str:
    """Return a header in simplified characters."""
    return header.translate(_traditional())


def _wishes(name: str) -> Iterator[tuple[int, str]]:
    """Yield the best field for a header with its rank: as it stands, without "product …", without whose it is."""
    known, order = _aliases(), _order()
    words = headers.compared(simple(name)).words
    listed = words.split()
    lists: dict[str, list[str]] = headers.table("reviews")["around"]
    people = " ".join(w for w in listed if w not in lists["people"])
    kinds = " ".join(w for w in people.split() if w not in lists["kinds"])
    for weight, form in ((0, words), (50, headers.without_prefix(words)), (100, people), (150, kinds)):
        field = known.get(form)
        if not field or (weight >= 100 and field in _WHOSE and (people != words or field not in {"state", "external"})):
            continue
        yield order[form] + weight, field
        return


def _by_values(sample: Sequence[Sequence[str]], roles: list[str], named: set[int]) -> None:
    """Find by what stands in them the columns of words and of stars that no name gave away."""
    free = [n for n in range(len(roles)) if n not in named]
    columns = {n: [row[n].strip() for row in sample[:300] if row[n].strip()] for n in range(len(roles))}
    if "text" not in roles and free:
        long = {n: sum(len(c.encode()) for c in columns[n]) / len(columns[n]) for n in free if _are_words(columns[n])}
        best = max(long, key=lambda n: long[n], default=-1)
        if best >= 0 and long[best] >= _LONG:
            roles[best] = "text"
    if "stars" not in roles:
        for n in free:
            if (
                roles[n] == "ignore"
                and len(columns[n]) > 1
                and all(re.fullmatch(r"[1-5](?:\.\d)?|[★☆⭐]+", v) for v in columns[n])
            ):
                roles[n] = "stars"
                break


def _are_words(cells: Sequence[str]) -> bool:
    """Say whether these are words that people wrote: no days, no addresses, and not one thing again and again."""
    if not cells or len(set(cells)) * 3 < len(cells):
        return False
    odd = sum("://" in cell or not re.search(r"[^\W\d_]", cell) or (len(cell) < 40 and bool(moment(cell)))
              for cell in cells)  # fmt: skip
    return odd * 2 < len(cells)


@cache
def _traditional() -> dict[int, int]:
    table: dict[str, str] = headers.table("reviews")["traditional"]
    return str.maketrans(table["from"], table["to"])


@cache
def _aliases() -> dict[str, str]:
    lists: dict[str, list[str]] = headers.table("reviews")["fields"]
    return {headers.fold(simple(word)): field for field, words in reversed(lists.items()) for word in words}


@cache
def _order() -> dict[str, int]:
    lists: dict[str, list[str]] = headers.table("reviews")["fields"]
    return {headers.fold(simple(word)): place for words in lists.values() for place, word in enumerate(words)}
