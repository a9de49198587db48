"""Every kind of text from the facts alone, for a channel's limits: what the plain writer says, cut where it may end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_app.language import facts, lexicon, limits, markup, naming, plain, sayings, sentences, telling, tidying
from desktop_app.language.limits import Channel
from desktop_app.language.packs import SHIPPED, Chosen
from desktop_app.language.plain import Written
from desktop_app.records import Finding, Product, Span, Wishes

# What holds a field where a channel says nothing of its own: measure and most.
USUAL: dict[str, tuple[str, int]] = {
    "description": ("letters", 500),
    "title": ("letters", plain.TITLE_LIMIT),
    "bullets": ("letters", 500),
    "points": ("letters", 150),
    "seo": ("letters", plain.SEO_TITLE + plain.SEO_META + 1),
    "keywords": ("bytes", 249),
    "alt": ("letters", 125),
    "reviews": ("letters", 800),
    "reply": ("letters", 1000),  # to one review: the field is called reply:12
}
_POINT = {"zh": 20, "en": 60}  # letters of one selling point
_POINTS = 5


def room(field: str, channel: str = "", chosen: Chosen = SHIPPED) -> tuple[str, int]:
    """Return the measure ("letters", "bytes", "gbk") and the most that a text of ``field`` may be there."""
    field = field.partition(":")[0]
    if rules := limits.in_force(channel, chosen):
        if field == "seo":
            title, meta = rules.limit("seo_title"), rules.limit("seo_description")
            if title and meta:
                return "letters", title[1] + meta[1] + 1
        if found := rules.limit({"points": "subtitle"}.get(field, field)):
            if field == "bullets":  # how many, not how long
                return USUAL[field]
            return found
    return USUAL[field]


def write(
    product: Product, wishes: Wishes, *, variety: int = 0, avoid: Iterable[str] = (), chosen: Chosen = SHIPPED
) -> Written:
    """Write the text that ``wishes`` ask for from the product's facts, within what its channel takes."""
    field, language = wishes.field, wishes.language
    made = plain.write(
        product, language=language, field="bullets" if field in ("points", "keywords") else
        "title" if field == "alt" else field,
        length=wishes.length, tone=wishes.tone, variety=variety, avoid=tuple(avoid),
    )  # fmt: skip
    if field == "points":
        made = _points(made, language)
    elif field == "keywords":
        made = _keywords(product, language)
    return fitted(made, field, wishes.channel, language, chosen)


def fitted(made: Written, field: str, channel: str, language: str, chosen: Chosen = SHIPPED) -> Written:
    """Cut a text where it may end so that the channel takes it: whole lines, sentences or words, never half of one."""
    rules = limits.in_force(channel, chosen)
    if rules and field == "bullets" and (count := rules.limit("bullets")):
        made = _kept(made, "\n".join(made.text.split("\n")[: count[1]]))
    measure, most = room(field, channel, chosen)
    if rules and field == "title":
        made = _clean(made, rules)
    bound = rules is not None or field in ("title", "keywords", "alt", "points")
    if not bound or limits.size(made.text, measure) <= most:
        return made
    return _kept(made, _shorter(made.text, field, language, measure, most))


def findings(text: str, field: str, channel: str, chosen: Chosen = SHIPPED) -> list[Finding]:
    """Return what a channel does not take of a text; nothing where no channel is named."""
    rules = limits.in_force(channel, chosen)
    if rules is None:
        return []
    if field == "seo":
        title, _cut, meta = text.partition("\n")
        found = limits.check(title, "seo_title", rules)
        start = len(title) + 1
        return found + [
            replace(f, start=f.start + start, end=f.end + start) for f in limits.check(meta, "seo_description", rules)
        ]
    if field == "points":  # shown in one line there
        text = text.replace("\n", " ")
    return limits.check(text, {"points": "subtitle", "alt": "alt"}.get(field, field), rules)


def _points(made: Written, language: str) -> Written:
    """Return the short ones of the bullet points, one a line."""
    most = _POINT["zh" if language == "zh" else "en"]
    lines, spans = list[str](), list[Span]()
    start = at = 0
    for line in made.text.split("\n"):
        said = line.removeprefix(markup.BULLET)
        shift = at + len(line) - len(said)
        if said and len(said) <= most and len(lines) < _POINTS:
            spans += [
                Span(s.start - shift + start, s.end - shift + start, s.facts)
                for s in made.evidence
                if shift <= s.start and s.end <= shift + len(said)
            ]
            lines.append(said)
            start += len(said) + 1
        at += len(line) + 1
    return Written("\n".join(lines), tuple(spans))


def _keywords(product: Product, language: str) -> Written:
    """Return what people may type: the kind of thing, with each material and colour, and its features."""
    subject = naming.of(product.title, language, telling.usable(product))
    noun = subject.name if subject.known else tidying.title(product.title) or subject.name
    if sayings.has_han(noun) != (language == "zh") and subject.known and subject.noun is not None:
        noun = subject.head
    gap = "" if language == "zh" else " "
    words: list[tuple[str, tuple[str, ...]]] = [(noun, ())]
    for fact in telling.usable(product):
        for item in filter(None, (_in(said, language) for said in facts.items(fact))):
            if facts.role_of(fact) in {"material", "colour", "scent", "flavour"} and len(item) < 24:
                joined = item if item.casefold() in noun.casefold() else f"{item}{gap}{noun}"
                words.append((joined, (fact.name,)))
            elif fact.kind in {"feature", "use"} and len(item) < 30:
                words.append((item, (fact.name,)))
    seen: dict[str, tuple[str, tuple[str, ...]]] = {}
    for word, names in words:
        seen.setdefault(word.casefold(), (word.casefold() if language != "zh" else word, names))
    text, spans = "", list[Span]()
    for word, names in seen.values():
        text += ", " if text and language != "zh" else "，" if text else ""
        if names:
            spans.append(Span(len(text), len(text) + len(word), names))
        text += word
    return Written(text, tuple(spans))


def _in(item: str, language: str) -> str:
    """Return a fact's word in the language of the text, or nothing where it is not known there."""
    term = lexicon.find(item)
    said = term.word(language) if term and sayings.has_han(item) != (language == "zh") else item
    return said if sayings.has_han(said) == (language == "zh") else ""


def _clean(made: Written, rules: Channel) -> Written:
    """Take out of a title the letters its channel forbids."""
    bad = [n for n, letter in enumerate(made.text) if letter in rules.forbidden]
    if not bad:
        return made
    gone = set(bad)
    text = "".join(letter for n, letter in enumerate(made.text) if n not in gone)
    spans = tuple(replace(s, start=_moved(s.start, bad), end=_moved(s.end, bad)) for s in made.evidence)
    return Written(text, spans)


def _moved(at: int, gone: list[int]) -> int:
    return at - sum(1 for n in gone if n < at)


def _shorter(text: str, field: str, language: str, measure: str, most: int) -> str:
    """Return the longest beginning that ends where a text may end."""
    if field in ("description", "seo"):
        ends = [end for _start, end in sentences.split(text, language)]
    elif field in ("bullets", "points"):
        ends = [n for n, letter in enumerate(text) if letter == "\n"]
    elif field == "keywords":
        ends = [n for n, letter in enumerate(text) if letter in ",，"]
    else:
        ends = [n for n, letter in enumerate(text) if letter in (",，" if "," in text else " ")]
    fit = [text[:end].rstrip(" ,，") for end in ends if limits.size(text[:end].rstrip(" ,，"), measure) <= most]
    if fit:
        return fit[-1]
    words = text.split(" ")
    while len(words) > 1 and limits.size(" ".join(words), measure) > most:
        words.pop()
    cut = " ".join(words)
    while cut and limits.size(cut, measure) > most:
        cut = cut[:-1]
    return cut


def _kept(made: Written, text: str) -> Written:
    """Return the beginning of a text with the evidence that is still in it."""
    return Written(text, tuple(s for s in made.evidence if s.end <= len(text)))
