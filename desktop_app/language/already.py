"""What the facts say is done already: 线已穿好 of a racket is not left to the buyer, 已切片 of a loaf is not uncut."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

_DONE = re.compile(
    r"(?:已经?|预先?|出厂)(?P<deed>刷|切|穿|缠|装(?!饰)|填|灌|打孔|磨|泡|烤|煮|洗|剪|缝|钩|组装|贴膜|充电|开刃|开锅|去核|去皮|上油|调味|腌|裁|锁边|校准)"
)
_NOT_YET = r"(?:需要?|得|要|还要|必须|自己|自行|没|未|没有)(?:自己|自行|动手|另外|先|再|给它)*{deed}(?!好|过|完)"
_NO = re.compile(r"(?:不|无|免|别|用不着)[^，。；]{0,3}$")


@dataclass(frozen=True, slots=True)
class Done:
    """The deeds one product's facts say are done."""

    deeds: tuple[str, ...] = ()


def of(product: Product) -> Done:
    """Read off the facts what is done already."""
    told = " ".join(f"{f.name} {f.value}" for f in product.facts)
    return Done(
        tuple(dict.fromkeys(m["deed"] for m in _DONE.finditer(told) if not re.search(r"[不未]$", told[: m.start()])))
    )


def of_sentence(sentence: str, done: Done) -> list[Finding]:
    """Return what a sentence leaves to the buyer and the facts say is done; spans in code points of it."""
    for deed in done.deeds:
        for match in re.finditer(_NOT_YET.format(deed=deed), sentence):
            if not _NO.search(sentence[: match.start()]) and "吗" not in sentence:
                why = _("The facts say the opposite of “{text}”.", text=match[0])
                return [finding(sentence, match.start(), match.end(), "contradiction", why)]
    return []
