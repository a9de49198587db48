"""What may be done to a thing and what not: dishwasher, microwave, oven, dryer … held against what the facts allow."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from desktop_app.language import facts, harmless, mentions, negation
from desktop_app.records import Fact, Finding
from desktop_app.words import _

_TOPICS = {
    "dishwasher": r"dish-?washer|洗碗机|spülmaschine|lave-vaisselle|lavastoviglie|lavavajillas|посудомо|vaatwasser|zmywar",
    "microwave": r"microwave|微波|mikrowelle|micro-?ondes?|microondas|микроволн",
    "oven": r"\boven|烤箱",
    "dryer": r"tumble|\bdryer|烘干",
    "induction": r"induction|电磁炉",
    "bleach": r"bleach|漂白",
    "iron": r"\biron(?:ing|ed)?\b(?!\s+(?:pan|skillet|pot))|熨",
    "freezer": r"freez|冷冻",
    "fridge": r"\bfridge\b|refrigerat|\bchilled\b|冰箱|冷藏",
    "wet": r"\b(?:shower|swim|in the (?:bath|sea|pool|shower)|rinse|soak|submerge"
    r"|wash(?:es|ed)?(?!\s*by hand only))\b"
    r"|under the tap|水龙头|冲[一了]?冲|冲洗|水洗|清洗|浸泡|冲一冲|洗澡|游泳|淋浴|泡澡"
    r"|(?<!不)(?:[下泡沾碰]|浸入|浸到)水(?!果)|进水|水里泡|泡[在进]水",
    "dryclean": r"dry[- ]?clean|干洗",
    "machine": r"machine[- ]wash|washing machine|机洗|洗衣机",
    "water": r"watertight|hold(?:s|ing)? water|fill(?:ed)? (?:it )?with (?:fresh )?water|fresh[- ](?:cut )?(?:flowers?|stems?|tulips|roses|blooms?)|盛(?:上)?(?:清)?水|装(?:上)?(?:清)?水|注水|鲜花|漏水",
    "flame": r"\bhobs?\b|\bstoves?\b|\b(?:naked|open) flames?\b|炉子|炉火|明火|火上|灶上|直火",
    "hand": r"hand[- ]?wash|wash(?:ed|ing)? (?:\w+ ){0,4}by hand|手洗",
    "flat": r"\b(?:dr(?:y|ied|ying|ies) (?:\w+ ){0,3}flat|flat[- ]dr(?:y|ied|ying)|(?:lay|laid|lie|lying|laying|spread) (?:\w+ ){0,3}flat)\b|平铺|平放晾|摊平",
    "hung": r"\b(?:(?:hang|line|drip)[ -]?(?:to[ -])?dr(?:y|ied|ying)"
    r"|dr(?:y|ied|ying|ies) (?:\w+ ){0,2}(?:hanging|on (?:a|the) (?:line|hanger|rack))"
    r"|h[au]ng (?:\w+ ){0,3}(?:to|until) dry|washing line|peg (?:it|them))\b"
    r"|悬挂|挂晾|挂起来晾",
    "sun": r"太阳(?:光|底)?[下里]?[^，。；]{0,3}[晒晾]|暴晒|晒太阳|日晒(?!茶|红|绿|处理|豆)|[放拿][^，。；]{0,4}晒|晒(?:干|透|一晒|一天|半天)|阳光直射|直晒",
    "outdoor": r"露天|室外|户外(?=[也都能可用放摆])|[放摆搁][^，。；]{0,5}院子里|淋雨|风吹日晒",
    "cold": r"零下|冰天雪地|霜冻|严寒|冻不坏|不怕冻|露天过冬",
    "returns": r"退(?:换|货|款)|[能可](?:以)?退(?=[，。；！的吗]|$)|包退|随时退|照样退",
}
_TOPIC = {name: re.compile(pattern, re.I) for name, pattern in _TOPICS.items()}
_NO = re.compile(
    negation.BEFORE
    + r"|\b(?:dont|cant|different)\b|\bleave (?:the|your|any|all) \w+ (?:in the (?:cupboard|drawer|box|wardrobe)|at home|behind|aside)\b"
    r"|不(?!怕|仅|光|但|止|必担心)|勿|别(?!的|人|处|样)|避免|禁|除了?|无法|免(?!费)",
    re.I,
)
_CONDITIONS = re.compile(r"\d|天内|可退|未拆|除外|以外")  # a promise with a limit, which is read by itself
_WEATHER = frozenset(["wet", "sun", "outdoor"])
_TAKEN_OFF = re.compile(
    r"摘|取下|脱下|拿下|收[进回起]|挪[进回]|怕[水湿晒潮]|躲开|避开|\b(?:take|taken|pull|slip|put)\b[^.;]{0,16}\b(?:off|away)\b[^.;]*\bbefore\b",
    re.I,
)  # 洗澡前摘下来
_ONLY = re.compile(r"(?:\bonly\b|仅|只有|只)", re.I)
_PART = re.compile(r"[a-z]+|盖|身|罐|盘|壶|柄|杯|锅|垫|罩|套", re.I)
_HAND = re.compile(r"hand[- ]?wash|wash(?:ed)? by hand|手洗", re.I)
_DRY_CLEAN = re.compile(r"^dry[- ]clean(?:ing)?$|dry[- ]clean(?:ing)? only|(?:仅|只|建议)干洗|^干洗$", re.I)
_NO_WATER = re.compile(
    r"(?i)\b(?:do not|don['’]t|never|not) (?:be )?(?:wash|rinse|soak)|not washable"
    r"|(?:不要|不可|不能|不宜|不|勿|切勿|忌|避免)(?:用)?(?:水洗|清洗|水冲|冲洗|浸泡|[沾碰遇泡下]水|浸水|浸入水)"
    r"|避免(?:接触|沾上?|碰到?)?[^，。；不]{0,6}水(?![果平洗])|远离水|怕水|^不防水|\bdry cloth|干布"
    r"|avoid (?:contact with )?(?:water|moisture)|keep (?:it )?away from water"
)
_WASHED = re.compile(r"(?i)machine[- ]wash|(?:wash|care|洗|护|涤)[^\d]*(?:at )?[3-9]0\s?(?:°|℃|度|deg)|机洗|可水洗")
_DRY_ONLY = re.compile(
    r"(?:dried|dry|artificial|silk) flowers? only|only (?:for )?(?:dried|dry)|(?:仅|只|限)(?:能|可)?(?:插|放)?(?:干花|假花)",
    re.I,
)
_PIECES = re.compile(r"[,;.，。；、（）()|！!？?]|(?<=[\u4e00-\u9fff])\s|\bbut\b|但|\band\b(?=[^,.]*\bnot\b)", re.I)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Whether a thing bears something, and of which part alone that is said ("lid only")."""

    topic: str
    yes: bool
    part: frozenset[str] = frozenset()
    alone: bool = False  # said of one part, so that the whole thing may not be said to bear it


def allowed(found: Iterable[Fact]) -> tuple[Allowed, ...]:
    """Read from facts what a product bears and what not."""
    found = tuple(found)
    parted = [f for f in found if _CARED_PART.search(f.name) or _CARE_VALUE.match(f.value)]
    told = {f.name: part for f in parted if (part := _cared(f.name))}
    if len(set(told.values())) < 2:
        return _allowed(found)
    out = list(_allowed(tuple(f for f in found if f.name not in told)))
    for name, part in told.items():
        out += [replace(a, part=part, alone=False) for a in _allowed(tuple(f for f in found if f.name == name))]
    return tuple(out)


def _allowed(found: tuple[Fact, ...]) -> tuple[Allowed, ...]:
    """Read from facts about the whole, or about one part, what it bears."""
    out: list[Allowed] = []
    for fact in found:
        out += _following(fact)
        if several := _of_parts(fact):
            out += several
            continue
        if facts.is_no(fact.value) or facts.is_yes(fact.value):
            pieces = [(fact.name, facts.is_yes(fact.value))]
        else:
            pieces = [
                (p, not _NO.search(_WITHOUT.sub("", p)) and not re.match(r"\s*(?:不可|不能|no\b)", fact.value))
                for p in _PIECES.split(f"{fact.name}: {fact.value}")
            ]
            if not any(_TOPIC[t].search(p) for t in _TOPIC for p, _yes in pieces):
                continue
        for piece, yes in pieces:
            for topic, pattern in _TOPIC.items():
                if topic == "returns" and (yes or _CONDITIONS.search(fact.value)):
                    continue
                if topic != "wet" and pattern.search(piece):
                    alone = yes and topic not in {"hand", "machine"} and _only_this(fact.value, piece, pattern)
                    part = (
                        _part(re.split(r"(?i)[,;(]|\b(?:not|no|but|except)\b", fact.value)[0]) if alone else frozenset()
                    )
                    out.append(Allowed(topic, yes, part, _one_part(fact, piece)))
                    if alone and (unlike := _NOT_THIS.search(fact.value)):
                        out.append(Allowed(topic, yes=False, part=_part(unlike["part"])))
    return tuple(out)


def _following(fact: Fact) -> list[Allowed]:
    """Return what a fact lets follow without saying it: what is wiped is not put into water."""
    out = []
    if _HAND.search(fact.value):
        out += [Allowed("dishwasher", yes=False), Allowed("machine", yes=False)]
    if _WIPED.search(fact.value) and not _TOPIC["wet"].search(fact.value):
        out.append(Allowed("wet", yes=False))
    if _HUNG.search(fact.value) and not _TOPIC["dryer"].search(fact.value):
        out.append(Allowed("dryer", yes=False))
    for one, other in (("flat", "hung"), ("hung", "flat")):
        if _TOPIC[one].search(fact.value) and not _TOPIC[other].search(fact.value):
            out.append(Allowed(other, yes=False))
    if _WASHED_PART.search(fact.value) and _ONE_PART.match(fact.name):
        out += [Allowed("machine", yes=True, alone=True), Allowed("wet", yes=True, alone=True)]
    if _NO_WATER.search(fact.value):
        out.append(Allowed("wet", yes=False))
        if not _TOPIC["machine"].search(fact.value):
            out.append(Allowed("machine", yes=False))
    if _TENDER.search(f"{fact.name} {fact.value}"):
        out.append(Allowed("cold", yes=False))
    if _SHADE.search(fact.value) and not _TOPIC["sun"].search(fact.value):
        out.append(Allowed("sun", yes=False))
    if _INDOORS.search(f"{fact.name} {fact.value}"):
        out.append(Allowed("outdoor", yes=False))
    if _DRY_ONLY.search(fact.value):
        out.append(Allowed("water", yes=False))
    if _WASHED.search(f"{fact.name} {fact.value} {fact.unit}") and not _TOPIC["dryclean"].search(fact.value):
        out.append(Allowed("dryclean", yes=False))
    if _DRY_CLEAN.search(fact.value):
        out += [Allowed("machine", yes=False), Allowed("hand", yes=False)]
    return out


def _only_this(value: str, piece: str, pattern: re.Pattern[str]) -> bool:
    """Tell whether "only" is said of a part ("lid only") and not of what is done ("dry clean only")."""
    done = re.search(rf"(?:{pattern.pattern})(?:ing|ed)?\s+only\b", piece, re.I)
    return _ONLY.search(value) is not None and done is None


_WIPED = re.compile(r"(?i)\bwipe\b|\b(?:damp|dry|soft) cloth\b|擦拭|[干湿]布")
_TENDER = re.compile(r"不耐寒|怕冻|怕冷|防冻|耐寒[性]?\s+(?:弱|差|否|不)|\d\s?(?:℃|度)以上(?:越冬|过冬)")
_SHADE = re.compile(r"阴干|阴凉处?(?:晾|风)|避光|避免?(?:阳光|日光)|阴凉")
_INDOORS = re.compile(r"(?:场[所合景]|场地|环境|适用|使用)\S*\s+(?:仅限?|限)?室内(?!外|、|和|或)")
_HUNG = re.compile(
    r"(?i)\b(?:hang|line|air|drip|flat)[ -]?(?:to[ -])?dry|\bdry (?:flat|in the shade)|晾干|阴干|平铺|悬挂"
)
_WITHOUT = re.compile(
    r"(?i)\bwithout (?:the |its )?[a-z]+|不(?:带|盖|含|连)[\u4e00-\u9fff]{0,3}盖?|(?:别|不要|不宜|不能|勿)(?:太|过)(?!水)|不超过|不高于|(?:别|不要|不能|不可|请?勿|切勿)(?:超过|高于|高过|过)(?=\s?[\d一二三四五六七八九十])"
)
_PART_SAYS = re.compile(
    r"(?i)^\s*(?P<part>[a-z-]+(?: [a-z-]+){0,2}?|[\u4e00-\u9fff]{1,4}?)\s*(?:(?P<no>no\b|not\b|不可|不能|不行|否|不宜)|(?P<yes>yes\b|ok\b|safe\b|可以?用?$|可$|能))"
)


_CARED_PART = re.compile(r"(?i)\b[a-z]{3,} (?:care|washing|cleaning)$")
_CARE_VALUE = re.compile(r"(?i)\s*(?:machine|hand)[- ]wash\w*\b|\s*wipe clean\b")
_CARE_WORDS = frozenset("care washing cleaning wash clean instruction instructions product".split())


def _cared(name: str) -> frozenset[str]:
    """Return what part a fact about care is of: the cover of "Cover care"."""
    words = {w.removesuffix("s") for w in re.findall(r"[a-z]{3,}", name.casefold())}
    return frozenset(words - _CARE_WORDS)


_WASHED_PART = re.compile(r"(?i)(?<!not )\b(?:machine[- ])?washable\b")
_WASHABLE = re.compile(r"(?i)\s*(?:washable|rinsable|can be (?:washed|rinsed))\b")


def _of_parts(fact: Fact) -> list[Allowed]:
    """ "Dishwasher: pot yes, lid no": each part bears, or does not, what the fact's name asks."""
    topics = [t for t, pattern in _TOPIC.items() if t != "wet" and pattern.search(fact.name)]
    topics += ["wet"] if _WASHABLE.match(fact.name) else []
    found = [m for p in _PIECES.split(fact.value) if (m := _PART_SAYS.match(p))]
    if len(found) < 2:
        return []
    several = [
        frozenset(w.casefold().removesuffix("s") for w in _PART.findall(m["part"])) or frozenset({m["part"]})
        for m in found
    ]
    common = frozenset.intersection(*several)  # 杯 of 杯身 and 杯盖
    return [
        Allowed(topic, bool(m["yes"]), frozenset(part - common or part))
        for topic in topics
        for m, part in zip(found, several, strict=True)
    ]


_ONE_PART = re.compile(
    r"(?i)^\s*(?:the\s+)?(?:removable\s+)?(?:cover|lid|lining|liner|insert|hood|sleeve|cushion|seat|filter|pad|外套|罩|盖|内胆|里衬|滤网|套)"
)


def _one_part(fact: Fact, piece: str) -> bool:
    """ "Care: Cover: machine wash at 40 °C" is said of the cover."""
    part = bool(re.fullmatch(r"[\u4e00-\u9fff]{1,4}", fact.name)) and fact.name in harmless.components("zh")
    return bool(
        part or _ONE_PART.match(fact.name) or _ONE_PART.match(fact.value) or _ONE_PART.match(piece.split(":")[-1])
    )


_WHOLE = re.compile(
    r"(?i)\b(?:the whole|the entire|all of it|whole (?:thing|bed|set)|everything|and all)\b|整(?:个|张|条|床|套|件|只|把|壶|锅|盒|身|块|双|台)|全部|连[^，。]{1,6}一起"
)


def words(known: tuple[Allowed, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the English words and Chinese stretches that may be spoken of, yes or no, given what is known."""
    topics = {a.topic for a in known}
    english = {w for t in topics for w in t.split()} | ({"hand", "wash"} if topics & {"dishwasher", "hand"} else set())
    chinese = {w for t in topics for w in _SPOKEN.get(t, "").split()}
    if any(not a.yes or a.part for a in known if a.topic in {"dishwasher", "machine"}):
        chinese |= {"手洗", "用手洗"}
    return frozenset(english), frozenset(chinese)


_SPOKEN = {
    "dishwasher": "洗碗机", "microwave": "微波炉 微波", "oven": "烤箱", "dryer": "烘干机 烘干", "induction": "电磁炉",
    "bleach": "漂白 漂白剂 漂白水", "iron": "熨 熨烫 熨斗", "freezer": "冷冻 冷冻室", "machine": "洗衣机 机洗", "hand": "手洗", "dryclean": "干洗", "water": "鲜花 盛水 装水",
}  # fmt: skip


_NOT_THIS = re.compile(r"(?i)\b(?:not|except|but not) (?:for )?(?:the )?(?P<part>[a-z]{3,})\b")


def _part(value: str) -> frozenset[str]:
    """Return the words of the part that alone bears it; a text with "only" about something else names none."""
    words = {w.casefold() for w in _PART.findall(value)} - {"only", "in", "the", "dishwasher", "safe", "hand", "wash"}
    return frozenset(words)


def of_sentence(sentence: str, known: tuple[Allowed, ...]) -> list[Finding]:
    """Return what a sentence allows that the facts forbid, or the other way round; spans in code points of it."""
    found = []
    for topic, pattern in _TOPIC.items():
        about = [a for a in known if a.topic == topic]
        match = pattern.search(sentence)
        if match is None:
            continue
        clause = _clause(sentence, match.start())
        by_hand = (
            topic == "hand"
            and _HAND_ONLY.search(clause)
            and any(a.topic in {"machine", "dishwasher"} and a.yes and not a.part for a in known)
        )
        if by_hand and not _NO.search(clause):
            why = _("The facts say the opposite of “{text}”.", text=match[0])
            found.append(Finding(match.start(), match.end(), match[0], "contradiction", why))
            continue
        if not about:
            continue
        if not any(_names(a.part, clause) for a in about):
            clause = sentence if any(_names(a.part, sentence) for a in about) else clause
        no = bool(_NO.search(_WITHOUT.sub("", clause)) or (topic in _WEATHER and _TAKEN_OFF.search(sentence)))
        said = _words(mentions.segment(sentence, *match.span()))
        forbidden = not no and any(a.part & said for a in about if not a.yes)
        whole = forbidden or (
            not no and bool(_WHOLE.search(clause)) and (all(a.alone for a in about) or not all(a.yes for a in about))
        )
        if not no and topic in {"machine", "wet", "dryer"} and all(a.alone for a in about) and _INNER.search(clause):
            whole = whole or not _OUTER.search(clause)
        if whole or not any(_agrees(a, clause, no=no) for a in about):
            why = _("The facts say the opposite of “{text}”.", text=match[0])
            found.append(Finding(match.start(), match.end(), match[0], "contradiction", why))
    return found


_INNER = re.compile(
    r"(?i)\b(?:foam|filling|stuffing|core|insert|inner|pad|mattress|cushion|bed) (?:itself|too|as well|goes|can)\b|\bthe (?:foam|filling|stuffing|core)\b"
)
_OUTER = re.compile(r"(?i)\b(?:covers?|lids?|linings?|liners?|cases?|slips?)\b")


def is_topic(text: str) -> bool:
    """Tell whether ``text`` speaks of anything that may be done to a thing or not."""
    return any(pattern.search(text) for pattern in _TOPIC.values())


def speaks_of(topic: str, text: str) -> bool:
    """Tell whether ``text`` speaks of a topic: of dishwashers, of ironing."""
    return bool(_TOPIC[topic].search(text))


_HAND_ONLY = re.compile(r"(?i)\bonly\b|\bexclusively\b|[只仅]")


def _agrees(a: Allowed, clause: str, *, no: bool) -> bool:
    if a.part and not a.yes:
        return _names(a.part, clause) and no
    if a.part:
        both = "|".join(re.escape(p) for p in a.part if p.isascii() and len(p) > 2)
        if (
            both
            and not no
            and re.search(
                rf"(?i)\b(?:{both})s?\s+(?:and|&|plus)\s+(?:the\s+)?[a-z]+|\b[a-z]+\s+(?:and|&|plus)\s+(?:the\s+)?(?:{both})s?\b",
                clause,
            )
        ):
            return False  # "cups and saucers", where only the cups bear it
        return _names(a.part, clause) != no
    return a.yes != no


def _words(text: str) -> set[str]:
    words = {w.casefold() for w in _PART.findall(text)}
    return words | {w.removesuffix("s") for w in words}


def _names(part: frozenset[str], clause: str) -> bool:
    """Tell whether a clause names a part: 隔板 by its whole name, the lid by its word."""
    return bool(_words(clause) & part) or any(len(p) > 1 and not p.isascii() and p in clause for p in part)


def _clause(sentence: str, at: int) -> str:
    turn = (
        r"[;.，。；！]|\b(?:and|but)(?=\s+(?:do not|don['’]t|not|never)\b)"
        r"|\b(?:but|though|although|however|while|whereas|yet)\b|但|不过"
        r"|\band\s+(?=(?:keep|leave|lay|let|dry|hang|wash|never|avoid|iron|put|store|wipe|skip)\b)"
    )
    start = max((m.end() for m in re.finditer(turn + r"|,(?!\s*(?:and|or)\b)", sentence[:at])), default=0)
    end = re.search(
        turn + r"|,\s*(?:and\s+|but\s+)?(?:do not|don['’]t|not|never|no)\b|[，\s](?:别|不要|勿|不能|不可)",
        sentence[at:],
    )
    return sentence[start : at + end.start() if end else len(sentence)]
