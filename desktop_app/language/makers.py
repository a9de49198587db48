"""Who did what: the one who wrote the book did not draw it, whatever the names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

# How facts call a deed of somebody, and how sentences say that somebody did it: behind the name, or before it.
_DEEDS = {
    "wrote": (r"^作者|文字|撰文|^文$|著者|原著|编著", r"(?:所|亲自|执笔)?(?:写(?!意|实)|著|撰|执笔|作文|的(?:文字|故事|文笔|笔下|作品))", r"(?:故事|文字|正文|作者)(?:是|由|出自|来自|：)*$"),
    "drew": (r"绘|插[画图]|图$|美术", r"(?:所|亲自)?(?:绘|画(?!面)|配图|插[画图]|执画笔|的(?:插[画图]|画|图|画笔|水彩))", r"(?:插[画图]|画|图|绘者|画面|绘图)(?:是|由|出自|来自|：)*$"),
    "translated": (r"译", r"(?:所)?(?:译|翻译|的译[文笔])", r"(?:译者|译文|翻译|中文)(?:是|由|出自|：)*$"),
    "designed": (r"设计", r"(?:所|亲自)?(?:设计|操刀)", r"设计(?:师)?(?:是|由|出自|来自|：)*$"),
    "read": (r"朗[读诵]|播讲|演播|配音", r"(?:所|亲自)?(?:朗[读诵]|播讲|演播|配音|读)", r"(?:朗[读诵]|播讲|声音|配音)(?:是|由|出自|来自|：)*$"),
    "published": (r"出版", r"出版", r"出版(?:社)?(?:是|由|：)*$"),
    "made": (r"制作|烧制|手作|匠人|工匠|制陶|作坊", r"(?:亲手)?(?:烧|制作?|捏|雕|编|做)", r"(?:匠人|师傅|制作)(?:是|由|：)*$"),
}  # fmt: skip
_NAME = re.compile(r"[\u4e00-\u9fff·A-Za-z ]{2,12}")


@dataclass(frozen=True, slots=True)
class Maker:
    """Somebody and the deed a fact gives them."""

    name: str
    deed: str


def of(product: Product) -> tuple[Maker, ...]:
    """Read off the facts who wrote, drew, translated or made it."""
    found = []
    for fact in product.facts:
        for deed, (called, _behind, _before) in _DEEDS.items():
            if re.search(called, fact.name):
                found += [
                    Maker(n.strip(), deed) for n in re.split(r"[、,，/]", fact.value) if _NAME.fullmatch(n.strip())
                ]
    return tuple(found)


def of_sentence(sentence: str, makers: tuple[Maker, ...]) -> list[Finding]:
    """Return where a name stands beside a deed the facts give to somebody else; spans in code points."""
    for name in {m.name for m in makers}:
        own = {m.deed for m in makers if m.name == name}
        at = sentence.find(name)
        if at < 0:
            continue
        for deed, (_called, behind, before) in _DEEDS.items():
            if deed in own or not any(m.deed == deed for m in makers):
                continue
            if re.match(behind, sentence[at + len(name) :]) or re.search(before, sentence[:at]):
                why = _("The facts give “{text}” for something else.", text=name)
                return [finding(sentence, at, at + len(name), "relation", why)]
    return []
