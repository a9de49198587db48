"""The plain writer's Chinese: clauses put together into sentences as a shopkeeper would say them."""

from __future__ import annotations

import random
import re

from desktop_app.language import chinese, sayings, strangers
from desktop_app.language.facts import items
from desktop_app.language.phrases import NOTHING, Line, joined, listed, plain, resting, sentence
from desktop_app.language.said import Said, merged
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

ORDER = [
    "material",
    "size",
    "volume",
    "colour",
    "scent",
    "options",
    "count",
    "weight",
    "pattern",
    "feature_has",
    "feature_is",
    "feature_does",
    "contents",
    "use",
    "compatibility",
    "age",
    "origin",
    "certificate",
    "feature_whole",
    "stat",
    "finish",
    "part",
    "care",
]
_BUDGET = {"short": 3, "medium": 8, "long": 99}
_OTHER_WORDS = {
    "material": ("材质为", "采用"),
    "feature_has": ("带", "带有", "配有"),
    "contents": ("附", "随附"),
}


def prose(found: list[Fact], subject: Subject, *, length: str, turn: int) -> tuple[list[Line], list[Said]]:
    """Return the sentences of a description and what is left for lines of detail; ``turn`` decides the shapes."""
    said = sayable(found, subject)
    details = [s for s in said if s.only_detail and s.value and (s.key != "brand" or length == "long")]
    usable = [s for s in said if not s.only_detail]
    dropped = usable[_BUDGET[length] :]
    usable = usable[: _BUDGET[length]]
    if length == "medium" and any(s.key == "care" for s in dropped):
        usable[-1:] = [s for s in dropped if s.key == "care"]
    if length != "long":  # how a shop system files a thing is not what a shopkeeper says of it
        details = [d for d in details if d.key != "style" and not (d.key == "pattern" and d.value.text == "纯色")]
    if len(details) > 1:  # what stands as 洗护：… stands in the list where there is one
        details[_BEFORE_CARE:_BEFORE_CARE] = [s for s in usable if s.whole and s.label]
        usable = [s for s in usable if not (s.whole and s.label)]
    dice = random.Random(f"zh {turn}")
    usable.sort(
        key=lambda s: (
            ORDER.index(s.key) if s.key in ORDER else len(ORDER),
            "尺码" in s.verb.text,
            s.key == "size" and not s.verb.text.startswith("尺寸"),
        )
    )
    usable = [_worded(s, dice, worn=subject.noun is not None and subject.noun.group == "clothing") for s in usable]
    name, _ = named(subject, found)
    clauses = [s for s in usable if s.verb]
    apart = [s for s in clauses if _apart(s)]
    opening, left = _opening(subject, name, [s for s in clauses if not _apart(s)], turn)
    if not left and apart and "，" not in opening.text and len(apart) == len(clauses):  # a name alone is no sentence
        opening, apart = _ended(joined([plain("这款") + name, *(s.verb for s in apart[:3])], "，")), apart[3:]
    if not left and len(apart) == 1 and len(opening.text) > len(name.text) + 4:  # too little for a sentence of its own
        opening, apart = _ended(Line(opening.bits[:-1]) + "，" + apart[0].verb), []
    sentences = [opening, *_following(subject, left, apart, dice)]
    return sentences + [_ended(s.whole) for s in usable if s.whole], details


def _apart(said: Said) -> bool:
    """Tell whether a clause is about something else than the thing itself: its lid, its glaze, the weight of its paper.

    What follows such a clause would be said of the lid, so these stand after everything else.
    """
    return said.key in {"stat", "part", "finish"}


def _following(subject: Subject, own: list[Said], apart: list[Said], dice: random.Random) -> list[Line]:
    """Return the sentences after the opening; each begins with what it is about."""
    out: list[Line] = []
    head = plain(subject.head) if len(subject.head) > 1 else NOTHING
    start = head if head and dice.randrange(3) else plain("它")
    while own:
        short = len(own) == 4 and sum(len(s.verb.text) for s in own) < _ONE_BREATH
        take = own[: 4 if short else 2 if len(own) in (2, 4) else 3]
        own = own[len(take) :]
        more = apart[:1] if not own and len(apart) == 1 and len(take) < 3 else []
        if take[0].key == "colour" and take[0].lines:
            take[0] = _coloured(take[0])
        apart = apart[len(more) :]
        begin = NOTHING if start.text == "它" and _MEASURED.match(take[0].verb.text) else start
        out.append(_ended(begin + joined([s.verb for s in (*take, *more)], "，")))
        start = head if start.text == "它" else plain("它")  # nobody says 它 twice in a row
    stats = [s for s in apart if s.key == "stat"]
    parts = [s for s in apart if s.key != "stat"]
    rest = [*stats, *parts]
    if rest:  # 克重, 功率: of the thing, so it is named; a lid names itself
        start = start or plain("它")
        out.append(_ended((start + "的" if stats else NOTHING) + joined([s.verb for s in rest], "，")))
    return out


_ONE_BREATH = 30  # letters
_BEFORE_CARE = 3  # lines of detail
_MEASURED = re.compile(r"\u200b?(?:容量|尺寸|净|材质|颜色|尺码|图案[有为]|口味有|香味有|规格有)")


def sayable(found: list[Fact], subject: Subject) -> list[Said]:
    """Return what can be said, in order, without what the name has said already."""
    _, told = named(subject, found)
    said = [
        s
        for s in merged(strangers.kept_apart(chinese.say(found, subject), found, "zh"), "zh")
        if (s.key == "options" or not all(f in told for f in s.facts)) and not _foreign(s)
    ]
    return sorted(said, key=lambda s: ORDER.index(s.key) if s.key in ORDER else len(ORDER))


# English words that have no Chinese here: all small letters, so that names (iPhone, OEKO-TEX) and units are none.
_FOREIGN = re.compile(
    r"(?<![A-Za-z0-9.@/])(?!(?:gsm|rpm|dpi|psi|lux|fps|lbs|pcs)\b)(?:[a-z]{3,}"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)(?![A-Za-z0-9@/])"
)


def _foreign(said: Said) -> bool:
    """Tell whether saying this would put English words into a Chinese text; the fact is left out rather."""
    if said.only_detail and re.search(r"[a-z]{3}", said.label):
        return True  # a label nobody has a Chinese word for
    return said.key != "brand" and any(_FOREIGN.search(line.text) for line in (said.value, said.verb, said.whole))


def named(subject: Subject, found: list[Fact]) -> tuple[Line, set[str]]:
    """Return the subject's name with the words that facts carry marked, and the facts that it says whole."""
    text = subject.name
    marks: dict[int, tuple[int, str]] = {}
    told: set[str] = set()
    for fact in found:
        if fact.kind not in {"material", "colour", "scent"}:
            continue
        seen = 0
        for item in items(fact):
            term = sayings.known(item, fact.kind)
            forms = {item, *(term.zh if term else ()), *(term.en if term else ())}
            forms = {f for f in forms if len(f) > 1 or fact.kind == "material"}
            hits = [(form, text.casefold().find(form.casefold())) for form in sorted(forms, key=len, reverse=True)]
            form, at = next(((f, a) for f, a in hits if a >= 0), ("", -1))
            if at >= 0:
                seen += 1
                marks.setdefault(at, (at + len(form), fact.name))
        if seen and seen == len(items(fact)):
            told.add(fact.name)
    line, at = NOTHING, 0
    for start in sorted(marks):
        end, name = marks[start]
        if start >= at:
            line = line + text[at:start] + resting(text[start:end], name)
            at = end
    return line + text[at:], told


# --- opening ----------------------------------------------------------------------------------------------------------


_PACKED = frozenset("袋盒瓶罐包桶支听箱")


def _opening(subject: Subject, name: Line, said: list[Said], turn: int) -> tuple[Line, list[Said]]:
    """Five shapes, so that neighbours differ whether their numbers step by one or by two."""
    few = 3 if len(said) == 3 and len(said[2].verb.text) < 9 else 2  # a last short clause is no sentence of its own
    first, left = said[:few], said[few:]
    clauses = joined([s.verb for s in first], "，")
    measure = subject.noun.measure if subject.noun and subject.noun.measure else "款"
    if any(s.key == "count" for s in said) or (measure in _PACKED and subject.noun and subject.noun.group == "food"):
        measure = "款"  # a set is no single piece, and whether tea comes in a tin or a bag no fact says
    latin = not sayings.has_han(subject.name)
    this = f"这{measure}" if re.match(r".{0,2}款", subject.name) and measure != "款" else "这款"  # 这双女款路跑鞋
    kind = f"一{_kind_measure(subject)}{subject.head}" if latin and subject.head else ""
    if not said:
        return _ended(_alone(subject, name, kind)), []
    shape = turn % 5
    if kind and shape in {0, 3}:
        return _ended(name + "是" + kind + "，" + clauses), left
    if not subject.known and not latin:  # "商品" alone is no name
        return _ended("这款" + name + _join_verb(first[0]) + clauses), left
    if not subject.known and latin:
        return _ended(name + "，" + clauses), left
    material = next((s for s in first if s.key == "material" and s.lines), None)
    if shape == 1 and material and not latin and not set(material.value.text) & set(subject.name) - set("和、"):
        others = [s.verb for s in first if s is not material]
        start = plain("以") + listed(list(material.lines), "zh") + "制成的" + name
        return _ended(joined([start, *others], "，") if others else plain("这是一") + measure + start), left
    if shape == 2:
        return _ended(plain(this) + name + "，" + clauses), left
    if shape == 4 and not latin and measure != "款":
        three = said[:4] if len(said) == 4 else said[:3]
        return _ended(plain(f"一{measure}") + name + "，" + joined([s.verb for s in three], "，")), said[len(three) :]
    if shape == 3:
        return _ended(name + "，" + clauses), left
    if first[0].key == "colour" and first[0].lines:
        first = [_coloured(first[0]), *first[1:]]
    called = plain("这款" if latin else f"这{measure}") + name
    return _ended(called + _join_verb(first[0]) + joined([s.verb for s in first], "，")), left


def _coloured(said: Said) -> Said:
    """After the name itself a colour just is: "这顶帽子为红色"; 黑金 is not plainly one."""
    if not said.value.text.endswith("色"):
        return said
    line = plain("为") + listed(list(said.lines), "zh")
    return Said(said.key, said.facts, line, line, value=said.value, lines=said.lines)


_JOINS = re.compile(r"\u200b?(?:材质|颜色|采用|有|带|配|附|适|产|为|容量|净|尺码|尺寸|图案|口味|可(?!选))")


def _join_verb(said: Said) -> str:
    return "" if _JOINS.match(said.verb.text) else "，"


def _kind_measure(subject: Subject) -> str:
    return "款"


def _alone(subject: Subject, name: Line, kind: str) -> Line:
    if kind:
        return name + "是" + kind
    tails = "，".join(subject.tails)
    return name + (f"，{tails}" if tails else "")


def _worded(said: Said, dice: random.Random, *, worn: bool) -> Said:
    """Say the same with another verb where there is one: 带, 带有, 配有 (a shirt has its collar, it is not fitted with it)."""
    several = [v for v in _OTHER_WORDS.get(said.key, ()) if not (worn and v == "配有")]
    if not several or not said.lines:
        return said
    verb = several[dice.randrange(len(several))]
    if said.key == "feature_has" and len(said.lines[0].text) < 2:
        verb = "带"  # 带盖
    after = "制成" if verb == "采用" else ""
    if verb == "采用" and any(len(line.text) < 2 for line in said.lines):
        verb, after = "材质为", ""
    line = plain(verb) + listed(list(said.lines), "zh") + after
    return Said(said.key, said.facts, line, line, said.part, said.whole, said.label, said.value, said.lines, said.frame)


def _ended(line: Line) -> Line:
    bits = tuple((text.replace("\u200b", ""), names) for text, names in line.bits)
    return sentence(Line(bits), "zh")


# --- lines ------------------------------------------------------------------------------------------------------------


def detail(said: Said) -> Line:
    """Return a line of detail: "焙火：中火"."""
    value = Line(tuple((re.sub(r"(?<=\D),\s*(?=\D)", "，", text), names) for text, names in said.value.bits))
    return plain(said.label + "：") + value


def point(said: Said) -> Line:
    """Return one selling point."""
    line = detail(said) if said.only_detail else said.whole or said.verb
    return Line(tuple((text.replace("\u200b", ""), names) for text, names in line.bits))


def attributes(said: list[Said]) -> list[Line]:
    """Return what may stand behind a title, the most telling first."""
    wanted = ("size", "volume", "material", "colour", "scent", "count")
    return [
        Line(tuple((re.sub(r"\s*×\s*", "×", t), n) for t, n in s.value.bits))
        for key in wanted
        for s in said
        if s.key == key and s.value and not s.only_detail
    ]
