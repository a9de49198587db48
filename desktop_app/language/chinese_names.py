"""The name in a Chinese title that goes on behind it: "蓝牙耳机真无线入耳式降噪" is a 蓝牙耳机, and what it is like."""

from __future__ import annotations

import re
from functools import cache

from desktop_app import paths
from desktop_app.language import lexicon

_SHORT = 8  # letters: so long may a name be without anybody asking where it ends
_LEFT = 3  # letters: less behind a thing's word is a part of its name ("和纸胶带卷")
_LONGEST = 6
# Two letters behind a thing's word that say what it is like or for, and are no part of its name.
_LIKE = frozenset(
    "补水 保湿 美白 耐打 透气 防水 防滑 加厚 大号 小号 中号 家用 便携 静音 简约 复古 新款 耐用 轻便 可爱 高档 透明 折叠".split()
)
_LONG_TITLE = 10  # letters
# A word for a thing goes on with these: what is said then is another thing, 猫砂盆 and 手机壳.
_ON = "炉笔茶酒汤粥酱糖糕饼汁酥壶杯罐瓶锅碗仁壳套膜架座盒包袋垫罩盖机器裤刷布纸液剂油粉膏片箱柜盆钵筒钩夹扣券票"
_NOT_ON = re.compile(
    r"杯子|瓶子|壶嘴|糖果|茶具|茶水|酒店|汤底|饼状|包邮|包装|套装|套头|机洗|布艺|纸质|盒装|袋装|罐装|瓶装|箱装|油性|片装|粉色|架子"
)
# At the end of what follows these name another thing: 耳机便携收纳包 is no pair of earphones.
_OTHERS = _ON + "线刀锅绳带贴块条片丸桌椅灯杯壶碗盘瓶罐桶篮筐圈链笔本册卡衣裙鞋帽袜车床"
_PARTS = re.compile(r"收纳|配件|保养|清洁|维修|替换|补充|保护|教程|模具|材料包|定制")
_BED = re.compile(r"\d(?:\.\d+)?\s*[mM米]床$")
# What a title adds last: how many pieces, what comes with it.
_LAST = re.compile(
    r"(?:[大中小]号|特大号|连帽|带帽|中长款|长款|短款|加厚|加绒|宽松|修身)+$|(?:[两二三四五六七八九十]|\d+)件套(?:装)?$|带[\u4e00-\u9fff]{1,3}$"
)


def name(core: str) -> tuple[str, str]:
    """Return the name that a title begins with and the word for the thing in it; the whole title and "" where no word
    of the lists parts it, or where what follows may be what is really sold.
    """
    core = _BED.sub("", core) or core
    if (worn := re.fullmatch(r"(.{4,}?)(?:男女款?|女士?|男士?|女款|男款)", core)) and known(worn[1][-2:]) | known(
        worn[1][-3:]
    ):
        core = worn[1]  # V领针织开衫|女
    if (packed := re.fullmatch(r"(.{4,}?)(?:礼盒|真空|独立|[罐盒袋瓶散])装", core)) and known(packed[1][-2:]) | known(
        packed[1][-3:]
    ):
        core = packed[1]  # 大红袍|礼盒装
    if re.search(r"[^子美少妇仙孙儿男]女$", core) and len(core) > _LEFT + 2:
        core = core[:-1]  # 真丝发圈|女
    bare = re.sub(r"(?<=..)(?:男女款|男士款?|女士款?|男款|女款)(?=..)", "", core)
    if len(core) > _LONG_TITLE and (known(bare[-2:]) or known(bare[-3:])):
        core = bare  # 平安扣吊坠|男女款|项链
    found = _first(core)
    if found is None:
        return core, ""
    at, end = found
    left = core[end:]
    if not left:
        return core, core[at:end]
    shorter = _LAST.sub("", left)
    if known(shorter) and shorter[-1] == core[end - 1]:
        return core[:end], core[at:end]  # 茶叶罐|密封罐: the same once more
    own = any(known(core[n:]) for n in range(end, len(core))) and len(left) <= _LEFT  # 普洱茶|熟茶饼 is one name
    other = shorter[-1:] and shorter[-1] in _OTHERS and shorter[-1] != core[end - 1]
    if left in _LIKE or lexicon.find(left, "scent"):
        return core[:end], core[at:end]
    if len(core) < _SHORT or len(left) < _LEFT or own or other or _PARTS.search(left) or left[0] in "的用专":
        return core, ""
    return core[:end], core[at:end]


def _first(core: str) -> tuple[int, int] | None:
    """Return where the first word for a thing stands, with what goes on from it: 旗袍连衣裙, 猫砂盆."""
    found = next(((at, end) for at in range(len(core)) if (end := _longest(core, at))), None)
    if found is None:
        return None
    at, end = found
    for later in range(at + 1, end):  # 纯银|耳钉, though 银耳 is a thing too
        if _longest(core, later) > end:
            at, end = later, _longest(core, later)
            break
    while True:
        if (more := _longest(core, end)) and core[more - 1] != core[end - 1]:  # not 茶叶罐密封罐
            at, end = end, more
        elif core[end : end + 1] and core[end] in _ON and not _NOT_ON.match(core, end) and core[end] != core[end - 1]:
            end += 1
        else:
            return at, end


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
