"""Every other word of a sentence: carried, harmless, everyday in a scene, or without a fact."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from desktop_app.language import (
    asked,
    by_terms,
    contents,
    everyday,
    families,
    han_turns,
    harmless,
    inflections,
    quantities,
    tongue,
    units,
    vocabulary,
)
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import finding, within
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_UNIT_WORDS = frozenset(
    ["cm", "mm", "kg", "ml", "oz", "lb", "lbs", "gsm", "in", "inch", "inches", "fl", "x", "g", "l", "m", "w", "v"]
)


_COUNTED = re.compile(  # a unit stands behind a number; the L of "S, M and L" is a size
    rf"(?i)(?:[\d½¼¾/]|\b(?:{'|'.join(quantities.WORDS)}|an?|half|quarters?|thirds?|of|few|several|many|square|cubic|fluid|fl\.?))[\s-]*$"
)


def of_sentence(
    sentence: str,
    terms: list[tuple[int, int, Term]],
    world: World,
    language: str,
    taken: list[tuple[int, int]],
    places: everyday.Places,
) -> list[Finding]:
    """Return the words that nothing carries, outside the ``taken`` stretches."""
    quotes = _quoted(sentence, world)
    covered = (
        taken + quotes + [(a, b) for a, b, t in terms if t in world.terms or _may_stand(sentence, a, b, world, places)]
    )
    if other := _other_language(sentence, language, taken + quotes):
        return [other]
    found = _latin_words(sentence, world, language, covered, places)
    if _HAN.search(sentence):
        found += _han_words(sentence, world, language, covered, places)
    return found


def _may_stand(sentence: str, start: int, end: int, world: World, places: everyday.Places) -> bool:
    several = vocabulary.readings(sentence[start:end])
    return all(t.kind != "noun" for t in several) and by_terms.in_a_scene(
        sentence, sentence[start:end], start, several, world, places
    )


_TELLS = 12  # letters below which small words tell no language
_OTHERS = frozenset(["de", "fr", "es", "it", "pt", "nl", "pl", "sv", "tr", "ja", "ko", "ru", "ar", "th", "el", "hi"])
# What no English sentence holds: other letters, or two small words of another language.
_FOREIGN = re.compile(
    r"[\u0370-\u06ff\u0900-\u0e7f\u3040-\u30ff\uac00-\ud7af]|\b(?:und|ist|der|das|eine?|mit|est|les|une|avec|pour|dans|es|el|los|una|para|con|del|il|della|sono|uma|com|não|het|een|van|voor|jest|och|är|bir|için)\b",
    re.I,
)


def _other_language(sentence: str, language: str, taken: list[tuple[int, int]]) -> Finding | None:
    """A whole sentence in the other script is in the wrong language, whatever it says; a name alone is in none."""
    if taken and not re.search(r"\w", "".join(c for n, c in enumerate(sentence) if not within(n, n + 1, taken))):
        return None
    own = "".join(" " if within(n, n + 1, taken) else c for n, c in enumerate(sentence)) if taken else sentence
    said = tongue.language_of(own) if len(own.strip()) > _TELLS and _FOREIGN.search(own) else ""
    if said in ({"ja", "ko", "ru", "ar", "th"} if language == "zh" else _OTHERS if language == "en" else ()):
        return finding(sentence, 0, len(sentence), "language", _("This is not in the language of the text."))
    han, latin = len(_HAN.findall(sentence)), len(_LATIN_WORD.findall(sentence))
    if (language == "zh" and han == 0 and latin > 1) or (language == "en" and latin == 0 and han > 1):
        return finding(sentence, 0, len(sentence), "language", _("This is not in the language of the text."))
    return None


_QUOTES = re.compile(r"[“「『‘](?P<what>[^”」』’]{1,80})[”」』’]")


def _quoted(sentence: str, world: World) -> list[tuple[int, int]]:
    """Return what stands in quotation marks as the facts have it: the merchant's own words in their own language."""
    return [m.span() for m in _QUOTES.finditer(sentence) if m["what"].casefold() in world.text]


def _latin_words(
    sentence: str, world: World, language: str, covered: list[tuple[int, int]], places: everyday.Places
) -> list[Finding]:
    free = harmless.words("en", world.group)
    found = []
    for match in _LATIN_WORD.finditer(sentence):
        word = match[0]
        low = word.casefold().replace("’", "'")
        if within(match.start(), match.end(), covered) or low in quantities.WORDS:
            continue
        if (low in _UNIT_WORDS or units.find(low)) and _COUNTED.search(sentence[: match.start()]):
            continue
        thing = places.bound(match.start()) and contents.must_be_named(sentence, match.start(), word)
        if (inflections.related(word) | families.undone(word)) & world.kin and not (
            thing and not {low, low.removesuffix("s"), f"{low}s"} & world.words
        ):
            continue
        if _fitted(sentence, match, world, places):
            why = _("Nothing in this product’s facts says “{text}”.", text=word)
            found.append(finding(sentence, match.start(), match.end(), "feature", why))
            continue
        if (low.removesuffix("'s") in free or low.split("'")[0] in free) and not thing:
            continue
        name = (
            len(word) > 1 and word.isupper() and language == "zh"
        )  # MOBI也能读: letters within Chinese name something
        if not name and _let_pass(sentence, match, low, world, places):
            continue
        kind = "size" if re.fullmatch(r"[XSML]{1,4}", word) else "unsupported"
        if language == "zh" and len(word) > 1 and word.islower():
            kind = "language"
        why = _("Nothing in this product’s facts says “{text}”.", text=word)
        found.append(finding(sentence, match.start(), match.end(), kind, why))
    return found


def _let_pass(sentence: str, match: re.Match[str], low: str, world: World, places: everyday.Places) -> bool:
    """Tell whether a word no fact carries stands where it says nothing of the product."""
    word, before = match[0], sentence[: match.start()]
    if not places.strict and _CALL.fullmatch(sentence) and not _PROPERTY.search(low):
        return True  # "Peekaboo!"
    bound = places.bound(match.start())
    if low in world.shades and re.match(r"[\s-]+[a-z]", sentence[match.end() :], re.I):
        return True
    if not bound and (harmless.is_usual(word, world) or (not places.strict and harmless.is_plain(word))):
        return True
    if not places.strict and low.removesuffix("s") in _WITHOUT_LOSS and _UNFIT.search(before):
        return True
    if not bound and not places.strict and word.islower() and harmless.is_ordinary(word):
        return True
    if not bound and not places.strict and _BY_PEOPLE.search(before) and harmless.is_done_by_people(word):
        return True
    aside = match.start() not in places.doing and (
        not places.claimed(match.start())
        or (
            not places.strict
            and (everyday.located(sentence, match.start()) or not everyday.asserted(sentence, match.start()))
        )
    )
    if aside and (not bound or before.casefold().endswith(" to ")) and _is_everyday(word, places):
        return True
    if low == "free" and re.search(r"(?i)\b(?:leav\w+|left|keep\w*)\b[^.,;]{0,30}$", before):
        return True  # "leaves the fingertips free"
    if low in {"box", "package", "parcel", "packaging", "carton"} and re.search(
        r"(?i)\bin (?:the|each|every|one) $", before
    ):
        return True  # what lies in it is looked at by itself
    if not places.strict and _READERS.search(before) and harmless.is_everyday(word):
        return True
    if not places.strict and low in _MAKING and _MADE_SO.match(sentence, match.end()):
        return True
    if not bound and not places.strict and asked.of_the_reader(sentence, match.start()):
        return not inflections.forms(low) & everyday.cautious("en")
    scene = places.free(match.start()) and (word.islower() or not before.strip())
    if scene and _says_nothing_of_it(sentence, match.start(), low):
        return True
    return bool(_NOTHING_TO.search(before))  # "nothing to charge"


def _is_everyday(word: str, places: everyday.Places) -> bool:
    return harmless.is_everyday(word) or (not places.strict and word.islower() and families.is_everyday(word))


_BY_NAME = re.compile(r"(?i)(?:^|[;:.!?—–]\s*|,\s*(?:and|but)\s+)(?:an?|the|its|their)\s+(?:[a-z-]+\s+){0,2}$")
_IS_DOING = re.compile(
    r"(?i)s?\s+(?:is|are|was|can|will|has|have|lets?|keeps?|holds?|stops?|makes?|[a-z]{2,}s)\b(?!['’])"
)
_HAD = re.compile(
    r"(?i)(?:\b(?:an?|the|its|their|with|two|three|four|six|\d+|no|side|inner|outer|extra)\b|^)\s*(?:[a-z-]+\s+){0,2}$"
)
_SOMEWHERE = re.compile(
    r"(?i)\b(?:on|in|into|onto|at|by|under|over|behind|beside|near|from|off|to|through|round|around|against|between|like)\s+(?:an?|the|your|any|every|some|that|this)?\s*(?:[a-z-]+\s+){0,2}$"
)


def _fitted(sentence: str, match: re.Match[str], world: World, places: everyday.Places) -> bool:
    """ "A carrying strap is attached", "the front ring stops your dog": a part that no fact names."""
    if places.strict or not inflections.forms(match[0]) & harmless.components() or harmless.is_usual(match[0], world):
        return False
    before = sentence[: match.start()]
    if _READERS.search(before) or sentence.startswith(" of ", match.end()) or by_terms.not_there(sentence):
        return False
    if _BY_NAME.search(before) and _IS_DOING.match(sentence, match.end()):
        return True
    return not places.free(match.start()) and bool(_HAD.search(before)) and not _SOMEWHERE.search(before)


_CALL = re.compile(r"\W*[A-Za-z]+(?:[-'’ ][A-Za-z]+)?!+\W*")
# That it may not be put there, or cannot do it, promises nothing ("not for the oven"); "no batteries" would.
_WITHOUT_LOSS = frozenset(
    "oven microwave dishwasher freezer fridge dryer machine stove hob grill bluetooth app speaker microphone camera timer lid hood pocket zip lining handle strap".split()
)
_UNFIT = re.compile(
    r"(?i)\b(?:not|never|cannot|(?:has|have|with|there is|there are) no|without|keep \w+ (?:out of|away from)"
    r"|do not"
    r"|\w+n['’]t)\b(?: (?:an?|the|any|put|go|goes|use|used|in|into|for|on|it|them|suitable|meant|made|belong|have"
    r"|has|come|comes|with|washing|your|be))*\s+$"
)
_BY_PEOPLE = re.compile(
    r"(?i)(?:^\W*|[,;:.!?—–]\s*|\b(?:you|you['’](?:ll|d|ve|re)|who|we|i|they who|nobody|somebody|everyone|anyone|people|to|and|please|never|don['’]t|can|will|may|might|must|should|would|could)\s+)(?:\w+ly\s+|just\s+|even\s+)?$"
)
_READERS = re.compile(r"(?i)\b(?:your|his|her|my|their|our|everyone['’]s|somebody['’]s)\s+(?:own\s+)?(?:[a-z-]+\s+)?$")
# How it was made says little; from what, by whom and where is looked at by itself.
_MAKING = frozenset(
    "filled cut sewn built formed shaped mixed covered finished wrapped packed fitted topped treated bound".split()
)
_MADE_SO = re.compile(r"(?i)\s+(?:by hand\s+)?(?:with|from|of|out of|by|over|in|on|for|before|together|to)\b")
_NOTHING_TO = re.compile(r"(?i)\b(?:nothing|no need|no reason) to $")
# How it was made and what it does by itself: outside a scene these letters are said of the thing.
_MADE_HAN = frozenset("印刻雕编绣染烧铸锻镀涂漆焊烤熏腌酿榨焙炒磨抛压冻蒸炖转锁连缝钉粘釉")
# Parts, works, processes and cures: even alone such a letter claims something.
_CLAIMS_HAN = _MADE_HAN | frozenset(
    "器械键屏芯网控频声磁螺纽扣轴拔孔槽轨轮簧闸阀泵喷嘴注模镂绒绗浆酵藏钢铜锡钛藤阻燃抑抗菌螨霉毒敏灭驱蚊净补修复斑祛皱疤痘炎壮泰圣尊豪皇御艺顶奖冠专研技术碳循氧酶酸醇胶棉丝绸缎皮革毛羽箔漆膜纱网"
)
_PRAISE = frozenset(
    "弹韧密绵亮厚薄硬挺垂爽烈猛强牢稳灵透畅顺便捷易免速恒智享悦尚潮萌仙纤瘦紧滋血肾胃眠神脑瞳肌肤肠肝优佳妙润糯软嫩鲜香脆滑柔细腻精致雅美靓醇纯净透亮匠臻奢贵珍稀爆款省惠值牌坚固韧弹耐防抗菌疗效健养补护安全"
)
# 可放洗碗机: an appliance is a claim however well its letters are known.
_APPLIANCE = re.compile(
    r"(?<![不别勿没])(?:洗碗机|微波炉|烤箱|烘干机|电磁炉|冷冻室|冰柜|手刹|吸管|定时器|插座(?![远旁边附近不])|摄像头|传感器|(?<=放)冰箱|(?<=放[进在入])冰箱)"
)
_PROPERTY = re.compile(r"(?:able|ible|ful|less|ous|ive|proof|ish|ic|al|est|ier|[^aeiou]y|some|like|ant|ent)$")


def _says_nothing_of_it(sentence: str, start: int, low: str) -> bool:
    """An unknown word of a scene is let through as the name of a thing or as a deed, not as a property."""
    if inflections.forms(low) & everyday.cautious("en") or _component(sentence, start, low):
        return False
    return everyday.pointed_at(sentence, start) or not _PROPERTY.search(low)


_THE = re.compile(r"(?i)(?:^|[;:.!?—–]\s*|,\s*(?:and|but)\s+)(?:the|its|their)\s+(?:[a-z-]+\s+)?$")
_SAYS_SO = re.compile(r"(?i)\s+(?:is|are|was|were|has|have|can|will|does|do|[a-z]{2,}s)\b(?!['’])")


def _component(sentence: str, start: int, low: str) -> bool:
    """ "The handbrake is …": an unknown thing that does or is something is a part of the product."""
    return not harmless.is_everyday(low) and bool(
        _THE.search(sentence[:start]) and _SAYS_SO.match(sentence, start + len(low))
    )


@lru_cache(maxsize=64)
def _free_han(group: str, customary: frozenset[str], *, strict: bool) -> tuple[frozenset[str], ...]:
    """Return what is free in a scene, where the product is spoken of, where only a fact counts, and elsewhere."""
    small = harmless.words("zh", group)
    usual = (small if strict else small | everyday.plain("zh")) | customary
    return usual | everyday.words("zh"), usual, small, usual | (everyday.words("zh") - _MADE_HAN)


def _han_words(
    sentence: str, world: World, language: str, covered: list[tuple[int, int]], places: everyday.Places
) -> list[Finding]:
    several = _free_han(world.group, world.usual.zh, strict=places.strict)

    def free_at(at: int) -> frozenset[str]:
        return several[2 if places.bound(at) else 1 if places.claimed(at) else 0 if places.free(at) else 3]

    covered = covered + han_turns.told_otherwise(sentence, world, places)
    found: list[Finding] = []
    lonely: list[int] = []  # unknown letters by themselves
    single: set[int] = set()  # letters that are known by themselves alone
    for match in _APPLIANCE.finditer(sentence):
        word = match[0]
        if not (within(match.start(), match.end(), covered) or word in world.grams or word in world.usual.zh):
            why = _("Nothing in this product’s facts says “{text}”.", text=word)
            found.append(finding(sentence, match.start(), match.end(), "care", why))
            covered = [*covered, match.span()]
    at = 0
    while at < len(sentence):
        inside = next((b for a, b in covered if a <= at < b), 0)
        end = _known_until(sentence, at, world, free_at(at)) if _HAN.match(sentence[at]) else at + 1
        if inside or end > at:
            single |= {at} if end == at + 1 and not inside else set()
            at = max(inside, end)
            continue
        if sentence[at] in "子儿" and at and _HAN.match(sentence[at - 1]):
            at += 1  # 袋子 of 袋
            continue
        if beyond := 0 if places.strict else han_turns.denied(sentence, at, world, places):
            at = beyond
            continue
        alone = (
            at + 1 >= len(sentence)
            or not _HAN.match(sentence[at + 1])
            or bool(
                any(a <= at + 1 < b for a, b in covered)
                or _known_until(sentence, at + 1, world, free_at(at + 1)) > at + 1
            )
        )
        if sentence[at] not in _PRAISE and (
            places.free(at)
            or (alone and sentence[at] not in _CLAIMS_HAN and not places.claimed(at) and not places.bound(at))
        ):
            if not places.free(at):
                lonely.append(at)
            at += 1  # one unknown letter between known words claims nothing; a word of two does
            continue
        if sound := han_turns.sound(sentence, at, _PRAISE):
            at += sound
            continue
        start = at
        while at < len(sentence) and _HAN.match(sentence[at]) and _known_until(sentence, at, world, free_at(at)) == at:
            at += 1
        kind = "unsupported" if language == "zh" else "language"
        why = _("Nothing in this product’s facts says “{text}”.", text=sentence[start:at])
        found.append(finding(sentence, start, at, kind, why))
    return found + _names(sentence, lonely, single)


# 想硬一点的: how the reader would like it
_PARTICLES = frozenset("的了是在和与都也不很就还有用着过地得把被让给从到为上下里外")


def _names(sentence: str, lonely: list[int], single: set[int]) -> list[Finding]:
    """A word of which two letters are unknown is a name no fact gives, whatever its other letters mean: 耶加雪菲."""
    found = []
    for one, two in pairwise(lonely):
        between = range(one + 1, two)
        if sentence[one] == sentence[two] or not 1 < two - one < _LONGEST_NAME:
            continue  # 实打实
        if all(n in single and _HAN.match(sentence[n]) and sentence[n] not in _PARTICLES for n in between):
            text = sentence[one : two + 1]
            why = _("Nothing in this product’s facts says “{text}”.", text=text)
            found.append(finding(sentence, one, two + 1, "unsupported", why))
    return found


_LONGEST_NAME = 5


def _known_until(sentence: str, at: int, world: World, free: frozenset[str]) -> int:
    for size in range(min(12, len(sentence) - at), 0, -1):
        piece = sentence[at : at + size]
        if piece in world.grams or piece in free or piece in quantities.MEASURES:
            return at + size
        if size == 1 and piece not in _PRAISE and piece in world.text and "\u4e00" <= piece <= "\u9fff":
            return at + 1  # 嵌 of 竹片嵌面
        if size == 1 and piece in _PRAISE and at and piece + sentence[at - 1] in world.text:
            return at + 1  # 毛软 of 软毛
        if size == 1 and piece in "零一二两三四五六七八九十百千万半第":
            return at + 1
    for unit in ("厘米", "毫米", "毫升", "公斤", "克", "升", "米", "英寸", "小时", "分钟", "岁", "℃"):
        if sentence.startswith(unit, at) and re.search(r"[\d一二两三四五六七八九十百半]\s*$", sentence[:at]):
            return at + len(unit)
    return at
