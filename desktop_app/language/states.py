"""Two states of one thing: folded and open, on one charge and in all: what their measures are called, and when one becomes the other."""

from __future__ import annotations

import re

# What a fact's name is called in a sentence: 收起来 of 收纳尺寸, 瓶口 of 口径.
_CALLED = (
    (re.compile(r"收纳|折叠|收起|折后|收拢"), "收纳 收起 收拢 收好 折叠 折起 折好 叠起 叠好 合起 合拢 卷起"),
    (re.compile(r"展开|打开|铺开|撑开|使用尺寸"), "展开 打开 铺开 撑开 摊开 支开 撑起 拉开"),
    (re.compile(r"口径|开口"), "瓶口 杯口 碗口 盆口 罐口 壶口 锅口 缸口 口径 口沿"),
    (re.compile(r"座高|坐高|座面高"), "离地 坐下 坐面 坐着 坐上去 屁股"),
    (re.compile(r"绒高|毛高|绒长|毛长"), "毛 绒 绒毛"),
    (re.compile(r"坡长"), "滑道 滑面 坡面"),
    (re.compile(r"单次|每次|一次|连续"), "单次 每次 连续 连着 一口气 一气 不间断 不停"),
)


def called(name: str) -> frozenset[str]:
    """Return what the measure that a fact's name gives is called in a sentence: 收起来 of 收纳尺寸."""
    return frozenset(w for pattern, said in _CALLED if pattern.search(name) for w in said.split())


def changing(sentence: str) -> list[tuple[int, int]]:
    """Return where an amount is said to become another: 从一米四缩到32厘米 speaks of two states of one thing."""
    return [m.span() for m in _FROM_TO.finditer(sentence)]


_FROM_TO = re.compile(
    r"从[^，。；]{2,12}(?:缩|变|降|升|减|增|涨|伸|拉|放|收)[小大短长低高]?(?:到|成|为|至)[^，。；]{0,8}"
)
