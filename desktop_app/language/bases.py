"""What an amount is counted for: a hundred grams, one of a pair, an hour."""

from __future__ import annotations

import re

from desktop_app.language.quantities import Quantity

_BASIS = re.compile(
    r"(?i)\s*(?:[a-z]+(?: [a-z]+)?\s*)?(?:/|per|每)\s*(?P<per>100\s?(?:g|ml|克|毫升)|bag|box|pack|tin|bottle|bar|piece|pair|serving|portion|包|盒|袋|罐|瓶|支|只|件|对|双|层|片|颗|粒)"
)
_BASIS_BEFORE = re.compile(r"(?i)(?P<per>100\s?(?:g|ml|克|毫升))[^\d]{0,6}$")
_SAID_BASIS = re.compile(
    r"(?i)\b(?:an?|the|each|every|one|per|whole)\s+(?:full\s+|whole\s+|entire\s+|single\s+|small\s+|big\s+)?(?P<en>bag|box|pack|packet|tin|bottle|bar|jar|tube|carton)\b"
    r"|(?:一|每|整)(?P<zh>包|盒|袋|罐|瓶|支|条|桶|箱|片|颗|块|枚|根|粒|勺|杯|份|个)"
)


def of(name: str, value: str, quantity: Quantity) -> str:
    """Return what a number of a fact is counted for: "100g", 包; nothing where no word says."""
    found = _BASIS.match(value, quantity.end) or _BASIS_BEFORE.search(f"{name} {value[: quantity.start]}")
    return re.sub(r"\s", "", found["per"].casefold()) if found else ""


def other(basis: str, near: str, sentence: str) -> bool:
    """Tell whether a stretch of ``sentence`` says of a whole bag what a fact says of 100 g."""
    if not basis.startswith("100"):
        return False
    return bool(_SAID_BASIS.search(near)) and not re.search(r"100\s?(?:g|ml|克|毫升)", sentence)


_ONE = re.compile(
    r"(?i)\beach\b|\bper (?:piece|item|unit|\w+)\b|\bsingle\b|\bapiece\b|[单每][只支根个件片颗条块双对副套盒包瓶袋]"
)
_ALL = re.compile(
    r"(?i)\b(?:per pair|a pair|the pair|set|total|all|together)\b|一[对双套]|(?<![单每])[对双套]重|总|全套|合计|共"
)
_RATE = re.compile(
    r"(?i)(?:/|\bper |\ban? |\bevery |\beach )\s?(?:hour|minute|second|day|h|min|s|d)\b|(?:每|/)\s?(?:小时|分钟?|秒|天|日|晚)|rpm"
)
_RATE_SAID = re.compile(
    r"(?i)§[^,;.]{0,12}\b(?:an|per|every|each) (?:hour|minute|second)\b|\b(?:every|each|per) (?:hour|minute|second)\b[^,;.]*§|每(?:个)?(?:小时|钟头|分钟|秒)[^，。；]{0,8}§|§[^，。；]{0,4}(?:每|/|一个)(?:小时|分钟)"
)


_SPANS = {
    "hour": re.compile(r"(?i)hour|/\s?h\b|小时|钟头"),
    "minute": re.compile(r"(?i)minute|/\s?min|rpm|分钟|转/分|每分"),
    "second": re.compile(r"(?i)second|/\s?s\b|秒"),
    "day": re.compile(r"(?i)\bday|天|日"),
}


def other_share(known: str, marked: str, shared: str, dimension: str) -> bool:
    """Tell whether a sentence says of all, or of an hour, what ``known`` (a fact's words) says of one, or of a minute.

    ``marked`` is the stretch of the sentence with § for the number, ``shared`` what it is said of ("all", "each").
    """
    if said := _RATE_SAID.search(marked):
        spans = {name for name, pattern in _SPANS.items() if pattern.search(said[0])}
        mine = {name for name, pattern in _SPANS.items() if pattern.search(known)} if _RATE.search(known) else set()
        return not spans & mine and dimension != "time"
    one, every = bool(_ONE.search(known)), bool(_ALL.search(known))
    return shared == "all" and one and not every
