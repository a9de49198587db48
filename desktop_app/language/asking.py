"""A merchant's question in plain words → what is asked: a measure, a split, an order, spans of time, names.

Nothing is guessed from half a question: words that are left over when all that is understood is taken out are handed
back, so that "laptops" in a shop that has none is said and not overlooked.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from desktop_app import paths
from desktop_app.language.ahead import ahead
from desktop_app.language.periods import Period, periods
from desktop_app.language.plurals import stem

STRONG, WEAK = 3.0, 1.0
AHEAD = "forecast"  # the measure of what will be sold
SEGMENTS = "segments"  # the measure of how many customers are in each
# What "how many … do I have" and the like would mean were they not about a segment.
_PEOPLE = frozenset(["segments", "customers", "best_customers", "new_customers", "repeat", "stock", "units", "orders"])
LONGEST = 24  # characters of a pattern's match that count as understood; wider ones span words of another meaning
ALIKE = 0.88  # likeness of meaning from which a sentence without a known word is taken for what it is like
APART = 0.015  # and by how much it must be more like that than anything else
_LATIN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NUMBERS = {
    "three": 3, "five": 5, "ten": 10, "two": 2, "four": 4, "six": 6, "seven": 7, "eight": 8, "nine": 9, "twenty": 20,
    "三": 3, "五": 5, "十": 10, "两": 2, "四": 4, "六": 6, "七": 7, "八": 8, "九": 9, "二十": 20,
}  # fmt: skip
_MEASURED = frozenset("件双只条包瓶本套盒把张支块盏罐壶斤份顶卷笔位名种款")
_COUNTED = frozenset("0123456789零一二两三四五六七八九十百几多少每这那哪各单")
_TOP = re.compile(
    r"(?:top|best|worst|biggest|slowest|first|last)\s+(\d+|three|five|ten|two|four|six|seven|eight|nine|twenty)\b"
    r"|\b(\d+|three|five|ten|two|four|six|seven|eight|nine|twenty)\s+(?:best|top|worst|biggest|slowest|most|largest|least)"
    r"|前\s*(\d+|[两三四五六七八九十]|二十)|(\d+|[两三四五六七八九十])(?:个|名|位|款|种|大)(?:商品|产品|客户|顾客|买家|渠道|类目|东西|是)"
)


class Names:
    """What can be named in this shop, by kind; the words of its products are indexed once."""

    def __init__(
        self, products: Sequence[str] = (), channels: Sequence[str] = (), categories: Sequence[str] = ()
    ) -> None:
        self.products, self.channels, self.categories = tuple(products), tuple(channels), tuple(categories)
        self.folded = tuple(unicodedata.normalize("NFKC", title).casefold() for title in products)
        self._index: dict[str, list[int]] = {}
        for place, title in enumerate(self.folded):
            for part in _parts(title):
                self._index.setdefault(part, []).append(place)

    def like(self, text: str) -> list[int]:
        """Return the places of the titles that share a word, or two Chinese characters, with ``text``."""
        return sorted({place for part in _parts(text) for place in self._index.get(part, ())})


def _parts(text: str) -> set[str]:
    words = {stem(word) for word in _LATIN.findall(text) if word not in _filler("en")}
    return words | {run[n : n + 2] for run in _HAN.findall(text) for n in range(len(run) - 1)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was understood. ``measure`` is "" where nothing fits; ``unknown`` are words nobody knows here."""

    text: str
    measure: str
    by: str = ""
    order: str = ""  # "most", "least" or ""
    top: int = 0
    periods: tuple[Period, ...] = ()
    products: tuple[int, ...] = ()  # places in Names.products
    product_words: str = ""  # as they were named
    channel: str = ""
    category: str = ""
    outside: str = ""  # a word for what no book of the shop holds
    unknown: tuple[str, ...] = ()
    segment: str = ""  # of customers, by one of its names
    scores: Mapping[str, float] = field(default_factory=dict)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((paths.assets() / "language" / "asking.toml").read_text("utf-8"))


@cache
def _patterns(*path: str) -> tuple[re.Pattern[str], ...]:
    found: Any = _table()
    for part in path:
        found = found.get(part, [])
    return tuple(re.compile(rf"\b(?:{p})" if p[0].isascii() and p[0].isalpha() else p) for p in found)


@cache
def _filler(language: str) -> frozenset[str]:
    return frozenset(_table()["filler"][language].split())


def measures() -> tuple[str, ...]:
    """Return the names of everything that can be asked."""
    return tuple(_table()["measure"])


def sentences() -> list[tuple[str, str]]:
    """Return (measure, sentence) for comparing questions by meaning."""
    return [(name, text) for name, entry in _table()["measure"].items() for text in entry["like"]]


def read(text: str, today: dt.date, names: Names, likeness: Sequence[tuple[str, float]] = ()) -> Asked:
    """Return what ``text`` asks; ``likeness`` are (measure, how alike by meaning), best first, if that is known."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    spans = tuple(periods(plain, today))
    left = _without(plain, [(p.start, p.end) for p in spans])
    coming = _to_come(plain, left, spans, today)
    if coming:
        spans = coming
        left = _without(plain, [(p.start, p.end) for p in spans])
    channel, left = _named(left, names.channels)
    category, left = _named(left, names.categories)
    segment, left = _segment(left)
    products, words, left = _products(left, names)
    outside = next((m[0] for p in _patterns("outside", "words") if (m := p.search(left))), "")
    scores = _scores(left, bool(products))
    measure = AHEAD if coming else SEGMENTS if _is_about(segment, scores, named=bool(products)) else _best(scores)
    order = "least" if _any(left, "order", "least") else "most" if _any(left, "order", "most") else ""
    by = _split(left)
    unknown = _unknown(left, measure)
    if measure in {"", "weak"}:
        measure = _by_meaning(likeness) or ("sales" if measure == "weak" and not unknown else "")
    measure, by = _settled(measure, by, order, spans, bool(products), left)
    top = _top(_without(plain, [(p.start, p.end) for p in spans]))
    return Asked(
        text, measure, by, order, top, spans, products, words, channel, category, outside, unknown, segment, scores
    )


def _segment(text: str) -> tuple[str, str]:
    """Return the segment of customers that is named, and the text without its name."""
    for name in _table()["segment"]:
        for pattern in _patterns("segment", name):
            if match := pattern.search(text):
                return name, _without(text, [match.span()])
    return "", text


def _is_about(segment: str, scores: Mapping[str, float], *, named: bool) -> bool:
    """Say whether a segment that was named is what is asked for, and not money, goods or a span of it."""
    if not segment or named:
        return False
    return not {name for name, score in scores.items() if score >= STRONG} - _PEOPLE


def _to_come(text: str, left: str, spans: Sequence[Period], today: dt.date) -> tuple[Period, ...]:
    """Return the spans to come where the question is what will be sold: "in December" is then the next one."""
    coming = tuple(ahead(text, today))
    asked = _best(_scores(left, named=False))
    only = any(p.first > today and not any(p.start < s.end and s.start < p.end for s in spans) for p in coming)
    return coming if asked == AHEAD or (only and asked in {"", "weak", "sales", "units"}) else ()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _any(text: str, *path: str) -> bool:
    return any(p.search(text) for p in _patterns(*path))


def _named(text: str, names: Sequence[str]) -> tuple[str, str]:
    for name in sorted(names, key=len, reverse=True):
        folded = unicodedata.normalize("NFKC", name).casefold().strip()
        if not folded:
            continue
        edge = r"\b" if folded.isascii() else ""
        if match := re.search(edge + re.escape(folded) + (r"(?:'?s)?" + edge if edge else ""), text):
            return name, _without(text, [match.span()])
    return "", text


def _products(text: str, names: Names) -> tuple[tuple[int, ...], str, str]:
    """Return the products named, the words that named them, and the text without those.

    English: the longest run of a title's words in any number; Chinese: the longest piece of a title, two characters at
    least. Where several titles share it, all of them are meant.
    """
    best, span = list[int](), (0, 0)
    most: tuple[int, float] = (0, 0.0)
    tokens = _tokens(text)
    for place in names.like(text):
        folded = names.folded[place]
        size, where = max(_latin_run(tokens, folded), _han_run(text, folded))
        if not size:
            continue
        if size > most[0]:
            most, best, span = (size, 0.0), [place], where
        elif size == most[0] and text[slice(*where)].strip() == text[slice(*span)].strip():
            best.append(place)
    if not best:
        return (), "", text
    words = " ".join(text[span[0] : span[1]].split())
    exact = [p for p in best if names.folded[p].strip() == words]
    chosen, text = tuple(exact or best), _without(text, [span])
    for _more in range(3):  # the rest of a name that was not said in one piece
        runs = {p: max(_latin_run(_tokens(text), names.folded[p]), _han_run(text, names.folded[p])) for p in chosen}
        size, where = max(runs.values())
        if not size:
            break
        chosen = tuple(p for p in chosen if runs[p][0] == size)
        words = f"{words} {text[slice(*where)]}"
        text = _without(text, [where])
    return chosen, words, text


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return [(m[0], m.start(), m.end()) for m in _LATIN.finditer(text)]


def _latin_run(tokens: Sequence[tuple[str, int, int]], title: str) -> tuple[int, tuple[int, int]]:
    """Return how many letters of a title's words stand in a row in the text, and where; weak words alone count nothing."""
    words = {stem(w) for w in _LATIN.findall(title)}
    best, start = (0, (0, 0)), 0
    while start < len(tokens):
        end = start
        while end < len(tokens) and stem(tokens[end][0]) in words:
            end += 1
        run = tokens[start:end]
        solid = [t for t in run if t[0] not in _filler("en") and not t[0].isdigit() and len(t[0]) > 2]
        if solid:
            while run and run[-1][0] in _filler("en"):
                run = run[:-1]
            while run and run[0][0] in _filler("en"):
                run = run[1:]
            size = sum(len(stem(t[0])) for t in run)
            best = max(best, (size, (run[0][1], run[-1][2])))
        start = max(end, start + 1)
    return best


def _han_run(text: str, title: str) -> tuple[int, tuple[int, int]]:
    best = (0, (0, 0))
    for piece in _HAN.finditer(text):
        run = piece[0]
        for start in range(len(run)):
            for end in range(len(run), start + max(1, best[0] // 2), -1):
                part = run[start:end]
                if len(part) >= 2 and part in title and part not in _filler("zh"):
                    best = max(best, (2 * len(part), (piece.start() + start, piece.start() + end)))
                    break
    return best


def _scores(text: str, named: bool) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in measures():
        strong = max(
            (m.end() - m.start() for p in _patterns("measure", name, "strong") if (m := p.search(text))), default=0
        )
        weak = sum(1 for p in _patterns("measure", name, "weak") if p.search(text))
        score = (STRONG + strong * 0.05 if strong else 0.0) + WEAK * min(weak, 2) * 0.5
        if score:
            found[name] = score
    for narrow, broad in _NARROWER:
        if found.get(narrow, 0) >= STRONG:
            found.pop(broad, None)
    return found


# The first says more than the second where both fit.
_NARROWER = (
    ("stock_value", "stock"), ("out", "stock"), ("runs_out", "stock"), ("runs_out", "out"), ("new_customers", "customers"),
    ("best_customers", "customers"), ("repeat", "customers"), ("repeat", "returns"), ("segments", "customers"),
    ("waiting", "orders"), ("cancelled", "orders"), ("average", "orders"), ("average", "sales"), ("per_customer", "average"), ("per_customer", "sales"), ("per_customer", "units"),
    ("per_customer", "customers"), ("per_customer", "best_customers"), ("together", "units"),
    ("together", "sales"), ("refunds", "returns"), ("reorder", "stock"), ("reorder", "orders"), ("last_sold", "sales"),
    ("last_sold", "units"), ("fees", "price"), ("cost", "price"), ("margin", "sales"), ("margin", "cost"),
    ("cohorts", "repeat"), ("cohorts", "customers"), ("cohorts", "new_customers"), ("season", "sales"), ("season", "units"),
    ("season", "orders"), ("compare", "sales"), ("compare", "units"), ("compare", "orders"), ("returns", "units"), ("stock", "units"),
    ("forecast", "sales"), ("forecast", "units"), ("runs_out", "units"), ("products", "units"), ("customers", "units"),
    ("best_customers", "units"), ("best_customers", "value"), ("customers", "sales"), ("new_customers", "units"),
    ("orders", "units"), ("orders", "sales"), ("waiting", "units"), ("cancelled", "units"), ("out", "reorder"),
    ("value", "customers"), ("value", "best_customers"), ("stock_value", "price"), ("out", "units"), ("price", "sales"),
    ("shipping", "price"), ("shipping", "sales"), ("discount", "sales"), ("tax", "sales"), ("fees", "sales"),
    ("refunds", "sales"), ("returns", "sales"), ("repeat", "units"), ("segments", "units"), ("stock_value", "sales"),
    ("rating", "units"), ("rating", "sales"), ("rating", "orders"), ("rating", "customers"), ("rating", "best_customers"),
    ("rating", "average"), ("rating", "products"), ("rating", "price"),
    ("reorder", "units"), ("last_sold", "stock"), ("average", "price"), ("repeat", "orders"), ("repeat", "best_customers"),
)  # fmt: skip


def _best(scores: Mapping[str, float]) -> str:
    """Return the measure that is named; "weak" where only weak words speak, "" where none does."""
    if not scores:
        return ""
    name = max(scores, key=lambda n: scores[n])
    return name if scores[name] >= STRONG else "weak"


def _by_meaning(likeness: Sequence[tuple[str, float]]) -> str:
    if not likeness or likeness[0][1] < ALIKE:
        return ""
    name, score = likeness[0]
    other = next((s for n, s in likeness if n != name), 0.0)
    return name if score - other >= APART else ""


def _split(text: str) -> str:
    for name in ("weekday", "channel", "category", "country", "month", "week", "day", "customer", "product"):
        if _any(text, "by", name):
            return name
    return ""


def _settled(
    measure: str, by: str, order: str, spans: Sequence[Period], named: bool, text: str
) -> tuple[str, str]:  # fmt: skip
    """Bring measure and split together: what sells best is sales by product, and so on."""
    if measure == "" and len(spans) == 2 and re.search(r"\bthan\b|比", text):
        measure = "compare"
    if measure == "" and order and by in {"product", "channel", "category", "weekday", "month", "country"}:
        measure = "units" if by == "product" else "sales"
    if (
        measure == "sales"
        and order
        and by == "product"
        and not re.search(r"money|revenue|turnover|amount|sales\b|额|钱|收入", text)
    ):
        measure = "units"
    if measure in {"sales", "units"} and order == "least" and not by and not named:
        by = "product"
    if measure in {"sales", "units"} and order and not by and not named:
        by = "product"
    if by == "customer" and measure == "sales" and order:
        measure = "best_customers"
    if (
        measure in {"sales", "orders"}
        and len(spans) == 2
        and re.search(r"\bthan\b|比|\bor\b|和|与|跟|\band\b|versus|vs", text)
    ):
        measure = "compare"
    return measure, "" if by == "customer" else by


def _top(text: str) -> int:
    for match in _TOP.finditer(text):
        word = next(group for group in match.groups() if group)
        number = int(word) if word.isdigit() else _NUMBERS.get(word, 0)
        if 0 < number <= 100:
            return number
    return 0


def _unknown(text: str, measure: str) -> tuple[str, ...]:
    """Return what is left when every word that was understood is taken out."""
    groups = [(group, name) for group in ("by", "order") for name in _table()[group]]
    groups += [("measure", name, entry) for entry in ("strong", "weak") for name in measures()]  # type: ignore[misc]
    known = [False] * len(text)
    for path in groups:
        for pattern in _patterns(*path):
            for match in pattern.finditer(text):
                if len(match[0]) <= LONGEST and match[0] not in _filler("zh"):  # a count, before what it counts
                    end = match.end()
                    while end < len(text) and text[end].isascii() and text[end].isalpha() and text[end - 1].isalpha():
                        end += 1  # "cancel" knows "cancelled" too
                    known[match.start() : end] = [True] * (end - match.start())
    text = "".join(" " if k else c for c, k in zip(text, known, strict=True))
    english = [w for w in _LATIN.findall(text) if _bare(w) not in _filler("en") and not w.isdigit() and len(w) > 1]
    chinese = [piece for run in _HAN.findall(text) for piece in _left_of(run)]
    return tuple(english + chinese)


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("'re").removesuffix("'ve").removesuffix("'ll")


def _left_of(run: str) -> list[str]:
    """Return the pieces of a Chinese run of which no cover by filler words exists, longest fillers first."""
    filler, place, left, found = _filler("zh"), 0, "", list[str]()
    while place < len(run):
        size = next((n for n in range(min(4, len(run) - place), 0, -1) if run[place : place + n] in filler), 0)
        if size == 1 and run[place] in _MEASURED and (not place or run[place - 1] not in _COUNTED):
            size = 0  # a measure word counts things; without a number before it, it may begin a name
        if size:
            if left:
                found.append(left)
            left = ""
            place += size
        else:
            left += run[place]
            place += 1
    return found + ([left] if left else [])
