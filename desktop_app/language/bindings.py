"""What each number of a fact is said of: eco's minutes are not max's, the drawer's load not the top's, the case not the buds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.language import bases, facts, inflections, lexicon, measured, mentions, quantities, sides, states
from desktop_app.language.amounts import carries
from desktop_app.language.carrier import Carrier, told
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Fact, Finding, Product
from desktop_app.words import _

_HAN = re.compile(r"[\u4e00-\u9fff]")
_PIECE = re.compile(r"[;；,，、|\n]|(?<=\S)\s/\s(?=\S)|(?<=[^\d\s])\s(?=[\u4e00-\u9fff])")
_WHOLE = re.compile(
    r"(?i)^(?:total|whole|complete|overall|all|net|together|整机|整体|整个|全套|全部|总共?|共|合计)?[\s:：]*$"
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A number of a fact with what it is said of."""

    carrier: Carrier
    fact: int  # which fact it stands in
    labels: frozenset[str]  # what sets it apart from the other numbers of its fact
    name: frozenset[str]  # what the fact's name speaks of
    beside: tuple[Quantity, ...]  # the amounts of another sort in its piece: the size that goes with a weight
    measures: frozenset[str]  # what it is a measure of, where that is known
    words: frozenset[str]  # all words of its piece
    others: frozenset[str]  # what it is called where another number is spoken of: name, labels and things of its piece
    rest: frozenset[str]  # words of the pieces of its fact that hold no number
    basis: str  # "100 g", 包: what it is counted for, or nothing
    piece: str = ""  # the stretch it stands in


@dataclass(frozen=True, slots=True)
class Bounds:
    """All numbers of a product's facts, and the things the facts' names speak of (the title's own left out)."""

    numbers: tuple[Bound, ...] = ()
    parts: frozenset[str] = frozenset()


def of(product: Product) -> Bounds:
    """Read off every fact what each of its numbers is said of."""
    found: list[Bound] = []
    named: set[str] = set()
    for number, fact in enumerate(product.facts):
        found += _of_fact(number, fact)
        named |= mentions.tokens(_BRACKETS.sub(" ", facts.clean_name(fact.name)), measures=False)
        if _SET.search(fact.name):
            named |= _things(mentions.tokens(fact.value))
    options: dict[str, list[str]] = {}
    for name, value in dict.fromkeys(o for v in product.variants for o in v.options):
        options.setdefault(name, []).append(value)
    for number, (name, values) in enumerate(options.items()):
        found += _of_fact(1000 + number, Fact(name, "|".join(values)))
    titled, title = mentions.tokens(product.title), product.title.casefold()
    named -= titled
    found = [replace(b, others=frozenset(t for t in b.others - titled if t not in title)) for b in found]
    return Bounds(tuple(found), frozenset(named))


_SET = re.compile(r"(?i)\bset\b|contents|included|in the box|套装|清单|包含|内含")


def _of_fact(number: int, fact: Fact) -> Iterable[Bound]:
    value = told(fact)
    scanned = [q for q in quantities.scan(value) if not q.money]
    pieces: list[tuple[str, list[Quantity]]] = []
    at = 0
    for piece in _pieces(value):
        start = value.find(piece, at)
        at = start + len(piece)
        if several := [q for q in scanned if start <= q.start < at]:
            pieces.append((piece, several))
    several_tokens = [mentions.tokens(_bare(piece, several, value)) for piece, several in pieces]
    common = frozenset.intersection(*several_tokens) if len(several_tokens) > 1 else frozenset()
    called = _WITH_ALL.sub(" ", _BRACKETS.sub(" ", facts.clean_name(fact.name)))
    name = mentions.tokens(called, measures=False) | states.called(fact.name)
    counted = [p for p, _s in pieces]
    rest = frozenset[str]().union(*(mentions.tokens(p) for p in _pieces(value) if p not in counted))
    for (piece, several), mine in zip(pieces, several_tokens, strict=True):
        for quantity in several:
            same = [q for p, s in pieces if p != piece for q in s if _alike(q, quantity)]
            labels = (mine - common) if same or len(pieces) > 1 else frozenset()
            beside = tuple(
                q for q in several
                if q is not quantity and (q.unit or q.code)
                and (not _alike(q, quantity) or (len(pieces) > 1 and not _joined(value, q, quantity)))
            )  # fmt: skip
            until = next((q.values[0] for q in several if _ends_range(value, quantity, q)), None)
            if until is not None:
                yield Bound(
                    Carrier(quantity, fact.name, until=until), number, labels, name, (), frozenset(), mine, name | labels, rest - mine, "", piece,
                )  # fmt: skip
            yield Bound(
                Carrier(quantity, fact.name), number, labels, name, beside,
                measured.of_fact(f"{fact.name} {piece}", _dimension(quantity)), mine, name | labels | _things(mine), rest - mine, bases.of(fact.name, value, quantity), piece,
            )  # fmt: skip


def _ends_range(value: str, first: Quantity, second: Quantity) -> bool:
    """Tell whether ``second`` is the far end of a range that ``first`` begins."""
    return (
        first.start < second.start
        and first.unit == second.unit
        and bool(first.values and second.values)
        and first.values[0] < second.values[0]
        and bool(re.fullmatch(r"\s*(?:[-–—~～至到]|to|bis)\s*", value[first.end : second.start]))
    )


_JOINED = re.compile(r"(?i)[^\w]*(?:[-–—~～至到x×*]|to|bis|by|and|和)?[^\w]*(?:[LWHDØ长宽高深厚]\s*)?")


def _joined(value: str, one: Quantity, two: Quantity) -> bool:
    """Tell whether two numbers are the ends of a range or the sides of a size."""
    first, second = (one, two) if one.start < two.start else (two, one)
    return bool(_JOINED.fullmatch(value[first.end : second.start]))


_WITH_ALL = re.compile(r"(?i)\b(?:with|incl(?:uding|\.)?) .*$")  # "Weight with lid" is no lid's weight
_BRACKETS = re.compile(r"[（(\[][^)）\]]*[)）\]]")


def _things(words: frozenset[str]) -> frozenset[str]:
    return frozenset(w for w in words if lexicon.find(w, "noun") or w in "线盖柄脚芯绳")


def _pieces(value: str) -> list[str]:
    return [p for p in _PIECE.split(value) if p.strip()]


def _bare(piece: str, several: list[Quantity], value: str) -> str:
    """Return the words of a piece without its numbers."""
    text = piece
    for quantity in sorted(several, key=lambda q: -len(q.text)):
        if not (quantity.code or (quantity.unit is None and not quantity.nouns)):
            text = text.replace(quantity.text, " ")
    return re.sub(r"[一二两三四五六七八九十\d]+[档色种款级段]|\d+(?:[.,]\d+)?", " ", text)


def _dimension(quantity: Quantity) -> str:
    return quantity.unit.dimension if quantity.unit else ("code" if quantity.code else "")


def _alike(one: Quantity, other: Quantity) -> bool:
    return _dimension(one) == _dimension(other)


def of_sentence(sentence: str, bounds: Bounds, found: Iterable[Quantity], numbers: Known) -> list[Finding]:
    """Return the numbers of ``sentence`` that the facts carry for something else."""
    several, known = [q for q in found if not q.money], bounds.numbers
    if not several or not known:
        return []
    out = []
    cuts = [0, *_cuts(sentence, several), len(sentence)]
    for quantity in several:
        holding = [b for b in known if _holds(b, quantity)]
        if _is_their_sum(quantity, several):
            continue
        sources = {
            c.source
            for c in numbers.carriers
            if c.source not in {"title", "tag"} and carries(c, quantity) and _speaks_of(c, sentence)
        }
        if not holding or sources - {b.carrier.source for b in holding} - {""}:
            continue  # another fact carries it in other words: 双层 of 两层
        around = _Around(sentence, quantity, cuts, several)
        if all(_elsewhere(b, around, known, holding) or _of_a_part(b, around, bounds.parts) for b in holding):
            why = _("The facts give “{text}” for something else.", text=quantity.text)
            out.append(finding(sentence, quantity.start, quantity.end, "relation", why))
    return out


def _is_their_sum(quantity: Quantity, several: list[Quantity]) -> bool:
    """ "Forty-eight wooden parts and ten marbles: 58 chances" counts them all."""
    others = [q for q in several if q is not quantity and not q.code]
    if quantity.code or quantity.unit or len(others) < 2 or any(q.unit or len(q.values) != 1 for q in others):
        return False
    return sum(q.values[0] for q in others) in quantity.values


def _cuts(sentence: str, several: list[Quantity]) -> Iterable[int]:
    """Where a sentence is cut; "24 h with the case" is not, where no number follows."""
    for match in mentions.SEGMENT.finditer(sentence):
        following = re.search(r"[,;.!?，；。！？]", sentence[match.end() :])
        until = match.end() + following.start() if following else len(sentence)
        alone = match[0].casefold() == "with" and not any(match.end() <= q.start < until for q in several)
        headed = match[0] in ":：" and _HEADING.search(sentence[: match.start()])
        if not alone and not headed and not _inside(match, several):
            yield match.end()


def _speaks_of(carrier: Carrier, sentence: str) -> bool:
    """Tell whether an amount that was reckoned for one thing is said of it: 14 g of almonds are none of sugar."""
    reckoned = carrier.quantity.unit is not None and not carrier.quantity.text and bool(carrier.nouns)
    return not reckoned or mentions.says(sentence, carrier.nouns)


_HEADING = re.compile(r"(?:^|[.;!?,，。；])\s*[\w/-]+(?: [\w/-]+){0,3}$")  # "Depth: 78 cm" says one thing


def _inside(match: re.Match[str], several: list[Quantity]) -> bool:
    return any(q.start < match.end() and match.start() < q.end for q in several)


def _holds(bound: Bound, quantity: Quantity) -> bool:
    if quantity.code or bound.carrier.quantity.code:
        return quantity.text.casefold() == bound.carrier.quantity.text.casefold()
    return carries(bound.carrier, quantity)


class _Around:
    """The words about one number of a sentence: its own stretch, and the one before where that has none of its own."""

    def __init__(self, sentence: str, quantity: Quantity, cuts: list[int], several: list[Quantity]) -> None:
        self.quantity = quantity
        start = max(c for c in cuts if c <= quantity.start)
        end = min((c for c in cuts if c > quantity.start), default=len(sentence))
        end = max(end, quantity.end)
        before = max((q.end for q in several if q.end <= start), default=0)
        self.near = sentence[start:end]
        self.wide = sentence[before:end]
        self.marked = sentence[start : quantity.start] + "§" + sentence[quantity.end : end]
        self.sentence = sentence
        self.others = [q for q in several if q is not quantity]

    def measures(self) -> frozenset[str]:
        """Return what the words about the number say it is a measure of."""
        dimension = self.quantity.unit.dimension if self.quantity.unit else ""
        return measured.of_words(self.marked, dimension) or measured.of_words(self.wide, dimension)

    def says(self, tokens: frozenset[str], *, wide: bool = False) -> bool:
        return mentions.says(self.wide if wide else self.near, tokens)


_ALL_SIZES = re.compile(
    r"(?i)\b(?:all|every|each|both|any|whichever|either)\b(?:\s+(?:of\s+)?(?:the\s+)?\w+){0,2}?\s+(?:sizes?|versions?|models?|variants?|lengths?|ones?)\b|每(?:个|种)?(?:尺码|尺寸|型号|规格|款)|(?:所有|全部)(?:尺码|尺寸|型号|规格|款)"
)
_OF_ONE_SIZE = re.compile(
    r"(?i)[（(\[][^)）\]]*(?:\bsize\b|\bEU\b|\bUK\b|\bUS\b|\bversion\b|\bmodel\b|码|号|\b(?:X*[SL]|M)\b)[^)）\]]*[)）\]]|\b(?:in )?size \w+\b"
)


def _of_one_size(bound: Bound, around: _Around, known: tuple[Bound, ...]) -> bool:
    """ "All three sizes weigh 180 g" of a fact that gives the weight of size M."""
    row = [b.carrier.quantity for b in known if b.fact == bound.fact and _same_sort(b, bound) and not b.labels]
    if len({q.values for q in row}) > 1 and not bound.labels and _not_that_one(bound.carrier.quantity, row, around):
        return True
    if not _ALL_SIZES.search(around.sentence):
        return False
    listed = any(
        b.fact == bound.fact
        and b.carrier.quantity.values != bound.carrier.quantity.values
        and _same_sort(b, bound)
        and _SIZE_LABEL & b.labels
        for b in known
    )
    return listed or bool(_OF_ONE_SIZE.search(f"{bound.carrier.source} {bound.piece}"))


def _not_that_one(quantity: Quantity, row: list[Quantity], around: _Around) -> bool:
    """ "Each jar is 15 cm tall" of jars of 10, 15 and 20 cm; "the smallest holds one litre" of 0.5, 1 and 1.5."""
    amounts = sorted(q.values[0] for q in row if q.values)
    if not amounts or not quantity.values or any(q.shared for q in row) or any("x" in q.text for q in row):
        return False
    if re.search(r"(?i)\b(?:each|every)\s+(?:one|[a-z]+)\s+(?:is|has|holds?|weighs?|measures?|takes?)\b", around.near):
        return True
    if _LEAST.search(around.near):
        return quantity.values[0] != amounts[0]
    return bool(_MOST.search(around.near)) and quantity.values[0] != amounts[-1]


_LEAST = re.compile(r"(?i)\b(?:smallest|shortest|lightest|lowest|narrowest|thinnest)\b")
_MOST = re.compile(r"(?i)\b(?:largest|biggest|longest|tallest|heaviest|highest|widest|thickest)\b")
_SIZE_LABEL = frozenset("XS S M L XL XXL small medium large".split())


def _elsewhere(bound: Bound, around: _Around, known: tuple[Bound, ...], holding: list[Bound]) -> bool:
    """Tell whether the sentence says the number of something the fact does not give it for."""
    if _of_one_size(bound, around, known):
        return True
    if _other_measure(bound, around) or _other_basis(bound, around) or _other_size(bound, around, known):
        return True
    if bound.carrier.quantity.code and bound.rest and around.says(bound.rest) and not around.says(bound.words):
        return True
    siblings = [b for b in known if b.fact == bound.fact and b.labels != bound.labels and _same_sort(b, bound)]
    if siblings and not around.says(bound.labels):
        theirs = frozenset().union(*(b.labels for b in siblings if b not in holding)) - bound.labels
        if theirs and around.says(theirs):
            return True
        wide = around.says(theirs, wide=True) and not around.says(bound.labels, wide=True)
        if theirs and wide:
            return True
        if bound.labels and any(not b.labels for b in siblings) and not around.says(bound.labels, wide=True):
            return True
    return _other_name(bound, around, known)


_SUBJECT = re.compile(
    r"(?i)^\W*(?:(?:on|in|at|for)\s+\w+\s+)?(?:the|its|their|each|every|both|all|an?)\s+(?:(?!of\b|for\b|with\b|without\b)[a-z'’-]+\s+){0,3}?(?P<noun>[a-z'’-]+)\s+(?:itself\s+|alone\s+|also\s+|just\s+|only\s+|can\s+be\s+\w+\s+|is\s+good\s+|are\s+good\s+)*"
    r"(?:is|are|was|weighs?|measures?|holds?|takes?|carries|carry|has|have|stands?|runs?|lasts?|keeps?|stays?|comes?|reach(?:es)?|goes|go|for|to)\b"
)
_HAN_SUBJECT = re.compile(
    r"^\s*(?:每(?:一)?[个把只条根块片张支]?|一[个把只条根块片张支]|这[个把只条根块片张支]?|那)?(?P<noun>[\u4e00-\u9fff]{1,4}?)(?:自重|才|只|就|也|都|足|能|可以?|大约|约|一共|最多)*(?:有|是|重|长|高|宽|厚|深|能|装|达|为|寿命|用)"
)
_NOUN_BEHIND = re.compile(r"[\s-]+([a-z]{4,})\b(?!\s+(?:of|for)\b)")
_CONTAINERS = lexicon.words(
    "tin box bag jar bottle pack packet set pot cup tube case body surface outside unit device piece item model version pair size charge package carton whole rest total range"
)


def _of_a_part(bound: Bound, around: _Around, parts: frozenset[str]) -> bool:
    """ "The cable weighs 63 g" of a mouse that does: a part is spoken of, and the number is the whole thing's."""
    quantity = around.quantity
    if not quantity.unit or quantity.unit.dimension in {"time", "months", "percent", "temperature", "angle"}:
        return False
    segment = around.near.split(around.quantity.text)[0]
    behind = _NOUN_BEHIND.match(around.sentence, quantity.end)
    if behind and inflections.forms(behind[1]) & parts - bound.name - bound.words and not around.says(bound.labels):
        return not inflections.forms(behind[1]) & _CONTAINERS
    found = _SUBJECT.match(segment) or _HAN_SUBJECT.match(segment)
    if not found or around.says(bound.name | bound.labels | bound.words):
        return False
    noun = found["noun"].casefold()
    called = inflections.forms(noun) if not _HAN.match(noun) else {noun, noun.rstrip("子")}
    if called & _CONTAINERS:
        return False
    return bool(called & parts) or any(
        _HAN.match(t)
        and (t in noun or (t.startswith(noun.rstrip("子")) and len(t) == 2 and noun.rstrip("子") in "线盖柄脚芯绳轮"))
        for t in parts
    )


def _same_sort(one: Bound, other: Bound) -> bool:
    return _alike(one.carrier.quantity, other.carrier.quantity)


_TOTAL = re.compile(r"净含量|净重|总")


def _other_name(bound: Bound, around: _Around, known: tuple[Bound, ...]) -> bool:
    """The stretch names what another fact gives a number of the same sort for, and nothing of this one."""
    mine = bound.name | bound.labels | bound.words
    if (all_of_it := _WITH_ALL.search(bound.carrier.source)) and all_of_it[0].casefold() in around.sentence.casefold():
        return False
    if around.quantity.shared == "all" and _TOTAL.search(bound.carrier.source):
        return False  # 两罐加起来 of 净含量
    if sides.beside(bound.carrier.source, around.sentence, around.quantity) and not around.says(mine):
        return False
    said = around.measures() & bound.measures
    for other in known:
        if said and other.measures and not other.measures & said:
            continue  # "fourteen hours on one charge" is not the time it charges
        own = mine - other.others - other.name - other.labels
        if around.says(own) or (not own and around.says(mine)):
            continue
        theirs = other.others - mine if other.fact != bound.fact else frozenset()
        if theirs and _same_sort(other, bound) and around.says(theirs):
            return True
    return False


def _other_measure(bound: Bound, around: _Around) -> bool:
    if not bound.measures or not around.quantity.unit:
        return False
    said = around.measures()
    return bool(said) and not said & bound.measures


def _other_basis(bound: Bound, around: _Around) -> bool:
    """ "The bag holds 430 kcal" of what 100 g hold, "the pair weighs 230 g" of one of them, "500 ml an hour" of a tank."""
    known, dimension = f"{bound.carrier.source} {bound.piece}", _dimension(bound.carrier.quantity)
    if bases.other_share(known, around.marked, around.quantity.shared, dimension):
        return True
    return bases.other(bound.basis, around.near, around.sentence)


def _other_size(bound: Bound, around: _Around, known: tuple[Bound, ...]) -> bool:
    """ "The 60 cm one weighs 3.8 kg", where 3.8 kg stand beside 80 cm."""
    if not bound.beside:
        return False
    for said in around.others:
        if any(carries(Carrier(q, ""), said) for q in bound.beside):
            return False
    for said in around.others:
        rest = [b for b in known if b.fact == bound.fact and b is not bound and _same_sort(b, bound)]
        if any(carries(Carrier(q, ""), said) for b in rest for q in b.beside):
            return True
    return False
