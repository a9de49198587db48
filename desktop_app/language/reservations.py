"""What the facts except from a promise: 全国都发 where two provinces are left out, 刻歪了照样能退 of what is engraved and not taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop_app.language import handling, regions
from desktop_app.language.spans import finding
from desktop_app.records import Finding, Product
from desktop_app.words import _

# What a promise is of: how facts speak of it, and how sentences do.
_TOPICS = {
    "returns": (r"退|换货|无理由|售后", r"退(?:换|货|款|得|了|回)?|换货|[能可]换"),
    "warranty": (r"保修|质保|三包|维修|售后", r"保修|质保|[包管免给]修|修(?=[，。！]|$)|都保|换新|也保|维修"),
    "delivery": (r"发货|配送|包邮|邮费|运费|物流|快递|送达|区域|地区", r"发(?=[，。！得到]|$)|发货|配送|包邮|免邮|免运费|送到|寄到|送达|能到|都到|都送|都寄|下单|买得到"),
    "fits": (r"适用|适配|兼容|机型|型号|支持|匹配", r"[能可]用|通用|适用|适配|兼容|套[得上]|装[得上]|都能|都行|都合|能拼|能配|配得上|对得上|能[夹贴吸挂卡放装套插用]"),
    "stove": (r"灶|炉|热源", r"灶|炉|火"),
    "surface": (r"墙面|表面|适用材质|面料|木质|瓷砖|玻璃", r"墙|面|都能[贴粘吸挂]"),
}  # fmt: skip
_EXCEPT = re.compile(
    r"(?:不含|不包括|不包|不支持|不适用(?:于)?|不适合|不可用于|不能用于|不保|不退|不换|不发(?:货)?|不配送|不送|不寄|不兼容|不匹配|除外|除了?)"
)
_ONLY = re.compile(r"(?:仅限?|只限|仅支持|只支持|仅适用于?|只适用于?|限)(?!时|量)")
_ALL = re.compile(
    r"全国(?:各地|各省|任何|都|均|一律|包邮|范围)?|全(?:境|球)|(?:不管|无论|不论|随便|任凭)[^，。；]{0,12}"
    r"|(?:哪里|哪儿|哪[家个款种地省])[^，。；]{0,6}(?:都|也)"
    r"|(?:什么|任何|所有|一切|各[家种式类]|每[家种款])[^，。；]{0,10}|怎么[^，。；]{1,6}(?:都|也)|随时(?:都|可|能)?"
    r"|一律|统统|通通|全都|通用|照[样旧]|百搭"
)
_SPARED = re.compile(r"除了?|以外|之外|不含|不包|除外|不|没|别|问|先|可惜")
_REFUSED = re.compile(
    r"除了?|以外|之外|除外|(?:不|没|别|概不|恕不)(?:能|可|可以|给|支持|包|予|会)?(?:退|换|修|保|发|送|寄|用|配|到|在内|行|算)|问|可惜|另"
)
_STILL = re.compile(
    r"照[样旧]|也(?:一样|同样)?(?:能|可以?|给|包|管|都|保|退|换|发|送|到|在内|算|行|没问题|放心|安心)|同样|一样|都[能可给包管保退发送到]|安心|放心|没问题|不在话下|[能可](?:以)?(?:退|换|修|保|用|发)"
)
_PIECE = re.compile(r"[，、；,;。/|（）()\s]|及|和|与|或")
_FEW = 2


@dataclass(frozen=True, slots=True)
class Reservation:
    """What one fact leaves out of a promise."""

    topic: str
    words: frozenset[str]  # what is left out, by name
    only: frozenset[str]  # … or what alone is meant


def of(product: Product) -> tuple[Reservation, ...]:
    """Read off the facts what they leave out, and of which promise."""
    found = []
    whole = " ".join(f"{f.name} {f.value}" for f in product.facts)
    for fact in product.facts:
        text = f"{fact.name} {fact.value}"
        topics = [t for t, (pattern, _said) in _TOPICS.items() if re.search(pattern, text)]
        words = frozenset(_excepted(fact.name, fact.value))
        only = frozenset(w for m in _ONLY.finditer(fact.value) for w in _names(fact.value[m.end() :]))
        found += [Reservation(t, words, only) for t in topics if words or only]
        if named := frozenset(
            w for m in _NOT_NAMED.finditer(text) for w in _names(m["what"]) if not _told_yes(w, whole)
        ):
            found.append(Reservation("named", named, frozenset()))
    return tuple(found)


def _told_yes(word: str, whole: str) -> bool:
    """Tell whether another fact allows it, or how it is washed and heated says it: those are held against it elsewhere."""
    allowed = re.search(rf"(?<!不)(?:可以?|能|支持){re.escape(word)}", whole)
    return bool(allowed) or handling.is_topic(word)


_NOT_NAMED = re.compile(
    r"(?:不支持|不兼容|不适用于|不可用于|不能用于|不能连接?|不可|不得|禁止|请勿)\s*(?P<what>[\u4e00-\u9fffA-Za-z0-9][^，；;。（）()|]{1,20})"
)
_CLAIMS = re.compile(r"(?:支持|兼容|适配|能|可以?|带|有|配合?|连|用|上|也|都|走|接)[\u4e00-\u9fff]{0,4}$")
_NOT = re.compile(r"不|没|无|别|非|除|可惜|遗憾|缺")


def _claimed(sentence: str, words: frozenset[str]) -> tuple[int, int] | None:
    """Return where what the facts name as not supported is claimed."""
    low = sentence.casefold()
    for word in words:
        at = low.find(word.casefold())
        clause = re.split(r"[，。；！？]", sentence[:at])[-1] if at >= 0 else ""
        after = re.split(r"[，。；！？]", sentence[at + len(word) :])[0] if at >= 0 else ""
        if (
            at >= 0
            and not _NOT.search(clause + after)
            and (_CLAIMS.search(clause) or re.match(r"(?:也|都|同样|照样)?[能可]", after))
        ):
            return at, at + len(word)
    return None


def _excepted(name: str, value: str) -> Iterable[str]:
    """Return what a fact names as left out: 新疆 of 不发货地区: 新疆、西藏, 人为 of 人为损坏不保."""
    if _EXCEPT.match(name) or re.search(r"不(?:发|配|送|包|支|适)|除外|禁", name):
        yield from _names(value)
    for clause in re.split(r"[；;。，,（）()|]", value):
        for match in _EXCEPT.finditer(clause):
            before, after = clause[: match.start()], clause[match.end() :]
            yield from _names(after)
            if not after.strip() or match[0] in {"除外", "不保", "不退", "不换", "不发", "不支持", "不适用"}:
                yield from _names(before)


def _names(text: str) -> Iterable[str]:
    for piece in _PIECE.split(text):
        bare = re.sub(
            r"^(?:因|如|的|等|一经|已|凡|属于?|由)|(?:等|的|地区|区域|损坏|造成的?|导致的?|情况|问题|商品|产品|后|者|类|款|机型)+$",
            "",
            piece.strip(),
        )
        if len(bare) >= _FEW and re.fullmatch(r"[\u4e00-\u9fffA-Za-z0-9]+", bare):
            yield bare


def of_sentence(sentence: str, known: tuple[Reservation, ...]) -> list[Finding]:
    """Return the promises of ``sentence`` that take in what the facts leave out; spans in code points of it."""
    for reservation in known:
        if reservation.topic == "named" and (place := _claimed(sentence, reservation.words)):
            why = _("The facts say the opposite of “{text}”.", text=sentence[slice(*place)])
            return [finding(sentence, *place, "contradiction", why)]
        if reservation.topic == "named":
            continue
        said = re.search(_TOPICS[reservation.topic][1], sentence)
        if not said:
            continue
        if place := _taken_in(sentence, reservation):
            why = _("The facts say the opposite of “{text}”.", text=sentence[slice(*place)])
            return [finding(sentence, *place, "contradiction", why)]
    return []


def _taken_in(sentence: str, reservation: Reservation) -> tuple[int, int] | None:
    for word in reservation.words:
        for form in (word, *regions.within(word), *_shorter(word)):
            at = sentence.find(form)
            if at >= 0 and _STILL.search(sentence, at) and not _REFUSED.search(sentence[max(0, at - 4) :]):
                return at, at + len(form)
    everything = _ALL.search(sentence)
    if everything is None:
        return None
    clause = re.split(r"[。！？；]", sentence[everything.start() :])[0]
    named = any(w in sentence for w in (*reservation.words, *reservation.only))
    return None if named or _SPARED.search(clause[len(everything[0]) :]) else everything.span()


def _shorter(word: str) -> Iterable[str]:
    """What is left out may be said by its first or last two letters: 人为 of 人为损坏, 定制 of 刻字定制款."""
    if len(word) == _FEW and word[-1] in "向形型式款类":
        yield f"{word[0]}的"  # 竖的 of 竖向
    if len(word) > 3:
        yield word[:2]
        yield word[-2:]
