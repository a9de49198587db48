"""The closed-world check: a sentence may say what the product's facts carry, a few harmless words, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from desktop_app.language import (
    belonging,
    broken,
    everyday,
    evidence,
    handling,
    quantities,
    relations,
    rules,
    sentences,
    units,
    vocabulary,
)
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Carrier, Known
from desktop_app.language.vocabulary import World
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
]
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNIT_WORDS = frozenset(
    ["cm", "mm", "kg", "ml", "oz", "lb", "lbs", "gsm", "in", "inch", "inches", "fl", "x", "g", "l", "m", "w", "v"]
)
_COUNTED = re.compile(rf"(?:[\d½¼¾/]|\b(?:{'|'.join(quantities.WORDS)}|half an?|per))[\s-]*$", re.I)
_SAME = 0.85
_INSTEAD = re.compile(
    r"(?i)(?:,\s*(?:and\s+)?not|\band not|\brather than|\binstead of|不是|而非|并非)\s+(?:white |real |fake )?$|(?:不是|而非|并非)$"
)
_NOT_THERE = re.compile(
    r"(?i)\b(?:not|no|none|without|separately|extra|own|yourself|n['’]t|nor|neither)\b|[不没无别另]|自备|自己|自行"
)
_LIKE = re.compile(r"(?i)(?:looks? like|like|resembles?|instead of)\s+(?:an?\s+|real\s+)?$|[像仿似]$|看起来是?$")
_NOT_FOR = re.compile(
    r"(?i)\b(?:not (?:suitable |meant |made |intended )?for|keep (?:it )?away from|out of reach of)\s+$|(?:别给|不给|不要给|不适合|不宜|以下的?|不满[\w一二三四五六七八九十]+[岁个月]+的?)$"
)
_TURNED = re.compile(r"[天晒烤煎烧炸脸变发熏炒摸]$")
_SAID_BEFORE = re.compile(r"[深浅淡纯全实]$")
_SAID_AFTER = re.compile(r"[色的制质做款底漆釉边条线绳面柄盖芯扣布皮、，。；！和与或/]|$")
_RELATIVE = re.compile(
    r"(?i)\b(?:heavy|light|big|small|large|long|short|tall|wide|narrow|thick|thin|deep|shallow|high|low|little|enough)\b|[轻重矮薄]"
)
_LIMIT = re.compile(r"最[多少低高大小](?!的)")
_EXTREME = re.compile(
    r"(?i)(?:largest|biggest|smallest|longest|shortest|tallest|widest|narrowest|heaviest|lightest)\b|最[大小长短高矮宽窄重轻]"
)
_IDIOM = re.compile(
    r"(?i)\b(?:(?:or, )?best of all|(?:the )?best (?:part|bit|moment|seat|hour) of (?:the |a |every |any )?\w+|last but not least|(?:all )?the best to|at best|best kept|best served)\b|最好(?=别|不|先|在|用)|何不|哪儿也不|谁也不"
)
# "We make no promises about your health", "不说它能安神": a claim that is not made
_DISCLAIMED = re.compile(
    r"(?i)\b(?:we |it )?(?:make|makes|give|gives) no (?:claims?|promises?)\b[^.;!?]*?(?=[.;!?]|$)"
    r"|\b(?:we|it) (?:do|does)(?: not|n['’]t) (?:claim|promise|say|pretend)\b[^.;!?]*?(?=[.;!?]|$)"
    r"|\bno (?:medicine|cure|remedy|miracle)\b|\b(?:is|are|was) not (?:a |an )?(?:medicine|cure|remedy|medical \w+|toy)\b"
    r"|[^，。；！]*(?:的|呢)(?:不敢说|不好说|说不好)|(?:我们|本店)?(?:不(?:说|敢说|承诺|宣称|保证|代表|声称)|(?:别|不要|勿)(?:指望|期待|当成?)|不是(?:什么)?(?:药|保健品|灵丹妙药)|不能(?:代替|替代)药)[^，。；！]*",
)
_OWN_TIME = re.compile(
    r"(?i)\b(?:take|spare|give yourself|have|for|sit down for|lie down for)\s+$|(?:歇|坐|躺|睡|休息|发呆|走|逛|聊)(?:上|个)?$"
)
_HANDS = re.compile(
    r"(?i)\s*(?:hands?|fingers?|friends?|people|words?|letters)\b|(?:只|个|双)?(?:手|人|字|朋友|大人|词)"
)
_SPAN = re.compile(r"(?i)(?:\w+ minutes|[一二三四五六七八九十]+分钟)")


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found in a text: what nothing carries, and which stretch rests on what."""

    findings: tuple[Finding, ...] = ()
    evidence: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """Hold the last of some sentences against a product; small, picklable, asked at every sentence end.

    ``policies`` are sentences the shop stands by ("Free returns within 30 days."): what they say of delivery, returns,
    offers and guarantees is carried too. Not ``strict``: words that are merely unknown pass, claims still do not.
    ``neighbours`` are titles of other products of the shop, which a text of this one may not name. ``scenes`` lets
    everyday words stand where a sentence speaks of the reader's day and not of the product, as `check` does for people's
    texts; weights, whose scenes are often nonsense, are held to the small vocabulary throughout.
    """

    product: Product
    language: str
    strict: bool = True
    policies: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    scenes: bool = False

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand; spans are code points within it."""
        if not written or not written[-1].strip():
            return Verdict(True)
        ready = _ready(self.product, self.policies)
        findings = _of_sentence(written[-1], ready, self.language, scenes=self.scenes)
        findings += [*_again(written), *broken.cut_off(written[-1])]
        findings += broken.other_names(written[-1], self.neighbours, ready.world.text)
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
    policies: tuple[str, ...] = (),
    neighbours: tuple[str, ...] = (),
    scenes: bool = True,
) -> Checked:
    """Hold a whole text against ``product``: findings and evidence with spans in code points of ``text``.

    An empty ``language`` is read off the text. Findings of one stretch are one: the gravest stays. ``neighbours`` are
    titles of other products, which the text may not name.
    """
    tongue = language or ("zh" if _HAN.search(text) else "en")
    ready = _ready(product, policies)
    findings: list[Finding] = []
    resting: list[Span] = []
    before: list[str] = []
    several = sentences.split(text, tongue)
    for n, (start, end) in enumerate(several):
        sentence = text[start:end]
        lead = re.match(r"(?:[-•*]\s+)", sentence)
        at = start + (lead.end() if lead else 0)
        found = _of_sentence(text[at:end], ready, tongue, scenes=scenes) + _again((*before, sentence))
        inside = n > 0 and "\n" not in text[several[n - 1][1] : start]
        found += broken.cut_off(text[at:end], last=n == len(several) - 1, others_end=inside)
        found += broken.other_names(text[at:end], neighbours, ready.world.text)
        findings += [replace(f, start=f.start + at, end=f.end + at) for f in found if strict or f.kind != "unsupported"]
        resting += [Span(s.start + at, s.end + at, s.facts) for s in _evidence(text[at:end], ready, product)]
        before.append(sentence)
    return Checked(tuple(sorted(findings, key=lambda f: f.start)), tuple(resting))


@dataclass(frozen=True, slots=True)
class _Ready:
    known: Known
    world: World
    pieces: tuple[belonging.Piece, ...]
    shares: tuple[belonging.Share, ...]
    sides: tuple[tuple[str, Carrier], ...]
    sizes: int  # in how many sizes it comes
    policies: str
    exempt: re.Pattern[str] | None
    packs: tuple[rules.Rule, ...]


@lru_cache(maxsize=256)
def _ready(product: Product, policies: tuple[str, ...]) -> _Ready:
    world = vocabulary.of(product)
    names = [re.escape(n) for n in world.names]
    packs = [rule for names_of in rules.PACKS.values() for name in names_of for rule in rules.load(name).rules]
    return _Ready(
        Known.of(product),
        world,
        belonging.pieces(product),
        belonging.shares(product),
        belonging.sides(product),
        belonging.sizes(product),
        " ".join(policies).casefold(),
        re.compile("|".join(names), re.I) if names else None,
        tuple(packs),
    )


def _of_sentence(sentence: str, ready: _Ready, language: str, *, scenes: bool) -> list[Finding]:
    """Return the findings of one sentence, each stretch once."""
    exempt = [m.span() for m in ready.exempt.finditer(sentence)] if ready.exempt else []
    terms = [t for t in vocabulary.scan(sentence) if not _within(t[0], t[1], exempt)]
    found = [f for f in ready.known.unsupported(sentence) if not _within(f.start, f.end, exempt)]
    places = everyday.places(sentence, language, ready.world.things) if scenes else everyday.nowhere(sentence, language)
    found = [f for f in found if not _scene_number(sentence, f, places)]
    found = [
        f for f in found if not any(a <= f.start and f.end < b and t.kind in {"feature", "noun"} for a, b, t in terms)
    ]  # "two-tone", "¼ zip"
    carried = [(a, b) for a, b, _t in terms if any(r in ready.world.terms for r in vocabulary.readings(sentence[a:b]))]
    excused: list[tuple[int, int]] = []  # claims that are carried, or not made: their words need nothing more
    found += _by_rules(sentence, ready, exempt, carried, places, excused)
    found += _by_terms(sentence, terms, ready.world, language, places, excused)
    found += relations.of_sentence(sentence, ready.world, ready.known)
    found += handling.of_sentence(sentence, ready.world.handling)
    several = quantities.scan(sentence)
    found += belonging.of_sentence(sentence, ready.pieces, several)
    found += belonging.of_other_stuff(sentence, ready.shares, several)
    found += belonging.of_another_side(sentence, ready.sides, several)
    idioms = [m.span() for m in _IDIOM.finditer(sentence)]
    disclaimed = [m.span() for m in _DISCLAIMED.finditer(sentence)] + idioms
    found = [
        f
        for f in found
        if not _within(f.start, f.end, idioms)
        and (f.kind not in rules.BY_FACT or not _within(f.start, f.end, disclaimed))
    ]
    amounts = [(q.start, q.end) for q in several]  # those nothing carries are findings already
    extremes = [m.span() for m in _EXTREME.finditer(sentence) if _extreme(sentence, m.start(), ready)]
    taken = [(f.start, f.end) for f in found] + exempt + amounts + disclaimed + extremes + excused
    if any(ready.known.carrier(q) is not None for q in several):
        taken += [m.span() for m in _RELATIVE.finditer(sentence)]  # "heavy: 2.4 kg"
    found += _by_words(sentence, terms, ready.world, language, taken, places)
    found += broken.loops(sentence)
    return _once(found)


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _once(found: list[Finding]) -> list[Finding]:
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda f: ORDER.index(f.kind) if f.kind in ORDER else len(ORDER)):
        if not any(k.start < finding.end and finding.start < k.end for k in kept):
            kept.append(finding)
    return sorted(kept, key=lambda f: f.start)


# --- rules ------------------------------------------------------------------------------------------------------------


def _by_rules(
    sentence: str,
    ready: _Ready,
    exempt: list[tuple[int, int]],
    carried: list[tuple[int, int]],
    places: everyday.Places,
    excused: list[tuple[int, int]],
) -> list[Finding]:
    found = []
    for rule in ready.packs:
        for match in rule.pattern.finditer(sentence):
            if rule.kind in rules.BY_FACT and match[0].strip() and _allowed(rule, match[0], ready):
                excused.append(match.span())
                continue
            if rule.kind == "superlative" and _extreme(sentence, match.start(), ready):
                continue
            if rule.kind == "absolute" and (places.free(match.start()) or everyday.asked(sentence, match.end())):
                excused.append(match.span())
                continue  # "the cat always wins", "never leave it alone"
            if not match[0].strip() or _within(match.start(), match.end(), exempt) or _allowed(rule, match[0], ready):
                continue
            if rule.kind in rules.BY_FACT and _within(match.start(), match.end(), carried):
                continue
            found.append(Finding(match.start(), match.end(), match[0], rule.kind, _(rule.why), rule.id))
    return found


def _extreme(sentence: str, start: int, ready: _Ready) -> bool:
    """ "The largest pot is 16 cm": of several sizes the facts give, one is the largest; the number is checked apart."""
    if _LIMIT.match(sentence, start):
        return any(ready.known.carrier(q) is not None for q in quantities.scan(sentence) if q.start >= start)
    if not _EXTREME.match(sentence, start):
        return False
    sizes = [p for p in ready.pieces for c in p.carriers if c.quantity.unit or p.role == "size"]
    several = len(sizes) > 1 or any(len(p.text.split("|")) > 1 for p in ready.pieces) or ready.sizes > 1
    return several and (bool(quantities.scan(sentence)) or bool(re.search(r"\b(?:\d?X*[SL]|M)\b", sentence)))


def _allowed(rule: rules.Rule, text: str, ready: _Ready) -> bool:
    said = text.casefold()
    if rule.kind not in {"leak", "placeholder"} and said in ready.policies:
        return True
    if rule.kind not in rules.BY_FACT:
        return False
    if re.search(rf"(?<![a-z]){re.escape(said)}(?![a-z])", ready.world.text) or said in ready.world.grams:
        return True
    words, free = _LATIN_WORD.findall(said), vocabulary.harmless("en", ready.world.group)
    if len(words) == 1 and vocabulary.related(words[0]) & ready.world.kin:
        return True
    carried = [w for w in words if len(w) > 3 and vocabulary.related(w) & ready.world.kin]
    if (
        rule.kind in {"feature", "delivery", "returns"}
        and carried
        and all(w.casefold() in free or w in carried for w in words)
    ):
        return True  # "do not slip", with non-slip feet
    soon = re.search(r"今天|明天|当天|当日|次日|隔天|包邮|免邮", said)
    if (
        rule.kind in {"delivery", "returns"}
        and _HAN.search(said)
        and not soon
        and rule.pattern.search(ready.world.text)
    ):
        return True  # a fact speaks of it; the days are held against it as numbers
    term = next(iter(vocabulary.named(text)), None)
    if term is not None and term in ready.world.terms:
        return True
    return rule.kind == "certificate" and any(t.kind == "certificate" for t in ready.world.terms)


# --- known things -----------------------------------------------------------------------------------------------------


def _by_terms(
    sentence: str,
    terms: list[tuple[int, int, Term]],
    world: World,
    language: str,
    places: everyday.Places,
    excused: list[tuple[int, int]],
) -> list[Finding]:
    found = []
    free = vocabulary.harmless("zh" if language == "zh" else "en", world.group)
    for start, end, term in terms:
        text = sentence[start:end]
        left_out = term.kind == "noun" and _NOT_THERE.search(sentence)
        if term in world.denied and (left_out or relations.negated(sentence, start) or _LIKE.search(sentence[:start])):
            excused.append((start, end))
            continue
        if term in world.denied:
            found.append(
                _finding(sentence, start, end, "contradiction", _("The facts say it is not “{text}”.", text=text))
            )
        several = vocabulary.readings(text)
        if any(t in world.terms or t.kind == "noun" for t in several) or _words_carried(text, world, free):
            continue
        if any(t in world.denied for t in vocabulary.readings(re.sub(r"^(?:不|not )", "", text))):
            continue  # "not dishwasher-safe", as the facts say
        if _in_a_scene(text, start, several, world, places) or _inside_a_word(sentence, start, end, world):
            excused.append((start, end))
            continue
        if _not_it(sentence, start, several[0], world):
            excused.append((start, end))
            continue
        kind = _kind(sentence, several)
        found.append(_finding(sentence, start, end, kind, _("No fact of this product says “{text}”.", text=text)))
    return found


def _in_a_scene(text: str, start: int, several: tuple[Term, ...], world: World, places: everyday.Places) -> bool:
    """ "A slice of lemon", "on a rainy Sunday": things and times around the product, not the product's own."""
    if places.bound(start):
        return False
    if _usual(text, world):
        return True
    if places.claimed(start):
        return False
    return _is_everyday(text) or any(t.kind == "use" and t.group != "people" for t in several)


def _not_it(sentence: str, start: int, term: Term, world: World) -> bool:
    """ "Not plastic", "no cotton in it" where the whole composition is known, "not for puppies": nothing is claimed."""
    if term.kind in {"material", "colour"} and _INSTEAD.search(sentence[:start]):
        return True
    if term.kind in {"material", "scent"} and world.complete and relations.negated(sentence, start):
        return True
    return term.kind == "use" and bool(_NOT_FOR.search(sentence[:start]))


def _inside_a_word(sentence: str, start: int, end: int, world: World) -> bool:
    """One letter of a longer known word: the 白 of 漂白 or 白开水."""
    if end - start > 1 or not _HAN.match(sentence[start]):
        return False
    if sentence[start] in "棉麻竹木钢铁铜瓷纸蜡" and sentence[start] in world.text:
        return True
    if _TURNED.search(sentence[:start]) or not (
        _SAID_BEFORE.search(sentence[:start]) or _SAID_AFTER.match(sentence, end)
    ):
        return True  # 天黑了, 烤黄, 红包: no colour of the thing
    known = vocabulary.harmless("zh", world.group) | world.usual.zh | everyday.words("zh") | world.grams
    return any(
        sentence[a : a + size] in known
        for size in (2, 3, 4)
        for a in range(max(0, start - size + 1), start + 1)
        if a + size > start and len(sentence[a : a + size]) == size
    )


def _usual(text: str, world: World) -> bool:
    if _HAN.search(text):
        return text in world.usual.zh
    words = _LATIN_WORD.findall(text)
    return bool(words) and all(vocabulary.forms(w) & world.usual.en for w in words)


def _is_everyday(text: str) -> bool:
    if _HAN.search(text):
        return text in everyday.words("zh")
    words = _LATIN_WORD.findall(text)
    known, cautious = everyday.words("en"), everyday.cautious("en")
    return bool(words) and all(vocabulary.forms(w) & known and not vocabulary.forms(w) & cautious for w in words)


def _scene_number(sentence: str, finding: Finding, places: everyday.Places) -> bool:
    """ "Take five minutes for yourself": a span of the reader's own time."""
    return (
        finding.kind == "number"
        and not places.claimed(finding.start)
        and (
            bool(_HANDS.match(sentence, finding.end))
            or bool(_OWN_TIME.search(sentence[: finding.start]) and _SPAN.fullmatch(finding.text))
        )
    )


def _kind(sentence: str, several: tuple[Term, ...]) -> str:
    if re.search(r"(?i)smell|scent|fragran|aroma|perfume|香|气味", sentence) and any(
        t.kind == "scent" for t in several
    ):
        return "scent"
    if several[0].kind == "use":
        return "audience" if several[0].group == "people" else "use"
    return several[0].kind


def _words_carried(text: str, world: World, free: frozenset[str]) -> bool:
    if _HAN.search(text):
        return text in world.grams or text in free
    words = _LATIN_WORD.findall(text)
    return bool(words) and all(vocabulary.forms(w) & world.words or w.casefold() in free for w in words)


def _finding(sentence: str, start: int, end: int, kind: str, why: str) -> Finding:
    return Finding(start, end, sentence[start:end], kind, why)


# --- every other word -------------------------------------------------------------------------------------------------


def _by_words(
    sentence: str,
    terms: list[tuple[int, int, Term]],
    world: World,
    language: str,
    taken: list[tuple[int, int]],
    places: everyday.Places,
) -> list[Finding]:
    covered = taken + [(a, b) for a, b, t in terms if t in world.terms or _may_stand(sentence, a, b, world, places)]
    if other := _other_language(sentence, language, taken):
        return [other]
    found = _latin_words(sentence, world, language, covered, places)
    if _HAN.search(sentence):
        found += _han_words(sentence, world, language, covered, places)
    return found


def _may_stand(sentence: str, start: int, end: int, world: World, places: everyday.Places) -> bool:
    several = vocabulary.readings(sentence[start:end])
    return all(t.kind != "noun" for t in several) and _in_a_scene(sentence[start:end], start, several, world, places)


def _other_language(sentence: str, language: str, taken: list[tuple[int, int]]) -> Finding | None:
    """A whole sentence in the other script is in the wrong language, whatever it says; a name alone is in none."""
    if taken and not re.search(r"\w", "".join(c for n, c in enumerate(sentence) if not _within(n, n + 1, taken))):
        return None
    han, latin = len(_HAN.findall(sentence)), len(_LATIN_WORD.findall(sentence))
    if (language == "zh" and han == 0 and latin > 1) or (language == "en" and latin == 0 and han > 1):
        return _finding(sentence, 0, len(sentence), "language", _("This is not in the language of the text."))
    return None


def _latin_words(
    sentence: str, world: World, language: str, covered: list[tuple[int, int]], places: everyday.Places
) -> list[Finding]:
    free = vocabulary.harmless("en", world.group)
    found = []
    for match in _LATIN_WORD.finditer(sentence):
        word = match[0]
        low = word.casefold().replace("’", "'")
        if _within(match.start(), match.end(), covered) or low in quantities.WORDS:
            continue
        if (low in _UNIT_WORDS or units.find(low)) and re.search(
            r"(?:[\d½¼¾/]|\b[a-z]+)[\s-]*$", sentence[: match.start()]
        ):
            continue
        if vocabulary.related(word) & world.kin or low.removesuffix("'s") in free or low.split("'")[0] in free:
            continue
        if low in world.shades and re.match(r"[\s-]+[a-z]", sentence[match.end() :], re.I):
            continue
        if not places.bound(match.start()) and _usual(word, world):
            continue
        if not places.claimed(match.start()) and not places.bound(match.start()) and _is_everyday(word):
            continue
        if places.free(match.start()) and word.islower() and _says_nothing_of_it(sentence, match.start(), low):
            continue
        kind = "size" if re.fullmatch(r"[XSML]{1,4}", word) else "unsupported"
        if language == "zh" and len(word) > 1 and word.islower():
            kind = "language"
        why = _("Nothing in this product’s facts says “{text}”.", text=word)
        found.append(_finding(sentence, match.start(), match.end(), kind, why))
    return found


_PRAISE = frozenset(
    "弹韧密绵亮厚薄硬挺垂爽烈猛强牢稳灵透畅顺便捷易免速恒智享悦尚潮萌仙纤瘦紧滋血肾胃眠神脑瞳肌肤肠肝优佳妙润糯软嫩鲜香脆滑柔细腻精致雅美靓醇纯净透亮匠臻奢贵珍稀爆款省惠值牌坚固韧弹耐防抗菌疗效健养补护安全"
)
_PROPERTY = re.compile(r"(?:able|ible|ful|less|ous|ive|proof|ish|ic|al|est|ier|[^aeiou]y|some|like|ant|ent)$")


def _says_nothing_of_it(sentence: str, start: int, low: str) -> bool:
    """An unknown word of a scene is let through as the name of a thing or as a deed, not as a property."""
    if vocabulary.forms(low) & everyday.cautious("en"):
        return False
    return everyday.pointed_at(sentence, start) or not _PROPERTY.search(low)


def _han_words(
    sentence: str, world: World, language: str, covered: list[tuple[int, int]], places: everyday.Places
) -> list[Finding]:
    harmless = vocabulary.harmless("zh", world.group)
    several = (harmless | world.usual.zh | everyday.words("zh"), harmless | world.usual.zh, harmless)

    def free_at(at: int) -> frozenset[str]:
        return several[2 if places.bound(at) else 1 if places.claimed(at) else 0]

    found: list[Finding] = []
    at = 0
    while at < len(sentence):
        inside = next((b for a, b in covered if a <= at < b), 0)
        end = _known_until(sentence, at, world, free_at(at)) if _HAN.match(sentence[at]) else at + 1
        if inside or end > at:
            at = max(inside, end)
            continue
        alone = (
            at + 1 >= len(sentence)
            or not _HAN.match(sentence[at + 1])
            or bool(
                any(a <= at + 1 < b for a, b in covered)
                or _known_until(sentence, at + 1, world, free_at(at + 1)) > at + 1
            )
        )
        if sentence[at] not in _PRAISE and (
            places.free(at) or (alone and not places.claimed(at) and not places.bound(at))
        ):
            at += 1  # one unknown letter between known words claims nothing; a word of two does
            continue
        start = at
        while at < len(sentence) and _HAN.match(sentence[at]) and _known_until(sentence, at, world, free_at(at)) == at:
            at += 1
        kind = "unsupported" if language == "zh" else "language"
        why = _("Nothing in this product’s facts says “{text}”.", text=sentence[start:at])
        found.append(_finding(sentence, start, at, kind, why))
    return found


def _known_until(sentence: str, at: int, world: World, free: frozenset[str]) -> int:
    for size in range(min(12, len(sentence) - at), 0, -1):
        piece = sentence[at : at + size]
        if piece in world.grams or piece in free or piece in quantities.MEASURES:
            return at + size
        if size == 1 and piece in "零一二两三四五六七八九十百千万半第":
            return at + 1
    for unit in ("厘米", "毫米", "毫升", "公斤", "克", "升", "米", "英寸", "小时", "分钟", "岁", "℃"):
        if sentence.startswith(unit, at) and re.search(r"[\d一二两三四五六七八九十百半]\s*$", sentence[:at]):
            return at + len(unit)
    return at


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


def _evidence(sentence: str, ready: _Ready, product: Product) -> list[Span]:
    spans = list(evidence.spans(sentence, product, "zh" if _HAN.search(sentence) else "en"))
    for quantity in quantities.scan(sentence):
        source = ready.known.carrier(quantity)
        if source and not any(s.start < quantity.end and quantity.start < s.end for s in spans):
            spans.append(Span(quantity.start, quantity.end, (source,)))
    return sorted(spans, key=lambda s: s.start)
