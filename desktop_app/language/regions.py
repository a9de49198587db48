"""Regions of China a sentence names as where a thing is from: one stretch each, carried by a fact of the place or of one within it."""

from __future__ import annotations

import re
from functools import cache

from desktop_app import paths
from desktop_app.language import everyday
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

# Words that only look like a place: what they are part of, or what is named after one.
_APART = re.compile(r"(?:去|到|在|往|飞|从小在|不是|并非|像|比|仿)$")
_NAMED_AFTER = re.compile(r"(?:话|菜|味道|口味|路|街|时间|人家|站|雪|景|水|湖)")
_MADE = re.compile(r"[，。；！、]|产|来自|源|出|的|货|做|制|造|烧|采|种|摘|运|发|师傅|手工|工艺|料|豆|茶|米|$")


def of_sentence(sentence: str, world: World, places: everyday.Places) -> list[Finding]:
    """Return the regions no fact carries; spans in code points of ``sentence``."""
    found = []
    for match in _pattern().finditer(sentence):
        name, at, end = match[0], match.start(), match.end()
        if (
            _carried(name, world.text)
            or places.free(at)
            or any(n in sentence[max(0, at - 2) : end + 2] for n in world.names)
        ):
            continue
        if (
            _APART.search(sentence[:at])
            or _NAMED_AFTER.match(sentence, end)
            or not (_MADE.match(sentence, end) or _pattern().match(sentence, end))
        ):
            continue
        why = _("No fact of this product says “{text}”.", text=name)
        found.append(finding(sentence, at, end, "origin", why))
    return found


def within(province: str) -> tuple[str, ...]:
    """Return the places of a Chinese province that the list knows; none for another word."""
    return _regions().get(province, ())


def _carried(name: str, known: str) -> bool:
    return name in known or any(place in known for place in _regions().get(name, ()))


@cache
def _regions() -> dict[str, tuple[str, ...]]:
    text = (paths.assets() / "language" / "regions.zh.txt").read_text("utf-8")
    lines = [line.partition(":") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: tuple(several.split()) for name, _colon, several in lines}


# Names that are common words as well.
_COMMON = frozenset(
    "朝阳 太平 中山 白山 西湖 海门 红河 德州 大理 云和 安康 古田 兴隆 和田 永福 平和 中卫 白城 东台 苍山 海北 海西 海东".split()
)


@cache
def _pattern() -> re.Pattern[str]:
    names = {*_regions(), *(p for several in _regions().values() for p in several)} - _COMMON
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
