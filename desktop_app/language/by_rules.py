"""What the rule packs say of a sentence, unless a fact, a policy or the context carries it."""

from __future__ import annotations

import re

from desktop_app.language import (
    asked,
    everyday,
    handling,
    harmless,
    inflections,
    quantities,
    relations,
    rules,
    vocabulary,
)
from desktop_app.language.carried import Carried
from desktop_app.language.lexicon import Term
from desktop_app.language.spans import within
from desktop_app.records import Finding
from desktop_app.words import _

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LIMIT = re.compile(r"最[多少低高大小](?!的)")
EXTREME = re.compile(
    r"(?i)(?:the )?(?:largest|biggest|smallest|longest|shortest|tallest|widest|narrowest|heaviest|lightest|highest|lowest|deepest|thickest|thinnest)\b|最[大小长短高矮宽窄重轻亮快远强低厚薄深浅粗细暖冷热凉暗慢近白黄]"
)


def of_sentence(
    sentence: str,
    ready: Carried,
    exempt: list[tuple[int, int]],
    carried: list[tuple[int, int]],
    places: everyday.Places,
    excused: list[tuple[int, int]],
) -> list[Finding]:
    """Return what the packs find; what a fact carries is added to ``excused``, for its words need nothing more."""
    found = []
    for rule in ready.packs:
        for match in rule.pattern.finditer(sentence):
            if rule.kind == "feature" and match[0].strip() and _said_no(match[0], ready.world.text):
                if relations.negated(sentence, match.start()):
                    excused.append(match.span())
                else:
                    why = _("The facts say the opposite of “{text}”.", text=match[0])
                    found.append(Finding(match.start(), match.end(), match[0], "contradiction", why, rule.id))
                continue
            if _let_be(rule, sentence, match, ready, places):
                excused.append(match.span())
                continue
            if _measured(rule, sentence, match, ready):
                continue
            if not match[0].strip() or within(match.start(), match.end(), exempt) or _allowed(rule, match[0], ready):
                continue
            if rule.kind in rules.BY_FACT and within(match.start(), match.end(), carried):
                continue
            found.append(Finding(match.start(), match.end(), match[0], rule.kind, _(rule.why), rule.id))
    return found


def _measured(rule: rules.Rule, sentence: str, match: re.Match[str], ready: Carried) -> bool:
    """Tell whether an extreme or an "all" is one of the product's own sizes, or said by its facts."""
    if rule.kind == "superlative":
        return extreme(sentence, match.start(), ready) or _most_of_it(match[0], ready.world.text)
    return rule.kind == "absolute" and _all_of_it(match[0], ready.world.text)


def _let_be(rule: rules.Rule, sentence: str, match: re.Match[str], ready: Carried, places: everyday.Places) -> bool:
    """Tell whether what a rule found is carried, denied, or said of somebody else, so that its words need nothing more."""
    said = match[0].strip()
    if rule.kind in rules.BY_FACT and said and _allowed(rule, match[0], ready):
        return True
    if rule.id.endswith(("/capable", "/assembled", "/performance")) and relations.negated(sentence, match.start()):
        return True  # 不能折叠: what it cannot do is no promise
    if said.casefold() == "rated" and _FIGURE.match(sentence, match.end()):
        return True  # "rated IPX5" is a figure, no opinion
    if said in _CRAFTSMEN and (
        place := re.search(r"[\u4e00-\u9fff]{2}(?=(?:的|本地|当地|老|那边的?)?$)", sentence[: match.start()])
    ):
        return place[0] in ready.world.text
    if rule.kind == "discount":
        return bool(_PRICE.fullmatch(match[0])) and _price_told(sentence, ready)
    if rule.kind == "superlative" and said in {"百分百", "百分之百"} and said in ready.world.grams:
        return True
    if rule.kind == "superlative":
        if asked.not_the_most(sentence, match.start()):
            return True
        question = sentence.rstrip().endswith("?") and _ASKS.match(sentence) is not None
        return _told_so(rule, sentence, match, ready) or (
            not places.strict and (question or _of_the_day(sentence, match))
        )
    if rule.kind != "absolute":
        return False
    if said.casefold() == "never" and _kept_from(sentence, match.end(), ready):
        return True
    if not places.strict and asked.of_people(sentence, match):
        return True
    if not places.strict and asked.of_the_reader(sentence, match.start()):
        return True
    scene = places.free(match.start()) and not said.casefold().startswith("for ")
    somebody = _WHO.search(sentence[: match.start()]) is not None  # "somebody always wants one more song"
    return somebody or scene or everyday.asked(sentence, match.end())  # "the cat always wins", "never leave it alone"


_SPARED = re.compile(r"(?:不用|无需|不必|不需要|用不着|不消|省得|免得?)(?:自己|再|你|另外?)?([\u4e00-\u9fff]{1,2})")
_CRAFTSMEN = frozenset("师傅 老师傅 工匠 匠人 手艺人".split())
_FIGURE = re.compile(r"\s+(?:at\s+|for\s+|to\s+)?(?:IPX?\d|[A-Z]{2,}|\d)")
_WHO = re.compile(
    r"(?i)\b(?:somebody|someone|everybody|everyone|nobody|you|i|he|she|kids|children|dogs?|cats?|people|mum|mom|dad"
    r"|friends|guests|neighbou?rs?|life|monday|weather|winter|summer|rain|time)(?:['’](?:ll|re|ve|s))?\s+(?:will\s+"
    r"|would\s+|can\s+|is\s+|are\s+)?$"
)


def _of_the_day(sentence: str, match: re.Match[str]) -> bool:
    """ "The hardest decision you'll make": the most of something that is no product."""
    following = re.match(r"\s+([a-z]+)", sentence[match.end() :])
    return (
        match[0].casefold().endswith("est")
        and following is not None
        and following[1] not in _QUALITIES
        and harmless.is_ordinary(following[1])
    )


_ASKS = re.compile(r"(?i)\W*(?:who|what|which|where|when|how|whose)\b")
_QUALITIES = frozenset("quality standard standards choice value design idea".split())


def _kept_from(sentence: str, at: int, ready: Carried) -> bool:
    """ "It never goes in the dishwasher": what the facts forbid is never done."""
    return any(not a.yes and handling.speaks_of(a.topic, sentence[at:]) for a in ready.world.handling)


_PRICE = re.compile(r"(?i)(?:the )?prices?|priced|costs?|售价|价格|定价")


def _told_so(rule: rules.Rule, sentence: str, match: re.Match[str], ready: Carried) -> bool:
    """Tell whether the facts say it themselves: "one of a kind", 高档 beside 低档, "more linen than cotton"."""
    said = match[0].strip().casefold()
    if rule.id.endswith("/comparison") and (
        _of_its_own(sentence, match, ready) or _AMONG_ITSELF.match(sentence, match.end())
    ):
        return True
    several = " " in said or (_HAN.search(said) is not None and len(said) > 1)
    return several and said in ready.world.text


# "10 cm longer than the one before", "wider than it is high": sizes of one product beside each other
_AMONG_ITSELF = re.compile(
    r"(?i)\s+(?:(?:about\s+|around\s+)?(?:\d"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty)\b)"
    r"|(?:the"
    r"|its)\s+(?:(?:small|medium|large|other|next|last|previous|first|second|third|big|short|long|smaller"
    r"|larger)(?:er|est)?\s*(?:one|size|model|version)?"
    r"|one (?:before|after|above|below|next))\b"
    r"|(?:it|they|its|their)\b|size\s|[SML]\b)"
)


def _of_its_own(sentence: str, match: re.Match[str], ready: Carried) -> bool:
    """Tell whether two things are compared that the product's own facts name."""
    said = re.match(r"(?i)more\s+([a-z]+)\s+than", match[0])
    other = re.match(r"\s+([a-z]+)", sentence[match.end() :])
    return bool(said and other) and all(
        inflections.forms(w[1]) & ready.world.words for w in (said, other) if w is not None
    )


def _price_told(sentence: str, ready: Carried) -> bool:
    """ "The price is 24.90", and so it is."""
    several = [q for q in quantities.scan(sentence) if not q.unit]
    return bool(several) and not any(f.kind in {"price", "number"} for f in ready.known.unsupported(sentence))


def _said_no(said: str, known: str) -> bool:
    """Tell whether a fact says no to it: "Frost-proof: no", 防漏: 否."""
    return bool(re.search(rf"{re.escape(said.casefold())}(?: safe)?\s+(?:no(?=\s|$)|否|none\b)", known))


def _all_of_it(said: str, known: str) -> bool:
    """ "For all weather" of an all-weather coat."""
    last = said.split()[-1].casefold().removesuffix("s")
    return len(last) > 4 and bool(re.search(rf"\ball[\s-]{re.escape(last)}", known))


def _most_of_it(said: str, known: str) -> bool:
    """ "The lowest speed", where a fact speaks of the lowest speed."""
    words = [w for w in _LATIN_WORD.findall(said.casefold()) if w not in {"the", "our", "of"}]
    return len(words) == 1 and len(words[0]) > 4 and bool(re.search(rf"(?<![a-z]){words[0]}(?![a-z])", known))


def extreme(sentence: str, start: int, ready: Carried) -> bool:
    """ "The largest pot is 16 cm": of several sizes the facts give, one is the largest; the number is checked apart."""
    if _LIMIT.match(sentence, start):
        return any(ready.known.carrier(q) is not None for q in quantities.scan(sentence) if q.start >= start)
    if not EXTREME.match(sentence, start):
        return False
    sizes = [p for p in ready.pieces for c in p.carriers if c.quantity.unit or p.role == "size"]
    if re.search(r"(?i)最[高大低小]|\bmax|\bmin\b|\bup to\b", ready.world.text):
        return bool(quantities.scan(sentence))
    ranged = any(c.until is not None for c in ready.known.carriers)
    if re.search(r"[一二三四五六七八九十]{2,}[码号]|\d{2}[码号]", sentence):
        return True  # 最大四十六码: the number is held against the facts by itself
    several = ranged or len(sizes) > 1 or any(len(p.text.split("|")) > 1 for p in ready.pieces) or ready.sizes > 1
    return several and (bool(quantities.scan(sentence)) or bool(re.search(r"\b(?:\d?X*[SL]|M)\b", sentence)))


_MAY = re.compile(r"^(?:可以|可|能够?|支持|会)")
_CERTIFIED = re.compile(
    r"(?:compliant|complies with|approved|certif(?:ied|icates?|ication)|(?:lab |laboratory |independently )?tested|认证|检测|(?:通过|获得?|经|有)[A-Za-z0-9 -]{0,24}(?:的)?(?:认证|检测|检验))"
)
_TO_THE_LETTER = ("/diet", "/assembled", "/unlimited")  # what it is free of or ready for: a fact has to say just that
# What a promise and a fact say in other words.
_SAME_SAID = (
    (
        r"assembl|put together|组装|安装",
        r"assembl\w*:?\s+(?:none|not|no)\b|no assembly|免安装|无需(?:组装|安装)|(?:组装|安装)\s*(?:无需|不需要|免)",
    ),
    (r"可以?换|replac", r"可更换|可替换|可换|替换|replaceable|changeable"),
    (r"拆下|取下|卸下|拿下来", r"可拆|可取下|可卸|可分离"),
    (r"拆下来?洗|拆洗|可以?拆下来|取下来洗", r"可拆洗|拆洗|可拆卸|可拆"),
    (r"站得?住|立得?住|站得?稳|打滑|不滑", r"防滑|吸盘|加重|配重"),
    (r"装好|整装|拧螺丝", r"整装|免安装|无需安装|已组装|组装好"),
    (r"听不[见到]|\bno (?:tick|sound|noise)|without a (?:sound|tick)", r"静音|无声|silent|noiseless|quiet"),
    (r"可调|能调|可以调|adjustable", r"可调|调节|能调|adjust"),
    (r"stays? dry|keeps? (?:\w+ )*dry|不怕[雨水湿]", r"waterproof|water-?(?:resistant|repellent)|\bipx?\d|防水"),
    (r"(?:stays?|keeps?) (?:\w+ )*dry", r"(?:keep|stay) (?:\w+ )?dry|dry place|avoid (?:water|moisture)"),
    (r"stays? fresh|keeps? (?:\w+ )*fresh", r"airtight|密封"),
    (
        r"stays? (?:hot|cold|warm|cool)|keeps? (?:\w+ )*(?:hot|cold|warm|cool)|(?:holds?|retains?) (?:the |its )?heat",
        r"insulat|thermal|vacuum|keeps? warm|保温|真空",
    ),
    (r"by itself|by themselves|on its own|^自己", r"\bauto|\btimer|\bsensor|self-|自动|定时|断电"),
    (r"不怕[摔碰]", r"防摔|抗摔|shatter"),
    (
        r"^(?!.*(?:怎么|不管|无论|随便|任何|一辈子|终[身生]|换新|赔|退|意外|人为)).*(?:管修|保修|免费修|给修|包修)",
        r"保修|质保",
    ),
    (r"\bby hand$|^hand[- ]?[a-z]", r"\bhand[- ]?(?:\w+ed\b|made|woven|sewn|thrown|cut|spun)|手工"),
    (r"stays? put", r"\bzip|拉链|non-?slip|防滑|elastic|magnet|button|clip|suction|velcro|adhesive"),
    (r"不收钱|不要钱|不加钱|不另收|分文不取", r"免费|免收|不收"),
    (r"[折叠]起来|对折|收起来", r"折叠|可折|对折"),
    (
        r"(?:roll|fold|pack|stow|collaps)\w*(?: it| them)? (?:up|down|away|flat)",
        r"pack(?:ed|ing)? size|folded|rolled up|stowed",
    ),
    (
        r"(?:water|rain|splash(?:es)?|drops?|spills?)\b.*\b(?:off|up)",
        r"repel|water-?resistant|waterproof|hydrophobic",
    ),
    (r"lies? flat", r"lay-?flat|lie-?flat|平摊|180"),
)
_SMALL_WORDS = re.compile(
    r"[\s-]|free|of|from|no|without|added|any|artificial|already|fully|pre|零|0|无|不含|未添加|不添加|没有添加|没有加|没加|任何"
)


def _same_said(rule: rules.Rule, said: str, known: str) -> bool:
    """ "Free of BPA", as "BPA free: yes" says; not "no sugar" of a list of ingredients that names it."""
    wanted = _SMALL_WORDS.sub("", said).removesuffix("s")
    if wanted and re.search(
        rf"{re.escape(wanted)}[\s:：]*(?:不添加|未添加|无(?!线)|不含|没有|none\b|no\b|零添加|0(?![.\d]))", known
    ):
        return True  # "no dye", as "Dye: none" says
    return any(
        _SMALL_WORDS.sub("", m[0]).removesuffix("s") == wanted for m in rule.pattern.finditer(known) if m[0].strip()
    )


_NOT_DONE = re.compile(r"(?:not|n['’]t|never|hardly|barely|without)\s+(?:ever\s+|easily\s+)?([a-z]{3,5})")


_BY_HAND = re.compile(r"\bhand[- ]?([a-z]{4,})$|\b([a-z]{4,})\s+by\s+hand$")
_GENERAL_WORK = re.compile(r"made|crafted|finished|done|worked|produced|assembled|wash\w*")


_TIES = frozenset("for and the with from not can you its are has out off".split())


def _is_most_of(term: Term, said: str) -> bool:
    """Of "save the cork forests" the cork is carried, and says nothing."""
    named = [form.casefold() for form in (*term.en, *term.zh) if form.casefold() in said]
    return (
        not named or 2 * max(map(len, named)) > len(said) or (said.isascii() and 2 * max(map(len, named)) == len(said))
    )


def _said_shorter(said: str, known: str) -> bool:
    """ "有机认证" of 中国有机产品认证, 可以刻字 of 刻字：可刻."""
    if said.endswith("认证") and re.search(rf"{re.escape(said[:-2])}[^，。；\n]{{0,3}}认证", known):
        return True
    core = _MAY.sub("", said)
    return len(core) > 1 and core != said and core in known and not _said_no(core, known)


def _words_carried(rule: rules.Rule, said: str, ready: Carried) -> bool:
    """Tell whether the words of what a rule found are the facts' own: "do not slip", with non-slip feet."""
    words, free = _LATIN_WORD.findall(said), harmless.words("en", ready.world.group)
    if len(words) == 1 and inflections.related(words[0]) & ready.world.kin:
        return True
    carried = [w for w in words if len(w) > 2 and w not in _TIES and inflections.related(w) & ready.world.kin]
    objects = re.findall(r"\bthe ([a-z]+)", said)  # the base of "touch the base to": a part's name carries no deed
    carried = [w for w in carried if w not in objects]
    if not carried or rule.kind not in {"feature", "care", "delivery", "returns"}:
        return False
    own = {w for w in objects if inflections.forms(w) & ready.world.words} | set(carried)
    return all(w.casefold() in free or w in own for w in words)


def _allowed(rule: rules.Rule, text: str, ready: Carried) -> bool:
    said = text.casefold()
    if rule.kind not in rules.BY_FACT:
        return False
    marks = re.findall(r"[a-z0-9]{2,}", said) if rule.kind == "certificate" and _HAN.search(said) else []
    if any(m not in ready.world.text for m in marks):
        return False  # 通过RDS认证 of what bears another certificate
    if (work := _BY_HAND.search(said)) and not _GENERAL_WORK.fullmatch(work[1] or work[2]):
        return bool(inflections.related(work[1] or work[2]) & ready.world.kin)  # what is tufted by hand is not knotted
    if any(re.search(a, said) and re.search(b, ready.world.text) for a, b in _SAME_SAID):
        return True
    if said.startswith("不") and any(f"{k}{c}" in ready.world.text for c in said[1:4] for k in "防耐抗"):
        return True  # 不打滑 of 防滑, 不怕热 of 耐热
    if (spared := _SPARED.match(said)) and any(
        f"{k}{spared[1]}" in ready.world.text for k in ("免", "无需", "不用", "不必", "无须", "不需要")
    ):
        return True  # 不用洗 of 免洗
    if said.startswith("不怕") and re.search(r"-\s?\d+\s?(?:℃|°|度)|零下", ready.world.text):
        return True  # 不怕冻
    if (
        rule.id.endswith("/durable")
        and (deed := _NOT_DONE.search(said))
        and re.search(rf"(?<![a-z-]){deed[1]}", ready.world.text)
    ):
        return bool(
            re.search(
                rf"(?:non|anti|no|not|un|pre|never|without)[- ]?\w{{0,4}}{deed[1]}|{deed[1]}\w*[- ]?(?:proof|resist|free)",
                ready.world.text,
            )
        )
    if rule.id.endswith(_TO_THE_LETTER):
        return _same_said(rule, said, ready.world.text)
    if re.search(rf"(?<![a-z]){re.escape(said)}(?![a-z])", ready.world.text) or said in ready.world.grams:
        return True
    if _said_shorter(said, ready.world.text):
        return True
    if _words_carried(rule, said, ready):
        return True
    soon = re.search(r"今天|明天|当天|当日|次日|隔天|包邮|免邮", said)
    if (
        rule.kind in {"delivery", "returns"}
        and _HAN.search(said)
        and not soon
        and rule.pattern.search(ready.world.text)
    ):
        return True  # a fact speaks of it; the days are held against it as numbers
    term = next(iter(vocabulary.named(text)), None)
    if term is not None and rule.kind != "health" and term in ready.world.terms and _is_most_of(term, said):
        return True
    generic = _CERTIFIED.fullmatch(said)
    return rule.kind == "certificate" and bool(generic) and any(t.kind == "certificate" for t in ready.world.terms)
