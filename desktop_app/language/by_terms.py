"""Known things a sentence names (materials, colours, origins, features …): each needs a fact, or stands in a scene."""

from __future__ import annotations

import re

from desktop_app.language import everyday, relations, vocabulary
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
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
_OWN_TIME = re.compile(
    r"(?i)\b(?:take|spare|give yourself|have|for|sit down for|lie down for)\s+$|(?:歇|坐|躺|睡|休息|发呆|走|逛|聊)(?:上|个)?$"
)
_HANDS = re.compile(
    r"(?i)\s*(?:hands?|fingers?|friends?|people|words?|letters)\b|(?:只|个|双)?(?:手|人|字|朋友|大人|词)"
)
_SPAN = re.compile(r"(?i)(?:\w+ minutes|[一二三四五六七八九十]+分钟)")


def of_sentence(
    sentence: str,
    terms: list[tuple[int, int, Term]],
    world: World,
    language: str,
    places: everyday.Places,
    excused: list[tuple[int, int]],
) -> list[Finding]:
    """Return the known things no fact carries; those in a scene or not claimed are added to ``excused``."""
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
                finding(sentence, start, end, "contradiction", _("The facts say it is not “{text}”.", text=text))
            )
        several = vocabulary.readings(text)
        if any(t in world.terms or t.kind == "noun" for t in several) or _words_carried(text, world, free):
            continue
        if any(t in world.denied for t in vocabulary.readings(re.sub(r"^(?:不|not )", "", text))):
            continue  # "not dishwasher-safe", as the facts say
        if in_a_scene(text, start, several, world, places) or _inside_a_word(sentence, start, end, world):
            excused.append((start, end))
            continue
        if _not_it(sentence, start, several[0], world):
            excused.append((start, end))
            continue
        kind = _kind(sentence, several)
        found.append(finding(sentence, start, end, kind, _("No fact of this product says “{text}”.", text=text)))
    return found


def in_a_scene(text: str, start: int, several: tuple[Term, ...], world: World, places: everyday.Places) -> bool:
    """ "A slice of lemon", "on a rainy Sunday": things and times around the product, not the product's own."""
    if places.bound(start):
        return False
    if vocabulary.is_usual(text, world):
        return True
    if places.claimed(start):
        return False
    return vocabulary.is_everyday(text) or any(t.kind == "use" and t.group != "people" for t in several)


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


def scene_number(sentence: str, finding: Finding, places: everyday.Places) -> bool:
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
