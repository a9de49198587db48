"""Numbers of the reader's day, which say nothing of the product: five minutes for yourself, two trips, three small cups."""

from __future__ import annotations

import re

from desktop_app.language import day_numbers, everyday, harmless, inflections, vocabulary
from desktop_app.language.numbers import Known
from desktop_app.language.quantities import Quantity
from desktop_app.language.vocabulary import World

_HAN = re.compile(r"[\u4e00-\u9fff]")
_OWN_TIME = re.compile(
    r"(?i)\b(?:take|spare|give yourself|have|for|sit down for|lie down for)\s+$|(?:歇|坐|躺|睡|休息|发呆|走|逛|聊|给(?:你|您)?自己|留给自己)(?:上|个)?$"
)
_HANDS = re.compile(
    r"(?i)\s*(?:hands?|fingers?|friends?|people|words?|letters)\b(?!\s+(?:pockets?|luggage|towels?|creams?|straps?|grips?|brush\w*|tools?|loops?|holes?))|(?:只|个|双)?(?:手|人|字|朋友|大人|词)"
)
_SPAN = re.compile(r"(?i)(?:\w+ minutes|[一二三四五六七八九十]+分钟)")


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


def is_aside(sentence: str, quantity: Quantity, world: World, known: Known, places: everyday.Places) -> bool:
    """ "Take five minutes for yourself", "two trips", "three small cups": numbers of the reader's day, not of the thing."""
    if places.strict or quantity.code:
        return False
    if places.bound(quantity.start) and not day_numbers.lies_elsewhere(sentence[: quantity.start]):
        return False
    if _HAN.search(sentence) and day_numbers.is_of_the_day(sentence, quantity, known):
        return True
    if quantity.money:
        return False
    named = any(inflections.related(n) & world.things for n in quantity.nouns[:2])
    if not quantity.unit and quantity.values and not named and _fills(quantity, known):
        return True
    if not quantity.unit and quantity.values and _HAN.search(sentence) and _handful(sentence, quantity, known):
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
        return _han_aside(sentence, quantity, world, known)
    if apart and not any(_PARTS_OF_IT.match(n) or inflections.related(n) & world.kin for n in quantity.nouns[:2]):
        return True  # "count to three and see who is wetter"
    return _counts_others(quantity, world, known)


# "Holds 12 cups", "room for six people", 可放12个: how much goes in is said of the thing, whoever does the holding.
_CAPACITY = re.compile(
    r"(?i)\b(?:holds?|fits?|serves?|seats?|sleeps?|feeds?|stores?|accommodates?|contains?|carries|makes?|brews?|yields?|covers?"
    r"|feeds? (?:a|the) (?:party|family|table|group|team|crowd) of"
    r"|serves? (?:a|the) (?:party|family|table|group|team|crowd) of"
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
    r"(?i)^(?:pocket|drawer|button|zip|strap|handle|layer|ply|colou?r|shade|size|piece|pack|set|part|wheel|leg|foot"
    r"|feet|hook|ring|bead|stone|blade|setting|speed|mode|port|lamp|light|led|bulb|shelf|compartment|slot|section"
    r"|page|sheet|card|game|tile|card|bag|bar|biscuit|tin|jar|pair|roll|panel|pillow|pan|lid|screw|plug|key|tool"
    r"|brush|pencil|pen|towel|cloth|cover|case|cable|battery|batteries|star|award|review|customer|year|month"
    r"|flavou?r|scent|ingredient|recipe)s?$"
)


def _persons(sentence: str, quantity: Quantity, known: Known) -> bool:
    """Tell whether how many people it is for is known, so that a number of people is a claim."""
    said = re.match(r"\s*(?:个|位|名)?[人]|\s*(?:more )?(?:people|players?|persons?)\b", sentence[quantity.end :])
    return bool(said) and any(
        re.search(r"(?i)player|person|people|人", c.source + "".join(c.nouns)) for c in known.carriers
    )


# 笔袋里放两支, 丢两颗煮粥: a few of many, which the reader takes
_TAKES = re.compile(
    r"(?<![能可容存会])(?:放|带|揣|拿|抽|取|备|丢|扔|撒|来|挑|夹|泡|煮|撕|剥|借|塞|抓|切|摆|拍|点|冲|掰|舀|捏|拎|嚼|尝|留|剩|掏)(?:上|进|入|个|出)?$"
)
_LIMBS = re.compile(r"[条只个双边](?:腿|手|脚|耳朵|胳膊|膝盖|眼睛?|肩膀?|脚踝)")


def _handful(sentence: str, quantity: Quantity, known: Known) -> bool:
    if _LIMBS.match(sentence, quantity.end):
        return True
    if not _TAKES.search(sentence[: quantity.start]) or not quantity.measure:
        return False
    same = [
        c.quantity.values[0] for c in known.carriers if c.quantity.measure == quantity.measure and c.quantity.values
    ]
    return quantity.values[0] <= 3 and (not same or quantity.values[0] < max(same))


_ORDERED = re.compile(r"(?:拍|买|选|带|要|配|备|留|加|请)(?:上|个)?$")
_VAGUE = re.compile(r"[两三四五六七八][三四五六七八九]$")


def _han_aside(sentence: str, quantity: Quantity, world: World, known: Known) -> bool:
    """请拍两件, 两三口, 两本书: how many one orders, a rough few, other things about the house."""
    if (
        _ORDERED.search(sentence[: quantity.start])
        and sentence[quantity.end : quantity.end + 1] in "件只个套盒包份双瓶袋条把支"
    ):
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
    (
        "cup glass mug bowl plate portion helping serving slice spoonful people person friend knee shoulder hand arm "
        "finger foot trip turn step way time day night morning evening end room guest child sleeper cat dog coat hat "
        "book bottle head corner side one handful clove sprig leaf drop pinch dash bite sip mouthful ones thing "
        "visitor passenger neighbour sister brother grandchild stair floor street"
    ).split()
)
