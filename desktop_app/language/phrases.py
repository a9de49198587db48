"""Pieces of text that remember which facts they rest on, and how they are joined into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_app.records import Span

Bit = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text in bits, each with the names of the facts that carry it."""

    bits: tuple[Bit, ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(text for text, _ in self.bits)

    def __add__(self, other: Line | str) -> Line:
        return Line(self.bits + (((other, ()),) if isinstance(other, str) else other.bits))

    def __radd__(self, other: str) -> Line:
        return Line(((other, ()), *self.bits))

    def __bool__(self) -> bool:
        return any(text for text, _ in self.bits)

    def facts(self) -> set[str]:
        """Return the names of every fact this line rests on."""
        return {name for _, names in self.bits for name in names}


NOTHING = Line()


def plain(text: str) -> Line:
    """Return words that rest on no fact."""
    return Line(((text, ()),)) if text else NOTHING


def resting(text: str, *facts: str) -> Line:
    """Return words that rest on ``facts``."""
    return Line(((text, tuple(facts)),)) if text else NOTHING


def fill(template: str, **slots: Line | str) -> Line:
    """Put lines into the ``{slots}`` of a template."""
    out = NOTHING
    for n, piece in enumerate(re.split(r"\{(\w+)\}", template)):
        if n % 2:
            value = slots[piece]
            out = out + (plain(value) if isinstance(value, str) else value)
        elif piece:
            out = out + piece
    return out


def joined(lines: Sequence[Line], between: str, last: str = "") -> Line:
    """Join lines with ``between``, the last two with ``last`` where it is given."""
    out = NOTHING
    for n, line in enumerate(lines):
        if n:
            out = out + (last if last and n == len(lines) - 1 else between)
        out = out + line
    return out


def listed(lines: Sequence[Line], language: str, word: str = "") -> Line:
    """Write a list as the language does: "a, b and c" or "a、b和c"."""
    if language == "zh":
        return joined(lines, "、", word or "和")
    return joined(lines, ", ", f" {word or 'and'} ")


def capital(line: Line) -> Line:
    """Return the line with its first letter a capital."""
    bits = list(line.bits)
    for n, (text, names) in enumerate(bits):
        stripped = text.lstrip()
        if stripped:
            lead = text[: len(text) - len(stripped)]
            if not re.match(r"[a-z]+[A-Z]", stripped):  # iPod keeps its own
                stripped = stripped[0].upper() + stripped[1:]
            bits[n] = (lead + stripped, names)
            break
    return Line(tuple(bits))


def sentence(line: Line, language: str = "en") -> Line:
    """Return the line as a sentence: a capital first, a full stop last (never two)."""
    stop = "。" if language == "zh" else "."
    ended = line if re.search(r"[.!?。！？…]$", line.text) else line + stop
    return ended if language == "zh" else capital(ended)


def article(line: Line) -> Line:
    """Put "a" or "an" before a line, as its first word sounds."""
    return (f"{indefinite(line.text)} ") + line


def indefinite(words: str) -> str:
    """Return "a" or "an" for what follows."""
    first = re.match(r"[\w'’½¼¾]+", words.strip())
    word = first[0] if first else ""
    low = word.casefold()
    if re.match(r"(8|11\b|18\b|80|8\d)", low):
        return "an"
    if word[:1].isdigit() or word[:1] in "½¼¾":
        return "a"
    if len(word) > 1 and word.isupper():
        return "an" if word[0] in "AEFHILMNORSX" and not re.match(r"(UN|USB|UK|US|EU)", word) else "a"
    if low.startswith(
        ("uni", "use", "usu", "eu", "one", "once", "ufo", "uk", "us-", "ura", "utensil")
    ) and not low.startswith("unin"):
        return "a"
    if low.startswith(("hour", "heir", "honest", "honour", "honor")):
        return "an"
    return "an" if low[:1] in "aeiouäöüáéíóúàèì" else "a"


_SIZE = re.compile(r"\dX*L")  # 3XL stands apart as XL does


def spaced(line: Line) -> Line:
    """Put a space between Han and Latin letters where two bits meet, as Chinese print does."""
    bits: list[Bit] = []
    for text, names in line.bits:
        before = bits[-1][0][-1:] if bits else ""
        glued = re.search(r"[A-Za-z][\u4e00-\u9fff]|[\u4e00-\u9fff][A-Za-z]", text)  # the merchant prints them together
        if (
            before
            and text
            and not glued
            and ((_han(before) and (_latin(text[0]) or _SIZE.match(text))) or (_latin(before) and _han(text[0])))
        ):
            bits.append((" ", ()))
        if text:
            bits.append((text, names))
    return Line(tuple(bits))


def written(parts: Iterable[Line], between: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text of several lines and the spans of what rests on facts, neighbours of one fact made one."""
    text = ""
    spans: list[Span] = []
    for n, part in enumerate(parts):
        text += between if n else ""
        for words, names in part.bits:
            start, end = len(text), len(text) + len(words)
            text += words
            if names and words.strip():
                if spans and spans[-1].end == start and spans[-1].facts == names:
                    spans[-1] = Span(spans[-1].start, end, names)
                else:
                    spans.append(Span(start, end, names))
    return text, tuple(spans)


def _han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
