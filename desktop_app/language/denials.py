"""What a sentence denies and the facts claim, in any wording: "not made of merino", "rather than a merino one", "no hook".

A denial is a word that denies, then words that only lead to what is denied (of, any, made, really, other carried words),
then what is denied. Whatever else stands between makes it another sentence ("not only", "does not hide the oak").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.language import (
    everyday,
    facts,
    harmless,
    inflections,
    kinship,
    lexicon,
    mentions,
    negation,
    vocabulary,
)
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Fact, Finding, Product
from desktop_app.words import _

_DENIES = re.compile(
    r"(?i)\b(?:not|never|without|nor|neither|isn['’]?t|aren['’]?t|wasn['’]?t|weren['’]?t|doesn['’]?t|don['’]?t|won['’]?t|can(?:no|['’])t|cannot|hasn['’]?t|haven['’]?t"
    r"|no longer|too \w+ (?:for|to)|no|none of (?:it|them|this|the \w+|its \w+) (?:is|are|has|have|comes?)"
    r"|nothing (?:is|in (?:it|here) is)|free (?:of|from)|devoid of|rather than|instead of|in place of|as opposed to"
    r"|anything but|far from"
    r"|(?:every|all|any|each)(?: [a-z]+){1,2},? (?:but|except(?: for)?|apart from|save for)"
    r"|other than|zero|lacks?|lacking|minus|excludes?|excluding|skips?)\b(?!-)"
)
# What may stand between: it leads to what is denied and changes nothing.
_LEADS = lexicon.words(
    "a an the any some single its their this that one of from out in with by for as to into at all be been being is are was have has had having "
    "contain contains containing include includes including feature features come comes coming carry carries use uses used using offer offers offered "
    "made make knitted knit woven sewn cut carved built crafted cast turned spun filled lined finished available sold supplied come equipped fitted provided "
    "real genuine actual true really actually truly even ever so in fact trace traces bit hint thread scrap gram drop shred sign kind sort type "
    "it there here you get find see need suitable meant intended designed which such other or nor and either"
)
# "not only", "no more than": these deny nothing of it.
_TURNS = lexicon.words(
    "only just merely simply solely alone exclusively more less fewer over under above below beyond exceed exceeds necessarily always "
    "wholly purely pure entirely entire whole all every another extra additional further longer better worse matter doubt wonder problem mind if whether when while until because but"
)
_WORD = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+(?:[-'’][A-Za-zÀ-ÖØ-öø-ɏ]+)*")
_TOKEN = re.compile(r"\d[\d.,]*|[A-Za-zÀ-ÖØ-öø-ɏ]+(?:[-'’][A-Za-zÀ-ÖØ-öø-ɏ]+)*|[,;:.!?—–()]")
_NEGATIVE = re.compile(
    r"(?i)\b(?:no|not|none|never|without|non|free|except|avoid|n/a|excluded|excluding|optional|do not|don['’]t|separately)\b|[不没无未别勿免非]"
)
_THERE = re.compile(r"(?i)(?<!not )\bincluded\b")
_YES = re.compile(r"(?i)\s*(?:yes|true|included)\b|[是有]")
_REACH = 9  # words from what denies to what is denied


@dataclass(frozen=True, slots=True)
class Claimed:
    """What the facts claim of one product, word by word, and how its parts and values may be met."""

    words: frozenset[str]  # of values that hold for the whole product, and of parts it has
    able: frozenset[str]  # … what may be done, where a fact says it is washable or removable
    firm: frozenset[str]  # … of these, what no other fact puts in doubt, said behind "rather than" too


def of(product: Product, world: World) -> Claimed:
    """Collect the words that a denial of ``product`` would contradict."""
    words: set[str] = set()
    named: set[str] = set()
    sure: set[str] = set()  # parts that a fact says yes to, however common the word: an opening, a handle
    firm: set[str] = set()  # the whole of a value, however harmless the word is elsewhere: "regular"
    for fact in product.facts:
        if (
            _NOTES.match(fact.name)
            or len(fact.value) > facts.LONG
            or _NEGATIVE.search(f"{fact.name} {fact.value}")
            or facts.is_no(fact.value)
        ):
            continue
        named |= _part(fact)
        sure |= _part(fact) - _LEADS - _TURNS if _YES.match(fact.value) else set()
        words |= set() if facts.is_yes(fact.value) else _content(fact.value)
        firm |= {fact.value.strip().casefold()} - _LEADS - _TURNS
    options = {o for v in product.variants for o in v.options}
    several = {name for name, _v in options if sum(n == name for n, _v in options) > 1}
    words |= {w for name, value in options if name not in several for w in _content(value)}
    words |= {w for term in world.whole for w in _called(term)}
    loose = harmless.words("en", "") | everyday.plain("en") | _LEADS | _TURNS
    main = {w for term in world.whole for w in _called(term)}
    able = {form for w in words | named if w.endswith(("able", "ible", "ic")) for form in inflections.related(w)}
    return Claimed(
        frozenset((words | named | able) - loose | firm | sure),
        frozenset(able - words - named),
        frozenset((main - loose) | firm),
    )


def _part(fact: Fact) -> set[str]:
    """The thing that a fact's name says there is: hooks of "Hooks: 4", a lining of "Lining: cotton"."""
    name = facts.clean_name(fact.name)
    several = _WORD.findall(name.casefold())
    if not several or len(several) > 3 or lexicon.find(name, "material", "colour", "care", "origin"):
        return set()
    term = lexicon.find(name, "noun") or lexicon.find(several[-1], "noun")
    role = facts.meaning_of(fact.name, fact.value).role
    its_own = len(several) == 1 and role in {"free", "labelled", "part_material", "part_colour"}  # "Caffeine: medium"
    there = _THERE.search(fact.value) is not None
    if its_own or there or facts.is_yes(fact.value) or (term is not None and "part" in term.marks):
        return {several[-1], *inflections.forms(several[-1])}
    return set()


def _content(value: str) -> set[str]:
    text = re.sub(r"\([^)]*\)", " ", value)
    found = set(mentions.tokens(re.sub(r"[\u4e00-\u9fff]", " ", text), measures=False))
    return {w for w in found if len(w) > 2} | {
        w for t in vocabulary.named(text) if t.kind != "noun" for w in _called(t)
    }


def _called(term: lexicon.Term) -> set[str]:
    """Return the single words a term may be denied by: "wool" of merino wool is broader and denied too."""
    wide = kinship.broader([term])
    return {form.casefold() for t in wide for form in t.en if " " not in form}


def of_sentence(sentence: str, claimed: Claimed, world: World) -> list[Finding]:
    """Return what ``sentence`` denies and the facts claim; spans in code points of it."""
    out: list[Finding] = []
    for start, end in _denied(sentence, claimed, world):
        if not any(f.start < end and start < f.end for f in out):
            why = _("The facts say the opposite of “{text}”.", text=sentence[start:end])
            out.append(finding(sentence, start, end, "contradiction", why))
    return out


_NOTES = re.compile(r"(?i)\s*(?:tasting |flavou?r |aroma )?notes?\b|\s*(?:aroma|taste)s?\b")
_MISSING = re.compile(r"(?i)\s+(?:is|are)\s+(?:missing|absent|left out|not there|nowhere)\b")


def _denied(sentence: str, claimed: Claimed, world: World) -> Iterator[tuple[int, int]]:
    for part in _WORD.finditer(sentence) if " missing" in sentence or " absent" in sentence else ():
        if _meets(part[0].casefold(), claimed.words) and _MISSING.match(sentence, part.end()):
            yield part.span()
    for match in _DENIES.finditer(sentence):
        if (
            match[0].casefold() in {"not", "never"}
            and _ELLIPTIC.search(sentence[: match.start()])
            and _THE.match(sentence, match.end())
        ):
            continue  # "wash the pre-filter, but not the filters" denies a deed, no filters
        instead = match[0].casefold() in {"rather than", "instead of", "in place of", "as opposed to", "other than"}
        wanted = claimed.firm if instead else claimed.words
        seen = 0
        for token in _TOKEN.finditer(sentence, match.end()):
            word = token[0].casefold()
            if not word[0].isalpha():
                if word == "," and seen == 0 and instead:
                    continue
                break
            seen += 1
            if seen > _REACH or word in _TURNS:
                break
            if _of_another_kind(word, token.end(), sentence, wanted, world):
                break  # "not olive oil" of rapeseed oil
            if _asked_not(sentence, match) and word in claimed.able:
                break  # "do not wash the foam": care, which is looked at by itself
            if (hit := _meets(word, wanted)) and _ends_there(sentence, token.end(), world, claimed):
                if not negation.told(word, world.text):
                    yield match.start(), token.end()
                break
            if not (word in _LEADS or hit or _beside(word, world)):
                break


def _of_another_kind(word: str, end: int, sentence: str, wanted: frozenset[str], world: World) -> bool:
    """Tell whether a word no fact carries, a colour or stuff, stands right before what is carried and tells another kind of it."""
    following = _WORD.match(sentence, end + 1) if sentence[end : end + 1] in {" ", "-"} else None
    return (
        following is not None
        and word not in wanted | _LEADS
        and not inflections.forms(word) & world.words
        and bool(lexicon.find(word, "material", "colour", "noun"))
        and _meets(following[0].casefold(), wanted)
    )


_ELLIPTIC = re.compile(r"(?i)^\W*[a-z]+ (?:the|your|its|only|just) [^.;!?]*(?:,\s*(?:but|and)?|\bbut|\band|[–—])\s*$")
_THE = re.compile(r"(?i)\s+(?:the|its|their)\b")


def _asked_not(sentence: str, match: re.Match[str]) -> bool:
    return bool(
        re.search(r"(?i)(?:^|[.;,!?]\s*|\band\s+|\bbut\s+)(?:please\s+)?(?:do\s+)?$", sentence[: match.start()])
    )


def _meets(word: str, wanted: frozenset[str]) -> bool:
    parts = word.split("-")
    return (
        word in wanted or bool(inflections.forms(word) & wanted) or (len(parts) > 1 and all(p in wanted for p in parts))
    )


def _beside(word: str, world: World) -> bool:
    """Tell whether a word only goes with what is denied: another stuff of a list, a word of the product's own name."""
    return bool(lexicon.find(word, "material", "colour")) or bool(inflections.forms(word) & world.words)


_GOES_ON = lexicon.words(
    "at in on for to of with and or nor but so because since as by from that which who is are was were has have than though"
)


def _ends_there(sentence: str, end: int, world: World, claimed: Claimed) -> bool:
    """Tell whether what is denied ends here: "no leather strap" of a leather bag denies a strap."""
    following = re.match(r"\s*([A-Za-z][\w'’-]*)", sentence[end:])
    if following is None:
        return True
    word = following[1].casefold()
    if word in _TURNS:
        return word not in {"only", "alone", "exclusively", "more"}
    return (
        word in _GOES_ON
        or word in _LEADS
        or word in harmless.words("en", "")
        or _meets(word, claimed.words)
        or bool(inflections.forms(word) & world.things)
    )
