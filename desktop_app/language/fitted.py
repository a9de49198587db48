"""Parts a Chinese sentence says are there: 带盖, 配杯托和侧袋, 上面还有拉链: each needs a fact that names it."""

from __future__ import annotations

import re

from desktop_app.language import harmless
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

# "It has": at the beginning of a clause, after the thing or a place on it, never after a denial.
_HAS = re.compile(
    r"(?:(?<=[，。；：！、])|(?<=[还也都另各子儿上里边面侧底顶口头端部角后前款身壶杯锅车包箱盒灯椅桌床柜衣裤裙鞋伞刀笔本机器])|^)"
    r"(?:自带|带有?|配有?|配备|附有?|设有|装有?|有|多了?|加了?)(?:着|了|上)?(?:[一两三四双]?[个条只把根对块层副张排圈盏支]|大|小)?"
    r"(?P<what>[\u4e00-\u9fff]{1,6}(?:[和与及跟、][\u4e00-\u9fff]{1,5})*)(?=[，。；！]|$)"
)
_MARKS = re.compile(r"[和与及跟、]")
_MEASURE = re.compile(r"^[一两三四双]?[个条只把根对块层副张排圈盏支]")
_MODALS = re.compile(r"(?:也|都|的|了|呢|哦|啦|哟|得|着|好|防尘|的呢)$")


def of_sentence(sentence: str, world: World) -> list[Finding]:
    """Return the parts a sentence says are there and no fact names; spans in code points of it."""
    found = []
    for match in _HAS.finditer(sentence):
        at = match.start("what")
        for name in _MARKS.split(match["what"]):
            bare = _MODALS.sub("", _MEASURE.sub("", name))
            part = _part(bare)
            start = at + name.find(bare)
            at += len(name) + 1
            if part and not _carried(part, world):
                why = _("No fact of this product says “{text}”.", text=bare)
                found.append(finding(sentence, start, start + len(bare), "feature", why))
    for match in _FUNCTION.finditer(sentence):
        what = match["what"]
        if not any(what[n : n + 2] in world.text for n in range(len(what) - 1)) and not _NONE.search(
            sentence[: match.start()]
        ):
            why = _("No fact of this product says “{text}”.", text=match[0])
            found.append(finding(sentence, match.start(), match.end(), "feature", why))
    return found


# 收音机功能齐全: what it is said to be able to do, by name
_FUNCTION = re.compile(
    r"(?<![\u4e00-\u9fff])(?:自?带|还有|有|具备|内置)?(?P<what>[\u4e00-\u9fff]{2,4}?)(?:功能|模式)(?=齐全|强大|也有|都有|一应|[，。；！]|$)"
)
_NONE = re.compile(r"[没无不未缺别]")


def _part(name: str) -> str:
    """Return the part that ``name`` ends in: 侧袋 of 网眼侧袋; nothing where it names none."""
    known = harmless.components("zh")
    return next((name[n:] for n in range(len(name)) if name[n:] in known), "")


def _carried(part: str, world: World) -> bool:
    if part in world.grams or part in world.text or part in world.usual.zh:
        return True
    head = part.removesuffix("子") or part
    return head[-1] in world.text or any(part in t.zh for t in world.terms | world.denied)
