"""What a product may be called in a text: its title's own words where they are of the text's language and are its own.

A title in a third language takes no English or Chinese words of ours around it, and a title in capitals may hold a
given name: the Jade Yoga Jacket of a shop whose jackets are black and blue is no jade jacket.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from desktop_app.language import english_titles, facts, kinship, lexicon, sayings, subjects, tidying
from desktop_app.language.lexicon import Term
from desktop_app.language.subjects import Subject
from desktop_app.records import Fact

# The small words of titles in other languages; "in" and "a" are English too and tell nothing.
_SMALL = lexicon.words(
    "di del della dello dei delle con per senza da e il la lo gli le un una uno und mit für ohne aus von der die das "
    "de du des et avec pour sans en au aux el los las y para por sin com sem do dos das para och med för van voor met"
)
_ENGLISH = lexicon.words("the with for and of from by to on or without an set pair pack")
_LITTLE = lexicon.words("of and for with in the a an on to by")
_SAYING = re.compile(r"(?i)\b(?:your|my|our|you|we|it|is|are|i)\b")
_LONGEST = 90  # letters: nobody calls a thing by a longer name
_NAMED = ("colour", "material", "scent")
# Endings of words that English has not, so that "decorativo" is told from a maker's name.
_ENDING = re.compile(
    r"(?:[iao]tivo|[iao]tiva|zione|zioni|ello|ella|etto|etta|uccio|oso|osa|ción|dad|ería|euse|eux|ção|heid|ung|lich|isch|keit)$"
)


def of(title: str, language: str, found: Sequence[Fact]) -> Subject:
    """Return how to call the product with this title and these facts in a text of ``language``."""
    title = tidying.title(title)
    latin = re.sub(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+", " ", title)
    if language != "zh" and latin != title and len(re.findall(r"[A-Za-z]{3,}", latin)) > 1:
        title = re.sub(r"\s+", " ", latin).strip()  # "Natural Chopsticks 筷子"
    if foreign(title):
        return _by_kind(title, language)
    subject = subjects.of_title(title.removeprefix("The "), language)
    if title.startswith("The ") and subject.noun is not None and language != "zh":
        subject = replace(subject, name=title.removeprefix("The "), more="", common=False)  # a name: the Sunday Apron
    if len(subject.name) > _LONGEST:
        return _by_noun(subject.noun, language)
    named = _given(title, found) or _first_name(title, subject)
    if language != "zh" and subject.common and not subject.translated and named:
        core = re.split(r"\s+[–—|/]\s+|\s-\s|,\s", re.sub(r"\s+", " ", title).strip())[0]
        return replace(subject, name=core, more="", common=False)
    if language == "zh":
        return _not_what_it_is_for(subject, title, found)
    return _spoken(subject)


def _not_what_it_is_for(subject: Subject, title: str, found: Sequence[Fact]) -> Subject:
    """Return the whole title where the word that parts it is what the thing is for: 樟木条衣柜防虫 is put into 衣柜."""
    uses = [i for f in found if re.search(r"用途|适用|适合|用于", f.name) for i in facts.items(f)]
    if not subject.head or subject.head not in uses:
        return subject
    return replace(subject, name=re.split(r"[\s,，|｜/]", title)[0], noun=None, head="")


def _spoken(subject: Subject) -> Subject:
    """Return a name of plain words as one says it: hyphens, colours before stuffs, and what a title lists behind it."""
    if not subject.common or subject.translated or not subject.known:
        return subject
    name = english_titles.ordered(english_titles.hyphenated(subject.name), subject.head)
    more = english_titles.with_articles(english_titles.hyphenated(subject.more)) if subject.more else ""
    tails = english_titles.had(subject.tails) if not more else ""
    more = more or (tails if len(name) + len(tails) <= _LONGEST + 60 else "")
    return replace(subject, name=name, more=more)


def with_kind(subject: Subject, category: str) -> Subject:
    """Return a name of no known thing with the thing that its category names: the Ship Your Idea T-shirt."""
    if subject.noun is not None or not _SAYING.search(subject.name):
        kind = _kind(subject, category)
        return replace(subject, kind=kind, head=kind or subject.head)
    leaf = re.split(r"\s*[>/]\s*", category.strip())[-1]
    noun = lexicon.find(leaf, "noun")
    plain_name = re.fullmatch(r"[A-Za-z’']+(?: [A-Za-z’']+)*", subject.name)
    if noun is None or noun.plural in {"-", "="} or "part" in noun.marks or not plain_name or subject.more:
        return subject
    return replace(subject, name=f"{subject.name} {noun.en[0]}", noun=noun, head=noun.en[0], number="one", known=True)


_VAGUE = lexicon.words("kit pack trainer shell fleece system basics essentials layer messenger")


def _kind(subject: Subject, category: str) -> str:
    """Return what a name does not say that its category does: the Summit Kit is a jacket, the Field Messenger a bag."""
    last = subject.name.casefold().split()[-1:] or [""]
    if subject.common or subject.number == "many" or (subject.noun is not None and last[0] not in _VAGUE):
        return ""
    # "Jackets" are things on a shelf; "Desk" is a corner of the shop.
    parts = [part.strip() for part in re.split(r"[>/,]", category) if re.search(r"[a-z]s$", part.strip())]
    leaves = [lexicon.find(part, "noun") for part in parts]
    nouns = [n for n in leaves if n and n.group and "part" not in n.marks and n.plural not in {"-", "="}]
    if not nouns or any(f in subject.name.casefold() for f in (*nouns[-1].en, *nouns[-1].en[0].split()[-1:])):
        return ""
    return nouns[-1].en[0]


def foreign(title: str) -> bool:
    """Tell whether a title is in a language that is neither English nor Chinese."""
    letters = re.findall(r"[^\W\d_]", title)
    other = [c for c in letters if not re.match(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u4e00-\u9fff\uff21-\uff5a]", c)]
    if len(other) * 2 > len(letters):
        return True  # Cyrillic, kana, Arabic and the like
    if sayings.has_han(title):
        return False
    words = [w.casefold() for w in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", title)]
    theirs = sum(w in _SMALL or (w in _others() and w not in _ours()) for w in words)
    ours = sum(w in _ENGLISH or (w in _ours() and w not in _SMALL) for w in words)
    theirs += sum(bool(_ENDING.search(w)) for w in words if w not in _ours() and w not in _others() and w not in _SMALL)
    return theirs > ours or bool(theirs and theirs == ours and subjects.of_title(title, "en").noun is None)


@cache
def _ours() -> frozenset[str]:
    return subjects.common_words()


@cache
def _others() -> frozenset[str]:
    kinds = ("material", "colour", "feature")
    other = {lexicon.key(form) for kind in kinds for term in lexicon.terms(kind) for form in term.other}
    return frozenset(other | set(_kinds()))


@cache
def _kinds() -> dict[str, Term]:
    """Return the English nouns that words of other languages name."""
    rows = [(lexicon.find(row["en"], "noun"), row["other"].split("|")) for row in lexicon.rows("kinds")]
    return {word: noun for noun, words in rows if noun for word in words}


def _by_kind(title: str, language: str) -> Subject:
    """Return the kind of thing where exactly one word of the title names one, else just a product."""
    found: dict[Term, None] = {}
    for word in re.findall(r"[^\W\d_]+", title.casefold()):
        if named := _kinds().get(word):
            found[named] = None
    return _by_noun(next(iter(found)) if len(found) == 1 else None, language)


def _by_noun(noun: Term | None, language: str) -> Subject:
    """Return the bare name of a thing, or of just a product."""
    if noun is None:
        return Subject("商品" if language == "zh" else "product", common=True, known=False)
    if language == "zh":
        return Subject(noun.zh[0], "", noun, noun.zh[0], common=True, translated=True)
    number = {"-": "mass", "=": "many"}.get(noun.plural, "one")
    return Subject(noun.en[0], "", noun, noun.en[0], number, True, True)  # type: ignore[arg-type]


# Words for stuffs, plants and colours by which clothes are christened: "Phoebe Zipper Sweatshirt".
_FIRST_NAMES = lexicon.words(
    "phoebe jade ruby amber olive rose violet hazel ivy lily daisy iris jasmine ginger pearl opal sage basil heather poppy willow holly"
    " coral scarlet rosemary clementine olivia crystal savannah sienna sierra dahlia fern juniper laurel linden maple rowan robin wren"
)


def _first_name(title: str, subject: Subject) -> bool:
    """Tell whether a piece of clothing is called by a given name that is a word too, in a title in capitals."""
    words = title.split()
    capital = len(words) > 1 and all(w[:1].isupper() or w in _LITTLE for w in words)
    return (
        capital
        and words[0].casefold() in _FIRST_NAMES
        and subject.noun is not None
        and subject.noun.group == "clothing"
    )


def _given(title: str, found: Sequence[Fact]) -> bool:
    """Tell whether a title written in capitals holds a colour, stuff or scent that facts of that kind do not name."""
    words = title.split()
    if len(words) < 2 or any(w[:1].islower() and w not in _LITTLE for w in words):
        return False
    for kind in _NAMED:
        values = [i for f in found if f.kind == kind for i in facts.items(f)]
        term = lexicon.find(words[0], *_NAMED)
        if not values or term is None or term.kind != kind:
            continue
        known = kinship.broader(t for i in values if (t := sayings.known(i, kind)))
        if term not in known and not any(words[0].casefold() in v.casefold() for v in values):
            return True
    return False
