"""Known things a sentence names (materials, colours, origins, features …): each needs a fact, or stands in a scene."""

from __future__ import annotations

import re

from desktop_app.language import everyday, harmless, inflections, lexicon, negation, relations, vocabulary
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_INSTEAD = re.compile(
    r"(?i)(?:,\s*(?:and\s+)?not|\band not|\brather than|\binstead of|不是|而非|并非)\s+(?:an? |the )?(?:white |real |fake |bright |plain |pure |ordinary )?$|(?:不是|而非|并非)$"
)
_NOT_THERE = re.compile(
    r"(?i)\b(?:not|no|none|without|separately|extra|own|yourself|nor|neither)\b|n['’]t\b|[不没无别另]|自备|自己|自行"
)
_LIKE = re.compile(r"(?i)(?:looks? like|like|resembles?|instead of)\s+(?:an?\s+|real\s+)?$|[像仿似]$|看起来是?$")
_FOR_WHOM = re.compile(
    r"(?i)\b(?:for|to|suits?|fits?|by|with|among|of)\s+(?:\w+\s+){0,2}$|(?:适合|适用于|给|供|送(?!完|走|去|过|了|到)|为|专为|受|让|对)(?:[\u4e00-\u9fff]{0,3})$"
)
_TOO = re.compile(
    r"(?i)(?:们|朋友)*(?:也|都|同样)(?:能|可以?|适合|适用|吃|喝|用|穿|戴)|\s+(?:can|may) (?:have|eat|use|wear|enjoy|drink|share|chew|play with) (?:it|them|some|this|one|a bite)"
)
_AS_MUCH = re.compile(
    r"(?i)\b(?:as|than|like)\s+(?:\w+\s+as\s+)?(?:an?|the|two|three|one|your)\s+(?:\w+\s+)?$|(?:跟|和|像|比|如)(?:[一两三]?[个只颗枚])?$"
)
_NOT_FOR = re.compile(
    r"(?i)\b(?:(?:not|\w+n['’]t) (?:suitable |meant |made |intended |right )?for|keep (?:it )?away from|out of reach of)\s+$|(?:别给|不给|不要给|不适合|不宜|以下的?|不满[\w一二三四五六七八九十]+[岁个月]+的?)$"
)
_TURNED = re.compile(r"[沾溅踩甩弄](?:了|着|上)$|[天晒烤煎烧炸脸变发熏炒摸]$")
_SAID_BEFORE = re.compile(r"[深浅淡纯全实]$")
_SAID_AFTER = re.compile(
    r"[色的制质做款底漆釉边条线绳面柄盖芯扣布皮盒罐瓶杯碗盘壶篮箱袋座架板勺筐桶、，。；！和与或/]|$"
)


def of_sentence(
    sentence: str,
    terms: list[tuple[int, int, Term]],
    world: World,
    language: str,
    places: everyday.Places,
    excused: list[tuple[int, int]],
) -> list[Finding]:
    """Return the known things no fact carries; those in a scene or not claimed are added to ``excused``."""
    found = []
    free = harmless.words("zh" if language == "zh" else "en", world.group)
    for start, end, term in terms:
        text = sentence[start:end]
        if term.kind in {"material", "colour"} and (other := _INSTEAD.search(sentence[:start])):
            excused.append((other.start(), start))  # "ivory rather than bright white"
        left_out = term.kind == "noun" and (_NOT_THERE.search(sentence) or negation.behind(sentence, end))
        if term in world.denied and (left_out or relations.negated(sentence, start) or _LIKE.search(sentence[:start])):
            excused.append((start, end))
            continue
        if term in world.denied:
            found.append(
                finding(sentence, start, end, "contradiction", _("The facts say it is not “{text}”.", text=text))
            )
        several, why = vocabulary.readings(text), _("No fact of this product says “{text}”.", text=text)
        if _is_part(several) and not places.strict and not _part_carried(sentence, start, end, several, world):
            found.append(finding(sentence, start, end, "feature", why))
            continue
        if (stuff := _stuff_in(several, world)) and not in_a_scene(sentence, text, start, several, world, places):
            found.append(
                finding(sentence, start, end, "material", _("No fact of this product says “{text}”.", text=stuff))
            )
            continue
        named = any(t.kind == "noun" for t in several)
        if any(t in world.terms for t in several) or (named and not _as_a_stuff(sentence, end, several, places)):
            continue
        if _HAN.search(text) and _said_of_facts(sentence, start, end, several, world):
            excused.append((start, end))
            continue
        if _words_carried(text, world, free) and not (term.kind == "material" and _STUFF.search(sentence[:start])):
            continue
        if any(t in world.denied for t in vocabulary.readings(re.sub(r"^(?:不|not )", "", text))):
            continue  # "not dishwasher-safe", as the facts say
        if term.kind == "care" and _as_the_number_says(text, world):
            continue  # "wash at 60 °C" of "Wash: 60 °C"
        opens = named and not sentence[:start].strip(" TheAn")  # "Glass walls …"
        if (
            (term.kind == "care" and not places.strict and _FORBIDS.match(term.en[0]))  # promises nothing
            or (not opens and in_a_scene(sentence, text, start, several, world, places))
            or (not _TOO.match(sentence, end) and inside_a_word(sentence, start, end, world))
            or _of_the_reader(sentence, start, several[0])
        ):
            excused.append((start, end))
            continue
        if _not_it(sentence, start, several[0], world) or _contrasted(sentence, start, term, terms, world):
            instead = _INSTEAD.search(sentence[:start])
            excused.append((instead.start() if instead else start, end))
            continue
        found.append(finding(sentence, start, end, _kind(sentence, several), why))
    return found


def _of_the_reader(sentence: str, start: int, term: Term) -> bool:
    """ "给老人孩子吃留神着点", "地址在上海的": whom it warns, where somebody lives."""
    if term.kind == "use":
        return bool(_WARNS.search(sentence))
    return term.kind == "origin" and bool(_LIVES.search(sentence[:start]))


_WARNS = re.compile(
    r"留神|留心|小心|当心|注意|看着点|看紧|看牢|谨慎|慎用|的?(?:都|也|先|千万)?(?:别|勿|不要|不能|不可|慎)(?:用|吃|喝|碰|买|穿|戴|打)|绕开|忌用|先问医生|咨询医生|别让|别给|远离"
)
_LIVES = re.compile(r"(?:地址|收件人?|住|人|寄|发|送|邮|到|老家|亲戚|朋友|客户|顾客|买家)(?:都|是)?(?:在|到|往|去)$")
# 路上有碎玻璃, 打碎了玻璃杯: what lies about the reader
_LIES_ABOUT = re.compile(
    r"(?:路|地|街|山|河|海|沙滩|草地|桌|床|墙|院子|马路|台阶|坡|家|屋|车)(?:上|里|边|下)?(?:有|全是|都是|净是|满是"
    r"|到处是)[^，。；]{0,3}$"
    r"|[你您我他她]家(?:的|那)?$|[你您](?:的|那)[\u4e00-\u9fff]{0,2}$|[打摔磕碰]碎(?:了|的)?$|(?<![打粉])碎$"
)
_WORN = re.compile(r"(?:棉|绒|毛|线|纱|皮|布|呢|麻|丝|纱|革|银)?(?:服|衣|袄|裤|鞋|靴|帽)")


def _as_a_stuff(sentence: str, end: int, several: tuple[Term, ...], places: everyday.Places) -> bool:
    """ "Glass walls": a word that is a thing too is a stuff right before a part."""
    if places.strict or not any(t.kind == "material" for t in several):
        return False
    following = _LATIN_WORD.match(sentence, end + 1) if sentence[end : end + 1] in {" ", "-"} else None
    return following is not None and bool(
        inflections.forms(following[0]) & (everyday.part_words() | harmless.components() | _PARTS)
    )


_PARTS = frozenset("wall body panel side front window inlay".split())
_LOOSE = frozenset("石头 木头 皮子 石料 木料 皮料".split())  # 石头 of 青金石
_SMELLS = re.compile(r"香|味|气|闻|嗅|精油|熏|调")


def _said_of_facts(sentence: str, start: int, end: int, several: tuple[Term, ...], world: World) -> bool:
    """Tell whether the facts say it in a longer word (梅子青 of 梅子青色), or what is named is no claim (a pot of mint)."""
    text = sentence[start:end]
    if text in _LOOSE and text[0] in world.text:
        return True
    bare = text.removesuffix("色") or text
    if any(t.kind == "material" for t in several) and _LIES_ABOUT.search(sentence[:start]):
        return True
    if text == "毛" and re.search(r"[一二两三四五六七八九几\d]$", sentence[:start]):
        return True  # 找你一毛
    if (worn := _WORN.match(sentence, end)) and worn[0][-1] not in world.text:
        return True  # 羽绒服 beside a scarf
    if any(start >= size and sentence[start - size : start] + bare in world.grams for size in (1, 2, 3)):
        return True
    if any(t.kind == "certificate" for t in several) and text.endswith("认证") and len(text) > 3:
        return bool(re.search(rf"{re.escape(text[:-2])}[^，。；\n]{{0,3}}认证", world.text))
    kinds = {t.kind for t in several}
    scented = world.inside or any(t.kind == "scent" for t in world.terms)
    return "scent" in kinds and kinds <= {"scent", "use", "noun"} and not scented and not _SMELLS.search(sentence)


# Where a word that may mean something else (iron, down, lace) can only name a stuff.
_STUFF = re.compile(
    r"(?i)\b(?:made|cut|built|woven|cast|carved|filled|stuffed|padded|lined|trimmed|wrapped|covered)\s+(?:\w+\s+)?(?:of|from|out of|in|with)\s+(?:\w+\s+){0,2}$|\b(?:solid|pure|genuine|real|wrought)\s+$"
)


_FORBIDS = re.compile(r"(?i)(?:do not|not|never|no)\b")


def not_there(sentence: str) -> bool:
    """Tell whether a sentence says that something is missing, or not part of it."""
    return bool(_NOT_THERE.search(sentence))


def _stuff_in(several: tuple[Term, ...], world: World) -> str:
    """Return the stuff that the name of a part holds and no fact carries: the rubber of rubber feet."""
    if any(t.kind != "noun" or "part" not in t.marks or t in world.terms for t in several):
        return ""
    for word in several[0].en[0].split()[:-1]:
        if any(z[0] in world.text for z in several[0].zh if z):
            continue  # 皮提手 of 植鞣皮
        if (term := lexicon.find(word, "material")) and term not in world.terms:
            return word
    return ""


# Parts a thing may have or not; those that every thing of its kind has (side, edge, bottom) need no fact.
_OPTIONAL = frozenset(
    "zip|zipper|pocket|zip pocket|hood|lining|inner lining|lid|buckle|drawstring|wheel|loop|hanging loop|shoulder strap|"
    "drawer|compartment|spout|strainer|stopper|ribbon|fringe|tassel|magnet|mirror|charger|adapter|battery|bulb|"
    "remote control|screen|lock|bell|bookmark|elastic band|non-slip feet|juice groove|liner".split("|")
)
_OF_ANOTHER = re.compile(
    r"(?i)(?:\b(?:your|his|her|my|a coat|coat|trouser|jacket|jeans|back|shirt|hip|breast|bathroom|kitchen|desk|bedside)|[你您他她我衣裤在往进])\s*(?:own\s+|the\s+)?(?:[a-z]+\s+)?$"
)


_ELSEWHERE = re.compile(
    r"(?i)\s+(?:above|over|on|in|beside|under|behind|next to)\s+your\b|\s+at (?:work|home|school|the office)\b"
)


_IN_ANOTHER = re.compile(r"里(?:还?有|还?剩|搁|堆|塞着|翻|摸|找|掏|拿|取|塞|放|收|存|躺|留)")


def _is_part(several: tuple[Term, ...]) -> bool:
    return any(t.kind == "noun" and "part" in t.marks and t.en[0] in _OPTIONAL for t in several)


def _part_carried(sentence: str, start: int, end: int, several: tuple[Term, ...], world: World) -> bool:
    """A zip, a pocket, a lining: the facts name it, it belongs to something else, or the sentence denies it."""
    text = sentence[start:end]
    if text[-1] in "子儿" and text[:-1] in world.text:
        return True  # 轮子 of 车轮
    if any(t in world.terms or t in world.denied for t in several) or _NOT_THERE.search(sentence):
        return True
    if _OF_ANOTHER.search(sentence[:start]) or _ELSEWHERE.match(sentence, end) or _IN_ANOTHER.match(sentence, end):
        return True
    if _HAN.search(text):
        named = any(inflections.related(e.split()[-1]) & world.kin for t in several for e in t.en)
        return named or len(text) == 1 or text[-1] in world.text or any(z in world.grams for t in several for z in t.zh)
    words = _LATIN_WORD.findall(text)
    return all(inflections.related(w) & world.kin for w in words[-1:]) or bool(
        world.kin & {form for t in several for e in t.en for form in inflections.forms(e)}
    )


def in_a_scene(
    sentence: str, text: str, start: int, several: tuple[Term, ...], world: World, places: everyday.Places
) -> bool:
    """ "A slice of lemon", "on a rainy Sunday": things and times around the product, not the product's own."""
    if places.bound(start):
        return False
    if not places.strict and all(t.kind == "origin" for t in several) and _AS_A_PLACE.search(sentence[:start]):
        return not _OF_A_PLACE.search(text)
    if (
        any(t.kind in {"material", "colour", "origin", "certificate"} for t in several)
        and not places.free(start)
        and text.casefold() not in {"clear", "natural", "stone"}
    ):
        return harmless.is_usual(text, world)
    if harmless.is_usual(text, world):
        return True
    if places.claimed(start) and (
        places.strict or any(t.kind in {"material", "colour"} for t in several) or not everyday.located(sentence, start)
    ):
        return False
    if _TOO.match(sentence, start + len(text)) and any(t.kind == "use" and t.group == "people" for t in several):
        return False  # 狗狗也能分一口: whom else it is for
    if places.free(start) and any(t.kind == "use" and t.group == "people" for t in several):
        return not _FOR_WHOM.search(sentence[:start])  # 孩子踩着洗手: who does something, not whom it is for
    return harmless.is_everyday(text) or any(t.kind == "use" and t.group != "people" for t in several)


# "To rebuild the Alps", "a walk across Spain": a place somebody goes to or does something with; an adjective says where a thing is from.
_AS_A_PLACE = re.compile(
    r"(?i)\b(?:(?:to|you|can|could|will|and|or)\s+(?!make|made|produce|come|be|have|get)[a-z]{3,}|through|across|around|towards|visit|visiting|trip to|way to|journey to|like)\s+(?:the\s+)?$"
)
_OF_A_PLACE = re.compile(r"(?i)(?:ese|ish|ian|an|ch|ss|ic|ean)$")


def _not_it(sentence: str, start: int, term: Term, world: World) -> bool:
    """ "Not plastic", "no cotton in it" where the whole composition is known, "not for puppies": nothing is claimed."""
    if term.kind in {"material", "colour"} and _INSTEAD.search(sentence[:start]):
        return True
    if term.kind == "feature" and term not in world.terms and relations.negated(sentence, start):
        return not re.search(r"(?i)free", " ".join(term.en))  # "no lightweight", 不反光
    if term.kind in {"material", "scent"} and world.complete and relations.negated(sentence, start):
        return True
    if (
        term.kind in {"scent", "colour"}
        and _AS_MUCH.search(sentence[:start])
        and not re.search(r"(?i)smell|scent|taste|colou?r|香|味|色", sentence)
    ):
        return True  # "as heavy as an apple"
    return term.kind == "use" and bool(_NOT_FOR.search(sentence[:start]))


_AGAINST = re.compile(
    r"(?i)\b(?:not|never|nor|rather than|instead of)\s+(?:made\s+|knitted\s+|woven\s+|cut\s+|grown\s+)?(?:in|of|from|out of|with)?\s*(?:an?\s+|the\s+)?(?:[a-z]+\s+)?$"
)


def _contrasted(sentence: str, start: int, term: Term, terms: list[tuple[int, int, Term]], world: World) -> bool:
    """ "Not pine but oak", "in Portugal, not in Spain": denied beside what the facts say instead."""
    return (
        term.kind in {"material", "colour", "origin", "scent"}
        and bool(_AGAINST.search(sentence[:start]))
        and any(t.kind == term.kind and t in world.terms for _a, _b, t in terms)
    )


def inside_a_word(sentence: str, start: int, end: int, world: World) -> bool:
    """One letter of a longer known word: the 白 of 漂白 or 白开水."""
    if not _HAN.match(sentence[start]):
        return False
    if end - start > 1:  # 水洗标
        free = harmless.words("zh", world.group)
        return any(sentence[start:b] in free or sentence[start - 1 : b] in free for b in (end + 1, end + 2))
    if sentence[start] in "棉麻竹木钢铁铜瓷纸蜡" and sentence[start] in world.text:
        return True
    if _TURNED.search(sentence[:start]) or not (
        _SAID_BEFORE.search(sentence[:start]) or _SAID_AFTER.match(sentence, end)
    ):
        return True  # 天黑了, 烤黄, 红包: no colour of the thing
    known = harmless.words("zh", world.group) | world.usual.zh | everyday.words("zh") | world.grams
    return any(
        sentence[a : a + size] in known
        for size in (2, 3, 4)
        for a in range(max(0, start - size + 1), start + 1)
        if a + size > start and len(sentence[a : a + size]) == size
    )


def _as_the_number_says(text: str, world: World) -> bool:
    number = re.search(r"\d+", text)
    return number is not None and bool(
        re.search(
            rf"(?:wash|洗)[^.;。；]{{0,14}}?(?<!\d){number[0]}(?!\d)|(?<!\d){number[0]}\s?(?:°|℃|度)[^.;。；]{{0,6}}(?:wash|洗)",
            world.text,
        )
    )


def _kind(sentence: str, several: tuple[Term, ...]) -> str:
    if re.search(r"(?i)smell|scent|fragran|aroma|perfume|香|气味", sentence) and any(
        t.kind == "scent" for t in several
    ):
        return "scent"
    if several[0].kind == "use":
        return "audience" if several[0].group == "people" else "use"
    return several[0].kind


def _words_carried(text: str, world: World, free: frozenset[str]) -> bool:
    if _HAN.search(text):
        return text in world.grams or text in free or (len(text) > 1 and text[-1] in "子儿" and text[:-1] in world.text)
    words = _LATIN_WORD.findall(text)
    return bool(words) and all(inflections.forms(w) & world.words or w.casefold() in free for w in words)
