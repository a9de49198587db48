"""What a description claims and what remarks say against it: pairs of patterns kept as data, in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from desktop_app import paths

_DENIED = re.compile(
    r"(?i)(?:\b(?:not|no|never|without|n['’]t|hardly|free of|nothing)\b|不|没|無|无|未|防|别|勿)[^,;.，。；]{0,12}$"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and what speaks against it."""

    id: str
    names: tuple[str, str]  # English, Chinese
    claim: re.Pattern[str]
    against: re.Pattern[str]

    def name(self, language: str) -> str:
        """Return what the claim is called."""
        return self.names[language.startswith("zh")]


@cache
def pairs() -> tuple[Pair, ...]:
    """Return every claim that is known, with what speaks against it."""
    table = tomllib.loads((paths.assets() / "reviews" / "mismatches.toml").read_text("utf-8"))["pair"]
    return tuple(Pair(p["id"], (p["en"], p["zh"]), _pattern(p["claim"]), _pattern(p["against"])) for p in table)


def claims_in(text: str) -> list[tuple[Pair, int, int]]:
    """Return (claim, start, end) for the first place at which a text makes each claim; what it denies is no claim."""
    return [(pair, *place) for pair in pairs() if (place := _first(pair.claim, text)) is not None]


def speaks_against(pair: Pair, remark: str) -> bool:
    """Tell whether a remark says the opposite of a claim; "does not leak" does not."""
    return _first(pair.against, remark) is not None


def _first(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    for match in pattern.finditer(text):
        own = re.match(r"(?i)not|no |isn|does|doesn|can|没|不|hardly|barely", match[0])
        if own or not _DENIED.search(text[max(0, match.start() - 24) : match.start()]):
            return match.span()
    return None


def _pattern(parts: list[str]) -> re.Pattern[str]:
    han = [p for p in parts if re.search(r"[\u3400-\u9fff]", p)]
    latin = [p for p in parts if p not in han]
    return re.compile(rf"\b(?:{'|'.join(latin)})\b" + "".join(f"|{p}" for p in han), re.IGNORECASE)
