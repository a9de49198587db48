"""How a sentence says that it reckons, in each language: the words the one reckoner of `reckoning` goes by."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language.quantities import Quantity
from desktop_app.language.rates import MEASURE, ONE_OF

Pattern = re.Pattern[str]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NEAR = 40  # letters about a number in which the word stands that says how it was reckoned
_NEVER = re.compile(r"(?!)")  # what a language has no words for, or whose words are not known here


@dataclass(frozen=True, slots=True)
class Words:
    """The cues of one language, each a pattern that finds one of them; what is not given is never found."""

    # Where the amount stands, or anywhere:
    together: Pattern = _NEVER  # near it: a sum of one fact or of one measure, or so many times what is one's
    more: Pattern = _NEVER  # near it: a difference
    one_of_them: Pattern = _NEVER  # near it: a share
    of_each: Pattern = _NEVER  # in a fact's name or near an amount: it is each one's own
    fraction: Pattern = _NEVER  # the amount itself: half of what is counted
    added: Pattern = _NEVER  # anywhere: parts that are named add up, or all of one measure
    counted_up: Pattern = _NEVER  # anywhere: what is counted adds up
    # Right before the amount:
    step: Pattern = _NEVER  # from one size to the next
    differ: Pattern = _NEVER  # one thing is so much more than another
    daily: Pattern = _NEVER  # so much a day
    shared_out: Pattern = _NEVER  # so many on each; the group is what is counted
    of_a_kind: Pattern = _NEVER  # what is said of one; the group is what it is counted by
    of_a_piece: Pattern = _NEVER  # what one piece holds; the group is what pieces are counted by
    filled: Pattern = _NEVER  # what a vessel weighs when it is full
    across: Pattern = _NEVER  # how much a range takes in
    dose: Pattern = _NEVER  # the reader's own dose
    by_day: Pattern = _NEVER  # a day
    # Elsewhere:
    said: Pattern = _NEVER  # a count with the word it is counted by: ``n`` and ``of``
    a_day: Pattern = _NEVER  # so many a day: ``n`` and ``of``
    daily_fact: Pattern = _NEVER  # the name of a fact of each day
    vessel: Pattern = _NEVER  # right behind an amount: what is filled with it
    left_out: str = r"(?!)"  # before a part that is not counted
    quantity_ends: tuple[str, ...] = ()  # how the name of a count ends, which a sentence leaves off
    power_ends: tuple[str, ...] = ()  # how electricity that was used is told
    power_word: str = ""  # without which it is none


_ALL_TOGETHER = (
    "together", "altogether", "combined", "in all", "in total", "in sum", "all told",
    "between (?:them|the (?:two|three|four|five|six))", "that(?:['’]s| is| makes)", "which makes", "mak(?:es|ing)",
    "adds? up to", "adding up to", "comes? to", "totals?", "sum", "plus", "sharing", "counting", "including", "make up",
    "whole", "complete", "full",
)  # fmt: skip
_MORE = (
    "more", "less", "fewer", "extra", "longer", "shorter", "taller", "wider", "narrower", "heavier", "lighter", "bigger",
    "larger", "smaller", "deeper", "thicker", "thinner", "higher", "lower", "apart", "difference", "differ", "gap", "step",
    "steps", "further", "again", "on top", "than", "alone", "without", "by itself", "on its own", "minus", "gain", "gains",
    "adds?", "grows?", "each time", "spare",
)  # fmt: skip
_ONE_OF_THEM = ("each", "apiece", "a piece", "per", "every", "one", "either", "single", "alone", "both", "an?")
_FRACTIONS = ("half", "halves", "thirds?", "quarters?", "fifths?", "sixths?", "eighths?", "tenths?")


def _either(*words: str) -> Pattern:
    return re.compile(rf"(?i)\b(?:{'|'.join(words)})\b")


ENGLISH = Words(
    together=_either(*_ALL_TOGETHER),
    more=_either(*_MORE),
    one_of_them=_either(*_ONE_OF_THEM),
    of_each=_either("each", "every", "per", "apiece", "a piece"),
    fraction=_either(*_FRACTIONS),
    added=re.compile(r"(?i)in all\b|altogether|together|in total"),
)

_ADDED = (
    "一共", "总共", "共计", "合计", "加(?:起来|在一起|一块|上)", "算上", "算在内", "连[^，。；]{1,4}(?:带|和|也|都|一起)",
    "合起来", "凑[成齐足]", "正好", "刚好", "总重", "全部", "全套", "整[套组盒]",
)  # fmt: skip
_COUNTED_UP = (
    "一共", "总共", "共计", "合计", "加起来", "加在一起", "加一块", "合起来", "合在一起", "凑[成齐足]", "全套", "整[套组盒箱]",
    r"[共合](?=[\d一二两三四五六七八九十])", "(?:^|[，。])一[套箱盒]", "加上", "算上",
)  # fmt: skip
_COMPARED = "[多少长短大小重轻高矮宽窄厚薄]"

CHINESE = Words(
    added=re.compile("|".join(_ADDED)),
    counted_up=re.compile("|".join(_COUNTED_UP)),
    step=re.compile(r"每(?:往上|大|小|加|升|增|多|少|降|差|高|低|上)|一码(?:比一码|[加大长]|差)|递增|依次"),
    differ=re.compile(rf"相差|差(?:了|出|着)?|[比较][^，。；]{{1,8}}{_COMPARED}|{_COMPARED}出?了?$"),
    daily=re.compile(r"(?:每|一)(?:天|日|晚|次)[^，。；\d]{0,6}$"),
    shared_out=re.compile(rf"(?:每(?:一)?|各|平均|单|一)({MEASURE})?[\u4e00-\u9fff]{{0,4}}$"),
    of_a_kind=ONE_OF,
    of_a_piece=re.compile(rf"[一每]({MEASURE})[^，。；\d]{{0,6}}$"),
    filled=re.compile(r"(?:装满|灌满|盛满|加满|倒满)"),
    across=re.compile(r"(?:每(?:个|一)?[码档号]|一[码档号]|跨|相差|差)[^，。；\d]{0,4}$"),
    dose=re.compile(rf"(?:每|一)(?:{MEASURE})[^，。；\d]{{0,6}}$"),
    by_day=re.compile(r"[每一][天日晚]"),
    said=re.compile(
        rf"(?<![第之唯统同万单\d.])(?P<n>[一两二三四五六七八九十百]{{1,4}}|\d{{1,4}})(?P<of>{MEASURE})(?![样起定直下])"
    ),
    a_day=re.compile(rf"(?:一|每)[天日晚][^，。；\d]{{0,4}}?(?P<n>[一两二三四五六七八九十\d]{{1,3}})(?P<of>{MEASURE})"),
    daily_fact=re.compile(r"每[日天]"),
    vessel=re.compile(r"的?(?:小|大)?(?:杯|瓶|碗|壶|盆|锅|罐|袋|桶)"),
    left_out=r"(?:不算|不含|除了?|除去|去掉|不连|不计|刨去|抛开)(?:上)?",
    quantity_ends=("数量", "数"),
    power_ends=("度", "度电"),
    power_word="电",
)


def near(cue: Pattern, quantity: Quantity, text: str) -> bool:
    """Tell whether a word stands near an amount of ``text``."""
    start, end = quantity.start, quantity.end
    return bool(cue.search(text[max(0, start - _NEAR) : start]) or cue.search(text[end : end + _NEAR]))


def of(text: str) -> Words:
    """Return the words of the language ``text`` is in; a text with Chinese in it is Chinese."""
    return CHINESE if _HAN.search(text) else ENGLISH
