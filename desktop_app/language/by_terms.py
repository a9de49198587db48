"""Known things a sentence names (materials, colours, origins, features …): each needs a fact, or stands in a scene."""

from __future__ import annotations

import re

from desktop_app.language import everyday, harmless, inflections, lexicon, negation, relations, vocabulary
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity
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
    r"(?i)\b(?:for|to|suits?|fits?|by|with|among|of)\s+(?:\w+\s+){0,2}$|(?:适合|适用于|给|供|送|为|专为|受|让|对)(?:[\u4e00-\u9fff]{0,3})$"
)
_TOO = re.compile(
    r"(?i)(?:们|朋友)*(?:也|都|同样)(?:能|可以?|适合|适用|吃|喝|用|穿|戴)|\s+(?:can|may) (?:have|eat|use|wear|enjoy|drink|share|chew|play with) (?:it|them|some|this|one|a bite)"
)
_AS_MUCH = re.compile(
    r"(?i)\b(?:as|than|like)\s+(?:\w+\s+as\s+)?(?:an?|the|two|three|one|your)\s+(?:\w+\s+)?$|(?:跟|和|像|比|如)(?:[一两三]?[个只颗枚])?$"
)
_NOT_FOR = re.compile(
    r"(?i)\b(?:not (?:suitable |meant |made |intended )?for|keep (?:it )?away from|out of reach of)\s+$|(?:别给|不给|不要给|不适合|不宜|以下的?|不满[\w一二三四五六七八九十]+[岁个月]+的?)$"
)
_TURNED = re.compile(r"[沾溅踩甩弄](?:了|着|上)$|[天晒烤煎烧炸脸变发熏炒摸]$")
_SAID_BEFORE = re.compile(r"[深浅淡纯全实]$")
_SAID_AFTER = re.compile(
    r"[色的制质做款底漆釉边条线绳面柄盖芯扣布皮盒罐瓶杯碗盘壶篮箱袋座架板勺筐桶、，。；！和与或/]|$"
)
_OWN_TIME = re.compile(
    r"(?i)\b(?:take|spare|give yourself|have|for|sit down for|lie down for)\s+$|(?:歇|坐|躺|睡|休息|发呆|走|逛|聊|给(?:你|您)?自己|留给自己)(?:上|个)?$"
)
_HANDS = re.compile(
    r"(?i)\s*(?:hands?|fingers?|friends?|people|words?|letters)\b|(?:只|个|双)?(?:手|人|字|朋友|大人|词)"
)
_SPAN = re.compile(r"(?i)(?:\w+ minutes|[一二三四五六七八九十]+分钟)")


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
        several = vocabulary.readings(text)
        if _is_part(several) and not places.strict and not _part_carried(sentence, start, end, several, world):
            found.append(
                finding(sentence, start, end, "feature", _("No fact of this product says “{text}”.", text=text))
            )
            continue
        if (stuff := _stuff_in(several, world)) and not in_a_scene(sentence, text, start, several, world, places):
            found.append(
                finding(sentence, start, end, "material", _("No fact of this product says “{text}”.", text=stuff))
            )
            continue
        if any(t in world.terms or t.kind == "noun" for t in several):
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
        if in_a_scene(sentence, text, start, several, world, places) or (
            not _TOO.match(sentence, end) and inside_a_word(sentence, start, end, world)
        ):
            excused.append((start, end))
            continue
        if _not_it(sentence, start, several[0], world) or _contrasted(sentence, start, term, terms, world):
            instead = _INSTEAD.search(sentence[:start])
            excused.append((instead.start() if instead else start, end))
            continue
        kind = _kind(sentence, several)
        found.append(finding(sentence, start, end, kind, _("No fact of this product says “{text}”.", text=text)))
    return found


_LOOSE = frozenset("石头 木头 皮子 石料 木料 皮料".split())  # 石头 of 青金石
_SMELLS = re.compile(r"香|味|气|闻|嗅|精油|熏|调")


def _said_of_facts(sentence: str, start: int, end: int, several: tuple[Term, ...], world: World) -> bool:
    """Tell whether the facts say it in a longer word (梅子青 of 梅子青色), or what is named is no claim (a pot of mint)."""
    text = sentence[start:end]
    if text in _LOOSE and text[0] in world.text:
        return True
    bare = text.removesuffix("色") or text
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


_IN_ANOTHER = re.compile(r"里(?:翻|摸|找|掏|拿|取|塞|放|收|存|躺|留)")


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


def _not_it(sentence: str, start: int, term: Term, world: World) -> bool:
    """ "Not plastic", "no cotton in it" where the whole composition is known, "not for puppies": nothing is claimed."""
    if term.kind in {"material", "colour"} and _INSTEAD.search(sentence[:start]):
        return True
    if term.kind == "feature" and term not in world.terms and relations.negated(sentence, start):
        return not re.search(r"(?i)free|proof", " ".join(term.en))  # "no lightweight", 不反光
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


def _fills(quantity: Quantity, known: Known) -> bool:
    """ "Enough for four cups" of 0.8 l: what cups of the usual size hold."""
    if not (_CUPS & set(quantity.nouns[:2]) or quantity.measure == "杯") or not quantity.values[0]:
        return False
    volumes = [c.quantity for c in known.carriers if c.quantity.unit and c.quantity.unit.dimension == "volume"]
    told = [v * q.unit.factor / quantity.values[0] for q in volumes if q.unit for v in q.values]
    return any(120 <= each <= 350 for each in told)


def _counted_by_facts(letter: str, known: Known) -> bool:
    """最多20个字: letters are counted by a fact, and so are a claim."""
    if not _HAN.match(letter) or letter == "人":
        return False
    return any(letter in c.source or any(letter in n for n in c.nouns) for c in known.carriers)


_CUPS = frozenset(["cup", "mug", "glass", "小杯"])


def scene_number(sentence: str, quantity: Quantity, world: World, known: Known, places: everyday.Places) -> bool:
    """ "Take five minutes for yourself", "two trips", "three small cups": numbers of the reader's day, not of the thing."""
    if places.strict or places.bound(quantity.start) or quantity.money or quantity.code:
        return False
    named = any(inflections.related(n) & world.things for n in quantity.nouns[:2])
    if not quantity.unit and quantity.values and not named and _fills(quantity, known):
        return True
    if _CAPACITY.search(sentence[: quantity.start]):
        return False
    if not places.claimed(quantity.start) and not _persons(sentence, quantity, known):
        if (counted := _HANDS.match(sentence, quantity.end)) and not _counted_by_facts(counted[0][-1], known):
            return True
        if quantity.unit and quantity.unit.en in {"minutes", "seconds"}:
            own = _OWN_TIME.search(sentence[: quantity.start]) and _SPAN.fullmatch(quantity.text)
            return bool(own) or (places.free(quantity.start) and not _LASTING.search(sentence))
    if _TALL.match(sentence, quantity.end) and not re.search(r"(?i)身高|height of|for people|person", known.words):
        return True  # 一米七的人平躺
    if quantity.unit or quantity.pieces or not quantity.values or quantity.values[0] > 12:
        return False
    apart = places.free(quantity.start) and not _HAN.search(sentence)
    if _HAN.search(sentence):
        return _han_aside(sentence, quantity, world)
    if apart and not any(_PARTS_OF_IT.match(n) or inflections.related(n) & world.kin for n in quantity.nouns[:2]):
        return True  # "count to three and see who is wetter"
    return _counts_others(quantity, world, known)


# "Holds 12 cups", "room for six people", 可放12个: how much goes in is said of the thing, whoever does the holding.
_CAPACITY = re.compile(
    r"(?i)\b(?:holds?|fits?|serves?|seats?|sleeps?|feeds?|stores?|accommodates?|contains?|carries|makes?|brews?|yields?|covers?"
    r"|(?:room|space|enough|big enough|made|sized?|designed|suitable) for|up to|at least|it takes|takes up to)"
    r"(?:\s+(?:about|around|over|more than|up to|at least|exactly|some|only|just|a good|a))*\s*$"
    r"|(?:放|装|容纳|盛|坐|睡|供|够|可供|存放|收纳|容|泡|煮|做|冲)(?:得)?(?:下|进|了|入|满)?(?:约|大约|多达|至少|最多|不少于|上)?$"
)
_TALL = re.compile(
    r"(?i)(?:左右)?(?:高)?的(?:人|个子|个头|大个|男生|女生|男士|女士)|(?:的)?个[子头]|[ -]tall (?:person|man|woman|adult|people|rider|sleeper)"
)
_LASTING = re.compile(
    r"(?i)\b(?:ready|boil|done|bake|cook|burn|last|keep|charg|run|brew|steep|stay|play|battery|dry|dries|wait|soak|warm|cold|hot|fresh|hour)|续航|燃|充|保[温鲜冷热]|泡|用|亮|放|点|烧|晒|干|烤|煮"
)
_PARTS_OF_IT = re.compile(
    r"(?i)^(?:pocket|drawer|button|zip|strap|handle|layer|ply|colou?r|shade|size|piece|pack|set|part|wheel|leg|foot|feet|hook|ring|bead|stone|blade|setting|speed|mode|port|lamp|light|led|bulb|shelf|compartment|slot|section|page|sheet|card|game|tile|card|bag|bar|biscuit|tin|jar|pair|roll|panel|pillow|pan|lid|screw|plug|key|tool|brush|pencil|pen|towel|cloth|cover|case|cable|battery|batteries|star|award|review|customer|year|month|flavou?r|scent|ingredient|recipe)s?$"
)


def _persons(sentence: str, quantity: Quantity, known: Known) -> bool:
    """Tell whether how many people it is for is known, so that a number of people is a claim."""
    said = re.match(r"\s*(?:个|位|名)?[人]|\s*(?:more )?(?:people|players?|persons?)\b", sentence[quantity.end :])
    return bool(said) and any(
        re.search(r"(?i)player|person|people|人", c.source + "".join(c.nouns)) for c in known.carriers
    )


_ORDERED = re.compile(r"(?:拍|买|选|带|要|配|备|留|加|请)(?:上|个)?$")
_VAGUE = re.compile(r"[两三四五六七八][三四五六七八九]$")


def _han_aside(sentence: str, quantity: Quantity, world: World) -> bool:
    """请拍两件, 两三口, 两本书: how many one orders, a rough few, other things about the house."""
    if _ORDERED.search(sentence[: quantity.start]) and sentence[quantity.end : quantity.end + 1] in "件只个套盒包":
        return True
    if _VAGUE.fullmatch(quantity.text) and sentence[quantity.end : quantity.end + 1] in "口下次回句步个块片勺本":
        return True
    noun = re.match(
        r"[个本只条双支张块杯碗盘把顶件棵朵串瓣勺滴页枝集局圈封盏口壶]([\u4e00-\u9fff]{1,3})", sentence[quantity.end :]
    )
    if not noun:
        return False
    for size in (3, 2, 1):
        said = noun[1][:size]
        if size == 1 and noun[1][1:2] and noun[1][1] not in "都就也刚正放装能":
            continue
        if len(said) == size and said in everyday.words("zh") and said not in world.text and said[-1] not in world.text:
            return not any(t.kind == "noun" and "part" in t.marks for t in vocabulary.readings(said))
        if len(said) == size > 1 and said in everyday.words("zh"):
            return False
    return False


def _counts_others(quantity: Quantity, world: World, known: Known) -> bool:
    """Tell whether what is counted is an everyday thing that the product neither is nor has."""
    nouns = quantity.nouns[1:] if quantity.nouns[:1] == ("pair",) else quantity.nouns
    noun = next((n for n in nouns if harmless.is_everyday(n)), "")
    if not noun or "\u4e00" <= noun[0] <= "\u9fff":
        return False
    if any(_PARTS_OF_IT.match(n) or inflections.related(n) & world.things for n in nouns[:2]):
        return False
    if any(set(nouns[:2]) & c.nouns for c in known.carriers):
        return False  # "six cups" of a pot for six is said of it
    return bool(set(nouns[:2]) & _SMALL_THINGS)


# What is counted in a picture of the thing in use: portions, people, rooms, turns; never parts.
_SMALL_THINGS = frozenset(
    "cup glass mug bowl plate portion helping serving slice spoonful people person friend knee shoulder hand arm finger foot trip turn step way time day night morning evening end room guest child sleeper cat dog coat hat book bottle head corner side one handful clove sprig leaf drop pinch dash bite sip mouthful ones thing visitor passenger neighbour sister brother grandchild stair floor street".split()
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
