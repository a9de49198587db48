"""The check of replies: a sentence may say what a given passage or fact says, with courtesy around it, nothing else."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from desktop_app.language import masking, rules, sentences
from desktop_app.language.tongue import language_of
from desktop_app.records import Finding, Verdict
from desktop_app.words import _

HALF = 0.5  # of the words of a given sentence that a sentence made of it holds
ENOUGH = 0.85  # of the words of a passage that an answer made of it holds
_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|shop|store|cn|io|co|example|de|fr|uk)(?:/\S*)?\b"
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"[a-zà-ÿ]+(?:['’][a-z]+)?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NOT = re.compile(
    r"(?i)\b(?:not?|never|none|nothing|neither|nor|cannot|without|unless|except|only|\w+n['’]t)\b|不|没|無|无|未|别|勿|非|除外|除了|仅|只"
)
# Words that bound what is said: a sentence has just those of the sentence it comes from.
_BOUNDS = re.compile(
    r"\b(?:within|until|from|over|under|between|about|around|least|most|up to|less|more|than|before|after|every|each|all|any|some|only|first|second|per|once|twice|if|unless|except|or|both|during|free|same|other)\b"
    r"|以内|之内|内|起|以上|以下|不超过|至少|最多|约|左右|每|只|仅|全|前|后|除|首|或|如果|免|限|另"
)
_NUMERALS = {
    w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"fourteen": "14", "fifteen": "15", "twenty": "20", "thirty": "30", "sixty": "60", "ninety": "90", "hundred": "100"}
# Words that say nothing of the shop. Everything else must stand in a passage, a fact or (as a topic) in the question.
_COURTESY = frozenset(
    "a an the this that these those it its is are was were be been being am i we you he she they me us him her them my our your"
    " their and or but so because if when while as at by for from in into of on onto to up with within about after before until"
    " than then there here out over under again also too just very please thank thanks you're welcome hello hi dear kind regards"
    " sorry hear happy glad pleased help question questions answer message know let yes do does did have has had can could may"
    " might will would shall should which who what where how why any some all each every other another such more most much many"
    " both either same own let's us's one ones well good fine sure unfortunately however therefore course asking writing wonder"
    " note regarding inform tell understand hope wait sincerely best wishes".split()
)  # fmt: skip
_COURTESY_HAN = frozenset(
    "您你好我们的了吗呢吧啊哦是在有和与或可以能请谢感对于关这那个些哪里什么怎么样如果就都也还会要到从把给为被让很亲说告诉知道问题答复回祝愉快抱歉理解下一上中里面时候以及其他它他她本店铺买家顾客商品，。、！？：；“”（）"
)


@dataclass(frozen=True, slots=True)
class ReplyCheck:
    """Hold the last of some sentences against passages and facts; small and picklable, asked at every sentence end.

    ``carried`` are the passages and facts that were given. The customer's own words carry nothing.
    """

    carried: tuple[str, ...]
    language: str
    packs: rules.Chosen = rules.SHIPPED  # which rule packs the shop goes by

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the last sentence may stand; spans are code points within it."""
        found = check_reply(written[-1], self.carried, self.language, chosen=self.packs)
        if not found and len(written) > 1 and written[-1].strip() in {w.strip() for w in written[:-1]}:
            return Verdict(False, "repetition", 0, len(written[-1]), _("This was said before."))
        if not found:
            return Verdict(True)
        first = found[0]
        return Verdict(False, first.kind, first.start, first.end, first.why)


def check_reply(
    text: str, carried: tuple[str, ...], language: str = "", *, strict: bool = True,
    chosen: rules.Chosen = rules.SHIPPED,
) -> tuple[Finding, ...]:  # fmt: skip
    """Return what neither the passages nor the facts carry; not ``strict``: words that are merely unknown pass.

    What a merchant wrote is held to claims (``strict`` off), what weights wrote to every word.
    """
    tongue = language or ("zh" if _HAN.search(text) else "en")
    ready = _ready(carried)
    found: list[Finding] = []
    for start, end in sentences.split(text, tongue):
        sentence = text[start:end]
        several = _of_sentence(sentence, ready, tongue, strict, chosen)
        found += [Finding(f.start + start, f.end + start, f.text, f.kind, f.why, f.rule) for f in several]
    return tuple(sorted(found, key=lambda f: f.start))


def tells_all(text: str, source: str) -> bool:
    """Tell whether a text says what its source says: every number and name, and most of its words."""
    one, other = _fold(text), _fold(source)
    names = set(re.findall(r"(?<=[\w,;] )[A-Z]\w+", unicodedata.normalize("NFKC", source)))
    if not _numbers(other) <= _numbers(one) or any(name not in text for name in names):
        return False
    wanted = _bag(other)
    return len(wanted & _bag(one)) >= ENOUGH * len(wanted)


@dataclass(frozen=True, slots=True)
class _Carried:
    folded: tuple[str, ...]  # each passage and fact
    clauses: tuple[str, ...]  # theirs, folded
    numbers: frozenset[str]
    stems: frozenset[str]
    han: frozenset[str]


@cache
def _ready(carried: tuple[str, ...]) -> _Carried:
    folded = tuple(_fold(text) for text in carried)
    whole = "\n".join(folded)
    several = tuple(clause for t in folded for a, b in sentences.split(t) for clause in _clauses(t[a:b]))
    return _Carried(folded, several, _numbers(whole), frozenset(map(_stem, _WORD.findall(whole))), frozenset(whole))


def _of_sentence(
    sentence: str, ready: _Carried, tongue: str, strict: bool, chosen: rules.Chosen
) -> list[Finding]:  # fmt: skip
    folded = _fold(sentence)
    found = _by_rules(sentence, ready, rules.of_replies(tongue, chosen))
    for kind, pattern, why in (
        ("link", _LINK, _("This link is not in the shop's knowledge.")),
        ("number", _NUMBER, _("This number is in no passage and no fact.")),
    ):
        for match in pattern.finditer(sentence):
            known = any(_fold(match[0]) in text for text in ready.folded) if kind == "link" else (
                _numbers(_fold(match[0])) <= ready.numbers)  # fmt: skip
            if not known:
                found.append(Finding(*match.span(), match[0], kind, why))
    for one in masking.personal(sentence):
        words = sentence[one.start : one.end]
        if not any(_fold(words) in text for text in ready.folded):
            found.append(Finding(one.start, one.end, words, "personal", _("Personal data that no passage holds.")))
    if not strict:
        return found
    said = language_of(sentence)
    if said and said != tongue and len(sentence) > 12:
        found.append(Finding(0, len(sentence), sentence, "language", _("This is in another language.")))
    return found or _unknown(sentence, folded, ready)


def _by_rules(sentence: str, ready: _Carried, held: tuple[rules.Rule, ...]) -> list[Finding]:
    """Return what the rule packs find and no passage says in the same words."""
    found = []
    for rule in held:
        for match in rule.pattern.finditer(sentence):
            said = rule.kind != "leak" and any(_holds(text, _fold(match[0])) for text in ready.folded)
            if not said:
                found.append(Finding(*match.span(), match[0], rule.kind, rule.why, rule.id))
    return found


def _holds(text: str, words: str) -> bool:
    if _HAN.search(words):
        return words in text
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


def _unknown(sentence: str, folded: str, ready: _Carried) -> list[Finding]:
    """Return words that the given texts do not hold, and a "not" more or less than where it is from."""
    if _HAN.search(folded):
        wrong = [c for c in folded if _HAN.match(c) and c not in ready.han | _COURTESY_HAN]
        if wrong:
            at = folded.index(wrong[0])
            return [Finding(at, at + 1, wrong[0], "unsupported", _("No passage and no fact says this."))]
    for match in _WORD.finditer(folded):
        word = match[0]
        if word not in _COURTESY and word not in _NUMERALS and _stem(word) not in ready.stems:
            return [Finding(*match.span(), word, "unsupported", _("No passage and no fact says this."))]
    return _turned(sentence, folded, ready)


def _turned(sentence: str, folded: str, ready: _Carried) -> list[Finding]:
    """A clause is one of the given ones in other words: half of it at least, its "not" and its bounds all of them."""
    for clause in _clauses(folded):
        own = _bag(clause)
        if not own:
            continue
        source = max(ready.clauses, key=lambda s: len(own & _bag(s)) / (len(_bag(s)) + 3), default="")
        if not source or len(own & _bag(source)) < HALF * len(_bag(source)):
            return [Finding(0, len(sentence), sentence, "unsupported", _("No passage and no fact says this."))]
        if len(_NOT.findall(clause)) != len(_NOT.findall(source)):
            return [Finding(0, len(sentence), sentence, "contradiction", _("The passage says it the other way round."))]
        if set(_BOUNDS.findall(clause)) != set(_BOUNDS.findall(source)):
            return [Finding(0, len(sentence), sentence, "relation", _("The passage bounds it in another way."))]
    return []


def _clauses(text: str) -> list[str]:
    """Cut a sentence where Chinese cuts it; in English a comma may stand in a list, so only a semicolon does."""
    return [part for part in re.split(r"[，；;]|,(?=[\u4e00-\u9fff])", text) if part.strip()]


def _bag(text: str) -> frozenset[str]:
    words = {_stem(w) for w in _WORD.findall(text) if w not in _COURTESY}
    han = [c for c in text if _HAN.match(c) and c not in _COURTESY_HAN]
    return frozenset(words | set(han))


def _numbers(text: str) -> frozenset[str]:
    found = {re.sub(r"[,.:]0+$", "", n) if re.search(r"[.]\d+$", n) else n for n in _NUMBER.findall(text)}
    found |= {_NUMERALS[w] for w in _WORD.findall(text) if w in _NUMERALS and w != "one"}
    return frozenset(found)


@cache
def _stem(word: str) -> str:
    word = word.split("'")[0].split("’")[0]
    for end in (
        "ingly",
        "edly",
        "ings",
        "ment",
        "ness",
        "ing",
        "ies",
        "ied",
        "ers",
        "ed",
        "es",
        "er",
        "ly",
        "s",
        "d",
        "e",
        "y",
    ):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[: -len(end)]
    return word


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
