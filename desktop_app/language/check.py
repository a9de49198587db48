"""The closed-world check: a sentence may say what the product's facts carry, a few harmless words, and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from desktop_app.language import (
    all_alike,
    already,
    belonging,
    bindings,
    bracketed,
    broken,
    by_rules,
    by_terms,
    by_words,
    carried,
    contents,
    coverings,
    deeds,
    denials,
    denied,
    everyday,
    evidence,
    fitted,
    foreign,
    handling,
    harmless,
    idioms,
    jointly,
    listed,
    located,
    makers,
    months,
    opposites,
    owned,
    parts,
    policies,
    quantifiers,
    quantities,
    quoted,
    range_ends,
    rates,
    reader,
    regions,
    relations,
    reservations,
    rules,
    scales,
    scene_numbers,
    sentences,
    sides,
    sisters,
    size_steps,
    slots,
    states,
    vocabulary,
)
from desktop_app.language.carried import Carried
from desktop_app.language.other_products import Names
from desktop_app.language.spans import within
from desktop_app.language.tongue import language_of
from desktop_app.records import Finding, Product, Span, Verdict
from desktop_app.words import _

# How grave a kind is: a verdict names the gravest. "unsupported" is the only one a shop may switch off.
ORDER = [
    "leak",
    "placeholder",
    "language",
    "other_product",
    "cut_off",
    "number",
    "price",
    "relation",
    "contradiction",
    "superlative",
    "absolute",
    "health",
    "eco",
    "certificate",
    "guarantee",
    "delivery",
    "returns",
    "discount",
    "scarcity",
    "popularity",
    "opinion",
    "material",
    "colour",
    "origin",
    "scent",
    "size",
    "audience",
    "use",
    "care",
    "feature",
    "repetition",
    "unsupported",
    "doubtful",
]


_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAME = 0.85
_SQUARE = re.compile(r"(?i)\bsquare (?:met|centimet|inch|feet|foot|yard)\w*|\bo['’]clock\b|[一每1](?:个)?平(?:方)?米")
_RELATIVE = re.compile(
    r"(?i)\b(?:heavy|light|big|small|large|long|short|tall|wide|narrow|thick|thin|deep|shallow|high|low|little|enough)\b|[轻重矮薄]"
)
_IDIOM = re.compile(
    r"(?i)\b(?:(?:or, )?best of all|(?:the )?best (?:part|bit|moment|seat|hour) of (?:the |a |every |any )?\w+"
    r"|last but not least|(?:all )?the best to|tips? the scales?(?= at)|at best"
    r"|best (?:\w{2,}ed|kept|drunk|worn|eaten|left|made|read|hung|taken|done)\b|personal best)\b"
    r"|最好(?=别|不|先|在|用|认|找|记|搭)|(?<=[完掉内里前后天下上干])最好(?=[，。；！]|$)|何不|哪儿也不|谁也不|最(?=[上下里外前后左右顶底](?:面|层|头|边|一|端|排|格|级|的))"
)
# "We make no promises about your health", "不说它能安神": a claim that is not made
_DISCLAIMED = re.compile(
    r"(?i)\b(?:we |it )?(?:make|makes|give|gives) no (?:claims?|promises?)\b[^.;!?]*?(?=[.;!?]|$)"
    r"|\b(?:we|it) (?:do|does)(?: not|n['’]t) (?:claim|promise|say|pretend)\b[^.;!?]*?(?=[.;!?]|$)"
    r"|\bno (?:medicine|cure|remedy|miracle)\b|\b(?:is|are|was) not (?:a |an )?(?:medicine|cure|remedy|medical \w+|toy)\b"
    r"|不是(?:什么|啥)[^，。；！]*|[^，。；！]*(?:的|呢)?(?:不敢说|不好说|说不好)"
    r"|(?:我们|本店)?(?:不(?:说|敢说|承诺|宣称|保证|代表|声称)|(?:别|不要|勿)(?:指望|期待|当成?)"
    r"|不是(?:什么)?(?:药|保健品|灵丹妙药)|不能(?:代替|替代)药)[^，。；！]*",
)


# "能无线充吗？不能": what is asked and denied is not claimed
_ASKED = re.compile(r"[?？]\s*$")
_ANSWERED_NO = re.compile(
    r"\s*(?:它|这个?|本品|我们|咱们?)?(?:可|还|真|也|都|暂时|目前|眼下)*(?:不|没|别|并不|并没|抱歉|对不起|很遗憾|可惜|做不到|办不到|还真没|真没|暂时(?:不|没)|目前(?:不|没))"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found in a text: what nothing carries, and which stretch rests on what."""

    findings: tuple[Finding, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """Hold the last of some sentences against a product; small, picklable, asked at every sentence end.

    ``stands_by`` are sentences of the shop's policies ("Returns are free within 30 days."): a sentence in their words is
    carried too. Not ``strict``: words that are merely unknown pass, claims still do not.
    ``neighbours`` are titles of other products of the shop, which a text of this one may not name. ``scenes`` lets
    everyday words stand where a sentence speaks of the reader's day and not of the product, as `check` does for people's
    texts; weights, whose scenes are often nonsense, are held to the small vocabulary throughout.
    """

    product: Product
    language: str
    strict: bool = True
    stands_by: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    scenes: bool = False
    packs: rules.Chosen = rules.SHIPPED

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand; spans are code points within it."""
        if not written or not written[-1].strip():
            return Verdict(True)
        ready = carried.of(self.product, self.packs)
        findings = _of_sentence(written[-1], ready, self.language, scenes=self.scenes)
        findings += [*_again(written), *broken.cut_off(written[-1])]
        findings += Names(self.neighbours).within(written[-1], ready.world.text)
        if policies.carrier(written[-1], self.stands_by):
            findings = [f for f in findings if f.kind not in policies.KINDS]
        findings = [f for f in findings if self.strict or f.kind != "unsupported"]
        if not findings:
            return Verdict(True)
        worst = min(findings, key=lambda f: ORDER.index(f.kind) if f.kind in ORDER else len(ORDER))
        return Verdict(False, worst.kind, worst.start, worst.end, worst.why)


def check(
    text: str,
    product: Product,
    *,
    language: str = "",
    strict: bool = True,
    stands_by: tuple[str, ...] = (),
    neighbours: Names | None = None,
    scenes: bool = True,
    packs: rules.Chosen = rules.SHIPPED,
    looks_again: bool = False,
) -> Checked:
    """Hold a whole text against ``product``: findings and evidence with spans in code points of ``text``.

    An empty ``language`` is read off the text. Findings of one stretch are one: the gravest stays. ``neighbours`` are
    other products, which the text may not name. ``stands_by``: sentences of the shop's policies, which carry a sentence
    in their words. ``packs`` are the rule packs of the shop. ``looks_again``: the trained reader looks at each sentence
    too, as texts of people need it; what code and weights wrote is held to the facts word by word without.
    """
    tongue = language or ("zh" if _HAN.search(text) else _abroad(text) or "en")
    ready = carried.of(product, packs)
    findings: list[Finding] = []
    resting: list[Span] = []
    before: list[str] = []
    several = sentences.split(text, tongue)
    for n, (start, end) in enumerate(several):
        sentence = text[start:end]
        lead = re.match(r"(?:[-•*]\s+)", sentence)
        at = start + (lead.end() if lead else 0)
        following = text[several[n + 1][0] : several[n + 1][1]] if n + 1 < len(several) else ""
        asked = scenes and tongue == "zh" and _ASKED.search(sentence) and _ANSWERED_NO.match(following)
        found = [] if asked else _of_sentence(text[at:end], ready, tongue, scenes=scenes)
        if looks_again and not (asked or policies.carrier(text[at:end], stands_by)):
            found = reader.look_again(text[at:end], found, product, tongue, strict=strict)
        found += _again((*before, sentence))
        inside = n > 0 and "\n" not in text[several[n - 1][1] : start]
        found += broken.cut_off(text[at:end], last=n == len(several) - 1, others_end=inside)
        found += neighbours.within(text[at:end], ready.world.text) if neighbours is not None else []
        found = quoted.of_line(text[at:end], product, found)
        if policy := policies.carrier(text[at:end], stands_by):
            found = [f for f in found if f.kind not in policies.KINDS]
            resting.append(Span(at, end, (policy,)))
        else:
            resting += [Span(s.start + at, s.end + at, s.facts) for s in _evidence(text[at:end], ready, product)]
        findings += [replace(f, start=f.start + at, end=f.end + at) for f in found if strict or f.kind != "unsupported"]
        before.append(sentence)
    return Checked(tuple(sorted(findings, key=lambda f: f.start)), tuple(resting))


def _abroad(text: str) -> str:
    """Return the language of a text in a script that neither English nor Chinese is written in."""
    found = language_of(text)
    return found if found in {"ru", "el", "ar", "he", "th", "hi", "ko", "ja"} else ""


def _of_sentence(sentence: str, ready: Carried, language: str, *, scenes: bool) -> list[Finding]:
    """Return the findings of one sentence, each stretch once."""
    exempt = [m.span() for m in ready.exempt.finditer(sentence)] if ready.exempt else []
    exempt += [m.span() for m in _SQUARE.finditer(sentence)]
    terms = [t for t in vocabulary.scan(sentence) if not within(t[0], t[1], exempt)]
    found = [f for f in ready.known.unsupported(sentence) if not within(f.start, f.end, exempt)]
    places = everyday.places(sentence, language, ready.world.things) if scenes else everyday.nowhere(sentence, language)
    several = quantities.scan(sentence)
    aside = {q.start for q in several if scene_numbers.is_aside(sentence, q, ready.world, ready.known, places)}
    found = [f for f in found if f.kind != "number" or f.start not in aside]
    found = [
        f for f in found if not any(a <= f.start and f.end < b and t.kind in {"feature", "noun"} for a, b, t in terms)
    ]  # "two-tone", "¼ zip"
    stretches = [
        (a, b) for a, b, _t in terms if any(r in ready.world.terms for r in vocabulary.readings(sentence[a:b]))
    ]
    excused: list[tuple[int, int]] = []  # claims that are carried, or not made: their words need nothing more
    found += by_rules.of_sentence(sentence, ready, exempt, stretches, places, excused)
    found += by_terms.of_sentence(sentence, terms, ready.world, language, places, excused)
    found += relations.of_sentence(sentence, ready.world, ready.known)
    found += contents.of_sentence(sentence, ready.world)
    found += handling.of_sentence(sentence, ready.world.handling)
    found += belonging.of_sentence(sentence, ready.pieces, several)
    found += belonging.of_other_stuff(sentence, ready.shares, several, ready.world.inside)
    found += sides.of_sentence(sentence, ready.sides, several, ready.known)
    found += belonging.of_another_thing(sentence, ready.pieces, several)
    found += bindings.of_sentence(sentence, ready.bound, several, ready.known)
    found += parts.of_sentence(_behind_its_name(sentence, exempt), terms, ready.stuffs)
    found += denied.of_sentence(sentence, ready.denied, several)
    found += located.of_sentence(sentence, ready.located)
    reckoned = [(q.start, q.end) for q in several if language == "zh" and ready.known.reckons(q, several, sentence)]
    found = [f for f in found if f.kind != "relation" or not within(f.start, f.end, reckoned)]
    becoming = states.changing(sentence)
    found = [
        f for f in found if f.kind != "relation" or not (_only_named(f, exempt) or within(f.start, f.end, becoming))
    ]
    found += months.of_sentence(sentence, ready.seasons)
    found += opposites.of_sentence(sentence, ready.excluded)
    found += (
        _of_chinese(sentence, ready, places)
        if language == "zh"
        else _of_letters(sentence, ready, language, several, scenes)
    )
    turns = [m.span() for m in _IDIOM.finditer(sentence)] + ready.excluded.denied(sentence)
    turns += idioms.spans(sentence) if scenes and language == "en" else []
    disclaimed = [m.span() for m in _DISCLAIMED.finditer(sentence)] + turns
    found = [
        f
        for f in found
        if not within(f.start, f.end, turns) and (f.kind not in rules.BY_FACT or not within(f.start, f.end, disclaimed))
    ]
    amounts = [(q.start, q.end) for q in several]  # those nothing carries are findings already
    extremes = [m.span() for m in by_rules.EXTREME.finditer(sentence) if by_rules.extreme(sentence, m.start(), ready)]
    taken = [(f.start, f.end) for f in found] + exempt + amounts + disclaimed + extremes + excused
    taken += _shown_by_measure(sentence, ready, several) if scenes else []
    if any(ready.known.carrier(q) is not None for q in several):
        taken += [m.span() for m in _RELATIVE.finditer(sentence)]  # "heavy: 2.4 kg"
    found += by_words.of_sentence(sentence, terms, ready.world, language, taken, places)
    found += broken.loops(sentence)
    return _once(found)


def _behind_its_name(sentence: str, names: list[tuple[int, int]]) -> str:
    """Blank a long Chinese name that a sentence begins with: the 调光 of 学习台灯LED可调光 ABS is no part that is of ABS."""
    end = next((b for a, b in names if a == 0 and b > _LONG_NAME and _HAN.search(sentence[:b])), 0)
    return "　" * end + sentence[end:]


_LONG_NAME = 6  # letters


def _of_letters(
    sentence: str, ready: Carried, language: str, several: list[quantities.Quantity], scenes: bool
) -> list[Finding]:
    """Return what is looked for in English and its neighbours alone: denials, deeds, lists, qualities, third languages."""
    amounts = [(q.start, q.end) for q in several if ready.known.carrier(q) is not None]
    found = denials.of_sentence(sentence, ready.claimed, ready.world)
    found += deeds.of_sentence(sentence, ready.world, amounts) if scenes else []
    if language != "en":
        return found + foreign.of_sentence(sentence, ready.world.terms)
    found += listed.of_sentence(sentence, ready.lists, ready.world)
    found += owned.of_sentence(sentence, ready.owners) + quantifiers.of_sentence(sentence, ready.groups)
    found += bracketed.of_sentence(sentence, ready.apart, several)
    return found + scales.of_sentence(sentence, ready.scales)


def _of_chinese(sentence: str, ready: Carried, places: everyday.Places) -> list[Finding]:
    """Return what is looked for in Chinese alone: kinds, parts, several parts at once, coverings, regions."""
    return [
        *sisters.of_sentence(sentence, ready.sisters),
        *fitted.of_sentence(sentence, ready.world),
        *jointly.of_sentence(sentence, ready.jointly, ready.known),
        *coverings.of_sentence(sentence, ready.coverings),
        *regions.of_sentence(sentence, ready.world, places),
        *slots.of_sentence(sentence, ready.slots, ready.world),
        *size_steps.of_sentence(sentence, ready.rows),
        *range_ends.of_sentence(sentence, ready.ranges, ready.known.carriers),
        *reservations.of_sentence(sentence, ready.reservations),
        *makers.of_sentence(sentence, ready.makers),
        *all_alike.of_sentence(sentence, ready.sorts),
        *already.of_sentence(sentence, ready.done),
        *rates.of_sentence(sentence, ready.known.rates, ready.known.carriers),
    ]


def _only_named(found: Finding, names: list[tuple[int, int]]) -> bool:
    """Tell whether what is found is but a word of the product's name, and no stuff or colour."""
    inside = within(found.start, found.end, names)
    return inside and not any(t.kind in {"material", "colour"} for t in vocabulary.readings(found.text))


_ENOUGH = re.compile(r"(?i)\b(?:large|big|wide|long|tall|deep|small|slim|light)\s+enough\s+(?:to|for)\b[^:;.]*")


def _shown_by_measure(sentence: str, ready: Carried, several: list[quantities.Quantity]) -> list[tuple[int, int]]:
    """ "Large enough to cover four knees: 130 by 180 cm": a picture of a measure the facts give."""
    if not any(q.unit and ready.known.carrier(q) is not None for q in several):
        return []
    found = []
    for match in _ENOUGH.finditer(sentence):
        for word in re.finditer(r"[^\W\d_]+", match[0]):
            if harmless.is_everyday(word[0]):
                found.append((match.start() + word.start(), match.start() + word.end()))
    return found


def _once(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: ORDER.index(f.kind) if f.kind in ORDER else len(ORDER)):
        if not any(k.start < finding.end and finding.start < k.end for k in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


# --- said again -------------------------------------------------------------------------------------------------------


def _again(written: tuple[str, ...]) -> list[Finding]:
    """A sentence that was said before, or nearly so, goes round in a circle."""
    last = _bag(written[-1])
    for earlier in written[:-1]:
        bag = _bag(earlier)
        if len(last) > 3 and bag and len(last & bag) / len(last | bag) >= _SAME:
            why = _("This was said before.")
            return [Finding(0, len(written[-1]), written[-1], "repetition", why)]
    return []


def _bag(sentence: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\u4e00-\u9fff]|[^\W_]+", sentence.casefold()))


def _evidence(sentence: str, ready: Carried, product: Product) -> list[Span]:
    spans = list(evidence.spans(sentence, product, "zh" if _HAN.search(sentence) else "en"))
    for quantity in quantities.scan(sentence):
        source = ready.known.carrier(quantity)
        if source and not any(s.start < quantity.end and quantity.start < s.end for s in spans):
            spans.append(Span(quantity.start, quantity.end, (source,)))
    return sorted(spans, key=lambda s: s.start)
