"""What Chinese sentences say of several parts at once: 扣具和牵引环都是锌合金, 内外都是不锈钢, 780克，盖子也算在内."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.language import kinship, quantities, vocabulary
from desktop_app.language.amounts import carries
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_JOINT = re.compile(
    r"(?P<a>[\u4e00-\u9fff]{1,6}?)(?:和|与|跟|、|及|以及|连同|连)(?P<b>[\u4e00-\u9fff]{1,6}?)(?:也|又)?(?:都|全都?|均|皆|一样|同样)"
    r"(?P<said>(?:是|用|为|能|可以?|有|带|保)?[^，。；！]{1,20})"
)
_BOTH = re.compile(
    r"(?P<a>里里外外|里外|内外|表里|上下|前后|正反|左右)(?:两[面层边])?(?:都|全都?|均|皆|一样)(?P<said>(?:是|用|为)?[^，。；！]{1,20})"
)
_ALSO = re.compile(
    r"(?P<said>[^，。；！]{1,12})[，,](?:连)?(?P<b>[\u4e00-\u9fff]{1,6}?)也(?:都|一样|同样)?(?:是|如此|一样)(?=[，。；！的]|$)"
)
_SIDES = {
    "里": "内里",
    "内": "内里",
    "外": "外面壳表",
    "表": "外面表",
    "上": "上面表",
    "下": "下底",
    "前": "前正",
    "后": "后背",
}
_WITH = re.compile(
    r"装[上了好]?(?P<c>[\u4e00-\u9fff]{1,3}?)(?:后|以后|之后)|(?:(?<!相)连|算上|包括|加上|带上|(?<!不)含)(?P<a>[\u4e00-\u9fff]{1,4}?)(?=一?[共起]|都|也|在内|算|，|是|有|重|才|$)"
    r"|(?P<b>[\u4e00-\u9fff]{1,4}?)(?:也|都)?(?:算在内|算进去|包括在内|也算上?|一起算|在内)"
)
_WITHOUT = re.compile(
    r"(?:不含|不算|不包括|不连|除去|去掉|光是?|单是?)(?P<a>[\u4e00-\u9fff]{1,4}?)(?=就|都|也|有|重|是|，|$)"
    r"|(?P<b>[\u4e00-\u9fff]{1,4}?)(?:另算|不算|除外|另计|不算在内)"
)
_GRADE = re.compile(r"(?<!\d)(?:304|316L?|430|201|420|6061|7075)(?!\d)")  # steels and alloys called by number
_PIECE = re.compile(r"[；;，,、|。]")
_ALL = re.compile(r"总|全|整|共|含|合计|套|带|连")


@dataclass(frozen=True, slots=True)
class Part:
    """One fact, or a piece of one, with the stuffs and amounts it names."""

    fact: int
    source: str
    name: str  # the fact's name with what its piece says
    stuffs: frozenset[Term]
    amounts: tuple[Quantity, ...]


def of(product: Product) -> tuple[Part, ...]:
    """Read off every fact which stuffs and amounts it gives to what."""
    out = []
    for number, fact in enumerate(product.facts):
        for piece in (p for p in _PIECE.split(f"{fact.value}{fact.unit}") if p.strip()):
            stuffs = {t for t in vocabulary.named(piece) if t.kind == "material"}
            out.append(
                Part(number, fact.name, f"{fact.name} {piece}", frozenset(kinship.broader(stuffs)), tuple(quantities.scan(piece)))
            )  # fmt: skip
    return tuple(out)


def of_sentence(sentence: str, known: tuple[Part, ...], numbers: Known) -> list[Finding]:
    """Return what is said of several parts and the facts give to one of them alone; spans in code points."""
    found = [f for m in _JOINT.finditer(sentence) for f in _of_each(sentence, m, [m["a"], m["b"]], known)]
    for match in _BOTH.finditer(sentence):
        found += _of_each(sentence, match, list(dict.fromkeys(match["a"])), known, sides=True)
    for match in _ALSO.finditer(sentence):
        found += _of_each(sentence, match, [match["b"]], known)
    return [*found, *_counted_in(sentence, known, numbers), *_left_out(sentence, known)]


_COMPOSED = re.compile(r"油脂|内含|馅料|配料|成分|原料|材质|面料|用料|组成|填充|里料")
_LEFT_OUT = re.compile(
    r"(?:没有?|不|未|毫无|一点)(?:掺|加|含|用|放|混|添)(?:了|入|过|任何|一点|半点|有)*(?P<what>[\u4e00-\u9fff]{1,4})"
)


def _left_out(sentence: str, known: tuple[Part, ...]) -> Iterable[Finding]:
    """ "No straw in it" of a paper whose composition names straw."""
    for match in _LEFT_OUT.finditer(sentence):
        for size in range(len(match["what"]), 1, -1):
            word = match["what"][:size]
            holding = [p for p in known if _COMPOSED.search(p.source) and word in p.name]
            if holding and not any(re.search(r"[不无没未零]", p.name) for p in holding):
                why = _("The facts say the opposite of “{text}”.", text=match[0])
                yield finding(sentence, match.start(), match.end(), "contradiction", why)
                return


def _of_each(
    sentence: str, match: re.Match[str], members: list[str], known: tuple[Part, ...], *, sides: bool = False
) -> Iterable[Finding]:
    start, said = match.start("said"), match["said"]
    several = [(a, b, t) for a, b, t in vocabulary.scan(said) if t.kind == "material"]
    for a, b, term in several[:1]:
        for member in members:
            about = [p for p in known if p.stuffs and _about(member, p.source, sides=sides)]
            if about and not any(term in p.stuffs for p in about):
                why = _("No fact says this of that part: “{text}”.", text=said[a:b])
                yield finding(sentence, start + a, start + b, "relation", why)
                return
    grade = _GRADE.search(said) if not several else None
    for member in members if grade else ():
        about = [p for p in known if (_GRADE.search(p.name) or p.stuffs) and _about(member, p.source, sides=sides)]
        if grade and about and not any(grade[0] in p.name for p in about):
            why = _("No fact says this of that part: “{text}”.", text=grade[0])
            yield finding(sentence, start + grade.start(), start + grade.end(), "relation", why)
            return
    for quantity in quantities.scan(said)[:1] if not several and not sides else ():
        holding = {p.fact for p in known for q in p.amounts if _same(q, quantity)}
        for member in members:
            about = [p for p in known if p.fact in holding and _about(member, p.name, sides=False)]
            if about and not any(_same(q, quantity) for p in about for q in p.amounts):
                why = _("The facts give “{text}” for something else.", text=quantity.text)
                yield finding(sentence, start + quantity.start, start + quantity.end, "relation", why)
                return


def _same(known: Quantity, said: Quantity) -> bool:
    if known.unit is None and said.unit is None and known.measure and known.measure == said.measure:
        return bool(set(known.values) & set(said.values))
    if known.unit is None or said.unit is None:
        return False
    return known.unit.dimension == said.unit.dimension and any(
        a * known.unit.factor == b * said.unit.factor for a in known.values for b in said.values
    )


def _about(member: str, name: str, *, sides: bool) -> bool:
    """Tell whether a fact's name speaks of ``member``: 盖 of 盖子 in 锅盖重量; 外壳 of 外."""
    if sides:
        return any(letter in name for letter in _SIDES.get(member, member))
    core = member.removesuffix("子").removesuffix("儿") or member
    return core in name or (len(core) > 1 and core[-2:] in name)


def _counted_in(sentence: str, known: tuple[Part, ...], numbers: Known) -> Iterable[Finding]:
    """ "780 g, lid and all" of a pan that weighs 780 without; "38 g, the cap not counted" of what is so with it."""
    for pattern, inside in ((_WITH, True), (_WITHOUT, False)):
        for match in pattern.finditer(sentence):
            part = (match["a"] or match["b"] or match.groupdict().get("c") or "").removesuffix("子")
            if not part:
                continue
            for quantity in quantities.scan(sentence):
                if not quantity.unit or quantity.unit.dimension not in {"weight", "length", "volume"}:
                    continue
                sources = {c.source for c in numbers.carriers if c.source and c.quantity.text and carries(c, quantity)}
                about = [p for p in known if p.source in sources]
                if about and all(_other_count(p, part, known, inside=inside) for p in about):
                    why = _("The facts give “{text}” for something else.", text=quantity.text)
                    yield finding(sentence, quantity.start, quantity.end, "relation", why)


def _other_count(holding: Part, part: str, known: tuple[Part, ...], *, inside: bool) -> bool:
    said = holding.name
    if not inside:
        return bool(re.search(rf"(?<!不)[含连带][^，。；]{{0,3}}{re.escape(part[-1])}", said))
    if re.search(rf"(?:不含|不连|除|不带)[^，。；]{{0,3}}{re.escape(part[-1])}", said):
        return True
    if _ALL.search(said):
        return False
    alone = part[-1] in holding.source  # the lid's own weight is not that of both
    dimension = next((q.unit.dimension for q in holding.amounts if q.unit), "")
    return any(
        p.fact != holding.fact and (part[-1] in p.source) != alone and any(q.unit and q.unit.dimension == dimension for q in p.amounts)
        for p in known
    )  # fmt: skip
