"""What a sales channel takes: lengths, forbidden letters and words, title rules, as findings for a text in a field."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.errors import UserError
from desktop_app.records import Finding
from desktop_app.words import _

_TITLES = ("title", "subtitle", "seo_title")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LINK = re.compile(r"https?://\S+|www\.\S+|\b[\w.-]+\.(?:com|net|org|shop|store|cn|de|co\.uk)\b", re.I)
_MARKUP = re.compile(r"</?[a-z][^>]*>", re.I)
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "x"]
)


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel's rules with the day they were last looked at; lengths by field, in the measure their name says."""

    id: str
    label: str
    date: str
    lengths: tuple[tuple[str, str, int], ...]  # field, measure ("letters", "bytes", "gbk"), most
    forbidden: str = ""
    once: str = ""
    banned: tuple[str, ...] = ()
    repeat: int = 0
    capitals: float = 1.0
    emoji: bool = True
    html: bool = True
    links: bool = True
    verified: bool = True
    note: str = ""

    def limit(self, field: str) -> tuple[str, int] | None:
        """Return the measure and the most a field holds, or None where nothing is known."""
        return next(((measure, most) for name, measure, most in self.lengths if name == field), None)


@cache
def channels() -> tuple[Channel, ...]:
    """Return the channels of the shipped rules file; raise UserError where it cannot be read."""
    return read(paths.assets() / "rules" / "channels.toml")


def read(path: Path) -> tuple[Channel, ...]:
    """Read a channel file, so that a shop can keep its own; raise UserError with the reason."""
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
        return tuple(_channel(name, block, raw) for name, block in raw.items() if isinstance(block, dict))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=path.name, why=str(error)) from error


def _channel(name: str, block: dict[str, Any], whole: dict[str, Any]) -> Channel:
    lengths = []
    for key, value in block.items():
        if isinstance(value, int) and not isinstance(value, bool) and key != "repeat":
            measure = "gbk" if key.endswith("_gbk_bytes") else "bytes" if key.endswith("_bytes") else "letters"
            lengths.append((re.sub(r"(_gbk)?_bytes$", "", key), measure, value))
    return Channel(
        name,
        str(block.get("label", name)),
        str(block.get("date", whole["date"])),
        tuple(lengths),
        str(block.get("forbidden", "")),
        str(block.get("once", "")),
        tuple(str(w) for w in block.get("banned", ())),
        int(block.get("repeat", 0)),
        float(block.get("capitals", 1.0)),
        bool(block.get("emoji", True)),
        bool(block.get("html", True)),
        bool(block.get("links", True)),
        not block.get("unverified", False),
        str(block.get("note", "")),
    )


def named(channel: str) -> Channel:
    """Return a channel by its id ("amazon"); raise UserError where there is none of that name."""
    found = next((c for c in channels() if c.id == channel), None)
    if found is None:
        raise UserError("No rules are known for the channel {name}.", name=channel)
    return found


def size(text: str, measure: str) -> int:
    """Return how long ``text`` is: code points ("letters"), UTF-8 bytes, or GBK bytes (a Chinese letter is two)."""
    if measure == "bytes":
        return len(text.encode("utf-8", "replace"))
    if measure == "gbk":
        return sum(1 if ord(c) < 128 else 2 for c in text)
    return len(text)


def check(text: str, field: str, channel: Channel | str) -> list[Finding]:
    """Return what ``channel`` would not take of ``text`` in ``field``; spans in code points, kind "channel".

    ``field`` is title, subtitle, description, bullet, tag, seo_title, seo_description or keywords. For "bullets" and
    "tags" the lines of ``text`` are counted, and each is held to the limit of one.
    """
    rules = named(channel) if isinstance(channel, str) else channel
    found = [*_too_long(text, field, rules), *_words(text, rules), *_signs(text, field, rules)]
    if field in _TITLES:
        found += _title(text, rules)
    return sorted(found, key=lambda f: f.start)


def _finding(text: str, start: int, end: int, why: str, rules: Channel, rule: str) -> Finding:
    dated = _("{label}, as of {date}: {why}", label=rules.label, date=rules.date, why=why)
    return Finding(start, end, text[start:end], "channel", dated, f"channels/{rules.id}/{rule}")


def _too_long(text: str, field: str, rules: Channel) -> Iterator[Finding]:
    if field in {"bullets", "tags"}:
        yield from _lines_too_many(text, field, rules)
        return
    limit = rules.limit(field)
    if limit is None:
        return
    measure, most = limit
    now = size(text, measure)
    if now > most:
        start = _fitting(text, measure, most)
        why = _("{now} letters, {most} at most.", now=now, most=most)
        if measure != "letters":
            why = _("{now} bytes, {most} at most.", now=now, most=most)
        yield _finding(text, start, len(text), why, rules, "length")


def _fitting(text: str, measure: str, most: int) -> int:
    """Return after how many code points the limit is reached."""
    return next((n for n in range(len(text), -1, -1) if size(text[:n], measure) <= most), 0)


def _lines_too_many(text: str, field: str, rules: Channel) -> Iterator[Finding]:
    lines = [m for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    limit = rules.limit(field)
    if limit and len(lines) > limit[1]:
        start = lines[limit[1]].start()
        why = _("{now} lines, {most} at most.", now=len(lines), most=limit[1])
        yield _finding(text, start, len(text), why, rules, "count")
    single = rules.limit(field.removesuffix("s"))
    for line in lines:
        if single and size(line[0].strip(), single[0]) > single[1]:
            why = _("{now} letters, {most} at most.", now=size(line[0].strip(), single[0]), most=single[1])
            yield _finding(text, line.start(), line.end(), why, rules, "length")


def _words(text: str, rules: Channel) -> Iterator[Finding]:
    low = text.casefold()
    if len(low) != len(text):
        low = text
    for word in rules.banned:
        for match in re.finditer(_banned(word), low):
            why = _("“{text}” is not allowed there.", text=text[match.start() : match.end()])
            yield _finding(text, match.start(), match.end(), why, rules, "banned")


@cache
def _banned(word: str) -> re.Pattern[str]:
    edge = r"(?<![^\W_])" if word[:1].isascii() and word[:1].isalnum() else ""
    after = r"(?![^\W_])" if word[-1:].isascii() and word[-1:].isalnum() else ""
    return re.compile(edge + re.escape(word.casefold()) + after)


def _signs(text: str, field: str, rules: Channel) -> Iterator[Finding]:
    if not rules.html and (found := _MARKUP.search(text)):
        yield _finding(text, found.start(), found.end(), _("No HTML there."), rules, "html")
    if not rules.links and (found := _LINK.search(text)):
        yield _finding(text, found.start(), found.end(), _("No links there."), rules, "links")
    if not rules.emoji:
        for n, letter in enumerate(text):
            if _is_emoji(letter):
                yield _finding(text, n, n + 1, _("No emoji there."), rules, "emoji")
    if any(unicodedata.category(c) == "Cc" and c not in "\n\r\t" for c in text):
        at = next(n for n, c in enumerate(text) if unicodedata.category(c) == "Cc" and c not in "\n\r\t")
        yield _finding(text, at, at + 1, _("An invisible control letter."), rules, "control")
    if field in _TITLES and (at := text.find("\n")) >= 0:
        yield _finding(text, at, at + 1, _("A title is one line."), rules, "line")


def _is_emoji(letter: str) -> bool:
    code = ord(letter)
    return code >= 0x1F000 or 0x2600 <= code <= 0x27BF or code in {0x2B50, 0x2B55, 0xFE0F}


def _title(text: str, rules: Channel) -> Iterator[Finding]:
    for n, letter in enumerate(text):
        again = letter in rules.once and text.index(letter) < n
        if letter in rules.forbidden or again:
            yield _finding(text, n, n + 1, _("“{text}” is not allowed in a title.", text=letter), rules, "letters")
    words = list(_WORD.finditer(text))
    counted = Counter(w[0].casefold() for w in words)
    seen: Counter[str] = Counter()
    for word in words:
        low = word[0].casefold()
        seen[low] += 1
        if rules.repeat and counted[low] > rules.repeat and seen[low] > rules.repeat and low not in _SMALL:
            why = _("“{text}” stands there more than {most} times.", text=word[0], most=rules.repeat)
            yield _finding(text, word.start(), word.end(), why, rules, "repeat")
    loud = [w for w in words if len(w[0]) > 3 and w[0].isupper() and w[0].isascii()]
    if len(loud) > 1 and len(loud) > rules.capitals * len(words):
        yield _finding(text, loud[0].start(), loud[-1].end(), _("Too many capitals."), rules, "capitals")
