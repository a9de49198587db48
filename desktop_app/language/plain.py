"""The plain writer: texts from a product's facts alone, without weights, and with the facts each stretch rests on."""

from __future__ import annotations

import re
import tomllib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from desktop_app import paths
from desktop_app.language import general, markup, naming, plain_en, plain_zh, telling, tidying
from desktop_app.language.phrases import NOTHING, Line, plain, spaced, written
from desktop_app.language.said import Said
from desktop_app.language.sayings import has_han
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact, Field, Product, Span

TITLE_LIMIT = 75
SEO_TITLE, SEO_META = 60, 155
_POINTS = {"short": 3, "medium": 5, "long": 8}
_DETAILS = {"short": 0, "medium": 4, "long": 20}
_TRIES = 7
_STONES = frozenset("turquoise coral amber ivory emerald ruby sapphire jade pearl charcoal rose copper bronze".split())
_LONG_NAME = 6  # words of a name that by themselves tell what a thing is like


@dataclass(frozen=True, slots=True)
class Written:
    """A text and its evidence: which stretch (code points) rests on which facts."""

    text: str
    evidence: tuple[Span, ...] = ()


def write(
    product: Product,
    *,
    language: str,
    field: Field = "description",
    length: Literal["short", "medium", "long"] = "medium",
    tone: Literal["plain", "warm"] = "plain",
    variety: int = 0,
    avoid: Sequence[str] = (),
) -> Written:
    """Write ``field`` for ``product`` from its facts; a language other than "zh" gets English.

    Paragraphs are parted by an empty line, points begin with "- ", the first line of ``seo`` is the title (at most 60
    code points), the rest the description (at most 155). ``variety`` turns the shape of the text: two neighbours in a
    catalogue with neighbouring numbers (or ids) never open alike. Texts in ``avoid`` are not written again where the
    facts allow another; nor is a text written that opens like one of them, so the texts of the neighbours belong there.
    Where nothing is known of the product but what it is called, there is nothing to say and the text is empty.
    """
    found = general.told_finer(_stated(telling.usable(product)))
    subject = naming.of(product.title, language, found)
    if language != "zh":
        subject = naming.with_kind(subject, product.category)
    turn = variety + (product.id if product.id is not None else zlib.crc32(product.title.encode()))
    tried = []
    for step in range(_TRIES if avoid else 1):
        made = _written(product, found, subject, language, field, length, tone, turn + step)
        if made.text not in avoid and not any(_opens_alike(made.text, other) for other in avoid):
            return made
        tried.append(made)
    return next((t for t in tried if t.text not in avoid), tried[0])


def _stated(found: list[Fact]) -> list[Fact]:
    """Return facts without what tags alone do not state: an armchair tagged "Suede" is not made of it, and of one tagged
    "Red" and "White" nobody knows whether it is both or comes in either.
    """
    tagged = [f for f in found if f.source == "tag" and f.kind == "colour" and f.value.casefold() not in _STONES]
    return [f for f in found if f.source != "tag" or (len(tagged) == 1 and f in tagged)]


def _opens_alike(text: str, other: str) -> bool:
    """Two texts open alike when the first word (or the first two Han characters) and the sentence's bones agree."""
    return _bones(text) == _bones(other)


def _bones(text: str) -> str:
    first = re.split(r"(?<=[.。])", text, maxsplit=1)[0]
    kept = re.findall(
        r"^\w+|\b(?:is|are|comes?|made|with|measur\w+|has|have|suits?|by)\b|^[\u4e00-\u9fff]{2}|[，]", first
    )
    return " ".join(kept[:4])


def _written(
    product: Product,
    found: list[Fact],
    subject: Subject,
    language: str,
    field: Field,
    length: str,
    tone: str,
    turn: int,
) -> Written:
    if field == "title":
        return _title(product, found, subject, language)
    if field == "seo":
        return _seo(product, found, subject, language, turn)
    if field == "bullets":
        return _points(product, found, subject, language, length)
    return _description(product, found, subject, language, length, tone, turn)


# --- description ------------------------------------------------------------------------------------------------------


def _description(
    product: Product, found: list[Fact], subject: Subject, language: str, length: str, tone: str, turn: int
) -> Written:
    writer = plain_zh if language == "zh" else plain_en
    sentences, details = writer.prose(found, subject, length=length, turn=turn)
    if not details and not _informs(sentences, subject, found):
        return Written("")
    lines = [_shown(writer.detail(d), language) for d in details]
    limit = _DETAILS[length] if len(sentences) > 1 else max(_DETAILS[length], 3)
    lines = lines[:limit]
    if len(lines) > 1 and not sentences[0].facts() and len(sentences) > 1 and not subject.common:
        head = _headed(plain(_title_start(product, subject, language)), lines, language)
        text, spans = written([_run(sentences[1:], language)], "")
        start = len(head.text) + 2
        moved = tuple(Span(s.start + start, s.end + start, s.facts) for s in spans)
        return Written(f"{head.text}\n\n{text}", (*head.evidence, *moved))
    if lines and not sentences[0].facts() and len(sentences) == 1:
        return _headed(plain(_title_start(product, subject, language)), lines, language)
    if len(lines) == 1:
        sentences.insert(_before_care(sentences, found), _stopped(lines[0], language))
        lines = []
    told = {f.name for f in found if f.source != "tag"}  # that somebody stated is worth a sentence, in the name or not
    if not lines and not any(line.facts() & told for line in sentences) and _only_named(sentences, product):
        return Written("")
    if tone == "warm":
        sentences.append(plain(_warm(subject, language, turn)))
    paragraphs = [_run(sentences, language)]
    if lines:
        paragraphs.append(_list(lines))
    text, spans = written(paragraphs, "\n\n")
    return Written(text, spans)


def _headed(name: Line, lines: list[Line], language: str) -> Written:
    """A name of which only lines of detail are known stands over them; in Chinese one detail follows it at once."""
    bits = Line(tuple((re.sub(r"[.。]$", "", text), names) for text, names in name.bits))
    if language == "zh" and len(lines) == 1:
        text, spans = written([_stopped(_shown(bits + "，" + lines[0], language), language)], "")
    else:
        text, spans = written([bits, _list(lines)], "\n\n")
    return Written(text, spans)


def _informs(sentences: list[Line], subject: Subject, found: list[Fact]) -> bool:
    """Tell whether sentences say more of a product than what it is called and by whom: "An album." informs nobody."""
    if subject.common and subject.known and len(f"{subject.name}{subject.more}".split()) >= _LONG_NAME:
        return True
    brand = {f.name for f in found if f.kind == "brand"}
    named = plain_en.named(subject, found)[1] if not has_han(subject.name) else {}
    return any(line.facts() - brand for line in sentences) or bool(named.keys() - brand)


def _before_care(sentences: list[Line], found: list[Fact]) -> int:
    """Return where a line of detail stands among sentences: before how to wash or keep the thing, which comes last."""
    care = {f.name for f in found if f.kind == "care"}
    at = len(sentences)
    while at > 1 and sentences[at - 1].facts() and sentences[at - 1].facts() <= care:
        at -= 1
    return at


def _only_named(sentences: list[Line], product: Product) -> bool:
    """Tell whether a text says a short title once more and nothing else: "These are black armchairs."."""
    text = " ".join(line.text for line in sentences)
    words = _bare_words(text).split()
    return len(words) < _LONG_NAME and set(words) <= set(_bare_words(tidying.title(product.title)).split())


def _run(sentences: list[Line], language: str) -> Line:
    out = NOTHING
    for n, line in enumerate(sentences):
        out = out + (" " if n and language != "zh" else "") + _shown(line, language)
    return out


def _list(lines: list[Line]) -> Line:
    out = NOTHING
    for n, line in enumerate(lines):
        out = out + ("\n" if n else "") + markup.BULLET + line
    return out


def _shown(line: Line, language: str) -> Line:
    return spaced(line) if language == "zh" else line


def _stopped(line: Line, language: str) -> Line:
    return line + ("。" if language == "zh" else ".")


@cache
def _warm_lines() -> dict[str, dict[str, list[str]]]:
    with (paths.assets() / "language" / "warm.toml").open("rb") as file:
        return tomllib.load(file)


def _warm(subject: Subject, language: str, turn: int) -> str:
    lines = _warm_lines()["zh" if language == "zh" else "en"]
    group = subject.noun.group if subject.noun else ""
    several = lines.get(group) or lines["general"]
    it, they = ("them", "they") if subject.number == "many" else ("it", "it")
    return several[turn % len(several)].replace("{it}", it).replace("{they}", they)


# --- title, points, seo -----------------------------------------------------------------------------------------------


def _said(found: list[Fact], subject: Subject, language: str) -> list[Said]:
    if language == "zh":
        return plain_zh.sayable(found, subject)
    return plain_en.sayable(found, subject)


def _title(product: Product, found: list[Fact], subject: Subject, language: str) -> Written:
    writer = plain_zh if language == "zh" else plain_en
    start = _title_start(product, subject, language)
    line, added = plain(start), 0
    numbers = set(re.findall(r"\d+(?:[.,]\d+)?", start))
    for more in writer.attributes(_said(found, subject, language)):
        said = set(re.findall(r"\d+(?:[.,]\d+)?", more.text))
        if said and said <= numbers:
            continue  # "Wok 30 cm, 30 cm in diameter"
        between = " " if language == "zh" or more.text.startswith("with ") else ", "
        longer = line + between + more
        if added < 2 and len(longer.text) <= TITLE_LIMIT and more.text.casefold() not in line.text.casefold():
            line, added = longer, added + 1
    text, spans = written([_shown(line, language)], "")
    return Written(text, spans)


def _title_start(product: Product, subject: Subject, language: str) -> str:
    title = tidying.title(product.title) or subject.name[:1].upper() + subject.name[1:]
    foreign = has_han(title) != (language == "zh") or (language == "en" and naming.foreign(title))
    if foreign and subject.common and subject.known:
        return subject.name[:1].upper() + subject.name[1:]
    return title


def _points(product: Product, found: list[Fact], subject: Subject, language: str, length: str) -> Written:
    writer = plain_zh if language == "zh" else plain_en
    said = [s for s in _said(found, subject, language) if s.key not in {"brand", "category"}]
    lines = [_shown(writer.point(s), language) for s in said][: _POINTS[length]]
    text, spans = written([_list(lines)], "")
    return Written(text, spans)


def _seo(product: Product, found: list[Fact], subject: Subject, language: str, turn: int) -> Written:
    title = _cut(_title(product, found, subject, language), product, subject, language)
    meta = NOTHING
    for step in range(_TRIES):  # the line below the title does not begin by saying it again
        meta = _meta(found, subject, language, turn + step)
        if not _bare_words(meta.text).startswith(_bare_words(title.text)):
            break
    if not meta or _only_named([meta], product):
        meta = plain(_filed(product, language))
    text, spans = written([title, meta] if meta else [title], "\n")
    return Written(text, spans)


def _filed(product: Product, language: str) -> str:
    """Return where in the shop a product of which nothing is told stands: a search result that says its name twice says nothing."""
    names = [part.strip() for part in re.split(r"[>/]", product.category) if part.strip()]
    if not names or has_han(names[-1]) != (language == "zh"):
        return ""
    return f"分类：{' > '.join(names)}。" if language == "zh" else f"See it under {', '.join(names)}."


def _bare_words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"(?i)\b(?:an?|the|this|these|is|are)\b", " ", text.casefold())))


def _meta(found: list[Fact], subject: Subject, language: str, turn: int) -> Line:
    """Return the sentences of a description that a search engine shows."""
    writer = plain_zh if language == "zh" else plain_en
    sentences, _ = writer.prose(found, subject, length="medium", turn=turn)
    meta = NOTHING
    for line in sentences:
        longer = _run([meta, line], language) if meta else _shown(line, language)
        if len(longer.text) <= SEO_META:
            meta = longer
    return meta


def _cut(made: Written, product: Product, subject: Subject, language: str) -> Line:
    if len(made.text) <= SEO_TITLE:
        return plain(made.text)
    start = _title_start(product, subject, language)
    if len(start) <= SEO_TITLE:
        return plain(start)
    return plain(start[:SEO_TITLE] if language == "zh" else _worded(start, SEO_TITLE))


def _worded(text: str, most: int) -> str:
    """Return what of a text may stand in ``most`` letters: whole words, the last of them no small one."""
    if len(text) <= most:
        return text
    short = text[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:–-")[:most]
    return re.sub(r"(?i)(?:\s+(?:for|and|with|in|of|the|an?|to|by|on|or|from|&))+$", "", short).rstrip(" ,;:–-")
