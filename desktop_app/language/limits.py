"""What a sales channel takes: lengths, forbidden letters and words, title rules, as findings for a text in a field.

Each channel is a rule pack of its own (``channel.etsy``), which a shop can switch off, edit and add to.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app.errors import UserError
from desktop_app.language import packs
from desktop_app.language.packs import SHIPPED, Chosen
from desktop_app.records import Finding
from desktop_app.words import _

_TITLES = ("title", "subtitle", "seo_title")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_LINK = re.compile(r"https?://\S+|www\.\S+|\b[\w.-]+\.(?:com|net|org|shop|store|cn|de|co\.uk)\b", re.I)
_MARKUP = re.compile(r"</?[a-z][^>]*>", re.I)
_SMALL = frozenset(
    ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "x"]
)


_KEYS = frozenset(["forbidden", "once", "banned", "repeat", "capitals", "emoji", "html", "links"])
_LENGTH = re.compile(
    r"(?:title|subtitle|description|highlight|bullets?|tags?|seo_title|seo_description|keywords|alt)(?:(?:_gbk)?_bytes)?"
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
def channels(chosen: Chosen = SHIPPED) -> tuple[Channel, ...]:
    """Return the channels whose limits hold in a shop; UserError where one of the packs cannot be read."""
    names = packs.names("channel", chosen, packs.CHANNELS)
    return tuple(of(name, packs.raw(name, chosen)) for name in names if name not in chosen.off)


def of(name: str, raw: dict[str, Any]) -> Channel:
    """Return what the pack ``name`` ("channel.etsy") says a channel takes; raise UserError with the reason."""
    try:
        block, lengths = dict(raw["channel"]), []
        for key, value in block.items():
            if isinstance(value, int) and not isinstance(value, bool) and key != "repeat":
                measure = "gbk" if key.endswith("_gbk_bytes") else "bytes" if key.endswith("_bytes") else "letters"
                lengths.append((re.sub(r"(_gbk)?_bytes$", "", key), measure, value))
        if unknown := [key for key in block if key not in _KEYS and not _LENGTH.fullmatch(key)]:
            raise ValueError(", ".join(unknown))
        if wrong := [name for name, _measure, most in lengths if most < 1]:
            raise ValueError(", ".join(wrong))
        return Channel(
            name.removeprefix("channel."), str(raw["name"]), str(raw["date"]), tuple(lengths),
            str(block.get("forbidden", "")), str(block.get("once", "")),
            tuple(str(w) for w in block.get("banned", ()) if str(w).strip()), int(block.get("repeat", 0)),
            float(block.get("capitals", 1.0)), bool(block.get("emoji", True)), bool(block.get("html", True)),
            bool(block.get("links", True)), raw.get("verified", True) is not False, str(raw.get("note", "")),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UserError("The rule pack {name} cannot be read: {why}", name=f"{name}.toml", why=str(error)) from error


def prove(name: str, raw: dict[str, Any]) -> None:
    """Raise UserError where a channel's pack does not find its own examples, or finds what it calls harmless."""
    rules = of(name, raw)
    hits, misses = packs.examples(name, raw)
    for one in hits:
        found = [f.rule or "" for f in check(str(one.get("text", "")), str(one.get("field", "title")), rules)]
        if not any(rule.endswith(f"/{one.get('rule', rule.rsplit('/', 1)[-1])}") for rule in found):
            raise UserError(
                "The rule pack {name} does not find its example “{text}”.", name=name, text=str(one.get("text", ""))
            )
    for one in misses:
        if check(str(one.get("text", "")), str(one.get("field", "title")), rules):
            raise UserError(
                "The rule pack {name} finds “{text}”, which it calls harmless.", name=name, text=str(one["text"])
            )


def named(channel: str, chosen: Chosen = SHIPPED) -> Channel:
    """Return a channel by its id ("amazon"); raise UserError where no rules of that name hold."""
    found = in_force(channel, chosen)
    if found is None:
        raise UserError("No rules are known for the channel {name}.", name=channel)
    return found


def must_be_known(channel: str, chosen: Chosen = SHIPPED) -> None:
    """Raise UserError for a channel of which there is no pack; one that is switched off is known, and asks nothing."""
    if channel and f"channel.{channel}" not in packs.names("channel", chosen, packs.CHANNELS):
        raise UserError("No rules are known for the channel {name}.", name=channel)


def in_force(channel: str, chosen: Chosen = SHIPPED) -> Channel | None:
    """Return a channel by its id; None where none is named, it is switched off, or its pack was put away."""
    return next((c for c in channels(chosen) if c.id == channel), None) if channel else None


def size(text: str, measure: str) -> int:
    """Return how long ``text`` is: code points ("letters"), UTF-8 bytes, or GBK bytes (a Chinese letter is two)."""
    if measure == "bytes":
        return len(text.encode("utf-8", "replace"))
    if measure == "gbk":
        return sum(1 if ord(c) < 128 else 2 for c in text)
    return len(text)


def check(text: str, field: str, rules: Channel) -> list[Finding]:
    """Return what a channel would not take of ``text`` in ``field``; spans in code points, kind "channel".

    ``field`` is title, subtitle, description, bullet, tag, seo_title, seo_description or keywords. For "bullets" and
    "tags" the lines of ``text`` are counted, and each is held to the limit of one.
    """
    found = [*_too_long(text, field, rules), *_words(text, rules), *_signs(text, field, rules)]
    if field in _TITLES:
        found += _title(text, rules)
    return sorted(found, key=lambda f: f.start)


def _finding(text: str, start: int, end: int, why: str, rules: Channel, rule: str) -> Finding:
    dated = _("{label}, as of {date}: {why}", label=rules.label, date=rules.date, why=why)
    return Finding(start, end, text[start:end], "channel", dated, f"channel.{rules.id}/{rule}")


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
    # A word of Latin letters ends where they end: “加V” stands in “加V领取”, “refund” not in “refunds”.
    edge = r"(?<![A-Za-z0-9])" if word[:1].isascii() and word[:1].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if word[-1:].isascii() and word[-1:].isalnum() else ""
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
