"""What each part of a thing is made of and coloured: legs of steel are not of oak because the top is, a pump not of glass."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.language import (
    everyday,
    facts,
    harmless,
    inflections,
    kinship,
    lexicon,
    located,
    mentions,
    part_names,
    vocabulary,
)
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_KINDS = ("material", "colour")
_PIECE = re.compile(r"[;；,，、|\n]|(?<=\S)\s/\s(?=\S)")
_GENERAL = re.compile(
    r"(?i)^(?:material|materials|composition|fabric|colou?rs?|metal|wood|stone|main|type|features?|details?|design|decoration|style|pattern"
    r"|ingredients?|key ingredients?|contents?|in the box|included|includes|package|shade|finish|use|care|notes?|scent|aroma|flavou?r|compatible.*|for|not .*|free of|材质|面料|主材|成分|颜色|配料|原料|图案|工艺|特点|细节|包装清单|套装内容|用途|香味|香气|口味|风味|气味|适用.*|注意|保养|洗涤|洗护)$"
)
_TIED = re.compile(
    r"(?i)\s*(?:(?:is|are|was|were|of|in|from|made|turned|cut|carved|forged|sewn|cast|too|also|all|both|solid|real|genuine|pure|fine|good|entirely|out|come[s]?|even|the same|a|an|polished|brushed|smooth|dark|light|pale)\s*)*"
    r"|[\u4e00-\u9fff]?(?:上)?(?:的|也|都|全|则|同样|就|用的|一样)*(?:[上镀涂包贴刷](?:了|着|有|的是)|是|为|用|由|采用|选用|用了|用的是|用的也是)(?:整块|纯|实心|真|的)?(?:[A-Za-z]?\d{2,4})?"
)
_LATIN = re.compile(r"[a-z]{4,}", re.I)
_BEFORE = re.compile(
    r"(?i)[\s-]*(?:(?:wood|wooden|steel|coloured|colored|tone)\s+)?|(?:制|质|色|制成|针织)?(?:布|料|面料|纱|绒)?的?"
)
_REAL = re.compile(r"(?i)\b(?:real|genuine|true|natural|full-grain)\s+$|(?:真|头层|天然)$")
_ALL_OVER = re.compile(
    r"(?i)\b(?:throughout|all through|all the way (?:down|up|round|through)|through and through|inside and out"
    r"|all over|from (?:top|head) to (?:bottom|toe)|down to the|to the last|in every part|nothing but|entirely"
    r"|wholly|from (?!time\b|now\b|day\b)\w+ to \w+)\b"
    r"|里里外外|里外(?:都|全)|从里到外|从头到[脚尾]|从上到下|通体|浑身|上上下下|全身|从[\u4e00-\u9fff]{1,4}到[\u4e00-\u9fff]{1,4}[都全]|也不例外|整(?:个|件|只|张|把|套)?都"
)


_DETAIL = re.compile(r"(?i)(?:decoration|details?|pattern|motif|figure|ornament|print|图案|装饰|细节|花纹)s?$")


@dataclass(frozen=True, slots=True)
class Stuff:
    """What a fact says one part (or the whole) is of."""

    labels: frozenset[str]
    terms: frozenset[Term]
    whole: bool
    imitated: frozenset[Term]
    main: bool = True  # the whole, or its body
    words: frozenset[str] = frozenset()  # other content words: corozo, 伞绳
    fact: int = -1  # which fact it stands in
    named: frozenset[str] = frozenset()  # … of its labels, what the fact's name brings


@dataclass(frozen=True, slots=True)
class Stuffs:
    """The stuffs of a product and its parts, and what the thing itself is called."""

    known: tuple[Stuff, ...] = ()
    titled: frozenset[str] = frozenset()


_BODY = re.compile(
    r"(?i)(?:main )?(?:body|outer|housing|casing|shell|vessel|case|fur|fabric|cover)$|主体|[\u4e00-\u9fff]?身$|机身|外层|毛料|面料|板面"
)


def of(product: Product) -> Stuffs:
    """Read off the facts which part is of which materials and colours."""
    found: list[Stuff] = []
    for number, fact in enumerate(product.facts):
        name = facts.clean_name(fact.name)
        role = facts.meaning_of(fact.name, fact.value).role
        general = role in {"material", "colour", "ingredients"} or bool(_GENERAL.match(facts.field(name)))
        if name in {"shade", "shades"} and any(t.kind == "material" for t in vocabulary.named(fact.value)):
            general = False  # of a lamp, not of a colour
        listed = bool(_LISTS.match(name))
        general = general or listed
        named = frozenset() if general else _called(facts.field(name))
        for piece in _PIECE.split(fact.value):
            terms = {t for t in vocabulary.named(piece) if t.kind in _KINDS}
            terms |= {t for w in _LATIN.findall(piece) if terms and (t := lexicon.find(w, "material"))}  # cotton canvas
            words = _words(piece) if named and len(fact.value) < 60 else frozenset()
            if not (terms or words or ((named or listed) and len(fact.value) < 40)):
                continue
            labels = named | (_about(piece) if general else _rest(piece))
            if listed:
                labels |= part_names.item(piece)
            if not listed and (labels or general):
                labels |= part_names.behind_its_stuff(piece)
            if _DETAIL.match(name):  # the crescent moon of "black crescent moon"
                labels |= (
                    mentions.tokens(piece) - {w for t in terms for e in t.en for w in e.split()}
                    if terms
                    else mentions.tokens(piece)
                )
            imitated = part_names.imitations(piece)
            found.append(
                Stuff(
                    labels,
                    frozenset(kinship.broader(terms)),
                    not labels,
                    imitated,
                    not labels or bool(_BODY.match(name)),
                    words,
                    number if not _BESIDE.match(piece) else 1000 + number,
                    named,
                )
            )
    chosen = {value for v in product.variants for _name, value in v.options}
    for text in (product.title, product.category, *product.tags, *chosen):
        if several := {t for t in vocabulary.named(text) if t.kind in _KINDS}:
            found.append(Stuff(frozenset(), frozenset(kinship.broader(several)), True, frozenset()))
    found = _told_apart(found)
    return Stuffs(
        tuple(found),
        mentions.tokens(product.title) - frozenset(w for s in found if s.terms or s.named for w in s.labels),
    )


_BESIDE = re.compile(r"(?i)\s*(?:with|plus|and)\b|\s*[带配附]")  # "pink, with drawcord": a thing of its own


def _told_apart(found: list[Stuff]) -> list[Stuff]:
    """Leave out of every part's names what other parts are called too: the 锅 of 锅身 and 锅盖, the "pot" of pot lid."""
    counts = Counter(w for _fact, labels in {(s.fact, s.named) for s in found if s.terms} for w in labels)
    out = []
    for stuff in found:
        beside = [s for s in found if s.fact == stuff.fact and s.terms and s.named]
        own = frozenset(w for w in stuff.named if counts[w] < 2)
        if len(beside) > 1 and all(s.labels - s.named for s in beside):
            own = frozenset()  # "4 knives, steel blades, acacia handles": what they share tells nothing
        labels = own | (stuff.labels - stuff.named)
        out.append(replace(stuff, labels=labels or stuff.labels))
    return out


def _called(name: str) -> frozenset[str]:
    """Return what the part a fact's name speaks of may be called: the lining is what is within."""
    found = set(
        mentions.tokens(re.sub(r"(?:材质|材料|面料|颜色|型|材|质|料)$", "", name) or name, measures=False, heads=True)
    )
    for pattern, more in vocabulary.CALLED:
        if re.search(pattern, name):
            found |= {w for w in more.split() if len(w) > 1 or w in "里内芯填"}
    return frozenset(found)


_PART_ENDS = frozenset("柄身盖底腿脚芯扣头圈杆座壳套胆把壁沿口嘴边框架链带绳轮刃面针垫")


def _rest(piece: str) -> frozenset[str]:
    """Return the part that a piece of a longer value speaks of: 刀柄 of 相思木刀柄."""
    if not re.search(r"[\u4e00-\u9fff]", piece):
        return _about(piece)
    found = set(_about(piece))
    for _a, b, term in vocabulary.scan(piece):
        rest = re.match(r"[\u4e00-\u9fff]{2,3}$", piece[b:].strip())
        if (
            term.kind in _KINDS
            and rest
            and rest[0][-1] in _PART_ENDS
            and not any(t.kind in _KINDS for t in vocabulary.named(rest[0]))
        ):
            found.add(rest[0])  # 刀柄, not the 镀金 of 黄铜镀金
    return frozenset(found)


def _words(piece: str) -> frozenset[str]:
    """Return the words of a value that no list knows: corozo, paracord, 伞绳线."""
    taken = [(a, b) for a, b, t in vocabulary.scan(piece) if t.kind != "feature"]
    english = [
        m[0].casefold()
        for m in re.finditer(r"[^\W\d_]{4,}", piece)
        if m[0].isascii() and not any(a <= m.start() < b for a, b in taken)
    ]
    english += [
        m[0].casefold()
        for m in re.finditer(
            r"(?<![A-Za-z])(?:P(?:BT|P|E|C|U|VC|ET|OM|A|LA|S|MMA|TFE)|ABS|EVA|TP[EUR]|SBR|NBR|MDF|HDF)(?![A-Za-z\d-])",
            piece,
        )
        if not any(a <= m.start() < b for a, b in taken)
    ]
    known = harmless.words("en", "") | everyday.plain("en")
    found = {w for w in english if not inflections.forms(w) & known}
    for run in re.findall(r"(?<![\u4e00-\u9fff])(?![可不已需无防未])[\u4e00-\u9fff]{2,6}", piece):
        if not any(piece[a:b] in run for a, b, t in vocabulary.scan(piece) if t.kind in _KINDS):
            pairs = {run[i : i + 2] for i in range(len(run) - 1)}
            found |= {p for p in pairs if not _LINKS.intersection(p)} - everyday.words("zh") - harmless.words("zh", "")
    return frozenset(found)


_LINKS = frozenset("以内外上下里前后中之的了在于和与为是有无不可已")


_LISTS = re.compile(
    r"(?i)^(?:in the box|contents?|included|includes|package|accessor(?:y|ies)|supplied(?: with)?|附件|配件|附送|赠品|包装清单|套装内容|清单|内含)$"
)


def _about(piece: str) -> frozenset[str]:
    """Return which part a piece of a general fact speaks of: 灯罩 of 灯罩硅胶, jars of "6 glass jars"."""
    found: set[str] = set()
    for start, end, term in vocabulary.scan(piece):
        if end - start == 1 and re.match(r"[\u4e00-\u9fff]\w", piece[start : start + 2]):
            continue  # the 绒 of 绒布
        if piece[max(0, start - 1) : start] in {"多", "胶", "夹", "合"}:
            continue  # 多层板 is a stuff
        if term.kind == "noun" and not any(t.kind in _KINDS for t in vocabulary.readings(piece[start:end])):
            found |= {w for e in (*term.en, term.plural) for w in e.casefold().split()[-1:] if len(w) > 2} | set(
                term.zh
            )
    return frozenset(found)


def of_sentence(sentence: str, terms: list[tuple[int, int, Term]], stuffs: Stuffs) -> list[Finding]:
    """Return the materials and colours of ``sentence`` that the facts give to another part; spans in code points."""
    known = stuffs.known
    if not known:
        return []
    out = _words_of_others(sentence, known)
    for start, end, term in terms:
        if term.kind not in _KINDS:
            continue
        readings = [t for t in vocabulary.readings(sentence[start:end]) if t.kind in _KINDS]
        holding = [s for s in known if any(t in s.terms for t in readings)]
        if not holding:
            continue
        segment = mentions.segment(sentence[:start] + "　" * (end - start) + sentence[end:], start, end)
        if _REAL.search(sentence[:start]) or _REAL.search(sentence[:start] + sentence[start:end].split()[0] + " "):
            real = all(any(t in s.imitated for t in readings) for s in holding)
        else:
            real = False
        if not any(s.main for s in holding) and _of_the_whole(sentence, start, end, stuffs, holding, segment):
            why = _("The facts say this of a part alone: “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "relation", why))
        elif (
            real
            or (_EVERY.search(segment) and not any(s.main or mentions.says(sentence, s.labels) for s in holding))
            or _of_other_part(sentence, start, end, readings, holding, known, segment)
            or _of_another_place(holding, segment)
            or _right_before(sentence, end, readings, holding, known)
            or _called_by_its_stuff(sentence, start, terms, holding, known)
        ):
            why = _("No fact says this of that part: “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "relation", why))
        elif (
            term.kind == "material"
            and _ALL_OVER.search(_TO_THE_STOP.split(sentence[start:], 1)[0])
            and _others(sentence, known, readings)
        ):
            why = _("The facts name other materials beside “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "relation", why))
    return out


def _words_of_others(sentence: str, known: tuple[Stuff, ...]) -> list[Finding]:
    """ "The collar is corozo" of a shirt whose buttons are."""
    out = []
    for stuff in known:
        for start, end in mentions.places(sentence, stuff.words) if stuff.words else ():
            segment = mentions.segment(sentence, start, end)
            if mentions.says(segment, stuff.labels):
                continue
            same = [s for s in known if s is not stuff and sentence[start:end].casefold() in s.words]
            others = [s for s in known if s is not stuff and s not in same and s.labels and not s.labels & stuff.labels]
            if not any(mentions.says(segment, s.labels) for s in same) and any(
                _tight(sentence, start, end, s.labels) for s in others
            ):
                why = _("No fact says this of that part: “{text}”.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "relation", why))
    return out


def _others(sentence: str, known: tuple[Stuff, ...], readings: list[Term]) -> bool:
    """Tell whether the facts name other materials, of which the sentence says nothing."""
    said = vocabulary.named(sentence)
    return any(
        not any(t in s.terms for t in readings) and any(t.kind == "material" for t in s.terms) and not s.terms & said
        for s in known
    )


def _of_other_part(
    sentence: str, start: int, end: int, readings: list[Term], holding: list[Stuff], known: tuple[Stuff, ...], segment: str
) -> bool:  # fmt: skip
    kind = readings[0].kind
    if any(s.labels and mentions.says(segment, s.labels) for s in holding):
        return False
    told = {s.fact for s in known if any(t.kind == kind for t in s.terms)}
    named = [
        s for s in known if s not in holding and s.labels
        and (any(t.kind == kind for t in s.terms) or (kind == "material" and s.words and s.fact not in told))
        and not s.terms & (vocabulary.named(segment) | set(readings))
        and mentions.says(segment, s.labels)
    ]  # fmt: skip
    if not named and not any(s.whole for s in holding):
        facts_of = {s.fact for s in holding}
        theirs = frozenset[str]().union(*(s.labels | s.words for s in known if s.fact not in facts_of))
        own = frozenset[str]().union(*(s.labels | s.words for s in holding))
        return _tight(sentence, start, end, theirs - own)
    if not named:
        return False
    if kind == "material" and not any(s.whole for s in holding):
        return True
    return any(_tight(sentence, start, end, s.labels) for s in named)


def _right_before(
    sentence: str, end: int, readings: list[Term], holding: list[Stuff], known: tuple[Stuff, ...]
) -> bool:
    """ "Brass hooks" of earrings whose setting is brass and whose hooks are gold."""
    own = frozenset[str]().union(*(s.labels for s in holding))
    told = {s.fact for s in holding}
    for stuff in known:
        other = stuff.labels - own
        same = any(t.kind == readings[0].kind for t in stuff.terms)
        if not (other and same) or stuff.fact in told or not any(s.labels for s in holding):
            continue
        if any(end <= a and _BEFORE.fullmatch(sentence[end:a]) for a, _b in mentions.places(sentence, other)):
            return not any(s.main for s in holding)
    return False


def _called_by_its_stuff(
    sentence: str, start: int, terms: list[tuple[int, int, Term]], holding: list[Stuff], known: tuple[Stuff, ...]
) -> bool:
    """ "The tin is made of birch" of a birch puzzle in a tin box."""
    for a, b, term in terms:
        if term.kind != "material" or b > start or not re.search(r"(?i)\bthe\s+$", sentence[:a]):
            continue
        own = [s for s in known if term in s.terms and s.labels]
        if own and b < start and _TIED.fullmatch(sentence[b:start]) and not any(s in holding for s in own):
            return True
    return False


def _of_another_place(holding: list[Stuff], segment: str) -> bool:
    """ "Mesh across the chest" of a top whose back is mesh."""
    said = located.where(segment)
    return bool(said) and all(
        s.labels and all((w := located.where(label)) and not w & said for label in s.labels) for s in holding
    )


_EVERY = re.compile(
    r"(?i)^\W*(?:both|all)\s+(?:of\s+them\s+|the\s+|[a-z]+\s+)?(?:are|is|come)\b|(?:前后|上下|左右|里外|两[个只条件]|全部)(?:都|全)是"
)
_TO_THE_STOP = re.compile(r"[,;.!?，。；！？]")
_NEXT_WORD = re.compile(r"^[\s-]+([A-Za-z]+)")
_FORMS = frozenset("板 片 条 块 皮 布 料 面 丝 管 board panel sheet cloth".split())  # what a stuff is had as
_BODY_SAID = re.compile(r"(?i)[\s-]*(?:main )?(?:body|casing|housing)\b|的?[\u4e00-\u9fff]身(?!上)|的?(?:主体|机身)")
_IT = re.compile(r"(?i)\b(?:it|they|this|these)\s+(?:is|are|comes?)\s+(?:in\s+|made\s+of\s+|all\s+)?$")


def _of_the_whole(sentence: str, start: int, end: int, stuffs: Stuffs, holding: list[Stuff], segment: str) -> bool:
    """ "The pen is black" of one whose ink is."""
    own = frozenset[str]().union(*(s.labels for s in holding))
    if _BODY_SAID.match(sentence, end):
        return not mentions.says(sentence[end : end + 4], own)
    if mentions.says(sentence[end : end + 4], own) or mentions.says(" ".join(_NEXT_WORD.findall(sentence[end:])), own):
        return False  # 牛皮刀鞘 of 面包刀, glass marbles of a marble run
    before = any(
        end <= a and _BEFORE.fullmatch(sentence[end:a])
        for a, _b in mentions.places(sentence, stuffs.titled - own - _FORMS)
    )
    if before and any(t.kind == "material" for s in holding for t in s.terms):
        return True  # "the bamboo planters" of planters on bamboo saucers
    if mentions.says(segment, own):
        return False
    if _IT.search(sentence[:start]) and any(mentions.says(sentence, s.labels) for s in holding):
        return False  # "the bottle …: it is …"
    return bool(_IT.search(sentence[:start])) or _tight(sentence, start, end, stuffs.titled)


def _tight(sentence: str, start: int, end: int, labels: Iterable[str]) -> bool:
    """Tell whether a part's name stands right before "is of" the stuff, or right behind the stuff."""
    for a, b, term in reversed(vocabulary.scan(sentence[:start])):
        if term.kind == "colour" and not sentence[b:start].strip():
            start = a  # "in black acrylic"
    for at, until in mentions.places(sentence, frozenset(labels)):
        if until <= start and _TIED.fullmatch(sentence[until:start]):
            return True
        if (end <= at and _BEFORE.fullmatch(sentence[end:at])) or start < at < end < until:
            return True  # 榉木铲: 木铲 begins within the stuff's name
    return False
