"""What a few words say so plainly that no head has to weigh them: a denied fault is praise, less than shown is blame.

Heads learn from whole reviews that "leak", "smell" and "掉色" stand in angry ones, and forget the "no" before them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache

from desktop_app import paths
from desktop_app.language.opinion_words import lexicon

_HAN = re.compile(r"[\u3400-\u9fff]")
_UNSURE_EN = re.compile(
    r"\b(?:if|unless|wish|hope[ds]?|should|would|could|not only|not just|no longer|until|not without|not once|no wonder|expected no|supposed|claim(?:s|ed)?|promised?)\b|\?",
    re.I,
)
_UNSURE_ZH = re.compile(
    r"如果|要是|假如|希望|但愿|不仅|不但|不只|不光|不是没|并非没|难道|[?？]|应该|不得不|会不会|是否|不知道?|怕|担心|才怪|就不错|不可能|说好|说是|号称|声称|承诺"
)
_WORD = re.compile(r"[a-z]+(?:[-'’][a-z]+)*")


@dataclass(frozen=True, slots=True)
class _Known:
    denied: re.Pattern[str]
    fault: re.Pattern[str]
    scented: re.Pattern[str]
    praise: re.Pattern[str]
    blame: re.Pattern[str]


@lru_cache(1 << 12)
def plain_side(text: str) -> int:
    """Return 1 for plain praise, -1 for plain blame, 0 where the words do not say it by themselves."""
    chinese = bool(_HAN.search(text))
    known = _known("zh" if chinese else "en")
    rest, blame = known.blame.subn(" ", text)
    rest, praise = known.praise.subn(" ", rest)
    rest, denied = known.denied.subn(" ", rest)
    if denied and known.scented.search(rest):
        denied, rest = 0, text
    praise += denied
    if not (blame or praise) or (_UNSURE_ZH if chinese else _UNSURE_EN).search(text):
        return 0
    if blame:
        return 0 if praise else -1
    return 1 if praise and not _blamed(rest, known, chinese) else 0


def _blamed(rest: str, known: _Known, chinese: bool) -> bool:
    """Tell whether what is left beside the praise holds a fault, a word of blame or a contrast."""
    words = lexicon("zh" if chinese else "en")
    if known.fault.search(rest):
        return True
    if chinese:
        return any(word in rest for word in (*words.blame, *words.but))
    return bool(frozenset(_WORD.findall(rest.casefold())) & (words.blame | words.but))


@cache
def _known(language: str) -> _Known:
    table = tomllib.loads((paths.assets() / "reviews" / "plain.toml").read_text("utf-8"))[language]
    one = {key: value.replace("\n", "") for key, value in table.items()}
    edge, gap = ("", "") if language == "zh" else (r"\b", r"\s+")
    between = f"(?:{gap}(?:{one['between']}){edge}){{0,4}}"
    denied = f"{edge}(?:{one['deny']}){between}{gap}(?:{one['fault']}){edge}(?!\\s*(?:{one['other']}){edge})"
    if language == "en":  # "none of that smell", "no itch or smell": a second fault goes with the first
        denied += f"(?:,?\\s+(?:or|nor|and no)\\s+(?:{one['between']}\\s+){{0,2}}(?:{one['fault']})\\b)*"
    return _Known(
        re.compile(denied, re.I), re.compile(f"{edge}(?:{one['fault']}){edge}", re.I), re.compile(one["scented"], re.I),
        re.compile(one["praise"], re.I), re.compile(one["blame"], re.I),
    )  # fmt: skip
