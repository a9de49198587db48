"""Which fact a number belongs to: 24 hours of cold are no 24 hours of heat, the rear light's lumens not the front's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_app.language import facts, inflections, kinship, quantities, states, vocabulary
from desktop_app.language.amounts import carries
from desktop_app.language.carrier import Carrier, told
from desktop_app.language.quantities import Quantity
from desktop_app.records import Fact, Finding, Product
from desktop_app.words import _

# Words of which a piece of a fact says one and a sentence may not put another in its place.
_RIVALS = (
    (r"\bcold|\bcool|\bchilled|\biced?\b|冷|冰|凉", r"\bhot\b|\bwarm|\bheat|热|(?<![耐水色体室恒降])温(?!度|馨|柔)"),
    (r"\bhigh\b(?! up)|\bfull (?:power|brightness|speed)\b|\bmax(?:imum)?\b|\bbright(?:est)?\b|\bturbo\b|高[档亮速]|强[档劲力]|最亮|最大档|全速", r"\blow\b|\beco\b|\bdim(?:mest)?\b|\bgentle\b|低[档亮速]|弱[档]|节能|微光"),
    (r"\bdrained\b|沥干|固形物", r"\bnet\b|净含量|净重"),
    (r"\boutdoors?\b|\boutside\b|\bin the open\b|\bopen (?:air|field)\b|室外|户外", r"\bindoors?\b|\binside\b|\bin the house\b|\bthrough walls\b|室内"),
    (r"\bfront\b|前", r"\brear\b|\bback\b|后|尾"),
    (r"\bearbuds?\b|单耳", r"\bcase\b|充电盒"),
    (r"\bsmall\b|小号|(?<![A-Za-z])S(?![A-Za-z])", r"\bmedium\b|中号|(?<![A-Za-z])M(?![A-Za-z])", r"\blarge\b|大号|(?<![A-Za-z])L(?![A-Za-z])"),
    (r"\blength\b|\blong\b|长(?![度到成高出大])|长度", r"\bwidth\b|\bwide\b|宽", r"\bheight\b|(?<!-)\bhigh\b|\btall\b|高(?![硼出处高兴])"),
    (r"\bsow(?:ing|n)?\b|播", r"\bharvest(?:ed|ing)?\b|\bpick(?:ed|ing)?\b|收|摘"),
    (r"\bUSB-C\b|Type-C", r"\bUSB-A\b"),
    (r"\blid\b|盖", r"\bbody\b|身"),
    (r"\bblade\b|刃", r"\bhandle\b|柄"),
    (r"\bseat\b|座", r"\bback(?:rest)?\b|背"),
    (r"\bbefore\b|前", r"\bafter\b|后"),
    (r"单次|充一次|per charge|single charge|one charge", r"配合充电盒|(?:含|加|连)充电盒|总续航|with (?:the )?case\b|\btotal\b"),
    (r"\bpair\b|一[对双]", r"\beach\b|每只|单只|一只"),
)  # fmt: skip
_SIDE = re.compile(r"(?i)\b(?:long|wide|high|tall|deep|thick|length|width|height|depth)\b|长(?![到成高])|[宽高深厚]")
_PIECE = re.compile(r"[;；,，、|\n]|(?<=\S)\s/\s(?=\S)")
_CLAUSES = re.compile(r"[,;，；。、]|\band\b|\bbut\b|而|但")
_INGREDIENT = re.compile(r"(?:含有?|内有|contains?\s+)$", re.I)
_UNITS = frozenset(["厘米", "毫米", "公斤", "毫升", "公分", "英寸"])
_GENERAL = frozenset(
    [
        "time",
        "size",
        "sizes",
        "weight",
        "net",
        "dimensions",
        "dimension",
        "length",
        "width",
        "height",
        "depth",
        "thickness",
        "diameter",
    ]
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of a fact with its name, and the numbers it carries."""

    text: str
    name: str
    role: str
    carriers: tuple[Carrier, ...]
    whole: str = ""


def pieces(product: Product) -> tuple[Piece, ...]:
    """Return the stretches of every fact and option value that hold a number."""
    found: list[Piece] = []
    sources = [(f.name, told(f), f) for f in product.facts]
    options = {o for v in product.variants for o in v.options}
    sources += [(name, value, Fact(name, value)) for name, value in options]
    for name, value, fact in sources:
        for text in _PIECE.split(value):
            several = tuple(Carrier(q, name) for q in _shared(value, text))
            if several:
                found.append(Piece(f"{name} {text}", name, facts.role_of(fact), several, f"{name} {value}"))
    return tuple(found)


def _shared(value: str, text: str) -> list[Quantity]:
    """Return the numbers of a piece; a bare one takes the unit that the whole value ends in."""
    start = value.find(text)
    return [q for q in quantities.scan(value) if start <= q.start < start + len(text)]


@dataclass(frozen=True, slots=True)
class Share:
    """A share of something: 55 % of what."""

    carrier: Carrier
    words: frozenset[str]


def shares(product: Product) -> tuple[Share, ...]:
    """Return what the percentages of the facts are shares of: linen of "55% linen, 45% viscose" and of 亚麻55%."""
    found: list[Share] = []
    for fact in product.facts:
        several = [q for q in quantities.scan(fact.value) if q.unit and q.unit.dimension == "percent"]
        first = bool(several) and (
            not re.search(r"[^\W\d_]", fact.value[: several[0].start])
            or bool(re.match(r"\s*[^\W\d_]", fact.value[several[-1].end :]))
        )
        for n, quantity in enumerate(several):
            before = several[n - 1].end if n else 0
            after = several[n + 1].start if n + 1 < len(several) else len(fact.value)
            of = fact.value[quantity.end : after] if first else fact.value[before : quantity.start]
            found.append(Share(Carrier(quantity, fact.name), _content(of) or _content(_SHARE_NAME.sub("", fact.name))))
    return tuple(found)


def _number_first(sentence: str, found: list[Quantity], n: int) -> frozenset[str]:
    """Return what stands right behind a share in 七成羊毛三成腈纶, where nothing stands before the first."""
    shares = [q for q in found if q.unit and q.unit.dimension == "percent"]
    if len(shares) < 2 or re.search(r"[\u4e00-\u9fff]{2}$", re.split(r"[，。；、]", sentence[: shares[0].start])[-1]):
        return frozenset()
    at = found[n].end
    behind = [(a, b) for a, b, _t in vocabulary.scan(sentence[at : at + 8]) if a <= 1]
    return _content(sentence[at + behind[0][0] : at + behind[0][1]]) if behind else frozenset()


_SHARE_NAME = re.compile(r"(?i)content|share|percentage|含量|占比|比例")
_TAKES_UP = re.compile(r"([\u4e00-\u9fff]{2,4}?)(?:的?含量|占了?|有|是|约|高达)+$")


def _touching(before: str) -> frozenset[str]:
    """Return what stands right before a number: 羊毛 of 羊毛62%."""
    text = before.rstrip()
    found = [(a, b) for a, b, _t in vocabulary.scan(text) if b == len(text)]
    return _content(text[found[-1][0] :]) if found and "\u4e00" <= text[-1] <= "\u9fff" else frozenset()


def _content(text: str) -> frozenset[str]:
    """Return what a stretch names, in both languages."""
    words = {form for w in re.findall(r"[a-z]{3,}", text.casefold()) for form in inflections.forms(w)}
    words |= {text[a:b] for a, b, _t in vocabulary.scan(text)}
    for term in kinship.broader(vocabulary.named(text)):
        words |= {w for form in (*term.en, term.plural) for w in re.findall(r"[a-z]{3,}", form.casefold())} | set(
            term.zh
        )
    return frozenset(words - _LOOSE)


_LOOSE = frozenset(
    [
        "wood",
        "wool",
        "fabric",
        "the",
        "and",
        "rest",
        "natural",
        "pure",
        "recycled",
        "material",
        "oil",
        "butter",
        "salt",
        "sugar",
    ]
)


def of_other_stuff(
    sentence: str, known: tuple[Share, ...], found: list[Quantity], inside: frozenset[str]
) -> list[Finding]:
    """Return the percentages of ``sentence`` that are a share of something else."""
    out = []
    for n, quantity in enumerate(found):
        if not known or quantity.unit is None or quantity.unit.dimension != "percent":
            continue
        holding = [s for s in known if carries(s.carrier, quantity)]
        ends = re.compile(r"[,;，；。、.]").search(sentence, quantity.end)
        after = sentence[
            quantity.end : min(
                ends.start() if ends else len(sentence), found[n + 1].start if n + 1 < len(found) else 999
            )
        ]
        before = sentence[found[n - 1].end if n else 0 : quantity.start]
        near = _number_first(sentence, found, n) or _touching(before) or _content(after) or _content(before)
        if not near and (said := _TAKES_UP.search(before)):
            near = frozenset({said[1]})
        if not holding or any(not s.words or s.words & near for s in holding):
            continue
        if any(s.words & near for s in known) or near & inside or _TAKES_UP.search(before):
            why = _("The facts give “{text}” for something else.", text=quantity.text)
            out.append(Finding(quantity.start, quantity.end, quantity.text, "relation", why))
    return out


def of_sentence(sentence: str, known: tuple[Piece, ...], found: Iterable[Quantity]) -> list[Finding]:
    """Return the numbers of ``sentence`` that a fact carries for something else."""
    out = []
    for quantity in found:
        if quantity.code or quantity.money:
            continue
        holding = [p for p in known if any(carries(c, quantity) for c in p.carriers)]
        if not holding:
            continue
        clause = _clause(sentence, quantity)
        if all(
            _rival(p.text, clause) or _part_only(p, sentence, quantity) or _ingredient(p, sentence, quantity)
            for p in holding
        ):
            why = _("The facts give “{text}” for something else.", text=quantity.text)
            out.append(Finding(quantity.start, quantity.end, quantity.text, "relation", why))
    return out


_JOINED_BEFORE = (
    r"\s*(?:of|up to|at|sized?|measuring|are|is|about|尺寸|大小|最大|为|是|约|：|:)*\s*(?:about|around)?\s*$"
)


def of_another_thing(sentence: str, known: tuple[Piece, ...], found: Iterable[Quantity]) -> list[Finding]:
    """ "Takes prints of 17 × 22 cm" where that is the outer size and photos are 13 × 18: the name beside a number counts."""
    out = []
    for quantity in found:
        if quantity.code or quantity.money or not quantity.unit:
            continue
        holding = [p for p in known if any(carries(c, quantity) for c in p.carriers)]
        if not holding:
            continue
        mine = frozenset().union(*(_called(p.name) for p in holding))
        for piece in known:
            same = any(c.quantity.unit and c.quantity.unit.dimension == quantity.unit.dimension for c in piece.carriers)
            theirs = _called(piece.name) - mine
            if piece in holding or not same or not theirs or not mine:
                continue
            names = "|".join(sorted(map(re.escape, theirs), key=len, reverse=True))
            before = re.search(rf"(?i)(?<![a-z])(?:{names})s?{_JOINED_BEFORE}", sentence[: quantity.start])
            after = re.match(rf"(?i)\s*(?:的)?(?:{names})s?(?![a-z])", sentence[quantity.end :])
            if before or after:
                why = _("The facts give “{text}” for something else.", text=quantity.text)
                out.append(Finding(quantity.start, quantity.end, quantity.text, "relation", why))
                break
    return out


@cache
def _called(name: str) -> frozenset[str]:
    """Return what the things a fact's name speaks of may be called: photos, prints and 照片 of "Photo size"."""
    low = facts.clean_name(name)
    english = {w for w in re.findall(r"[a-z]{4,}", low) if w not in _GENERAL}
    chinese = {low[a:b] for a, b, t in vocabulary.scan(low) if b - a > 1 and "\u4e00" <= low[a] <= "\u9fff"}
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", low):
        chinese.add(low)
    chinese |= {z for _en, row in kinship.rows() for z in row if z in low and len(z) > 1}
    more_en, more_zh = kinship.alike(frozenset(english), frozenset(chinese))
    return frozenset(w for w in {*english, *more_en} if len(w) > 3) | chinese | {z for z in more_zh if len(z) > 1}


def sizes(product: Product) -> int:
    """Return in how many sizes (lengths, volumes …) the product comes."""
    values: dict[str, set[str]] = {}
    for variant in product.variants:
        for name, value in variant.options:
            values.setdefault(name, set()).add(value)
    several = [
        len(v) for n, v in values.items() if facts.meaning_of(n, next(iter(v))).kind in {"size", "volume", "weight"}
    ]
    return max(several, default=1)


def _before(sentence: str, quantity: Quantity) -> str:
    return sentence[max((m.end() for m in _CLAUSES.finditer(sentence, 0, quantity.start)), default=0) : quantity.start]


def _clause(sentence: str, quantity: Quantity) -> str:
    start = max((m.end() for m in _CLAUSES.finditer(sentence, 0, quantity.start)), default=0)
    end = _CLAUSES.search(sentence, quantity.end)
    return sentence[start : end.start() if end else len(sentence)]


@cache
def _rival_patterns() -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(re.compile(p, re.I if "(?<![A-Za-z])" not in p else 0) for p in group) for group in _RIVALS)


def _rival(piece: str, clause: str) -> bool:
    for group in _rival_patterns():
        mine = [bool(p.search(piece)) for p in group]
        theirs = [bool(p.search(clause)) for p in group]
        if sum(mine) == 1 and any(theirs) and not any(m and t for m, t in zip(mine, theirs, strict=True)):
            return True
    return False


def _part_only(piece: Piece, sentence: str, quantity: Quantity) -> bool:
    """ "The pencils are 3.3 mm long": the fact measures the lead, and the sentence names a side but no lead."""
    if piece.role not in {"labelled", "free"} or not quantity.unit or quantity.unit.dimension != "length":
        return False
    around = sentence[max(0, quantity.start - 3) : quantity.end + 12]
    if not re.search(
        r"(?i)\b(?!just|only|about|and|it|is|at|a)[a-z]{2,}|[\u4e00-\u9fff]{2,}", _before(sentence, quantity)
    ):
        return False  # "8 mm thick": nothing is named that it would be said of
    if not _SIDE.search(around):
        return False
    words = [quantities.stem(w) for w in re.findall(r"[a-z]{3,}", piece.name.casefold()) if w not in _GENERAL]
    han = [c for c in re.findall(r"[\u4e00-\u9fff]", piece.name) if c not in "长宽高深厚径度尺寸成品大小号款规格总净外"]
    low = sentence.casefold()
    if any(
        w in low
        for w in re.findall(r"[a-z]{4,}", (piece.whole or piece.text).casefold())
        if w not in _GENERAL and not _SIDE.search(w)
    ):
        return False  # "tracks four centimetres wide", as the fact about wheels says
    if any(w in sentence for w in states.called(piece.name)):
        return False  # 收起来 of 折叠厚度
    runs = re.findall(r"[\u4e00-\u9fff]+", piece.whole or piece.text)
    if any(
        r[i : i + 2] in sentence
        for r in runs
        for i in range(len(r) - 1)
        if not _SIDE.search(r[i : i + 2]) and r[i : i + 2] not in _UNITS
    ):
        return False
    return bool(words or han) and not any(w in low for w in words) and not any(c in sentence for c in han)


def _ingredient(piece: Piece, sentence: str, quantity: Quantity) -> bool:
    """ "含有210克辣椒": the net weight is of all of it, not of one thing in it."""
    if piece.role not in {"net_weight", "weight", "volume"} or not _INGREDIENT.search(sentence[: quantity.start]):
        return False
    after = sentence[quantity.end : quantity.end + 8]
    return bool(re.match(r"\s*(?:of\s+)?[a-z]{3,}|[\u4e00-\u9fff]{2,}", after)) and not re.match(
        r"\s*(?:in|per|each|net|的|左右|以)", after
    )
