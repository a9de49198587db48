"""What the facts say no to: a part that does not come with it, a thing it cannot do, an amount that leaves something out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.language import facts, inflections, lexicon, mentions, negation
from desktop_app.language.quantities import Quantity
from desktop_app.language.spans import finding
from desktop_app.records import Fact, Finding, Product
from desktop_app.words import _

_SAYS_NO = re.compile(
    r"(?i)^\s*(?:no|none(?: added| used| inside)?|never|without|not (?:supported|possible|available|suitable|needed|required)|none (?:needed|required)|n/a"
    r"|不支持|不可以?(?:配|使)?用?|不能|不带|不添加|未添加|没有|无需?|否|零添加)\s*(?:[.;；。]|$)"
)
_NAMED_NO = re.compile(
    r"(?i)^(?:not (?:suitable|meant|intended|recommended)(?: for)?|unsuitable(?: for)?|not for|avoid|free (?:of|from)|without|不(?:适(?:合|用)|适?宜)(?:于|人群)?|禁忌|避免|不含|不添加)"
)
_FREE = re.compile(r"(?i)^([a-z][a-z ]{2,20})[ -]free$")
_NOT_THAT = re.compile(
    r"(?i)\s*(?:not (?:suitable |meant |made |intended |recommended )?for (?:the "
    r"|an? )?(?P<what>[a-z]+(?: [a-z]+)?)"
    r"|(?P<free>[a-z]{3,})-free|free (?:of|from) (?P<of>[a-z]+)"
    r"|no (?P<none>[a-z]{4,}s?)(?: needed| required| necessary)?)\s*$"
)
_NOT_WITH = re.compile(
    r"(?i)\b(?:without|excluding|excl\.?|not including|minus)\s+(?:the\s+|its\s+)?(?P<en>[a-z]+)|(?:不含|不带|不连|不包括|未装|去掉|除去?)(?P<zh>[\u4e00-\u9fff]{1,4})"
)
_COUNTED_IN = re.compile(
    r"(?i)\b(?:with|including|incl\.?)\s+(?:the\s+|its\s+)?(?P<en>[a-z]+)|(?<![不未])(?:含|带|连|包括)(?P<zh>[\u4e00-\u9fff]{1,4})"
)
_LEFT_ASIDE = re.compile(
    r"(?i)\b(?:without|excluding|not counting|minus|leaving out)\s+(?:the\s+|its\s+)?$|(?:不算|不含|不连|不带|除去|去掉|除了)$"
)
_NOT_THERE = re.compile(
    r"(?i)^\s*(?:not included|excluded|sold separately|to be bought separately|不含|不附|不带|不送|另购|另售|需?自备|另配)\s*$"
)
_THERE = re.compile(
    r"(?i)^\s*(?:included|supplied|comes with it|sold with it|part of the (?:set|pack|package)|(?:pre-?)?installed|fitted|附赠?|赠送|含|随附|附带|有)\s*$"
)
_LIST = re.compile(
    r"(?i)\b(?:includ(?:ed|es)|contents?|in the box|comes with|package|scope of delivery)\b|包装|清单|配件|附件|内含|套装内容|随附"
)
_NEGATED = re.compile(
    r"(?i)\bup to (?:you|your)\b"
    r"|\b(?:not?|never|none|nothing|nobody|no one|without|neither|nor|cannot|free|except|instead|separately|extra"
    r"|yourself|own|avoid|skip|leave\w*|left|(?<!right )(?<!straight )away|instead|off|out of|before|goes without"
    r"|lacks?)\b"
    r"|n['’]t\b|\bun[a-z]+ed\b"
    r"|[不没无未别勿免非零]|另[买购配备]|自备|自己|除|之前|取下|拆下"
)
_WITH = re.compile(
    r"(?i)\b(?:with|including|incl\.?|plus)\s+(?:the\s+|its\s+|all\s+|both\s+)?(?:[a-z0-9-]+\s+){0,2}?$|(?<![不未没无别])(?:装上|带着?|连(?:同)?|算上|加上|含|盖着|盖上|包括|放进)(?:了)?[\u4e00-\u9fff\d]{0,3}$"
)
_APART = re.compile(
    r"(?i)\b(?:bought|buy|sold|order(?:ed)?|get|purchased?|available)\b[^.,;]{0,24}\b(?:separately|extra|apart"
    r"|on its own)\b"
    r"|\b(?:have|need) to (?:buy|bring|get|order)|\b(?:must|should) (?:buy|bring|order)"
    r"|\b(?:bring|buy|use|need|supply) your own|\bnot (?:included|supplied|in the box|part of)|\bnot come with"
    r"|\bcosts? extra\b|\b(?:is|are) (?:an )?extra\b|\b(?:extra|second|separate|further) purchase\b"
    r"|\b(?:has|have) to be (?:ordered|bought|purchased)\b|\bno\b[^.;]*\bincluded\b|\bwithout (?:a|an|any)\b"
    r"|yourself\b"
    r"|另(?:外)?[买购售配]|自备|自己(?:买|准备|配|带|找|掏|弄|装(?!好))|得(?:自己|另|再)|要自己|不(?:含|附|送|配|带)|没有?(?:附|送|配|带)|单独(?:买|购)"
)
_PIECE = re.compile(r"[;；,，、|\n()（）×]|(?<=\S)\s/\s(?=\S)")


@dataclass(frozen=True, slots=True)
class Denied:
    """What one product has not, cannot do, and what comes with it."""

    words: tuple[frozenset[str], ...] = ()  # what a fact says no to, one entry a fact
    absent: frozenset[str] = frozenset()  # what does not come with it
    given: frozenset[str] = frozenset()  # what does
    listed: bool = False  # a fact lists all that comes with it
    left_out: tuple[
        tuple[str, frozenset[str]], ...
    ] = ()  # (words of the fact, what its amount or leave does not include)
    counted_in: tuple[tuple[str, frozenset[str]], ...] = ()  # … and what it does


def of(product: Product) -> Denied:
    """Read off the facts what they say no to."""
    words: list[frozenset[str]] = []
    absent: set[str] = set()
    given: set[str] = set()
    left_out: list[tuple[str, frozenset[str]]] = []
    counted: list[tuple[str, frozenset[str]]] = []
    for fact in product.facts:
        name = facts.clean_name(fact.name)
        if _SAYS_NO.match(fact.value) or facts.is_no(fact.value):
            words += [_powered(w) for w in _named(name)]
        elif several := [m for p in _PIECE.split(fact.value) if (m := _NOT_THAT.match(p))]:
            words += [t for m in several for t in _named(m["what"] or m["free"] or m["of"] or m["none"])]
        elif (free := _FREE.match(name)) and facts.is_yes(fact.value):
            words += _named(free[1])
        elif _NAMED_NO.match(name):
            rest = _NAMED_NO.sub("", name)
            words += [_powered(t) for text in (rest, *_PIECE.split(fact.value)) for t in _named(text)]
        words += _not_for(fact)
        here, there = _packed(fact, name)
        absent |= there
        given |= here
        for match in _NOT_WITH.finditer(f"{fact.name} {fact.value}"):
            left_out.append((f"{fact.name} {fact.value}", mentions.tokens(match["en"] or match["zh"])))
        for match in _COUNTED_IN.finditer(f"{fact.name} {fact.value}"):
            if re.search(r"\d", fact.value):
                counted.append((f"{fact.name} {fact.value}", mentions.tokens(match["en"] or match["zh"])))
    others = frozenset[str]().union(*(_spoken_of(f) for f in _without_absent(product.facts)))
    absent -= others  # "Decorative pot: not included" of a plant in a plastic pot
    given -= absent
    words = [_narrowed(w, others) for w in words]
    listed = any(_WHOLE_LIST.search(facts.clean_name(f.name)) for f in product.facts)
    given |= {form for w in mentions.tokens(product.title) for form in inflections.forms(w)} if listed else set()
    words = [frozenset(_also(set(w))) for w in words]
    return Denied(
        tuple(w for w in words if w), frozenset(absent), frozenset(given), listed, tuple(left_out), tuple(counted)
    )


def _without_absent(found: Iterable[Fact]) -> Iterable[Fact]:
    """Leave out where a value only asks for what is not there: "up to 4 h with ice pack" of an ice pack not included."""
    several = tuple(found)
    names = [re.escape(facts.clean_name(f.name)) for f in several if _NOT_THERE.match(f.value) and f.name.isascii()]
    if not names:
        return several
    asked = re.compile(rf"\b(?:with|use|using|needs?|requires?)\s+(?:an?\s+|the\s+)?(?:{'|'.join(names)})s?\b", re.I)
    return tuple(replace(f, value=asked.sub(" ", f.value)) for f in several)


_WHOLE_LIST = re.compile(
    r"^(?:in the box|contents?|(?:package|box|pack|set) contents?|what['’]?s in the box|scope of delivery|included|includes)$"
)
_IN_THE_BOX = re.compile(
    r"(?i)\b(?P<head>[a-z]{3,})\s+(?:(?:is|are|comes?|lies?|waits?|sits?)\s+)(?:also\s+|already\s+)?(?:in(?:side)? the (?:box|pack|package|parcel|kit)|included|supplied|part of the (?:set|kit|package))\b"
)
_LOT = lexicon.words(
    "everything all both they these it that which this nothing none rest what piece thing tool part item one two three four set"
)


def _narrowed(words: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """The palm of "Palm oil: none" where other facts name another oil."""
    own = words - others
    return own - {w for w in own if w.startswith("§")} | frozenset(
        w[1:] for w in own if w.startswith("§") and words & others
    )


def _spoken_of(fact: Fact) -> frozenset[str]:
    """Return the things a fact speaks of as being there."""
    if _NAMED_NO.match(facts.clean_name(fact.name)) or _SAYS_NO.match(fact.value) or facts.is_no(fact.value):
        return frozenset()
    if all(_NOT_THAT.match(p) for p in _PIECE.split(fact.value) if p.strip()):
        return frozenset()
    pieces = [
        p
        for p in _PIECE.split(fact.value)
        if not re.match(r"(?i)\s*(?:no|not|none|without|excl\w*)\b|\s*[不无没未另]", p)
        and not re.search(r"(?i)\bnot included\b|\bsold separately\b", p)
    ]
    name = [] if any(_NOT_THERE.match(p) for p in _PIECE.split(fact.value)) else [fact.name]
    return frozenset[str]().union(*(_things(text) for text in (*name, *pieces)))


def _named(text: str) -> list[frozenset[str]]:
    """Return what a text names, as one thing: the last word of an English name, the whole of a Chinese one."""
    text = text.strip()
    if re.search(r"[\u4e00-\u9fff]", text):
        bare = re.sub(r"^(?:主动|支持|是否|可|添加)", "", text)
        return [frozenset({bare})] if len(bare) > 1 else []
    several = [w for w in re.findall(r"[a-z]{3,}", text.casefold()) if w not in _LOOSE]
    if not several or len(several) > 2:
        return []
    if len(several) == 2 and several[0] in _SORTS:
        return [frozenset(inflections.forms(several[0]))]  # "Double wall: no" denies a double one, no wall
    before = {
        f"§{form}" for w in several[:-1] for form in inflections.forms(w)
    }  # counts where the last word is told of others
    return [mentions.tokens(several[-1]) | inflections.related(several[-1]) | before]


_SORTS = lexicon.words(
    "double twin triple single extra second inner outer upper lower side front back hidden padded removable adjustable automatic electric wireless"
)
_WHOM = (frozenset("孕妇 孕期 孕妈 怀孕 准妈妈".split()), frozenset("婴幼儿 婴儿 宝宝 幼儿".split()))


def _powered(words: frozenset[str]) -> frozenset[str]:
    """What needs no power is not plugged in."""
    for row in _WHOM:
        words = words | row if words & row else words
    return words | _POWER if words & _POWER else words


_POWER = frozenset("power electricity mains plug plugs socket 用电 电源 插电 插上电 通电 供电".split())
_LOOSE = frozenset(
    [
        "suitable",
        "needed",
        "included",
        "free",
        "controlled",
        "powered",
        "operated",
        "resistant",
        "compatible",
        "for",
        "the",
        "any",
        "and",
        "use",
        "non",
        "with",
        "from",
        "type",
        "children",
        "years",
        "under",
        "feature",
        "proof",
        "safe",
    ]
)


def _things(text: str) -> frozenset[str]:
    """Return what things of a list may be met as: whole words, not parts of words."""
    chinese = {
        re.sub(r"^[一二两三四五六七八九十\d]*[个件只枚把颗条片块根套张本支对双]?", "", r)
        for r in re.findall(r"[\u4e00-\u9fff]{2,}", text)
    }
    chinese = {
        re.sub(r"(?:[一二两三四五六七八九十]+)?[个件只枚把颗条片块根套张本支对双]$", "", r) if len(r) > 2 else r
        for r in chinese
    }
    several = mentions.tokens(re.sub(r"[\u4e00-\u9fff]", " ", text), measures=False)
    return several | {c for c in chinese if len(c) > 1}


def _packed(fact: Fact, name: str) -> tuple[set[str], set[str]]:
    here: set[str] = set()
    there: set[str] = set()
    listed = bool(_LIST.search(fact.name))
    pieces = [p for p in _PIECE.split(fact.value) if p.strip()]
    for n, piece in enumerate(pieces):
        before = pieces[n - 1] if n else ""
        if _NOT_THERE.match(piece):
            bracketed = f"（{piece.strip()}" in fact.value or f"({piece.strip()}" in fact.value
            there |= _things(name) | (
                _things(re.sub(r"\([^)]*\)?", " ", before)) if listed or bracketed else frozenset()
            )
        elif _THERE.match(piece):
            here |= _things(name) | _things(before)
        elif with_it := re.match(
            r"(?i)\s*(?:the |all )?([a-z]{4,}(?: [a-z]{4,})?) (?:is |are )?(?:included|supplied)\s*$", piece
        ):
            here |= _things(with_it[1])
        elif apart := _APART_HERE.search(piece):
            there |= _things(apart[1] or apart[2]) if apart[3] is None else {apart[3]}
        elif (
            none := re.match(r"(?i)\s*(?:no|without|无|没有)\s*(?P<of>[a-z]{3,}.*|[\u4e00-\u9fff]{2,})", piece)
            if listed
            else None
        ):
            there |= _things(none["of"])
        elif listed:
            here |= _things(piece)
    return _also(here), _also(there)


_APART_HERE = re.compile(
    r"(?i)([a-z]+)\s+(?:is |are )?not included|不(?:含|附|带|送)([\u4e00-\u9fff]{2,6})"
    r"|^\s*([\u4e00-\u9fff]{1,4}?)(?:需?另[购买配售]|不[含附带送]|需?自备)\s*$"
)
_NOT_FOR = re.compile(
    r"^\s*([\u4e00-\u9fff]{1,4}?)(?:不适用|不适合|不可用|不能用|勿用|禁用|除外)\s*$|^不适[用合](?:于)?([\u4e00-\u9fff]{1,4})$"
)


def _not_for(fact: Fact) -> list[frozenset[str]]:
    """For whom or what it is not: cats of 狗，猫不适用."""
    found = [m[1] or m[2] for p in _PIECE.split(fact.value) if (m := _NOT_FOR.match(p.strip()))]
    return [frozenset({f}) for f in found if f]


def _also(words: set[str]) -> set[str]:
    """An adapter that is not there is no charger and no plug either."""
    return words.union(*(row for row in _SAME if words & row))


_SAME = (
    frozenset("adapter adaptor charger plug 充电头 充电器 适配器 电源适配器 插头".split()),
    frozenset("battery batteries 电池".split()),
    frozenset("bulb bulbs 灯泡".split()),
    frozenset("tool tools screwdriver screwdrivers spanner wrench hammer drill 工具 螺丝刀 扳手".split()),
)


def of_sentence(sentence: str, known: Denied, several: Iterable[Quantity]) -> list[Finding]:
    """Return what ``sentence`` claims and the facts deny, or denies and the facts claim; spans in code points of it."""
    out = []
    why = "The facts say the opposite of “{text}”."
    for thing in known.words:
        for start, end in mentions.places(sentence, thing):
            if not _no_before(sentence, start, end) and not _WARNED.match(sentence, end):
                out.append(finding(sentence, start, end, "contradiction", _(why, text=sentence[start:end])))
                break
    if known.absent:
        for start, end in mentions.places(sentence, known.absent):
            if end - start == 1 and not _BY_ITSELF.search(sentence[: start + 1] + "|" + sentence[end : end + 1]):
                continue  # 上锁
            if _USED.match(sentence, end) and not _COMES.search(_NONE.sub("", sentence)):
                continue  # 一节电池用一年
            if _ASKED_FOR.search(sentence[:start]) and not _COMES.search(_NONE.sub("", sentence)):
                continue  # "runs on one AA battery", "for your own leash"
            if not _no_before(sentence, start, end) and not _APART.search(sentence):
                out.append(finding(sentence, start, end, "contradiction", _(why, text=sentence[start:end])))
                break
    if known.given and (apart := _APART.search(sentence)):
        segment = mentions.segment(sentence, apart.start(), apart.end())
        at = sentence.find(segment)
        for start, end in mentions.places(segment, known.given):
            out.append(finding(sentence, at + start, at + end, "contradiction", _(why, text=segment[start:end])))
            break
    if known.listed and (inside := _IN_THE_BOX.search(sentence)):
        heads = inflections.forms(inside["head"]) | {inside["head"].casefold()}
        if not heads & (known.given | _LOT) and not _no_before(sentence, *inside.span("head")):
            why_not = _("No fact says that “{text}” comes with it.", text=inside["head"])
            out.append(finding(sentence, *inside.span("head"), "feature", why_not))
    counted = [w for about, w in known.counted_in if _speaks_of(sentence, about, list(several), w)]
    for what in counted:
        for start, end in mentions.places(sentence, what):
            if _LEFT_ASIDE.search(sentence[:start]):
                why_in = _("The facts say “{text}” is counted in.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "contradiction", why_in))
                break
    return out + _with_it(sentence, known, list(several))


_ASKED_FOR = re.compile(
    r"(?i)\b(?:runs?|works?|powered|needs?|takes?|requires?|us(?:e|es|ing)|for|to|fits?|your|any|insert|put|pop"
    r"|chang(?:e|es|ing)|replac\w+|accepts?|plug\w*|connect\w*|compatible|into|from"
    r"|looks? (?:good|nice|lovely|well) in)\b[^.;!?]{0,40}$"
    r"|[用需要装换插接配搭放]|适用|支持|兼容|你的|您的"
)
_WARNED = re.compile(r"[^。；！]{0,12}?(?:别买|别用|别拍|勿用|不行|不能用|不适合|绕开|另选|另挑|就算了|用不了|免谈)")
_USED = re.compile(r"(?:一[节个块粒对]|[两三四]节)?(?:能|可以?|够|大概|约)?(?:用|撑|管|换)")
_COMES = re.compile(
    r"(?i)\b(?:includ\w+|comes?|supplied|in the (?:box|case|pack|package)|part of the set|with an?|complete with"
    r"|you get|along|ready to use|thrown in|already (?:in|inside|fitted|there)|arrives? (?:in|with))\b"
    r"|附|送|配|含|内有|带|[盒箱袋包]子?里|随"
)


_BY_ITSELF = re.compile(r"(?:^|[，。；！？、])[\u4e00-\u9fff]\|[也都是已就全给随一]")
_ASKED = re.compile(r"\s*(?:[\w'’-]+\s+){0,3}[\w'’-]+\s*[?？]\s*")
_NONE = re.compile(r"(?i)\b(?:none|not|no)\b[^.;]*|n['’]t\b[^.;]*")
_STOP = re.compile(r"[;!?，；。！？—–]|\.(?!\d)|,(?!\s*(?:and|or|nor)\b)|\bbut\b|但")


def _no_before(sentence: str, start: int, end: int) -> bool:
    if _ASKED.fullmatch(sentence):
        return True  # "BPA? None.": the answer comes after
    first = max((m.end() for m in _STOP.finditer(sentence, 0, start)), default=0)
    last = _STOP.search(sentence, end)
    clause = sentence[first : last.start() if last else len(sentence)]
    before = _NEGATED.search(sentence[max(0, start - 32) : start])
    return bool(_NEGATED.search(clause) or before or negation.behind(sentence, end))


def _with_it(sentence: str, known: Denied, several: list[Quantity]) -> list[Finding]:
    """ "With its batteries it weighs 310 g" of what weighs so much without them."""
    out = []
    for about, what in known.left_out:
        for start, end in mentions.places(sentence, what):
            if not _WITH.search(sentence[:start]) or not _speaks_of(sentence, about, several, what):
                continue
            why = _("The facts say “{text}” is not counted in.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "contradiction", why))
            break
    return out


def _speaks_of(sentence: str, about: str, several: list[Quantity], what: frozenset[str]) -> bool:
    numbers = re.findall(r"\d+(?:[.,]\d+)?", about)
    if any(n in q.text for q in several for n in numbers):
        return True
    return mentions.says(sentence, mentions.tokens(facts.clean_name(about.split(" ")[0])) - what)
