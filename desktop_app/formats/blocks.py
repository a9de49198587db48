"""A document as blocks under headings, and the passages they make: short enough to quote, whole enough to answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from desktop_app.formats import headers
from desktop_app.formats.lasting import last_day
from desktop_app.knowledge_records import Passage

LONGEST = 700  # letters of a passage, a Han character counting for two; longer ones are cut between paragraphs
_SENTENCE = re.compile(r"[^.!?。！？；\n]+[.!?。！？；]*\s*|\n")


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or row of a table, in the order of the document; ``level`` 0 is no heading."""

    text: str
    level: int = 0
    page: int = 0
    kind: Literal["", "question", "answer"] = ""  # where the document says so itself


@dataclass(slots=True)
class _Open:
    """A passage that is still being gathered."""

    question: str = ""
    lines: list[str] = field(default_factory=list)
    page: int = 0
    start: int = -1


def passages_of(blocks: Iterable[Block]) -> list[Passage]:
    """Return the passages of a document: one a question, else one a heading, long ones cut between paragraphs."""
    found: list[Passage] = []
    path: list[tuple[int, str]] = []
    now, at = _Open(), 0
    for block in marked(blocks):
        text = block.text.strip()
        if not text:
            continue
        if block.level or block.kind == "question":
            found += _closed(now, path)
            if block.level:
                path = [(level, words) for level, words in path if level < block.level] + [(block.level, text)]
            now = _Open(question=text)
        else:
            size = sum(map(_size, now.lines))
            if now.lines and size + _size(text) > LONGEST:
                found += _closed(now, path)
                now = _Open(question=now.question)
            if not now.lines:
                now.page, now.start = block.page, at
            now.lines.append(text)
        at += len(text) + 1
    return found + _closed(now, path)


def marked(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks, those that begin with "Q:" or "答：" known for what they are and cut where both share one."""
    question, answer = _marks("question"), _marks("answer")
    for block in blocks:
        if block.level or block.kind:
            yield block
            continue
        for line in re.split(r"\n(?=\s*(?:[A-Za-z]{1,8}|[\u4e00-\u9fff]{1,3})\s*[:：])", block.text):
            if found := question.match(line):
                both = answer.search(line, found.end())
                asked = line[found.end() : both.start() if both else len(line)]
                yield replace(block, text=asked, kind="question")
                if both:
                    yield replace(block, text=line[both.end() :], kind="answer")
            elif found := answer.match(line):
                yield replace(block, text=line[found.end() :], kind="answer")
            else:
                yield replace(block, text=line)


def _closed(now: _Open, path: Sequence[tuple[int, str]]) -> list[Passage]:
    """Return what was gathered; a paragraph longer than a passage is cut between its sentences."""
    if not now.lines:
        return []
    heading = " › ".join(words for _level, words in path)
    made, at = list[Passage](), now.start
    for piece in _pieces("\n".join(now.lines)):
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            made.append(Passage(piece.strip(), now.question, heading=heading, page=now.page, start=at + lead,
                                valid_to=last_day(piece)))  # fmt: skip
        at += len(piece)
    return made


def _pieces(text: str) -> list[str]:
    if _size(text) <= LONGEST * 1.5:
        return [text]
    pieces = [""]
    for sentence in _SENTENCE.findall(text):
        if pieces[-1] and _size(pieces[-1]) + _size(sentence) > LONGEST:
            pieces.append("")
        pieces[-1] += sentence
    return pieces


def _size(text: str) -> int:
    return len(text) + sum("\u3400" <= c <= "\u9fff" for c in text)


@cache
def _marks(kind: str) -> re.Pattern[str]:
    words = "|".join(sorted(headers.table("knowledge")["marks"][kind], key=len, reverse=True))
    return re.compile(
        rf"(?:^|\n|(?<=[?？])\s*)\s*(?:\*\*|#+)?\s*(?:{words})\s*\d{{0,3}}\s*[:：]\s*(?:\*\*)?", re.IGNORECASE
    )
