"""Turns of Chinese speech that claim nothing by themselves: where something is put, wishes, denials, sounds."""

from __future__ import annotations

import re

from desktop_app.language import everyday
from desktop_app.language.vocabulary import World

_HAN = re.compile(r"[\u4e00-\u9fff]")
_SOUNDS = re.compile(r"[\u4e00-\u9fff]{0,2}滋滋|(?:白白|干干)净净")
# 毛是软的 of 软毛: said as a sentence what the facts say as a word
_IS_SO = re.compile(
    r"(?P<n>[\u4e00-\u9fff])(?:子|儿)?(?:也|都|还|就|挺|很|够|蛮|特别|是|又)*(?P<a>[软硬厚薄亮密轻细粗弹滑香甜脆糯鲜净稳牢韧挺宽深浅])(?:的|着|，|。|；|！)"
)
_WISHED = re.compile(
    r"(?:想(?:要)?|要|喜欢|爱|嫌|怕|觉得|习惯)(?:它|穿|睡|吃|喝|用|坐)?(?:更|再|稍)?(?P<how>[\u4e00-\u9fff])(?:一?点|些)"
)
_WHERE = re.compile(
    r"(?:进|到|在|往|从|朝|靠|向|上|沿着?|贴着?|挨着?|对着)(?P<what>[\u4e00-\u9fff]{1,4}?)(?=里|上|下|底|旁|边|前|后|中|之间|角|缝|面|口)"
)


def told_otherwise(sentence: str, world: World, places: everyday.Places) -> list[tuple[int, int]]:
    """Where something is put, how the reader would like it, and what the facts say in one word: 毛是软的 of 软毛."""
    if places.strict:
        return []
    found = _located(sentence, places) + [m.span("how") for m in _WISHED.finditer(sentence)]
    said = [m for m in _IS_SO.finditer(sentence) if m["a"] + m["n"] in world.text or m["n"] + m["a"] in world.text]
    return found + [m.span("a") for m in said]


_FASTENS = frozenset("夹挂贴吸粘绑扣装卡套插钉拧别系")  # where it may be fastened is said of the thing


def _located(sentence: str, places: everyday.Places) -> list[tuple[int, int]]:
    """Where something is put, in people's texts: the table of 能推进桌子底下 claims nothing."""
    if places.strict:
        return []
    known = everyday.words("zh")
    return [
        m.span("what")
        for m in _WHERE.finditer(sentence)
        if m["what"] in known and not places.bound(m.start()) and sentence[m.start() - 1 : m.start()] not in _FASTENS
    ]


_NOT_PUT_IN = re.compile(r"[没未](?:有)?[掺混](?:了|过|任何|一点|半点)?$|(?:不是|并非|而非|不像|不同于)$")


def denied(sentence: str, at: int, world: World, places: everyday.Places) -> int:
    """Return where what is denied ends, which claims nothing: 没掺罗布斯塔, 没印图解, 拉链不防; 0 where nothing is."""
    if (found := _NOT_PUT_IN.search(sentence[:at])) and not places.bound(found.start()):
        return _run_ends(sentence, at)
    before = sentence[at - 1 : at]
    return at + 1 if before and (before in "没未勿" or (before in "不别" and sentence[at] in world.text)) else 0


def sound(sentence: str, at: int, praise: frozenset[str]) -> int:
    """Return how many letters of a sound stand here: 咔哒咔哒, 滋滋; 白白净净."""
    if len(sentence) > at + 3 and sentence[at : at + 2] == sentence[at + 2 : at + 4]:
        return 4
    twice = sentence[at : at + 1] == sentence[at + 1 : at + 2]
    return 2 if twice and (sentence[at] not in praise or _SOUNDS.match(sentence, max(0, at - 2))) else 0


def _run_ends(sentence: str, at: int) -> int:
    """Return where the name that begins at ``at`` may end: at a mark, or after some letters."""
    end = at
    while end < min(len(sentence), at + 6) and _HAN.match(sentence[end]):
        end += 1
    return end
