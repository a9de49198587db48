"""The name in a Chinese title that goes on behind it: "蓝牙耳机真无线入耳式降噪" is a 蓝牙耳机, and what it is like."""

from __future__ import annotations

import re
from functools import cache

from desktop_app import paths
from desktop_app.language import lexicon

_SHORT = 8  # letters: so long may a name be without anybody asking where it ends
_LEFT = 3  # letters: less behind a thing's word is a part of its name ("和纸胶带卷")
_LONGEST = 6
# Behind the word of a thing these name another one: a case for earphones is no earphones.
_OTHERS = "壳套膜架座盒包袋垫罩盖线器机刀锅绳带贴刷布纸液剂油粉膏片箱柜桌椅灯杯壶碗盘瓶罐桶篮筐钩夹圈链扣笔本册卡券票衣裤裙鞋帽袜车床"
_PARTS = re.compile(r"收纳|配件|保养|清洁|维修|替换|补充|保护|教程|模具|材料包|定制")
_BED = re.compile(r"\d(?:\.\d+)?\s*[mM米]床$")


def name(core: str) -> tuple[str, str]:
    """Return the name that a title begins with and the word for the thing in it; the whole title and "" where no word
    of the lists parts it, or where what follows may be what is really sold.
    """
    core = _BED.sub("", core) or core
    found = next(((at, end) for at in range(len(core)) if (end := _longest(core, at))), None)
    if found is None:
        return core, ""
    at, end = found
    while (more := _longest(core, end)) and core[more - 1] != core[end - 1]:  # 旗袍连衣裙; not 茶叶罐密封罐
        at, end = end, more
    left = core[end:]
    if not left:
        return core, core[at:end]
    if known(left) and left[-1] == core[end - 1]:
        return core[:end], core[at:end]  # 茶叶罐|密封罐: the same once more
    own = any(known(core[n:]) for n in range(end, len(core))) and len(left) <= _LEFT  # 普洱茶|熟茶饼 is one name
    other = left[-1] in _OTHERS and left[-1] != core[end - 1]
    if len(core) < _SHORT or len(left) < _LEFT or own or other or _PARTS.search(left) or left[0] in "的用专":
        return core, ""
    return core[:end], core[at:end]


def known(text: str) -> bool:
    """Tell whether a text is the word for a thing."""
    return text in _words()


def _longest(text: str, at: int) -> int:
    """Return where the longest word for a thing that begins at ``at`` ends; 0 where none does."""
    return next((at + n for n in range(min(_LONGEST, len(text) - at), 1, -1) if text[at : at + n] in _words()), 0)


@cache
def _words() -> frozenset[str]:
    lines = (paths.assets() / "language" / "titleheads.zh.txt").read_text("utf-8").splitlines()
    own = {word for line in lines if not line.startswith("#") for word in line.split()}
    nouns = (term for term in lexicon.terms("noun") if "part" not in term.marks)
    return frozenset(own | {word for term in nouns for word in term.zh if len(word) > 1})
