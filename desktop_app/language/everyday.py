"""Everyday words: where a sentence paints a scene they say nothing of the product, where it says what the product is they do."""

from __future__ import annotations

import itertools
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from desktop_app import paths
from desktop_app.language import lexicon, scenes
from desktop_app.language.scenes import verbs as verbs

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-zà-öø-ɏ]+(?:['’][a-z]+)?", re.I)
_CLAUSE_END = re.compile(
    r"[,;:.!?—–()，。；！？：、]|\b(?:and|so|but|or)\s+(?:you|your|it|they)\b"
    r"|\b(?:while|when|where|if|whenever|until|before|after|unless)\b|\byou\b"
    r"|\band\s+(?:fits?|goes|go|stands?|sits?|hangs?|waits?|carries|takes|finds|lives|slips|slides|leaves|lies"
    r"|rests|travels|moves)\b",
    re.I,
)
_HAN_CLAUSE_END = re.compile(r"[，。；！？：,;.!?]")
_SUBJECT = re.compile(
    r"(?:^|[,;:.—–(]\s*"
    r"|\b(?:and|but|so|because|that|which|then)\s+)(?P<who>(?:one of (?:its|the|their)\s+[a-z]+|it|they|this|these"
    r"|both|each|all|one)\b"
    r"|(?:the|this|these|that|every|each|an?|its|their|our"
    r"|both)\s+(?:[a-z’'-]+\s+){0,4}?[a-z’'-]+)\s+(?:[a-z]+ly\s+"
    r"|also\s+|just\s+)?(?=(?P<verb>THING\b|[a-z’']+))",
    re.I,
)
_TIED = re.compile(
    r"\b(?P<noun>[a-z’'-]+)\s+(?P<tie>with|without|for|from|(?:in|on)(?!\s+(?:it|them|the|this|these|that|your)\b)|that|which)\b",
    re.I,
)
_NO_VERB = frozenset(
    [
        "for",
        "of",
        "in",
        "on",
        "at",
        "after",
        "with",
        "to",
        "from",
        "by",
        "and",
        "or",
        "more",
        "less",
        "who",
        "size",
        "way",
        "day",
        "time",
        "year",
        "thing",
        "kind",
    ]
)
_PRONOUNS = frozenset(["it", "they", "this", "these", "both", "each", "all", "one"])


@dataclass(frozen=True, slots=True)
class Usual:
    """What is customary for one product's kind of thing: words that need no fact of their own."""

    en: frozenset[str] = frozenset()
    zh: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """Where in one sentence everyday words do not count, and where not even customary ones do; spans in code points."""

    claims: tuple[tuple[int, int], ...] = ()
    hard: tuple[tuple[int, int], ...] = ()
    scenes: tuple[tuple[int, int], ...] = ()  # clauses about the reader's day in which even unknown words claim nothing
    doing: frozenset[int] = frozenset()  # where a verb stands that says what the product does
    strict: bool = False  # a text that weights wrote: only the small vocabulary is free in it

    def claimed(self, start: int) -> bool:
        """Tell whether what stands at ``start`` is said of the product."""
        return any(a <= start < b for a, b in self.claims)

    def free(self, start: int) -> bool:
        """Tell whether what stands at ``start`` belongs to a scene without the product."""
        return any(a <= start < b for a, b in self.scenes) and not self.claimed(start) and not self.bound(start)

    def bound(self, start: int) -> bool:
        """Tell whether only a fact can carry what stands at ``start``: an ingredient, a material, a thing in the box."""
        return any(a <= start < b for a, b in self.hard)


@cache
def words(language: str) -> frozenset[str]:
    """Return the everyday words of a language ("en": base forms, or "zh"), those that always need a fact left out."""
    text = (paths.assets() / "language" / f"everyday.{language}.txt").read_text("utf-8")
    found = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return frozenset(found - cautious(language))


@cache
def plain(language: str) -> frozenset[str]:
    """Return the words that claim nothing even of the product, in a text that a person wrote."""
    text = (paths.assets() / "language" / f"plain.{language}.txt").read_text("utf-8")
    return frozenset(w for line in text.splitlines() if not line.startswith("#") for w in line.split())


@cache
def cautious(language: str) -> frozenset[str]:
    """Return the words that are a claim wherever they stand ("oven", 烤箱)."""
    return frozenset(str(_places()[language]["cautious"]).split())


def usual(said: str) -> Usual:
    """Return what is customary for a thing whose title, category and tags are ``said``."""
    low = said.casefold()
    latin = {w for word in _WORD.findall(low) for w in (word, word.removesuffix("s"), word.removesuffix("es"))}
    english: set[str] = set()
    chinese: set[str] = set()
    for names, en, zh in _kinds():
        if any((name in low) if _HAN.search(name) else (name in latin) for name in names):
            english |= en
            chinese |= zh
    return Usual(frozenset(english), frozenset(chinese))


def nowhere(sentence: str, language: str) -> Places:
    """Return the places of a sentence in which no everyday word may stand without a fact."""
    hard = _hard("zh" if language == "zh" else "en")
    return Places(
        ((0, len(sentence)),), _until(sentence, hard, _HAN_CLAUSE_END if language == "zh" else _CLAUSE_END), strict=True
    )


def places(sentence: str, language: str, carried: frozenset[str]) -> Places:
    """Find where ``sentence`` says what the product is; ``carried`` are the words its facts carry."""
    if language == "zh":
        return Places(
            _until(sentence, _claims("zh"), _HAN_CLAUSE_END),
            _behind(sentence, _hard("zh"), _HAN_CLAUSE_END),
            scenes.of_han(sentence),
        )
    about = carried | part_words()
    doing: set[int] = set()
    claims = [*_until(sentence, _claims("en"), _CLAUSE_END), *_said_of_it(sentence, about, doing)]
    claims += _tied(sentence, carried)
    claims += _describing(sentence, carried)
    hard = _until(sentence, _hard("en"), _HARD_END)
    return Places(tuple(claims), hard, scenes.of(sentence, carried), frozenset(doing))


_POINTING = re.compile(
    r"(?i)\b(?:an?|the|your|some|every|his|her|my|another|that|last|next|no|any|on|at|in|into|onto|over|through|to|from|of|under|behind|by|near|beside|around|after|before|until|during|till|and|or)\s+(?:[a-z’'-]+\s+){0,2}$"
)


_TO_DO = frozenset(
    [
        "put",
        "use",
        "leave",
        "store",
        "dry",
        "clean",
        "empty",
        "open",
        "close",
        "cool",
        "warm",
        "light",
        "read",
        "follow",
        "burn",
        "lift",
        "hold",
    ]
)


_INTO = frozenset(["into", "in", "on", "onto", "near", "under", "over", "with"])


def asked(sentence: str, end: int) -> bool:
    """Tell whether what follows "never" or "always" is a request: "never leave it alone"."""
    following = _WORD.match(sentence, end + len(sentence[end:]) - len(sentence[end:].lstrip()))
    return following is not None and following[0].casefold() in verbs() | _TO_DO | _INTO


def pointed_at(sentence: str, start: int) -> bool:
    """Tell whether a word stands as the name of something ("a …", "on the …"), not as a property."""
    return bool(_POINTING.search(sentence[:start]))


_LOCATED = re.compile(
    r"(?i)(?P<verb>\b[a-z]+\s+)?\b(?:in|on|at|by|beside|near|under|over|behind|before|after|during|through|between"
    r"|around|into|onto|off|up|down|along|across|past|until|within|against|inside|outside|beneath|next to"
    r"|instead of|out of)\s+"
    r"(?:(?:an?|the|your|any|every|each|some|that|this|his|her|my|our|their)\s+)?(?:[a-z’'-]+\s+){0,2}$"
)
_BY_NATURE = re.compile(
    r"(?i)^(?:comes?|came|sold|supplied|delivered|packed|packaged|presented|wrapped|made|dressed|finished|available"
    r"|printed|dyed|coated|cut|cast|carved|woven|knitted|lined|trimmed|born|designed|rich|high|low|safe|dishwasher"
    r"|used|works?|best|popular|grown|picked|harvested|aged|smoked|roasted|dried|cooked|baked|brewed|fired)$"
)


_ASSERTED = re.compile(
    r"(?i)\b(?:is|are|was|were|has|have|had|with|without|comes?|includes?|including|features?|offers?|contains?"
    r"|boasts?|of|from|as|like|by|gets?|gives?|makes?|suitable for|ideal for|safe for|recommended for|approved for"
    r"|used for|great for|perfect for)\s+"
    r"(?:(?:an?|the|your|any|every|some|its|their|our|\w+ing)\s+)?(?:[a-z’'-]+\s+){0,2}$"
)


def asserted(sentence: str, start: int) -> bool:
    """Tell whether a word is what the product is, has, comes with or is made from: there only a fact can carry it."""
    return bool(_ASSERTED.search(sentence[:start]))


def located(sentence: str, start: int) -> bool:
    """Tell whether a word says where or when ("beside the stove", "off a ripe tomato"), not what the product is."""
    found = _LOCATED.search(sentence[:start])
    return bool(found) and not _BY_NATURE.match((found["verb"] or "").strip() if found else "")


_HARD_END = re.compile(_CLAUSE_END.pattern + r"|\bfor\b", re.I)


def _until(sentence: str, opening: re.Pattern[str], ending: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    return tuple((m.start(), _end(sentence, m.end(), ending)) for m in opening.finditer(sentence))


_DEED = re.compile(r"夹[了着]?")


def _behind(sentence: str, opening: re.Pattern[str], ending: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    """As `_until`, with the deed itself left out: of 夹了一层铝 only what was put there needs a fact."""
    return tuple(
        (m.end() if _DEED.fullmatch(m[0]) else m.start(), _end(sentence, m.end(), ending))
        for m in opening.finditer(sentence)
    )


def _end(sentence: str, at: int, ending: re.Pattern[str]) -> int:
    found = ending.search(sentence, at)
    return found.start() if found else len(sentence)


@cache
def part_words() -> frozenset[str]:
    """Return what parts of things are called in English: "The toes are …" speaks of the product."""
    parts = [t for t in lexicon.terms("noun") if "part" in t.marks]
    return frozenset(w.casefold() for t in parts for e in (*t.en, t.plural) for w in e.split()[-1:] if len(w) > 2)


def _said_of_it(sentence: str, carried: frozenset[str], doing: set[int]) -> list[tuple[int, int]]:
    found = []
    for m in _subject().finditer(sentence):
        who = _WORD.findall(m["who"].casefold())
        if not who:
            continue
        thing = who[0] in {"its", "their"} or who[:2] == ["one", "of"] or any(w in carried for w in who[1:])
        verb = m["verb"].casefold()
        following = _WORD.search(sentence, m.end("verb")) if verb in _MODAL else None
        if _deed(verb) or (following and (_deed(following[0].casefold()) or following[0].casefold() in carried)):
            continue  # "they never meet your shirts": what it does there says nothing of what it is
        if (who[0] in _PRONOUNS and len(who) == 1 and verb not in _NO_VERB) or (thing and _does().fullmatch(m["verb"])):
            found.append((m.end(), _end(sentence, m.end(), _CLAUSE_END)))
            doing |= {m.start("verb"), following.start() if following else m.start("verb")}
    if alone := _alone().match(sentence):
        found.append((alone.end(), _end(sentence, alone.end(), _CLAUSE_END)))
    return found


_MODAL = frozenset(["will", "can", "may", "would", "could"])
_GIVING = frozenset(
    "fit fits take takes carry carries store stores keep keeps let lets make makes give gives go goes turn turns run runs".split()
)


@cache
def _deed(verb: str) -> bool:
    """Tell whether a verb asserts nothing of its subject: "meets", "catches", "arrives", not "is", "holds", "keeps"."""
    if verb in _GIVING:
        return True
    base = {verb, verb.removesuffix("s"), verb.removesuffix("es"), verb.removesuffix("d"), verb.removesuffix("ed")}
    return bool(base & plain("en")) and not re.fullmatch(str(_places()["en"]["thing"]), verb, re.I)


def _tied(sentence: str, carried: frozenset[str]) -> list[tuple[int, int]]:
    """ "A mug with …", "a towel for …": what comes after the thing's own name."""
    return [
        (m.end("noun"), _end(sentence, m.end(), _CLAUSE_END))
        for m in _TIED.finditer(sentence)
        if m["noun"].casefold() in carried and not re.search(r"(?i)\byou(?:r|rself)?\b", sentence[: m.start()])
    ]


def _describing(sentence: str, carried: frozenset[str]) -> list[tuple[int, int]]:
    describing = _describing_words()
    found = []
    several = list(_WORD.finditer(sentence))
    for this, following in itertools.pairwise(several):
        if (
            this[0].casefold() in describing
            and following[0].casefold() in carried
            and not sentence[this.end() : following.start()].strip(" -")
        ):
            found.append(this.span())
    return found


@cache
def _places() -> dict[str, dict[str, Any]]:
    return tomllib.loads((paths.assets() / "language" / "places.toml").read_text("utf-8"))


@cache
def _claims(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _places()[language]["claim"]), re.I)


@cache
def _hard(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in _places()[language]["hard"]), re.I)


@cache
def _subject() -> re.Pattern[str]:
    return re.compile(_SUBJECT.pattern.replace("THING", str(_places()["en"]["thing"])), re.I)


@cache
def _does() -> re.Pattern[str]:
    return re.compile(str(_places()["en"]["thing"]) + r"|(?!this\b)[a-z]{3,}s", re.I)


@cache
def _alone() -> re.Pattern[str]:
    """A sentence without a subject: "Keeps for a year", "Works on gas"."""
    return re.compile(rf"(?:{_places()['en']['alone']})\b", re.I)


@cache
def _describing_words() -> frozenset[str]:
    return lexicon.words(str(_places()["en"]["describing"]))


@cache
def _kinds() -> tuple[tuple[tuple[str, ...], frozenset[str], frozenset[str]], ...]:
    raw = tomllib.loads((paths.assets() / "language" / "customary.toml").read_text("utf-8"))
    return tuple(
        (tuple(k["is"].casefold().split()), lexicon.words(k["en"]), lexicon.words(k["zh"])) for k in raw["kind"]
    )
