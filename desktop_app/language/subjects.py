"""How a product is called in a sentence: read from its title, in English and Chinese."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from desktop_app import paths
from desktop_app.language import chinese_names, lexicon
from desktop_app.language.lexicon import Term
from desktop_app.language.phrases import indefinite

Number = Literal["one", "many", "mass"]
_CUT = re.compile(r"\s+[–—|/•·]\s+|\s-\s|\s*[,，;；:：。!！?？(（【\[]|\.\s")
_PREPOSITIONS = re.compile(r"\s(?:with|for|in|from|by|on|and|&|without)\s", re.I)
_AMOUNT = re.compile(
    r"\s+(?:\d[\d.,]*\s*(?:[x×*]\s*\d[\d.,]*\s*)*(?:[a-zA-Z\"″%]{1,6}|毫升|厘米|克|公斤|升|毫米|米|斤|片|支|只|个|张|包|本|双|件|枚)?"
    r"|[x×]\s*\d+|\d+\s*(?:ml|g|kg|cm|l|pcs|pieces|sheets))$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What to call a product: ``name`` after "this" or "the", its head noun and number, what else the title says."""

    name: str  # "bamboo cutting board", "Chaz Kangeroo Hoodie", "竹砧板"
    more: str = ""  # "with smoky grey textures": belongs to the name when it is called first
    noun: Term | None = None
    head: str = ""  # "cutting board", "hoodie": how it may be called the second time
    number: Number = "one"
    common: bool = False  # may be written in lower case after "a"
    translated: bool = False  # the title is in the other language, so nobody knows whether it means one or several
    known: bool = True  # False: nobody can tell what the words of the title are
    tails: tuple[str, ...] = field(default=())  # "blue", "set of 4": what the title says after its name
    kind: str = ""  # "jacket": what it is, where its name does not say so


def of_title(title: str, language: str) -> Subject:
    """Return how to call the product with this title in a text of ``language`` ("zh", or English for all else)."""
    text = re.sub(r"\s+", " ", html.unescape(title)).strip(" .,;。，")
    text = re.sub(r"(?<=\S) (?=[0-9a-f]*\d)[0-9a-f]{8,}$", "", text)  # an id behind the name
    if re.fullmatch(r"[0-9a-fA-F]{12,}|\W*", text) and not re.search(
        r"[^\W_]|[\u2190-\U0010ffff]", text.strip("0123456789abcdefABCDEF")
    ):
        return Subject("商品" if language == "zh" else "product", common=True, known=False)  # an id is no name
    if re.fullmatch(r"(?=(?:\D*\d){4})(?:[A-Z]+[-_])?[A-Z0-9]+(?:[-_][A-Z0-9]+)+", text):
        return Subject("商品" if language == "zh" else "product", common=True, known=False)  # SKU-44812-B
    han = bool(re.search(r"[\u4e00-\u9fff]", text))
    if language == "zh":
        return _chinese(text) if han else _chinese_of_latin(text)
    return _english_of_han(text) if han else _english(text)


# --- English ----------------------------------------------------------------------------------------------------------


def _english(title: str) -> Subject:
    if told := re.match(
        r"(?i)((?:set|pack) of \d+) (?=[a-z].*s\b)", title
    ):  # six napkins, of which each has its measures
        title = f"{title[told.end() :]}, {told[1].casefold()}"
    core, tails = _parted(title)
    name, more = core, ""
    if found := _PREPOSITIONS.search(core):
        name, more = core[: found.start()], core[found.start() :]
    set_of = re.match(r"(?i)(set|pair|pack|box|bundle)\s+of\s+", name)
    noun, head = _head(name)
    if noun is None and more:  # "Set of wine glasses for two": the noun may sit before the preposition only
        name, more, (noun, head) = core, "", _head(core)
        if noun is None:
            name = core
    if code := re.fullmatch(r"(.+) ([AB]\d)", name):  # a paper size comes first in a sentence: "an A5 notebook"
        name = f"{code[2]} {code[1]}"
        noun, head = _head(name)
    common = noun is not None and _is_common(name.removeprefix(f"{code[2]} ") if code else name)
    number: Number = "one" if set_of else _number(noun, head, name)
    if common:
        plain = re.sub(r"\b\d+ ", "", more)  # "with 12 Jars"
        name, more = _lowered(name), (_lowered_more(more) if _is_common(plain) else more)
    elif not more or not _is_common(more):
        name, more = name + more, ""
    return Subject(name, more, noun, _lowered(head), number, common, False, noun is not None or common, tails)


def _parted(title: str) -> tuple[str, tuple[str, ...]]:
    parts = [p.strip(" )）】]") for p in _CUT.split(title)]
    parts = [p for p in parts if p]
    if not parts:
        return title, ()
    core, tails = parts[0], parts[1:]
    listing = bool(tails) and re.search(r"(?i)\swith\s", core) and re.search(r"\s(?:and|&)\s", tails[-1])
    if listing or any(
        re.match(r"(and|or|&)\s", t) for t in tails
    ):  # a list inside the name: "with black, orange and grey marks"
        core, tails = re.split(r"\s+[–—|/•·]\s+|\s-\s", title)[0].strip(), []
    amount = _AMOUNT.search(core)
    if amount and re.fullmatch(r"\s+\d+", amount[0]):
        amount = None  # the 2 of "Tent Ridge 2" is its name
    cut = core[: amount.start()] if amount else core
    if (
        amount
        and not _PREPOSITIONS.search(cut + " ")
        and not re.search(
            r"(?i)\s(?:of|size|no\.?|number|model|part|vol(?:ume|\.)?|version|type|series|book|level|stage)$", cut
        )
    ):  # "Spice Rack with 12 Jars"
        tails.insert(0, core[amount.start() :].strip())
        core = core[: amount.start()]
    return core, tuple(tails)


def _head(name: str) -> tuple[Term | None, str]:
    """Return the head noun: the longest known ending of the name."""
    words = re.sub(r"\s+\S*\d\S*$", "", name).split()
    for start in range(max(0, len(words) - 3), len(words)):
        piece = " ".join(words[start:])
        noun = lexicon.find(piece, "noun")
        if noun and ("part" not in noun.marks or start == len(words) - 1):
            return noun, piece
    last = words[-1].split("-")[-1] if words and "-" in words[-1] else ""  # V-Tee
    noun = lexicon.find(last, "noun") if last else None
    return (noun, last) if noun and "part" not in noun.marks else (None, "")


def _number(noun: Term | None, head: str, name: str = "") -> Number:
    if noun is None and re.search(r"(?i)\b(?:set|kit|pack|bundle|box)\b", name):
        return "one"
    if noun is None:
        if re.search(r"(?i)\b(?:mens|womens|kids|ladies|boys|girls)$", name):
            return "one"  # "Anchor Bracelet Mens"
        if re.search(
            r"(?i)\b(?:shoes|boots|sandals|trainers|sneakers|slippers|gloves|mittens|socks|earrings|glasses|trousers|pants"
            r"|leggings|tights|shorts|jeans)\b",
            name,
        ):  # "Trail Running Shoes Ridge"
            return "many"
        named = ((w.casefold(), lexicon.find(w, "noun")) for w in re.findall(r"[A-Za-z]+s\b", name))
        if any(n and w in {n.plural, f"{n.en[0]}s" if n.plural == "+" else "", f"{n.en[0]}es"} for w, n in named):
            return "many"  # Espresso Cups "Roma"
        return "many" if re.search(r"[a-z]{2}(?<!s)(?<!u)(?<!i)s$", name) else "one"
    if noun.plural == "-":
        return "mass"
    if noun.plural == "=":
        return "many"
    singulars = {lexicon.key(f) for f in noun.en}
    return "one" if lexicon.key(head) in singulars else "many"


@cache
def common_words() -> frozenset[str]:
    """Return the English words that titles are made of, in lower case."""
    folder = paths.assets() / "language"
    lines = (folder / "titlewords.txt").read_text("utf-8").splitlines()
    words = {w for line in lines if not line.startswith("#") for w in line.split()}
    for kind in ("noun", "material", "colour", "feature", "scent", "use"):
        for term in lexicon.terms(kind):
            for form in (*term.en, term.plural):
                words.update(lexicon.key(form).split())
    return frozenset(words)


@cache
def proper_words() -> frozenset[str]:
    """Return the words that keep their capital, in lower case."""
    lines = (paths.assets() / "language" / "proper.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


def _is_common(name: str) -> bool:
    words = re.findall(r"[^\s]+", name)
    if not words or not all(_plain_word(w) for w in words):
        return False
    if all(w[:1].islower() or not w[:1].isalpha() for w in words[1:]) and len(words) > 1:
        return True  # "Aqua blue raku vase": a sentence's capitals, so its words are words
    known = common_words()
    return all(
        lexicon.key(w) in known or lexicon.key(w).rstrip("s") in known or w.casefold() in proper_words() for w in words
    )


def _plain_word(word: str) -> bool:
    return not re.search(r"[®™]|[a-z][A-Z]", word) and not re.search(r"\d", word)


def _lowered(name: str) -> str:
    return " ".join(lowered_word(w) for w in name.split())


def _lowered_more(more: str) -> str:
    """Return what follows the name, with the articles a title leaves out: "with pocket" becomes "with a pocket"."""
    words = _lowered(more)
    if found := re.fullmatch(r"with ([\w¼½¾-]+(?: [\w-]+)?)(?: and ([\w-]+(?: [\w-]+)?))?", words):
        things = [_with_article(t) for t in found.groups() if t]
        words = "with " + " and ".join(things)
    return " " + words if more else ""


def _with_article(thing: str) -> str:
    noun = lexicon.find(thing, "noun") or lexicon.find(thing.split()[-1], "noun")
    if noun is None or noun.plural in {"=", "-"} or _number(noun, thing if noun else "") == "many":
        return thing
    singular = {lexicon.key(f).split()[-1] for f in noun.en}
    return f"{indefinite(thing)} {thing}" if lexicon.key(thing).split()[-1] in singular else thing


def lowered_word(word: str) -> str:
    """Return a word in lower case unless its capitals mean something (LED, T-shirt, Japanese, iPod)."""
    letters = re.sub(r"[^A-Za-z]", "", word)
    if (
        not letters
        or "°" in word
        or (len(word) == 1 and word != "A")
        or word.casefold().strip(".,") in proper_words()
        or re.match(r"[A-Z]+\d|\d+[A-Z]|[A-Z]{2,}-", word)
    ):
        return word
    if re.match(r"[A-Z]-[A-Za-z]", word):
        return word[0] + word[1:].casefold()
    if re.search(r"[a-z].*[A-Z]", word) and not re.fullmatch(r"[A-Z][a-z]+(-[A-Z][a-z]+)+", word):
        return word
    if letters.isupper() and 1 < len(letters) <= 4:
        return word
    return word.casefold() if re.match(r"[A-Z]", letters) else word


def _english_of_han(title: str) -> Subject:
    whole = _chinese(title)
    core, tails = whole.name, whole.tails
    pieces = _segmented(core)
    noun = pieces[-1] if pieces and isinstance(pieces[-1], Term) and pieces[-1].kind == "noun" else None
    noun = noun if _ending(core) else None
    if noun and all(isinstance(p, Term) for p in pieces):
        order = {"feature": 0, "use": 1, "colour": 2, "scent": 3, "material": 4, "noun": 5}
        terms = sorted((p for p in pieces if isinstance(p, Term)), key=lambda t: order.get(t.kind, 1))
        if all(t.kind in order for t in terms):
            name = " ".join(_possessive(t) for t in terms)
            return Subject(name, "", noun, noun.en[0], _number(noun, noun.en[0]), True, True, True, tails)
    if noun:
        name = f"{noun.en[0]} ({core})"
        return Subject(name, "", noun, noun.en[0], _number(noun, noun.en[0]), True, True, True, tails)
    return Subject(core, known=False, translated=True, tails=tails)


def _possessive(term: Term) -> str:
    if term.kind == "use" and term.group == "people":
        return {"children": "children’s", "babies": "baby", "dogs": "dog", "cats": "cat"}.get(
            term.en[0], f"{term.en[0]}’s"
        )
    return term.en[0].removeprefix("the ")


def _segmented(text: str) -> list[Term | str]:
    found: list[Term | str] = []
    key = lexicon.key(text)
    at = 0
    while at < len(key):
        hit = lexicon.longest(key, at, "noun", "material", "colour", "feature", "scent", "use")
        if hit:
            found.append(hit[1])
            at = hit[0]
            continue
        if found and isinstance(found[-1], str):
            found[-1] += key[at]
        else:
            found.append(key[at])
        at += 1
    return found


# --- Chinese ----------------------------------------------------------------------------------------------------------


def _chinese(title: str) -> Subject:
    parts = [p for p in re.split(r"[\s,，;；|｜/（）()【】\[\]·–—]+", title) if p]
    core, tails = (parts[0], parts[1:]) if parts else (title, [])
    named = chinese_names.known(core) or _ending(core) is not None
    brand = not re.search(r"[\u4e00-\u9fff]", core) or (len(core) <= 3 and not named)
    if brand and tails and re.search(r"[\u4e00-\u9fff]", tails[0]):  # a brand comes first: "Kinto 保温杯", "小米 手环"
        core, tails = f"{core} {tails[0]}", tails[1:]
    found = re.search(
        r"\d+(?:[.\d]*)(?:毫升|厘米|克|公斤|升|毫米|米|毫安时?|[只支卷片条个双枚张块包袋盒瓶件粒颗](?:装|入)?|ml|g|cm|kg|m|L)$",
        core,
        re.I,
    )
    if found and found.start():
        core, tails = core[: found.start()], [found[0], *tails]
    if amount := re.search(
        r"(?<=[\u4e00-\u9fff]{3})\d+(?:\.\d+)?(?:ml|g|kg|L|W|V|mAh|升|毫升|克|公斤|斤|[个只片支条双包袋盒枚张卷粒]装)(?![A-Za-z])",
        core,
        re.I,
    ):
        core, tails = core[: amount.start()], [core[amount.start() :], *tails]  # 亚麻籽油|500ml物理压榨
    core, thing = chinese_names.name(core)
    noun = _ending(core)
    head = thing or (noun.zh[0] if noun else "")
    for start in range(len(core)):
        if noun and core[start:] in noun.zh:
            head = core[start:]
            break
    return Subject(core, "", noun, head, "one", True, False, True, tuple(tails))


def _ending(core: str) -> Term | None:
    """Return the noun a Chinese name ends in; one of one letter only after known words ("竹盘", not "小米")."""
    for start in range(len(core)):
        noun = lexicon.find(core[start:], "noun")
        if noun and (len(core) - start > 1 or start == 0 or all(isinstance(p, Term) for p in _segmented(core[:start]))):
            return noun
    return None


def _chinese_of_latin(title: str) -> Subject:
    english = _english(title)
    noun = english.noun
    if noun and noun.zh and english.common and not english.more:
        words = lexicon.key(english.name)
        modifiers = words[: len(words) - len(lexicon.key(english.head))].strip()
        code = re.match(r"[ab]\d ", modifiers)
        terms = _modifiers(modifiers[code.end() :] if code else modifiers)
        if terms is not None:
            name = (code[0].strip().upper() if code else "") + "".join(_attribute(t) for t in terms) + noun.zh[0]
            return Subject(name, "", noun, noun.zh[0], "one", True, True, True, english.tails)
    if noun and noun.zh and english.common:  # "Handmade raku vase with marks" tells what it is, and is nobody's name
        return Subject(noun.zh[0], "", noun, noun.zh[0], "one", True, True, True, ())
    if noun and noun.zh:
        full = re.sub(r"\s+", " ", title if len(title) < 60 else _parted(title)[0]).strip()
        return Subject(full, "", noun, noun.zh[0], "one", False, True, True, ())
    return Subject(title, "", None, "", "one", False, True, False, ())


def _modifiers(text: str) -> list[Term] | None:
    found: list[Term] = []
    words = text.split()
    at = 0
    while at < len(words):
        for end in range(min(len(words), at + 3), at, -1):
            term = lexicon.find(" ".join(words[at:end]), "colour", "material", "feature", "scent", "use")
            if term and term.zh and (term.kind != "use" or term.group == "people"):
                found.append(term)
                at = end
                break
        else:
            return None
    return found


def _attribute(term: Term) -> str:
    written = term.zh[0]
    return written[:-1] if term.kind == "material" and written[-1] in "子材" and written[:-1] in term.zh else written
