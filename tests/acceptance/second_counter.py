"""Count hard claims in a finished text that the product's facts do not carry, with lists and rules of its own.

It shares nothing with the check it stands beside. Precision comes first: what it cannot place it leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Found = dict[str, Any]  # kind: str, text: str, start: int, end: int (code points)

# --- numbers ---------------------------------------------------------------------------------------------------------

UNITS: dict[str, tuple[str, float]] = {}
for _dimension, _table in {
    "length": "mm 毫米 millimetre millimeter=1; cm 厘米 公分 centimetre centimeter=10; m 米 metre meter=1000; "
    'in inch inches " ″ 英寸=25.4; ft foot feet 英尺=304.8; 寸=33.33; 尺=333.3',
    "mass": "mg 毫克=0.001; g gram gramme 克=1; kg kilo kilogram kilogramme 公斤 千克=1000; 斤=500; 两=50; "
    "oz ounce 盎司=28.35; lb lbs pound 磅=453.6",
    "volume": "ml millilitre milliliter 毫升=1; cl=10; l litre liter 升=1000; fl_oz=29.57; pint=473; quart=946",
    "percent": "% ％ percent per_cent=1; 成=10",
    "power": "w watt 瓦=1; kw=1000",
    "charge": "mah milliamp_hour 毫安时 毫安=1",
    "light": "lm lumen 流明=1",
    "heat": "°c ℃ °=1; degree 度=1",
    "time": "minute min 分钟=1; h hour hr 小时=60; day 天 日=1440; week 周=10080; month 个月=43800; "
    "year yr 年 岁=525600; 刻钟=15",
    "paper": "gsm=1",
    "date": "月=1",
}.items():
    for _entry in _table.split(";"):
        _names, _factor = _entry.rsplit("=", 1)
        for _name in _names.split():
            UNITS[_name.replace("_", " ")] = (_dimension, float(_factor))
# nouns that make a spelled-out number a claim about the product
NOUNS = (
    "piece page pair pack pocket jar glass glasses band sheet colour color size bottle bag bead port cup plate mode \
panel pot letter tile card button compartment drawer shelf leg wheel speed setting"
)
CLASSIFIERS = "件 只 片 颗 粒 页 色 包 双 张 支 枚 罐 条 元 个口袋 个接口 口袋 接口 档 模式 瓶 盒"
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
SMALL = {word: i for i, word in enumerate(_ONES.split(), 1)} | {word: 10 * i for i, word in enumerate(_TENS.split(), 2)}
BIG = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
HAN = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
HAN_BIG = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

_unit_words = sorted((u for u in UNITS if u.isascii() and u[0].isalpha()), key=len, reverse=True)
_unit_signs = sorted((u for u in UNITS if not (u.isascii() and u[0].isalpha())), key=len, reverse=True)
# "in" is an inch only where no sentence goes on behind it, and 两 a weight only where nothing is counted
UNIT = (
    r"(?:(?:US |imperial )?(?:"
    + "|".join(_unit_words)
    + r")s?(?![A-Za-z])(?<!\bin)|in(?=\s*(?:$|[.,;:)x×\n]|long|wide|tall|high))|"
)
UNIT += (
    "|".join(re.escape(sign) + ("(?![种个只件双条款色档片支张头边三])" if sign == "两" else "") for sign in _unit_signs)
    + ")"
)
NOUN = "(?:" + "|".join(sorted(NOUNS.split(), key=len, reverse=True)) + r")(?:s|es)?\b"
WORDS = "(?:" + "|".join([*SMALL, *BIG]) + ")"
DIGITS = r"(?<![A-WYZa-wyz\d.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SPELLED = rf"\b(?:half a dozen|{WORDS}(?:(?:-| and | ){WORDS})*)\b"
_HAN = "零〇一二三四五六七八九十百千万"
CHINESE = rf"(?:百分之)?(?:(?:[{_HAN}]|两(?=[百千万]))+(?:点[{_HAN}]+)?|(?<![{_HAN}])两|半(?=打|斤|升|米|磅|公斤|年))"
NUMBER = re.compile(
    rf"(?P<digits>{DIGITS})|(?P<spelled>{SPELLED})|\b(?P<half>half an?(?= {UNIT}))|(?P<han>{CHINESE})", re.IGNORECASE
)
JOIN = re.compile(r"\s*(?:x|\+|×|\*|by|to|and|or|–|-|—|~|至|到|乘|、|/|or|up to)\s*", re.IGNORECASE)
MORE = re.compile(r"(?:over|more than|a good|at least|超过|不少于|不低于)\s*$", re.IGNORECASE)
LESS = re.compile(r"(?:under|nearly|almost|close to|less than|below|不到|近|将近)\s*$", re.IGNORECASE)
ABOUT = re.compile(r"(?:about|around|roughly|some|approx\.?|约|大约|大概|差不多|约合|相当于|近)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Number:
    """One number of a text with what it measures, in the smallest unit of its kind."""

    start: int
    end: int
    value: float
    factor: float
    dimension: str  # "" where no unit follows
    spelled: bool
    noun: bool


def of_words(words: str) -> float:
    """Return the value of English number words such as "two dozen" or "seventy-two"."""
    total = part = 0
    for word in re.findall("[a-z]+", words.lower()):
        if word == "half":
            return 6
        if word in SMALL:
            part += SMALL[word]
        elif word in BIG:
            part = max(part, 1) * BIG[word]
            if BIG[word] >= 1000:
                total, part = total + part, 0
    return total + part


def of_han(text: str) -> float:
    """Return the value of Chinese numerals such as 一百二十 or 三点五, and of 半."""
    if text == "半":
        return 0.5
    whole, _, decimals = text.partition("点")
    total = part = digit = 0
    for char in whole:
        if char in HAN:
            digit = HAN[char]
        elif char == "万":
            total, part, digit = (total + part + digit or 1) * 10_000, 0, 0
        else:
            part, digit = part + (digit or 1) * HAN_BIG[char], 0
    return total + part + digit + (float("0." + "".join(str(HAN[c]) for c in decimals)) if decimals else 0)


def measure(text: str, at: int) -> tuple[str, float, int]:
    """Return (dimension, factor, end) of the unit that stands at ``at``, or ("", 1, at)."""
    hit = re.compile(rf"[\s-]?({UNIT})", re.IGNORECASE).match(text, at)
    if not hit:
        return "", 1.0, at
    name = re.sub(r"^(?:us|imperial) ", "", hit[1].lower())
    dimension, factor = UNITS.get(name) or UNITS[name.rstrip("s")]
    return dimension, factor, hit.end()


def tail(text: str, end: int, dimension: str) -> tuple[float, int]:
    """Return what follows a unit as part of its number: 升半, 米二, 斤八两, "litre and a half"."""
    if hit := re.compile(r"半(?![打斤升])| and a half").match(text, end):
        return 0.5, hit.end()
    if dimension in ("length", "mass"):
        if hit := re.compile("([一二三四五六七八九])两").match(text, end):
            return HAN[hit[1]] / 10, hit.end()
        if hit := re.compile(r"([一二三四五六七八九]+)(?=$|[^\w]|的|[和与])").match(text, end):
            return float("0." + "".join(str(HAN[c]) for c in hit[1])), hit.end()
    return 0.0, end


def read_one(text: str, hit: re.Match[str]) -> Number:
    """Return the number that a match of NUMBER stands for, with its unit."""
    end, words = hit.end(), hit[0]
    if hit["digits"]:
        value = float(words.replace(",", ""))
        if (zeroes := re.compile(r"\s?(万|thousand|million)").match(text, end)) is not None:
            value, end = value * {"万": 10_000, "thousand": 1000, "million": 1_000_000}[zeroes[1]], zeroes.end()
    elif hit["half"]:
        value = 0.5
    elif hit["spelled"]:
        value = of_words(words)
    else:
        value = of_han(words.removeprefix("百分之"))
        if words.startswith("百分之"):
            return Number(hit.start(), end, value, 1, "percent", True, False)
        if text[end : end + 1] == "打":
            return Number(hit.start(), end + 1, value * 12, 1, "", True, True)
    dimension, factor, after = measure(text, end)
    if dimension == "time" and text[end:after] == "年" and value >= 1900:
        dimension, factor = "date", 1.0
    extra, stop = tail(text, after, dimension) if dimension else (0.0, end)
    noun = bool(re.compile(rf"[\s-](?:[a-z-]+ )?{NOUN}", re.IGNORECASE).match(text, end))
    noun = noun or any(text.startswith(word, end) for word in CLASSIFIERS.split())
    return Number(hit.start(), stop, (value + extra) * factor, factor, dimension, not hit["digits"], noun)


def numbers(text: str) -> list[Number]:
    """Return every number of a text; in 38 x 25 cm both take the unit."""
    found: list[Number] = []
    for hit in NUMBER.finditer(text):
        if not found or hit.start() >= found[-1].end:  # else it is the end of one like 一斤八两
            found.append(read_one(text, hit))
    for i in range(len(found) - 2, -1, -1):
        one, following = found[i], found[i + 1]
        if not one.dimension and following.dimension and JOIN.fullmatch(text, one.end, following.start):
            value, factor = one.value * following.factor, following.factor
            found[i] = replace(one, value=value, factor=factor, dimension=following.dimension)
    return found


def is_claim(text: str, number: Number) -> bool:
    """Say whether a number is a claim on the product rather than a turn of phrase."""
    if text[: number.start].endswith("第"):
        return False
    if not number.spelled:
        return True
    words = text[number.start : number.end]
    if number.dimension == "time":
        idle = re.search(r"minutes?$|分钟$|^一个?[天年日月周]|^one |^a |^半天|^一岁", words)
        return not idle
    if number.dimension:
        return not words.startswith(("十成", "一成", "一度"))
    return number.noun and number.value > 1


def carried(text: str, number: Number, known: Iterable[Number], counts: set[int]) -> bool:
    """Say whether a number stands in the facts, converted and rounded as people round."""
    before, low, high = text[max(0, number.start - 14) : number.start], 0.98, 1.02
    if LESS.search(before):
        high = 1.13
    elif MORE.search(before) or text.startswith(("多", "以上"), number.end):
        low = 0.87
    elif ABOUT.search(before) or text.startswith("左右", number.end):
        low, high = 0.95, 1.05
    if not number.dimension and number.value in counts:
        return True
    for other in known:
        same, value, there = number.dimension == other.dimension, number.value, other.value
        if not (number.dimension and other.dimension):  # as written: nobody says in what
            same, value, there = True, value / number.factor, there / other.factor
        same = same or (other.dimension == "volume" and number.dimension == "mass" and text[number.end :][:1] == "水")
        if same and low <= (value or 1e-9) / (there or 1e-9) <= high:
            return True
    return False


def wrong_numbers(text: str, product: dict[str, Any], source: str) -> Iterator[tuple[int, int]]:
    """Yield the numbers of a text that no fact carries, with their units."""
    known = numbers(source)
    counts = {len(option["values"]) for option in product.get("options") or ()}
    counts |= {len(re.split(r"[,;、；，/+]|\band\b", fact["value"])) for fact in product.get("facts") or ()}
    sums = [hit.span() for hit in MONEY.finditer(text)]
    for number in numbers(text):
        if any(start <= number.start < end for start, end in sums):
            continue
        if is_claim(text, number) and not carried(text, number, known, counts):
            yield number.start, number.end


# --- words -----------------------------------------------------------------------------------------------------------

# name|English|Chinese|what it also is
MATERIALS = """
wood|wood wooden timber hardwood|木头 木质 木制 实木 原木 木柄|; oak|oak oaken|橡木 白橡 橡|wood
redoak|red_oak|红橡|wood; beech|beech beechwood|榉木|wood; walnut|walnut|胡桃木 黑胡桃|wood; pine|pine|松木|wood
spruce|spruce|云杉|wood; ash|ash_wood ash_handle|水曲柳 白蜡木|wood; ebony|ebony|乌木 黑檀|wood; teak|teak|柚木|wood
acacia|acacia_wood|相思木|wood; sandalwood|sandalwood|檀木 紫檀 檀香木|wood; rosewood|rosewood|花梨木|wood
olivewood|olive_wood|橄榄木|wood; lime|lime_wood limewood|椴木|wood; wenge|wenge|鸡翅木|wood
mahogany|mahogany|桃花心木|wood; cork|cork|软木|; bamboo|bamboo|竹|; cotton|cotton|纯棉 全棉 棉|; linen|linen flax|亚麻 棉麻|
ramie|ramie|苎麻|; silk|silk silken|真丝 桑蚕丝 蚕丝 丝绸|; wool|wool woollen woolen|羊毛|; merino|merino|美利奴|wool
cashmere|cashmere|羊绒|wool; polyester|polyester|聚酯纤维 涤纶|; polyamide|polyamide nylon|锦纶 尼龙|
elastane|elastane spandex lycra|氨纶|; viscose|viscose rayon|粘胶 人棉|; acrylic|acrylic|腈纶 亚克力|
velvet|velvet|丝绒 天鹅绒|; satin|satin|缎面|; leather|leather|真皮 牛皮 羊皮 皮革|; cowhide|cowhide|头层牛皮|leather
sheepskin|sheepskin lambskin|羊皮|leather; fakeleather|vegan_leather faux_leather pu_leather|PU皮 人造革|
down|goose_down duck_down|羽绒 鹅绒|; memory|memory_foam|记忆棉|; latex|latex|乳胶|; rubber|rubber|橡胶|
silicone|silicone|硅胶|; tpe|TPE|TPE|; pvc|PVC vinyl|PVC|; abs|ABS|ABS|; steel|steel|钢|
stainless|stainless_steel stainless|不锈钢|steel; carbonsteel|carbon_steel|碳钢|steel
iron|cast_iron wrought_iron|铸铁 铁皮 熟铁|; aluminium|aluminium aluminum|铝合金 铝|; titanium|titanium|钛|
tungsten|tungsten|钨钢|; copper|copper|紫铜 铜|; brass|brass|黄铜|copper; silver|sterling_silver silver|纯银 925银 银|
platinum|platinum|铂金|; solidgold|solid_gold|足金 纯金 黄金|gold; whitegold|white_gold|白金|gold
gold|gold_plated gold-plated|18K金 14K金 镀金|; glass|glass|玻璃|; crystal|crystal|水晶|glass
ceramic|ceramic ceramics ceramica|陶瓷|; china|bone_china porcelain|骨瓷 瓷器|ceramic
stoneware|stoneware|炻器|ceramic; terracotta|terracotta|红陶|ceramic; enamel|enamel enamelled|搪瓷 珐琅|
granite|granite|花岗岩|stone; marble|marble|大理石 汉白玉|stone
seapearl|akoya saltwater_pearl saltwater_pearls|Akoya 海水珠 海水珍珠|pearl; pearl|pearl pearls|珍珠|
beeswax|beeswax|蜂蜡|; straw|straw|草编|; raffia|raffia|拉菲草|straw
rattan|rattan|藤|
"""
COLOURS = """
black|black|黑色|; white|white|白色 纯白|; grey|grey gray|灰色|; red|red|红色 大红 正红|
crimson|crimson burgundy scarlet|酒红|red; blue|blue|蓝色|; navy|navy|藏青 藏蓝|blue; green|green|绿色|
emerald|emerald|墨绿|green; sage|sage mint|浅绿 薄荷绿 豆青|green; teal|turquoise teal bluish|青色|blue green
yellow|yellow|黄色 明黄|; mustard|mustard|姜黄|yellow; orange|orange|橙色 橘色|; brown|brown|棕色 褐色|
cognac|cognac tan|咖色 咖啡色|brown; walnutbrown|walnut_brown||brown; pink|pink|粉色 粉红 樱花粉|
purple|purple violet|紫色|; lilac|lilac|丁香紫|purple; beige|beige|米色 燕麦色|
cream|cream_colour cream-coloured|奶油白 米白|white; coral|coral|珊瑚色|; rainbow|rainbow multicoloured|七彩 彩虹色|
warmwhite|warm_white|暖白|white; coolwhite|cool_white cold_white|冷白|white
"""


def table(lines: str) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return {word: name} and {name: everything it also is} of one of the lists above."""
    words: dict[str, str] = {}
    wider: dict[str, set[str]] = {}
    for line in re.split(r"[;\n]", lines.strip()):
        name, english, chinese, parents = (part.strip() for part in line.split("|"))
        wider[name] = {name, *parents.split()}
        for word in [*english.split(), *chinese.split()]:
            words[word.lower().replace("_", " ")] = name
    return words, wider


def spot(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern that finds any of the words, the longest first, Latin ones only whole."""
    parts = [rf"(?<![a-z]){re.escape(w)}(?![a-z])" if w.isascii() else re.escape(w) for w in words]
    return re.compile("|".join(sorted(parts, key=len, reverse=True)), re.IGNORECASE)


MATERIAL_OF, MATERIAL_IS = table(MATERIALS)
COLOUR_OF, COLOUR_IS = table(COLOURS)
MATERIAL, COLOUR = spot(MATERIAL_OF), spot(COLOUR_OF)
# words in which a listed word means something else
NOT_MATERIAL = re.compile(
    r"(?:pp|珍珠|脱脂|药)棉|水晶(?:般|透)|榨?银行|铜钱|草编辑|silver lining|cup glass", re.IGNORECASE
)
NOT_COLOUR = re.compile(
    r"green(?:est| tea| thumb|house)|black(?:board| tea| pepper)|white wine|red wine|orange peel|白砂糖"
)
PURE = re.compile(r"\b(?:pure|100% pure|nothing but) (?=\w)|纯(?=棉|亚麻|羊毛|羊绒|蚕丝)", re.IGNORECASE)


def wrong_words(
    text: str,
    source: str,
    pattern: re.Pattern[str],
    names: dict[str, str],
    wider: dict[str, set[str]],
    other: re.Pattern[str],
) -> Iterator[tuple[int, int]]:
    """Yield the listed words of a text that the facts name neither themselves nor by a narrower word."""
    known: set[str] = set()
    for hit in pattern.finditer(source):
        known |= wider[names[hit[0].lower()]]
    idle = [hit.span() for hit in other.finditer(text)]
    for hit in pattern.finditer(text):
        word = hit[0].lower()
        inside = any(start <= hit.start() and hit.end() <= end for start, end in idle)
        stands = not word.isascii() and word.removesuffix("色") in source  # 红色 of 红条
        if not (inside or stands or names[word] in known):
            yield hit.span()


# --- phrases ---------------------------------------------------------------------------------------------------------

# kind :: what in the facts carries it :: what counts; a phrase that stands in the facts word for word is always carried
PHRASES = r"""
discount ::  :: \b(?:half[- ]price|buy (?:one|two|three)[,\w ]*? free|was [$£€]?\d[\d.]*, now [$£€]?\d[\d.]*)
discount :: \boff\b|discount|sale :: \d+ ?% (?:off|cheaper|less|discount)|\b(?:save|reduced by) [$£€]?\d[\d.]*%?
discount :: discount|sale|\boff\b|offer :: \bdiscount(?:ed)?\b|\bon sale\b|\bspecial offer|\bclearance\b|\bvoucher
discount :: \bfree\b :: \b(?:lowest|best|unbeatable) price|\bfree gift|\bat no extra (?:cost|charge)
discount ::  :: 买[一二两三]送[一二两三]|第二件半价|(?:立减|满减|直降)\d*元?|[\d一二三四五六七八九]折(?![叠伞页扇])|半价
discount :: 活动|特价|折|优惠|促销|半价 :: 特价|促销|打折|清仓|秒杀|限时|优惠|便宜[一二三四五六七八九]成|最低价
delivery ::  :: \bfree (?:shipping|delivery|postage)|\b(?:next|same)[- ]day (?:delivery|shipping|dispatch)
delivery ::  :: \b(?:leaves?|ships?|shipped|sent|dispatched|delivered)\b[^.]{0,20} the same day
delivery :: ship|deliver|发货 :: \b(?:ship(?:s|ped)?|deliver(?:ed|y)|dispatched) (?:with)?in [\w-]+ (?:hours?|days?)\b
delivery :: ship|deliver|发货 :: \b(?:arrives?|with you) (?:with)?in [\w-]+ (?:hours?|days?)\b
delivery :: ship|deliver|发货 :: \b(?:express|fast|quick|worldwide) (?:shipping|delivery)|\bwe ship\b
delivery ::  :: 包邮|免运费|免邮|顺丰|次日达|当日达|送货上门|当天\w{0,4}发货|今天下单明天到|现货
delivery :: 发货|ship :: [\d一二三四五六七八九十]+(?:小时|个工作日|天)内?(?:\w{0,2})?发货|极速发货
certificate ::  :: (?<![A-Za-z])(?:FDA|CE|RoHS|FSC|PEFC|GOTS|SGS|USDA|UKCA|REACH|LFGB|BSCI)(?![A-Za-z])
certificate ::  :: (?<![A-Za-z\d])(?:NGTC|GIA|CCC|3C|BRC)(?![A-Za-z])|绿色食品|婴幼儿A类|A类标准
certificate ::  :: OEKO-?TEX|\b(?:ISO|EN|ASTM|GB(?:/T)?) ?[A-Z]?\d[\d.-]*|\bIP[X\d]\d\b
certificate ::  :: Rainforest Alliance|Ecocert|Fair ?[Tt]rade
certificate :: organic|\bbio\b|有机 :: \b[Oo]rganic\b|有机
certificate :: certif|认证|标准 :: \b[Cc]ertified\b|\b[\w-]+-approved\b|\b[Cc]linically (?:tested|proven)\b
certificate :: certif|dermatolog :: \b[Dd]ermatologist[- ](?:tested|recommended)\b
certificate :: 认证|证书|A类 :: (?:通过|获得|持有)\w{0,8}认证
superlative ::  :: \b(?:world'?s|our|very|simply the) best\b|\bthe best\b(?! (?:before|of all))|\bbest-in-class
superlative ::  :: \bbest[- ]sellers?\b|\bnumber one\b|\bno\. ?1\b|#1|\bworld-class\b|\bsecond to none\b
superlative ::  :: \bun(?:rivall?ed|matched|beatable|paralleled|equalled)\b|\blike no other\b
superlative ::  :: \bno other \w+ [\w ]*?comes? close|\bnothing (?:else )?comes close
superlative ::  :: \bthe (?:great|fin|sharp|fast|strong|soft|cheap|smooth|tough|tast|pur|safe|cool|clev)i?est\b
superlative ::  :: \bthe most (?!of\b)\w+|\b(?:finest|greatest|ultimate|top-quality|highest[- ]quality|greenest)\b
superlative ::  :: 最(?:[好佳优强美]|高[级端]|先进|便宜|低价|锋利|畅销|受欢迎|安全|健康|舒适|专业|正宗|新鲜|顶级)
superlative ::  :: (?:性价比|销量|品质|口碑|空间)(?:最高|第一)|第一(?=好|品牌|名|大)\w{0,2}|全网(?=最|第一|首)
superlative ::  :: 顶级|极致|极品|国家级|世界级|(?:行业|全球|遥遥)领先|独一无二|绝无仅有|史无前例|无与伦比|至尊|之王
health ::  :: \b(?:naturally )?anti(?:-?bacterial|microbial|septic|inflammatory|-?age?ing)\b|\bhypoallergenic\b
health ::  :: \b(?:heals?|cures?|relieves?) (?:a |an |the |your )?(?!salt|meat)\w+(?: \w+)?|\bdetox\w*
health ::  :: \b(?:prevents?|eases?|soothes?) (?:a |an |the |your )?(?:\w+ )?(?:pain|aches?|throat|skin|sunburn)
health ::  :: \b(?:prevents?|eases?|soothes?) (?:\w+ )?(?:infections?|illness|stress|anxiety|inflammation|acne|wrinkles)
health ::  :: \b(?:boosts?|improves?|strengthens?) (?:your )?(?:circulation|immun\w+|metabolism|digestion|sleep|health)
health ::  :: \blose weight|\bweight loss|\bslimming|\b(?:good|healthy) for your (?:heart|skin|health|gut)
health ::  :: \bhealthy\b|\bhealthier\b|\btherapeutic\b|\bmedical[- ]grade
health ::  :: \blowers? (?:your )?(?:cholesterol|blood \w+)|\b(?:low|high) in (?:sugar|fat|salt|fibre|fiber|protein)
health ::  :: \bhelps? \w+ (?:to )?(?:sleep|relax|recover)\w*
health ::  :: (?:天然)?[抑抗杀]菌|除螨|养胃|润肺|止咳|降血[脂压糖]|减肥|瘦身|排毒|美白|[祛淡][斑疤]|抗衰|养颜|助眠|安神
health ::  :: 治疗|预防\w{1,4}|防癌|抗癌|(?:提高|增强)免疫力?|调理\w{0,2}|补[血肾气]|活血|[防抗]过敏|低敏
health ::  :: (?:改善|缓解)(?!口渴)\w{1,6}|颈椎病|保护心血管|不会近视|糖尿病人
"""
DENIED = re.compile(
    r"(?:\bnot?\b|\bnever\b|n't|\bno promises|不能|不说|不是|治不|别指望|并非|没有)[^,;.。，；]*$", re.IGNORECASE
)
MONEY = re.compile(
    r"[$£€¥￥] ?(\d[\d,]*(?:\.\d+)?)|(?<![\d.])(\d[\d,]*(?:\.\d+)?) ?(?:dollars|euros|pounds sterling|元|块钱)"
)


def wrong_phrases(text: str, source: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield (kind, place) of the phrases that no fact carries and the sentence does not deny."""
    for line in PHRASES.strip().splitlines():
        kind, carrier, pattern = line.split(" :: ")
        flags = 0 if kind == "certificate" else re.IGNORECASE  # CE, GOTS and EN are written so; "ce" and "en" are words
        for hit in re.finditer(pattern, text, flags):
            stands = r"(?<![a-z\d])" + r"[\W_]*".join(
                re.findall(r"[a-z]+|\d+|[^\W\da-z_]+", hit[0].lower())
            )  # EN71 of EN 71
            if DENIED.search(text[: hit.start()]) or re.search(stands + r"(?![a-z\d])", source.lower()):
                continue
            if not (carrier and re.search(carrier, source, re.IGNORECASE)):
                yield kind, hit.span()


def wrong_money(text: str, product: dict[str, Any], source: str) -> Iterator[tuple[int, int]]:
    """Yield the sums of money that are neither the price nor in a fact."""
    known = {str(product.get("price") or ""), *re.findall(r"\d+(?:\.\d+)?", source)}
    values = {float(number) for number in known if re.fullmatch(r"\d+(?:\.\d+)?", number)}
    for hit in MONEY.finditer(text):
        if float((hit[1] or hit[2]).replace(",", "")) not in values:
            yield hit.span()


# --- counting --------------------------------------------------------------------------------------------------------


def source_of(product: dict[str, Any]) -> str:
    """Return everything known of a product as one text, a fact a line, its unit behind its value."""
    lines = [product.get("title") or "", product.get("category") or "", *(product.get("tags") or ())]
    for option in product.get("options") or ():
        lines += [f"{option['name']}: {value}" for value in option["values"]]
    for fact in product.get("facts") or ():
        named = re.search(r"[(（]\s*([a-zA-Z\"厘毫米克升]+)\s*[)）]", fact["name"])  # "Width (cm)"
        unit = fact.get("unit") or (named[1] if named else "")
        lines.append(f"{fact['name']}: {fact['value']} {unit}".rstrip())
    return "\n".join(line for line in lines if line)


def count(text: str, product: dict[str, Any], language: str) -> list[Found]:
    """Return the hard claims of a text in "en" or "zh" that the product's facts do not carry, in their order.

    A product has title, tags, category, options [{name, values}], facts [{name, value, unit}] and price. Each claim
    found is {kind, text, start, end}, the places in code points; no two of them overlap.
    """
    if language not in ("en", "zh"):
        raise ValueError(f"no rules for {language!r}")
    source = source_of(product)
    spans = [("discount", span) for span in wrong_money(text, product, source)]
    spans += wrong_phrases(text, source)
    spans += [
        ("material", span) for span in wrong_words(text, source, MATERIAL, MATERIAL_OF, MATERIAL_IS, NOT_MATERIAL)
    ]
    spans += [("colour", span) for span in wrong_words(text, source, COLOUR, COLOUR_OF, COLOUR_IS, NOT_COLOUR)]
    if not re.search(r"(?<!\d)100 ?%|百分百|pure\b|纯", source, re.IGNORECASE) and re.search(r"\d ?%", source):
        spans += [("material", hit.span()) for hit in PURE.finditer(text)]
    spans += [("number", span) for span in wrong_numbers(text, product, source)]
    taken: list[Found] = []
    for kind, (start, end) in spans:
        if all(end <= other["start"] or other["end"] <= start for other in taken):
            taken.append({"kind": kind, "text": text[start:end], "start": start, "end": end})
    return sorted(taken, key=lambda found: found["start"])
