"""Files of customer reviews: Judge.me, Yotpo, Okendo, Shopify's old ones, or any table or file of lines."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from desktop_app.errors import UserError
from desktop_app.formats import cells, headers
from desktop_app.formats.groups import Row
from desktop_app.formats.moments import day_first, likely_day_first, moment, turned
from desktop_app.formats.reading import Reading, load, numbered, signature
from desktop_app.formats.recognise import look_at
from desktop_app.formats.review_columns import dialect_of, is_known, roles_of
from desktop_app.formats.rows import rows
from desktop_app.records import Problem
from desktop_app.review_records import Named, Review
from desktop_app.words import _

REVIEW_FIELDS = (
    "text", "more", "title", "stars", "written", "author", "handle", "sku", "number", "product", "variant", "place",
    "reply", "external", "state", "ignore",
)  # fmt: skip
_SAMPLE = 2000  # rows looked at to learn the scale of the stars and the order of dates
_REFUSED = {"spam", "rejected", "unpublished", "hidden", "false", "no", "0", "隐藏", "屏蔽"}
_NOTHING = {"", "na", "n/a", "none", "null", "nan", "nil", "unknown", "无", "暂无", "空", "未知", "未评分"}  # no value
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|\b\d{1,3}(?:\.\d{1,3}){3}\b")
_STARS = re.compile(r"[★⭐🌟]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_SPELLED = re.compile(r"([一二两三四五])颗?[星分]")  # 五星好评
_FULL_AFTER = re.compile(r"(?:/|\b(?:of|von|sur|su|de|van|av|z|из)\b)\s*(\d+)")  # 4 out of 5, 4/5, 4 von 5
_FULL_BEFORE = re.compile(r"(?:满分)?(5|10|100)(?:つ星のうち|점 만점에|分制|分满分|分中)")  # 5つ星のうち4.0
_MARKUP = re.compile(r"</?(?:p|br|div|span|b|i|em|strong|ul|ol|li|a|h[1-6]|u)\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br\s*/?|/p|/div|/li)\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,5});")


@dataclass(frozen=True)
class ReviewReading:
    """What was recognised in a file of reviews: the table, and what its stars and dates mean."""

    table: Reading
    scale: float  # what full marks are in this file: 5, 10 or 100
    first: bool | None  # dates begin with the day

    @property
    def name(self) -> str:
        """The file's name."""
        return self.table.name

    @property
    def format(self) -> str:
        """ "judge.me", "yotpo", "okendo", "shopify-reviews", "lines" or "table"."""
        return self.table.dialect or "table"


def look_reviews(
    path: Path | str,
    *,
    encoding: str | None = None,
    mapping: Mapping[str, str] | None = None,
    data: bytes | None = None,
) -> ReviewReading:
    """Recognise a file of reviews; ``mapping`` (column → field) overrules what was guessed.

    UserError for a file that is none, for one without a column of words or of stars, and for a wrong mapping.
    """
    path = Path(path)
    data = load(path) if data is None else data
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        data = _as_table(data, path.name)
    table = _with_headers(data, replace(look_at(data, path.name), path=path, name=path.name))
    if encoding:
        table = replace(table, encoding=encoding)
    sample = [row.cells for row in islice((r for r in rows(data, table) if isinstance(r, Row)), _SAMPLE)]
    roles = roles_of(table.headers, sample)
    for column, field in (mapping or {}).items():
        roles[_place(table, column)] = _checked(field)
    if "text" not in roles and "title" not in roles and "stars" not in roles:
        raise UserError(
            "No column of {name} could be taken for the words of reviews. Say which it is with --map COLUMN=text; it "
            "has: {columns}.",
            name=path.name, columns=", ".join(table.headers[:12]),
        )  # fmt: skip
    key, label = dialect_of(table.headers)
    table = replace(
        table, mapping=tuple(zip(table.headers, roles, strict=True)), dialect=key, label=label or _("Table"),
        signature="reviews:" + signature(table.headers),
    )  # fmt: skip
    stars = [row[n] for n, role in enumerate(roles) if role == "stars" for row in sample]
    dates = [row[n] for n, role in enumerate(roles) if role == "written" for row in sample]
    front = day_first(dates)
    return ReviewReading(table, _scale(stars), likely_day_first(dates) if front is None else front)


def read_reviews(reading: ReviewReading, data: bytes | None = None) -> Iterator[tuple[int, Review] | Problem]:
    """Yield (row, review) for every row that says something, and what of the file cannot be read.

    A date or stars that cannot be are said as a problem, and the review comes all the same, without them.
    """
    data = load(reading.table.path) if data is None else data
    if reading.table.path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        data = _as_table(data, reading.name)
    roles = [role for _column, role in reading.table.mapping]
    seen: Counter[str] = Counter()
    for row in rows(data, reading.table):
        if isinstance(row, Problem):
            yield row
            continue
        found: dict[str, list[str]] = {}
        for role, cell in zip(roles, row.cells, strict=True):
            if cell.strip() and role not in {"ignore", "private"}:
                found.setdefault(role, []).append(cell.strip())
        if any(value.casefold() in _REFUSED for value in found.get("state", ())):
            yield Problem(row.number, "", _("This review is not published in the file, so it was left out."))
            continue
        review = _review(found, reading)
        if not review.whole and review.stars is None:
            yield Problem(row.number, "", _("There are neither words nor stars in this row."))
            continue
        if told := _turned(found, review, reading):
            yield Problem(row.number, *told)
        if lost := _lost(found, review):
            column = next(column for column, role in reading.table.mapping if role == lost[0])
            yield Problem(row.number, column, lost[1])
        yield row.number, replace(review, key=key_of(review, seen))


def _turned(found: Mapping[str, Sequence[str]], review: Review, reading: ReviewReading) -> tuple[str, str] | None:
    """Return the column of days and what to say, where this row's can only be read the other way round."""
    cell = next(iter(found.get("written", ())), "").strip()
    if not turned(cell, reading.first):
        return None
    column = next(column for column, role in reading.table.mapping if role == "written")
    return column, _("“{cell}” can only be read the other way round than the rest of the file: as {day}.",
                     cell=cell[:40], day=review.written[:10])  # fmt: skip


def stars_of(cell: str, scale: float = 5) -> float | None:
    """Return the stars (1 … 5) that a cell gives: a number, drawn stars, or a word; None where it gives none."""
    cell = cell.strip()
    if drawn := _STARS.findall(cell):
        return min(len(drawn) + (0.5 if "½" in cell else 0.0), 5.0)
    word = headers.flat(cell)
    if word in _star_words():
        return _star_words()[word]
    if spelled := _SPELLED.search(cell):
        return float("一二三四五".index(spelled[1].replace("两", "二")) + 1)
    number = _NUMBER.search(cell[before.end() :] if (before := _FULL_BEFORE.match(cell)) else cell)
    if number is None:
        return None
    value = float(number[0].replace(",", "."))
    out_of = before or _FULL_AFTER.search(cell)
    full = 100.0 if "%" in cell else float(out_of[1]) if out_of and float(out_of[1]) in {5, 10, 100} else scale
    if not value and full == 5:
        return None  # out of five, none is what shops write where nobody gave any
    value = value * 5 / full
    return min(max(value, 1.0), 5.0) if 0 <= value <= 5 else None


def _review(found: Mapping[str, Sequence[str]], reading: ReviewReading) -> Review:
    def first(role: str) -> str:
        return cells.plain(found[role][0]) if role in found else ""

    texts = [cell for role in ("text", "more") for cell in found.get(role, ())]
    stars = [value for cell in found.get("stars", ()) if (value := stars_of(cell, reading.scale)) is not None]
    named = Named(first("handle"), first("sku"), first("number"), first("product"))
    author = "" if _ADDRESS.search(first("author")) else first("author")
    title, text = private(first("title")), private("\n".join(dict.fromkeys(texts)))
    if title and (text.startswith(title) or title == text):
        title = ""  # many shops repeat the first words as a title
    return Review(
        text, title, stars[0] if stars else None, named, " / ".join(found.get("variant", ())), author,
        _day(first("written"), reading.first), place=first("place"), reply=first("reply"),
        external=first("external"),
    )  # fmt: skip


def _day(cell: str, front: bool | None) -> str:
    """Return the day or moment of a cell; one that can only be read the other way round is read so."""
    return moment(cell, front) or (moment(cell, not front) if turned(cell, front) else "")


def _lost(found: Mapping[str, Sequence[str]], review: Review) -> tuple[str, str] | None:
    """Return the field of a row that stands in the file and could not be read, and what to say of it."""
    for role, empty in (("written", not review.written), ("stars", review.stars is None)):
        if empty and role in found and found[role][0].casefold().strip(" .-–—/") not in _NOTHING:
            cell = found[role][0][:40]
            if role == "written":
                return role, _("“{cell}” is no day there is, so this review was kept without a date.", cell=cell)
            return role, _("“{cell}” could not be read as stars, so this review was kept without them.", cell=cell)
    return None


def private(text: str) -> str:
    """Take addresses out of what a customer wrote, and the marks a web page put in; the rest stays as it was."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "<" in text:
        text = _MARKUP.sub("", _BREAK.sub("\n", text)).strip()
    if "&" in text:
        text = _ENTITY.sub(lambda mark: html.unescape(mark[0]), text).replace("\xa0", " ")
    return _ADDRESS.sub("[…]", text) if "@" in text or _ADDRESS.search(text) else text


def key_of(review: Review, seen: Counter[str]) -> str:
    """Return a key, the same when the same review comes in again; the n-th of equal ones has its own."""
    if review.external:
        named = review.named
        key = f"id:{named.number or named.handle or named.sku}:{review.external}"
    else:
        parts = [review.whole, review.author, review.written[:10], str(review.stars), *_who(review.named)]
        key = hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()[:24]
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _who(named: Named) -> tuple[str, str, str, str]:
    return named.handle, named.sku, named.number, named.title


def _with_headers(data: bytes, table: Reading) -> Reading:
    """Find the row that names the columns of reviews, which may not be the one a table of products would have."""
    best, most, names = table.header_row, -1, table.headers
    for number, record in islice(numbered(data, table), 12):
        if not isinstance(record, list):
            continue
        hits = sum(is_known(cell) for cell in record if 0 < len(cell) < 60)
        if hits > max(most, 0):
            best, most = number, hits
            names = headers.unique([cell.strip().lstrip("\ufeff") for cell in record])
    if most < 1 or best == table.header_row:
        return table
    return replace(table, header_row=best, first_row=best + 1, headers=names)


def _as_table(data: bytes, name: str) -> bytes:
    """Return JSON lines, or a JSON list of objects, as a table in UTF-8."""
    import csv
    import io

    text = data.decode("utf-8-sig", "replace").strip()
    try:
        made = (
            json.loads(text)
            if text.startswith("[")
            else [json.loads(line) for line in text.splitlines() if line.strip()]
        )
    except ValueError as error:
        raise UserError("{name} is not JSON that can be read.", name=name) from error
    objects = [_flat(item) for item in made if isinstance(item, dict)]
    columns = list(dict.fromkeys(key for item in objects for key in item))
    out = io.StringIO()
    table = csv.DictWriter(out, columns)
    table.writeheader()
    table.writerows(
        {k: v if isinstance(v, str) else json.dumps(v, ensure_ascii=False) for k, v in o.items()} for o in objects
    )
    return out.getvalue().encode("utf-8")


def _flat(item: Mapping[str, object], front: str = "") -> dict[str, object]:
    """Return an object with what lies in others inside it beside the rest: {"product": {"title"}} → "product title"."""
    found: dict[str, object] = {}
    for key, value in item.items():
        name = key if key == "value" and front else f"{front} {key}".strip()
        if isinstance(value, dict):
            found |= _flat(value, name)
        else:
            found[front if key == "value" and front else name] = value
    return found


def _scale(found: Sequence[str]) -> float:
    numbers = [float(m[0].replace(",", ".")) for cell in found if (m := _NUMBER.fullmatch(cell.strip()))]
    top = max(numbers, default=5)
    return 5 if top <= 5 else 10 if top <= 10 else 100


def _place(table: Reading, column: str) -> int:
    loose = {headers.compared(name).words: n for n, name in reversed(list(enumerate(table.headers)))}
    place = table.headers.index(column) if column in table.headers else loose.get(headers.compared(column).words)
    if place is None:
        raise UserError(
            "There is no column {column}. The file has: {known}.", column=column, known=", ".join(table.headers)
        )
    return place


def _checked(field: str) -> str:
    if field not in REVIEW_FIELDS:
        raise UserError(
            "There is no field {field} for reviews. Known: {known}.", field=field, known=", ".join(REVIEW_FIELDS)
        )
    return field


@cache
def _star_words() -> dict[str, float]:
    lists: dict[str, list[str]] = headers.table("reviews")["words"]
    value = {"five": 5.0, "four": 4.0, "three": 3.0, "two": 2.0, "one": 1.0}
    return {headers.flat(word): value[name] for name, words in lists.items() for word in words}
