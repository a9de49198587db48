"""Which column holds which field: by what it is called in many languages, nearly called, and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from desktop_app.formats import cells, headers

FIELDS = (
    "title", "handle", "sku", "barcode", "description", "short_description", "vendor", "category", "tags", "price",
    "sale_price", "compare_at", "cost", "stock", "weight", "weight_unit", "status", "image", "images", "image.alt",
    "seo_title", "seo_description", "language", "id", "parent", "ignore",
)  # fmt: skip
ALWAYS_MANY = ("images", "ignore", "extra", "variant.extra", "properties")
_NUMBERS = {"price", "sale_price", "compare_at", "cost", "stock", "weight"}
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg|tiff?)(?:[?#].*)?$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?:)?//\S+", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}-[0-9a-f-]{20,}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}([ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}( .*)?")
_MONEY = re.compile(r"[$€£¥￥₹]|(?:^|\s)(?:USD|EUR|GBP|CNY|RMB|元)\b|元$")
_CURRENCIES = {"usd", "eur", "gbp", "cny", "rmb", "jpy", "inr", "aud", "cad", "chf", "brl", "mxn", "kr", "元"}
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the mapper sees it: place, header, compared words, the cells of a sample that are not empty."""

    place: int
    header: str
    words: str
    values: tuple[str, ...]

    def share(self, test: re.Pattern[str]) -> float:
        """Return the part of the values in which ``test`` is found."""
        return sum(1 for value in self.values if test.search(value)) / len(self.values) if self.values else 0.0


def columns(names: Sequence[str], sample: Sequence[Sequence[str]]) -> list[Column]:
    """Return the columns of a table from its headers and some of its rows."""
    found = []
    for place, header in enumerate(names):
        values = tuple(row[place].strip() for row in sample if len(row) > place and row[place].strip())
        found.append(Column(place, header, headers.compared(header).words, values))
    return found


def guess(table: Sequence[Column], known: dict[str, str]) -> list[str]:
    """Return a field for each column; ``known`` is what a dialect's own columns hold (words, ``{n}`` a number)."""
    roles: dict[int, str] = {}
    wishes: list[tuple[float, int, str]] = []
    for column in table:
        fixed = _from_dialect(column.words, known)
        if fixed and (fixed in ALWAYS_MANY or ":" in fixed or "." in fixed):
            roles[column.place] = _named(fixed, column)
        else:
            wishes += [(score, -column.place, field) for score, field in _wishes(column, fixed)]
    for _score, place, field in sorted(wishes, reverse=True):
        if -place not in roles and (field in ALWAYS_MANY or field not in roles.values()):
            roles[-place] = field
    _by_values(table, roles)
    return [roles.get(column.place) or _rest(column) for column in table]


def is_known(words: str) -> bool:
    """Say whether a header of these words is one we know: a field, a fact, or bookkeeping with a name of its own."""
    bare = headers.without_prefix(words)
    return any(
        w in headers.aliases() or w in headers.fact_kinds() or w in headers.option_words() for w in (words, bare)
    ) or _image_number(words)


def _wishes(column: Column, fixed: str) -> list[tuple[float, str]]:
    if fixed:
        return [(110.0, fixed)]
    found = _by_name(column.words)
    return [(score, field) for score, field in found if _may_be(field, column)]


def _by_name(words: str) -> list[tuple[float, str]]:
    names = headers.aliases()
    order = _order()
    if _image_number(words):
        return [(99.0, "images")]
    front, _space, last = words.rpartition(" ")
    if last in _CURRENCIES and front in names:
        words = front
    if words in names:
        return [(100 - order[words] * 0.1, names[words])]
    bare = headers.without_prefix(words)
    if words in headers.option_words() or words in headers.fact_kinds() or bare in headers.fact_kinds():
        return []
    if bare in names:
        return [(92 - order[bare] * 0.1, names[bare])]
    if (short := headers.without_beside(words)) != words and (field := names.get(short)) in {*_NUMBERS, "stock"}:
        return [(90 - order[short] * 0.1, field)]
    if headers.noise().search(words) or len(words) < 5:
        return []
    best = process.extractOne(words, names.keys(), scorer=fuzz.ratio, score_cutoff=88)
    return [(best[1] - 20, names[best[0]])] if best and len(best[0]) > 4 else []


def _order() -> dict[str, int]:
    lists: dict[str, list[str]] = headers.table("columns")["fields"]
    return {headers.fold(word): place for words in lists.values() for place, word in enumerate(words)}


def _image_number(words: str) -> bool:
    bare = re.sub(r" ?\d+( url| link| src)?$", "", words)
    return bare != words and headers.aliases().get(bare) in {"image", "images"}


def _from_dialect(words: str, known: dict[str, str]) -> str:
    if words in known:
        return known[words]
    number = re.search(r"\d+", words)
    role = known.get(words.replace(number[0], "{n}", 1)) if number else None
    if role and number:
        return role.replace("{n}", number[0])
    # A column that names a place of the merchant's own: "Current quantity High Street".
    return next((role for start, role in known.items() if start[-1:] == "*" and words.startswith(start[:-1])), "")


def _named(role: str, column: Column) -> str:
    return f"fact:{headers.readable(column.header)}" if role == "fact:size" else role


def _may_be(field: str, column: Column) -> bool:
    """Say whether what stands in the column does not speak against ``field``."""
    if not column.values:
        return True
    if field in _NUMBERS:
        read = [value for value in column.values if _is_number(value, field)]
        flags = field == "stock" and all(value.casefold() in {"yes", "no", "true", "false"} for value in column.values)
        return len(read) * 2 >= len(column.values) and not flags
    if field in {"title", "vendor", "category"}:
        return column.share(_LETTER) >= 0.5 or (field == "title" and column.words in {"title", "name", "标题"})
    if field in {"image", "images"}:
        return column.share(_ADDRESS) + column.share(_IMAGE) >= 0.5
    if field == "barcode":
        return sum(1 for value in column.values if sum(c.isdigit() for c in value) * 2 >= len(value)) * 2 >= len(
            column.values
        )
    if field == "status":
        known = headers.words_of("active") | headers.words_of("draft") | headers.words_of("archived")
        return sum(1 for v in column.values if headers.flat(v) in known) * 2 >= len(column.values)
    return True


def _is_number(value: str, field: str) -> bool:
    if field == "weight":
        return bool(re.match(r"[-+]?[\d.,]", value))
    try:
        cells.number(value)
    except ValueError:
        return False
    return True


def _by_values(table: Sequence[Column], roles: dict[int, str]) -> None:
    """Fill in what the names left open and the values show: pictures, barcodes, prices, the title, the description."""
    free = [c for c in table if c.place not in roles and c.values and not headers.noise().search(c.words)]
    for column in free:
        if column.share(_IMAGE) >= 0.8:
            roles[column.place] = "images"
        elif "barcode" not in roles.values() and len(column.values) > 1 and all(map(_is_gtin, column.values)):
            roles[column.place] = "barcode"
        elif "price" not in roles.values() and column.share(_MONEY) >= 0.8:
            roles[column.place] = "price"
    _titles(table, roles, [c for c in free if c.place not in roles])


def _titles(table: Sequence[Column], roles: dict[int, str], free: list[Column]) -> None:
    taken = {role: place for place, role in roles.items()}
    if "title" not in taken and "description" in taken:
        column = table[taken["description"]]
        if column.values and max(map(len, column.values)) <= 160 and not any("\n" in v for v in column.values):
            roles[column.place] = "title"
            return
    for column in free:
        if headers.fact_kind(column.header) != "free" or column.values[0][:1] in "{[":
            continue
        length = sum(map(len, column.values)) / len(column.values)
        if "description" not in taken and (
            length > 150 or sum(map(cells.is_html, column.values)) * 2 > len(column.values)
        ):
            roles[column.place], taken["description"] = "description", column.place
        elif "title" not in taken and not taken.keys().isdisjoint({"sku", "price", "barcode"}) and _like_titles(column):
            roles[column.place], taken["title"] = "title", column.place


def _like_titles(column: Column) -> bool:
    length = sum(map(len, column.values)) / len(column.values)
    distinct = len(set(column.values)) / len(column.values)
    return 3 <= length <= 150 and distinct > 0.5 and column.share(_LETTER) > 0.8 and column.share(_ADDRESS) == 0


def _is_gtin(value: str) -> bool:
    if not value.isascii() or not value.isdigit() or len(value) not in {8, 12, 13, 14}:
        return False
    total = sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(reversed(value)))
    return total % 10 == 0


def _rest(column: Column) -> str:
    """Return a fact for a column that says something about the product, "ignore" for a shop system's own."""
    known = headers.fact_kind(column.header) != "free"
    if column.words in {"weight unit", "unit"} or column.header.startswith("("):
        return "ignore"
    if column.words in headers.option_words():
        return f"option:{headers.readable(column.header)}"
    name = f"fact:{headers.readable(column.header)}"
    if known and not (column.values and all(map(cells.is_flag, column.values)) and not _counts(column)):
        return name
    if column.words in headers.note_words() and column.values:
        return name
    if headers.noise().search(column.words):
        return "ignore"
    if headers.aliases().get(column.words, "vendor") not in {"vendor", "category"}:
        return "ignore"  # a second column of a field that is taken
    if column.values and (all(map(cells.is_flag, column.values)) or _technical(column)):
        return "ignore"
    if column.values and sum(map(len, column.values)) > 300 * len(column.values):
        return "extra"  # a second long text: kept, and no fact
    return name


def _counts(column: Column) -> bool:
    return headers.fact_kind(column.header) in {"size", "count", "weight", "volume", "power", "age"}


def _technical(column: Column) -> bool:
    return (
        any(all(test.fullmatch(value) for value in column.values) for test in (_HASH, _DATE))
        or column.share(_ADDRESS) > 0.5
    )
