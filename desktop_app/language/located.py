"""Where on a thing something is: a logo on the front is not on the back, strips on the sleeves not on the hood."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.language import facts, inflections, lexicon, mentions
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_PLACES = {
    "front": r"\bfront\b|\bchest\b|前胸|胸前|胸口|前面|正面|前侧",
    "back": r"\bback\b|\brear\b|后背|背部|背上|脑后|后脑|背面|后面|背后|后侧",
    "sleeve": r"(?<!laptop )(?<!tablet )\bsleeves?\b|\bcuffs?\b|袖",
    "hood": r"\bhood\b|帽子|帽檐|连帽",
    "side": r"\bsides?\b|侧面|两侧|侧边",
    "top": r"\bon top\b|\btop\b|顶部|上面|顶上",
    "bottom": r"\bbottom\b|\bunderneath\b|底部|底下|下面",
    "inside": r"\binside\b|\binner\b|内侧|里面|内里",
    "outside": r"\boutside\b|\bouter\b|外侧|外面",
    "heel": r"\bheels?\b|鞋跟|后跟|脚跟",
    "toe": r"\btoes?\b|鞋头|鞋尖|脚尖|袜尖",
    "hem": r"\bhem\b|下摆|裙摆",
    "waist": r"\bwaist(?:band)?\b|腰间|腰部|腰头",
    "elbow": r"\belbows?\b|手肘|肘部",
    "knee": r"\bknees?\b|膝盖|膝部",
    "neck": r"\bneck(?:line)?\b|领口|领子",
    "lid": r"\blid\b|盖子?上",
    "leg": r"\blegs?\b|裤腿|桌腿",
    "left": r"\bleft\b|左",
    "right": r"\bright[- ]hand\b|\bright side\b|右",
}
_PLACE = {name: re.compile(pattern, re.I) for name, pattern in _PLACES.items()}
_BOTH = (
    (re.compile(r"(?i)\bfront and (?:the )?(?:back|rear)\b|前后(?!悔)"), frozenset({"front", "back"})),
    (re.compile(r"(?i)\binside and (?:the )?out(?:side)?\b|里外|内外"), frozenset({"inside", "outside"})),
    (re.compile(r"(?i)\bleft and (?:the )?right\b"), frozenset({"left", "right", "side"})),
    (re.compile(r"(?i)\btop and (?:the )?bottom\b|上下"), frozenset({"top", "bottom"})),
)
_ON = re.compile(
    r"(?i)\b(?:on|at|in|down|along|round|across|over|under|to|the)\b|[上在有的]|[侧面着带印]|[一两二三四1-9]\s?[条个只道片枚处]"
)


@dataclass(frozen=True, slots=True)
class Located:
    """What a fact's name speaks of, and where its value says that is."""

    things: frozenset[str]
    where: frozenset[str]
    nouns: frozenset[str] = frozenset()  # "on the cable": a thing of its own that is no common place


def of(product: Product) -> tuple[Located, ...]:
    """Read off the facts where something is: "Reflective: Strips on back and sleeves", 口袋: 内侧."""
    found = []
    for fact in product.facts:
        name = facts.clean_name(fact.name)
        things, here = mentions.tokens(name, measures=False), where(fact.value)
        if thing := _THING_AT.match(fact.value):
            things |= mentions.tokens(thing["what"], measures=False)
        alone = len(name.split()) == 1 or lexicon.find(fact.value, "material") is None  # "Lid knob: stainless steel"
        if where(name) and not here and len(fact.value) < 24 and alone:  # "Back: Mesh"
            found.append(Located(mentions.tokens(re.sub(r"\d\S*", " ", fact.value)), where(name)))
            continue
        if things and here and len(fact.value) < 50 and not here & where(fact.name):
            found.append(Located(things, here))
        elif things and (thing := _AT.fullmatch(fact.value.strip())):
            found.append(Located(things, frozenset(), frozenset(inflections.forms(thing["noun"]))))
    return tuple(_joined(found))


_THING_AT = re.compile(r"(?i)\s*(?P<what>[a-z]{3,}(?: [a-z]{3,})?) (?:on|at|in|along|under) ")
_AT = re.compile(
    r"(?i)(?:[a-z]+\s+){0,2}?(?:on|in|into|onto|at|under|inside|behind|along)\s+(?:the\s+|its\s+)?(?P<noun>[a-z]{3,})(?:,.*)?"
)
_IS_AT = re.compile(
    r"(?i)\s+(?:is|are|sits?|lies|hangs?|can be found|runs?)\s+(?:on|in|at|under|inside|behind|along)\s+(?:the|its)\s+(?P<noun>[a-z]{3,})"
)


def _joined(found: list[Located]) -> Iterable[Located]:
    """Make one of what several facts say of one thing: ribbed at the cuffs, ribbed at the bottom band."""
    for located in found:
        same = [o for o in found if o.things & located.things]
        yield Located(located.things, frozenset[str]().union(*(o.where for o in same)), located.nouns)


def where(text: str) -> frozenset[str]:
    """Return the places of a thing that a text names: "front", "sleeve" …"""
    return frozenset(name for name, pattern in _PLACE.items() if pattern.search(text))


def of_sentence(sentence: str, known: tuple[Located, ...]) -> list[Finding]:
    """Return where ``sentence`` puts something that the facts put elsewhere; spans in code points of it."""
    out = []
    for located in known:
        for start, end in mentions.places(sentence, located.things)[:1]:
            at = _IS_AT.match(sentence, end) if located.nouns else None
            if at and not inflections.forms(at["noun"]) & located.nouns:
                why = _("The facts put “{text}” elsewhere.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "relation", why))
                continue
            segment = mentions.segment(sentence, start, end)
            said = where(segment) if located.where else frozenset()
            both = [pair for pattern, pair in _BOTH if pattern.search(segment)]
            if both and located.where and not any(pair <= located.where for pair in both):
                why = _("The facts put “{text}” elsewhere.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "relation", why))
                continue
            if said and not said & located.where and _ON.search(segment):
                why = _("The facts put “{text}” elsewhere.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "relation", why))
    return out
