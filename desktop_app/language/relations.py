"""How a value is tied to the product: a size is measured, a volume held; every word carried is not enough."""

from __future__ import annotations

import re
from itertools import pairwise

from desktop_app.language import inflections, lexicon, making, measures, negation, vocabulary
from desktop_app.language.lexicon import Term
from desktop_app.language.numbers import Known
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding
from desktop_app.words import _

_MADE = re.compile(
    r"\b(?:made|crafted|carved|woven|knitted|cast|forged|built|constructed|formed|cut|sewn|consists?|composed)\s+"
    r"(?:entirely\s+|only\s+|by hand\s+)?(?:of|from|out of|with)\s+",
    re.I,
)
_MADE_ZH = re.compile(
    r"(?:材质|材料|面料)(?:为|是|采用)|采用|由(?=[^，。]{1,14}(?:制成|制作|做成))|用(?=[^，。]{1,10}(?:制成|制作|做成|做的))|以(?=[^，。]{1,14}(?:制成|制作|做成))"
)
_NOT = re.compile(
    r"(?:\b(?:not|no|never|without|free\s+(?:of|from)|isn['’]t|aren['’]t|doesn['’]t|don['’]t|won['’]t|can['’]t|cannot|can not|will not|does not|lacks?|nor)\s+"
    r"(?:an?\s+|any\s+|the\s+|have\s+(?:an?\s+|any\s+)?|be\s+|contain\s+)?|(?:不|无|没有|非|未|不带|不含|不是|无需|毫无|算不上|谈不上|称不上|不算是|并非|不敢说是?|说不上)\s*)$",
    re.I,
)


def of_sentence(sentence: str, world: World, known: Known) -> list[Finding]:
    """Return what is said with carried words but ties them wrongly."""
    terms = vocabulary.scan(sentence)
    found = [*_made_of(sentence, terms, world), *measures.of_sentence(sentence, terms, known)]
    found += _odd_parts(sentence, terms, world)
    found += _made_in(sentence, terms, world)
    found += _denials(sentence, terms, world)
    found += _sold_apart(sentence, world)
    found += _in_it(sentence, world)
    found += _kind_as_part(sentence, world)
    found += _plated(sentence, terms, world)
    found += _not_pure(sentence, terms, world)
    return found + _twice(sentence, terms, world)


_KIND_AS_PART = re.compile(
    r"(?i)\b(?:comes?|coming|has|have|having|with|includes?|including|features?|featuring)\s+(?:with\s+)?(?:an?|its)\s+"
    r"((?:base|mid|soft|hard)[ -](?:layer|shell))\b"
)


def _kind_as_part(sentence: str, world: World) -> list[Finding]:
    """A garment that is a base layer does not come with one: who reads it expects two."""
    if world.group != "clothing":
        return []
    why = _("It is one; it does not come with one.")
    return [_wrong(sentence, m.start(1), m.end(1), why) for m in _KIND_AS_PART.finditer(sentence)]


def negated(sentence: str, start: int) -> bool:
    """Tell whether what begins at ``start`` is said not to be so."""
    return bool(_NOT.search(sentence[:start]))


def _wrong(sentence: str, start: int, end: int, why: str, kind: str = "relation") -> Finding:
    return Finding(start, end, sentence[start:end], kind, why)


# --- made of ----------------------------------------------------------------------------------------------------------


def _made_of(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    found = []
    for match in [*_MADE.finditer(sentence), *_MADE_ZH.finditer(sentence)]:
        at = match.end()
        rest = sentence[at : at + 48]
        if number := re.match(r"[\d½¼¾][\d.,]*(?!\s*[%％\d.,])(?!\s?(?:ply|层|级|号|系|支|k\b))", rest):
            after = rest[number.end() :].lstrip()
            if not any(a == at and t.kind == "material" for a, _b, t in terms) and not any(
                a == at + number.end() + len(rest[number.end() :]) - len(after) and t.kind == "material"
                for a, _b, t in terms
            ):
                why = _("A thing is not made of “{text}”.", text=rest.split(",")[0].split("，")[0].strip(" ."))
                found.append(_wrong(sentence, at, at + len(rest.split(",")[0].split("，")[0].rstrip(" .。")), why))
                continue
        first = next(
            ((a, b, t) for a, b, t in terms if at <= a < at + 24 and not _clause_between(sentence, at, a)), None
        )
        if first is None:
            continue
        start, end, term = first
        if term in world.whole and _part_says_other(sentence[: match.start()], terms, world, term):
            why = _("No fact says it is made of “{text}”.", text=sentence[start:end])
            found.append(_wrong(sentence, start, end, why))
            continue
        if term.kind in {"material", "noun"} and (term in world.whole or term.kind == "noun"):
            continue
        if term.kind != "material" and any(t.kind == "material" and end <= a < end + 12 for a, _b, t in terms):
            continue  # "made of oiled oak"
        if term.kind == "material" and (term not in world.terms or _of_a_part(sentence[: match.start()], world, term)):
            continue  # an unknown material is found elsewhere; "the lid is made of bamboo" is about the lid
        if term in world.terms and _of_a_part(sentence[: match.start()], world, term):
            continue  # "buttons made from coconut"
        if term.kind == "feature":
            continue  # "made of lightweight …": what follows is looked at by itself
        why = _("No fact says it is made of “{text}”.", text=sentence[start:end])
        found.append(_wrong(sentence, start, end, why))
    return found


# Parts that are as a rule of other stuff than the thing: zips of a fleece jacket are not fleece.
_OF_OTHER_STUFF = frozenset(
    "zip|zipper|button|buckle|wheel|screw|lens|battery|magnet|hook|snap|eyelet|drawstring|strainer|blade|hinge|lock|spring|bulb|motor|cable|clasp|rivet".split(
        "|"
    )
)


def _odd_parts(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    """ "Bamboo feet" of a bamboo board with non-slip feet."""
    found = []
    for (a, b, first), (c, d, second) in pairwise(terms):
        if first.kind != "material" or first not in world.whole or sentence[b:c].strip(" -的制"):
            continue
        last = second.en[0].split()[-1]
        if second.kind != "noun" or not {last, last.removesuffix("s")} & (_OF_OTHER_STUFF | {"feet", "foot"}):
            continue
        mine = {*first.zh, *(w for e in first.en for w in e.casefold().split())}
        if not any(pair & mine and pair & {last, *second.zh} for pair in world.pairs):
            why = _("No fact says this of that part: “{text}”.", text=sentence[a:d])
            found.append(_wrong(sentence, a, d, why))
    return found


def _is_subject(before: str, part: Term) -> bool:
    names = "|".join(re.escape(n) for n in (*part.zh, *part.en, part.plural) if n)
    return bool(re.search(rf"(?i)(?:{names})s?\s*(?:is|are|was|were|都|也|全)?\s*(?:都|也)?(?:是)?\s*$", before))


def _part_says_other(before: str, terms: list[tuple[int, int, Term]], world: World, material: Term) -> bool:
    """ "The lid is made of glass" when the jar is glass and the lid cork."""
    parts = [t for _a, b, t in terms if b <= len(before) and t.kind == "noun" and "part" in t.marks]
    if parts and parts[-1].en[0] in _OF_OTHER_STUFF and _is_subject(before, parts[-1]):
        own = {*parts[-1].zh, *(w for e in (*parts[-1].en, parts[-1].plural) for w in e.casefold().split())}
        mine = {*material.zh, *(w for e in material.en for w in e.casefold().split())}
        return not any(pair & own and pair & mine for pair in world.pairs)
    mine = {*material.zh, *(w for e in material.en for w in e.casefold().split())}
    for part in parts:
        theirs = {*part.zh, *(w for e in (*part.en, part.plural) for w in e.casefold().split())}
        about = [pair for pair in world.parts if pair & theirs]
        if about and not any(pair & mine for pair in about):
            return True
    return False


_MADE_IN = re.compile(
    r"(?i)\b(?:made|produced|manufactured|crafted|built|sewn)\s+(?:by hand\s+)?in\s+(?:the\s+)?$|(?:产自|产于|(?<!原料)产地是|(?<!原料)产地为|制造于)$"
)


def _made_in(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    """ "Made in Ecuador" of chocolate whose beans come from there."""
    why = "The facts give “{text}” for something else."
    found = []
    for a, b, term in terms:
        if term.kind != "origin":
            continue
        said = making.said_before(sentence[:a]) | making.said_behind(sentence[b:])
        other = said and term in world.steps and not said & world.steps[term]
        if other or (term in world.partly_from and _MADE_IN.search(sentence[:a])):
            found.append(_wrong(sentence, a, b, _(why, text=sentence[a:b])))
    return found


_PURE = re.compile(
    r"(?i)\b(?:pure|100\s?%|nothing but|entirely|all)\s+(?:new\s+|virgin\s+|natural\s+)?$|(?:全(?:部)?(?:是|用|由)|都是|纯|百分之百|清一色(?:是)?)$"
)


def _not_pure(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    """ "Pure new wool" of 80 % wool."""
    shares = [int(n) for n in re.findall(r"(?<!\d)(\d{1,2})\s*[%％]", world.text)]
    if not shares or re.search(r"(?<!\d)100\s*[%％]", world.text):
        return []
    found = []
    for start, end, term in terms:
        pure = _PURE.search(sentence[:start]) or re.match(r"[纯全](?=[棉麻毛绒丝竹木])", sentence[start:end])
        if pure and re.search(r"连[\u4e00-\u9fff]{1,5}都是$", sentence[:start]):
            continue  # 连纽扣都是贝壳的: of one part
        if (
            term.kind == "material"
            and pure
            and term in world.terms
            and not negated(sentence, pure.start() if pure.re is _PURE else start)
        ):
            why = _("The facts give a share of “{text}”, not all of it.", text=sentence[start:end])
            found.append(_wrong(sentence, pure.start() if pure.re is _PURE else start, end, why))
    return found


_PLATED = re.compile(
    r"(?i)\b(?:plated|coated|gilded|dipped)\s+(?:with|in)\s+(?:a\s+(?:thin\s+)?(?:layer|coat)\s+of\s+)?$|镀(?:了|着|有|上)?(?:一层)?$"
)
_PLATING = re.compile(r"(?i)plat(?:ed|ing)|coat(?:ed|ing)|dipped|gilded|vermeil|镀|涂层")


def _plated(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    """ "Plated with pearl" of platinum plating: what covers it is what a fact about the plating says."""
    if not _PLATING.search(world.text):
        return []
    found = []
    for start, end, term in terms:
        if term.kind != "material" or not _PLATED.search(sentence[:start]):
            continue
        mine = {*term.zh, *(w for e in term.en for w in e.casefold().split())}
        if not any(pair & mine and _PLATING.search(" ".join(pair)) for pair in world.pairs):
            why = _("No fact says this of that part: “{text}”.", text=sentence[start:end])
            found.append(_wrong(sentence, start, end, why))
    return found


def _clause_between(sentence: str, start: int, end: int) -> bool:
    return bool(re.search(r"[,;.，；。]", sentence[start:end]))


def _of_a_part(before: str, world: World, term: Term) -> bool:
    words = {form for w in re.findall(r"[^\W\d_]+", before) for form in inflections.forms(w)}
    own = {*term.zh, *(w for e in term.en for w in e.split())}
    return any(
        pair & own and ((pair & words) - own or any(z in before for z in pair if len(z) > 1 and z not in own))
        for pair in world.pairs
    )


_APART = re.compile(
    r"(?i)\b(?P<en>[a-z]{3,}?)s?\s+(?:is\s+|are\s+)?(?:sold separately|not included)\b"
    r"|(?:不含|不附|不送|另购|另售|另买)(?P<zh>[\u4e00-\u9fff]{2,3})"
    r"|(?P<before>(?:^|(?<=[，。；]))[\u4e00-\u9fff]|[\u4e00-\u9fff]{2,3})(?:需|要)?(?:另购|另售|另买|自备)"
)


def _sold_apart(sentence: str, world: World) -> list[Finding]:
    """ "Saucer sold separately" of one that is included."""
    found = []
    for match in _APART.finditer(sentence):
        said = (match["en"] or match["zh"] or match["before"]).casefold()
        if re.search(rf"{re.escape(said)}s?\s+(?:included|附赠|附送|含|已[穿装缠配含带附]|有(?:\s|$))", world.text):
            why = _("The facts say the opposite of “{text}”.", text=match[0])
            found.append(_wrong(sentence, match.start(), match.end(), why, "contradiction"))
    return found


_ADDED = re.compile(
    r"(?i)\b(?:no|without|free (?:of|from)|never any)\s+(?:added\s+|any\s+)?(?P<en>[a-z]{3,})|(?P<dash>[a-z]{3,})[- ]free\b"
    r"|(?:没有?|不|无|零|未)(?:另外?|再|额外)?(?:添加|放|加|含|有)(?:任何|一点)?(?P<zh>[\u4e00-\u9fff]{1,4})"
)


def _in_it(sentence: str, world: World) -> list[Finding]:
    """ "No salt added" of what the ingredients name."""
    found = []
    for match in _ADDED.finditer(sentence):
        said = match["en"] or match["dash"] or match["zh"]
        if match["zh"]:
            hit = any(i and "\u4e00" <= i[0] <= "\u9fff" and said.startswith(i) for i in world.inside)
            known = re.search(rf"(?:不|无|零|未|没)[^，。；、]{{0,3}}{re.escape(said[:2])}", world.text)
        else:
            hit = bool(inflections.forms(said) & world.inside)
            known = re.search(rf"(?:no|free|without|un)[^,.;]{{0,12}}{said}|{said}[- ]free", world.text)
        if hit and not known:
            why = _("The facts say the opposite of “{text}”.", text=match[0])
            found.append(_wrong(sentence, match.start(), match.end(), why, "contradiction"))
    return found


# --- belonging together -----------------------------------------------------------------------------------------------


_NONE_OF_IT = re.compile(r"(?:都|也)没(?:用|有|掺)")  # 一块松木都没用


def _another_form(said: str, term: Term, world: World) -> bool:
    """Of two Chinese words the lists take for one (岫玉, 翡翠) the facts name the other."""
    return "\u4e00" <= said[0] <= "\u9fff" and said not in world.text and any(z in world.text for z in term.zh)


def _denials(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    found = []
    for start, end, term in terms:
        if (
            term not in world.terms
            or not (negated(sentence, start) or (term.kind == "material" and _NONE_OF_IT.match(sentence, end)))
            or term.kind == "care"
            or sentence[end : end + 1] == "因"
            or _another_form(sentence[start:end], term, world)
        ):
            continue
        if (
            re.match(r"(?i)(?:pure|only|all|全|纯|100)", sentence[start:end])
            or re.search(r"(?i)(?:pure|only|all|entirely|全|纯)\s*$", sentence[:start])
        ) and not re.search(r"100\s*[%％]", world.text):
            continue  # "not pure cotton", with a fifth of something else
        phrase = _NOT.search(sentence[:start])
        none = _NONE_OF_IT.match(sentence, end)
        if end - start == 1 and term.kind == "colour" and re.match(r"[\u4e00-\u9fff](?<!色)", sentence[end : end + 1]):
            continue  # 棕榈
        said = sentence[phrase.start() if phrase else start : none.end() if none else end].casefold()
        forms = "|".join(re.escape(f.casefold()) for f in (*term.en, *term.zh))
        if re.search(
            rf"(?:{forms})\s+(?:none\b|no\b|无|没有|不含|不带|不附|不送|否)"
            rf"|(?:{forms})[^\n]*(?:无|没有)(?:[，；、\n]|$)|(?:{forms})[\s-]*free"
            rf"|(?:free (?:of|from)|without|no|无|不含|没有|不带) ?(?:内置|自带|附带|外接)?(?:{forms})",
            world.text,
        ):
            continue  # "no nickel", as "Nickel free: yes" says
        if said in world.text or lexicon.key(sentence[start:end]).startswith(("不", "无")):
            continue
        if not re.search(r"[\u4e00-\u9fff]", said) and negation.told(said.split()[-1], world.text):
            continue
        why = _("The facts say the opposite of “{text}”.", text=said)
        found.append(_wrong(sentence, phrase.start() if phrase else start, end, why, "contradiction"))
    return found


def _twice(sentence: str, terms: list[tuple[int, int, Term]], world: World) -> list[Finding]:
    seen: dict[Term, int] = {}
    for start, end, term in terms:
        again = (
            term in seen
            and not re.search(r"[,;:，；：、]", sentence[seen[term] : start])
            and sentence[seen[term] :].startswith(sentence[start:end][:4])
            and end - start > 1
            and not re.search(r"(?i)\b(?:is|are)\s", sentence[seen[term] : start])  # "the lock is a flip lock"
        )
        if again and term.kind == "noun" and "part" in term.marks and term in world.terms:
            return [_wrong(sentence, start, end, _("“{text}” is said twice.", text=sentence[start:end]), "repetition")]
        seen[term] = start
    return []
