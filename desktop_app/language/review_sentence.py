"""One sentence about what reviews say: what it is to tell, how weights are asked for it, and what it may not say.

Figures and quotes are never written by weights: code puts them behind the sentence, or behind a theme's name. So a
sentence holds no figure at all; it names its themes and no other, on the side that was counted, in words that are
harmless or that enough customers used of this very theme.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from desktop_app import paths
from desktop_app.language import opinion_words, sentences
from desktop_app.language.aspects import aspects_in
from desktop_app.language.prompts import Role, tidy
from desktop_app.language.review_grammar import well_formed
from desktop_app.records import Verdict
from desktop_app.words import _

Kind = Literal["praise", "blame", "mend"]
NAME = "reviews"
LONGEST = 170  # letters of a sentence; a Chinese character counts as three
MANY, OFTEN = 5, 4  # voices, and one review in so many, from which customers are "many"
SEVERAL = 3  # voices from which customers are "several"
WORDS = 3  # words of customers that a sentence is offered
_DIGITS = re.compile(r"[\d%％]|[一二两三四五六七八九十百千]+(?:条|位|个|名|成|分|星|人)|百分")
_NUMERALS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve twenty thirty dozen half third quarter percent"
    " hundred hundreds thousand thousands most all every each everyone everybody always nobody none few majority".split()
)
_NOT = frozenset("not no never nothing neither nor without cannot hardly barely".split())
_WORD = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_DISLIKE = re.compile(r"\b(?:do|did|does) not like\b|\b(?:don't|didn't|doesn't) like\b")
_QUOTES = re.compile('["“”‘«»「」『』:：;；()（）\\[\\]]')


@dataclass(frozen=True, slots=True)
class Point:
    """What one sentence is to tell: its side, its themes, the words that enough customers used, and how many spoke."""

    kind: Kind
    themes: tuple[str, ...]  # keys
    names: tuple[str, ...]  # as they are printed
    words: tuple[str, ...] = ()  # of one theme only
    voices: int = 0  # reviews on this side of it
    counted: int = 0  # reviews of the product
    turn: int = 0  # which of several openings

    def opening(self, language: str) -> str:
        """Return what the sentence begins with: who speaks, and no more of them than there are."""
        chinese = language == "zh"
        if self.kind == "mend":
            name = self.names[0]
            return f"先改进{name}" if chinese else f"Improve the {_small(name)} first"
        if len(self.themes) > 1:
            return "顾客" if chinese else ("Customers", "Buyers")[self.turn % 2]
        many = self.voices >= MANY and self.voices * OFTEN >= self.counted
        who = ("顾客", "买家")[self.turn % 2] if chinese else ("customers", "buyers", "reviewers")[self.turn % 3]
        how = ("不少" if many else "一些") if chinese else ("Many " if many else "Some ")
        return f"{how}{who}"


@dataclass(frozen=True, slots=True)
class ReviewSentenceCheck:
    """Hold the last of some sentences to what was counted; small and picklable, asked at every sentence end."""

    point: Point
    language: str

    def __call__(self, written: tuple[str, ...]) -> Verdict:
        """Return whether the sentence, behind its opening, may stand."""
        opening = self.point.opening(self.language)
        whole = joined(opening, written[-1], self.language)
        found = verdict_on(whole, self.point, self.language)
        before = len(whole) - len(written[-1].strip())  # the weights wrote what stands behind it
        return found if found.ok else replace(found, start=max(found.start - before, 0), end=max(found.end - before, 0))


def turns(point: Point, language: str) -> tuple[tuple[Role, str], ...]:
    """Return the turns, (role, text), that ask for this sentence; its opening is given to the weights to go on from."""
    asked = _prompts()[_tongue(language)]
    said: list[tuple[Role, str]] = [("system", asked["system"])]
    for example in asked["examples"]:
        said += [("user", example["asked"]), ("assistant", example["begun"] + example["answered"])]
    return (*said, ("user", _asked(point, language)))


def version(language: str) -> str:
    """Return the name and version of the prompt, for a text's provenance."""
    return f"{NAME}/{_prompts()['version']}/{_tongue(language)}"


def finished(point: Point, text: str, language: str) -> str:
    """Return what weights wrote behind the opening as the one sentence it may be, or "" where it may not stand."""
    whole = joined(point.opening(language), text, language)
    found = sentences.split(whole, language)
    one = whole[found[0][0] : found[0][1]] if found else ""
    return one if one and verdict_on(one, point, language).ok else ""


def joined(opening: str, text: str, language: str) -> str:
    """Put an opening and what was written behind it together."""
    gap = "" if _tongue(language) == "zh" or text[:1] in " ,.'’" or not text else " "
    return tidy(opening + gap + text)


def verdict_on(sentence: str, point: Point, language: str) -> Verdict:
    """Return whether a sentence says what was counted, and nothing else."""
    chinese = _tongue(language) == "zh"
    if wrong := _of_any(sentence, point, chinese):
        return wrong
    return _chinese(sentence, point) if chinese else _english(sentence, point)


def said_of(text: str, kind: Kind, language: str) -> frozenset[str]:
    """Return the words of customers in a remark that a sentence of this side may take up; none that is turned round."""
    chinese = _tongue(language) == "zh"
    known = _known(language)["said_praise" if kind == "praise" else "said_blame"]
    turn = opinion_words.lexicon(_tongue(language)).turn
    if chinese:
        found = [m for m in _any_of(known).finditer(text) if not any(t in text[max(m.start() - 3, 0) : m.start()] for t in turn)]  # fmt: skip
        return frozenset(m[0] for m in found)
    words = _WORD.findall(text.casefold().replace("’", "'"))
    return frozenset(
        word for n, word in enumerate(words)
        if word in known and not any(w in turn or w.endswith("n't") or w in ("too", "less") for w in words[max(n - 3, 0) : n])
    )  # fmt: skip


def is_plain(word: str, language: str) -> bool:
    """Tell whether a word says little: "great"."""
    return word in _known(language)["plain"]


def holds_words(text: str, point: Point) -> bool:
    """Tell whether a sentence takes up a word of customers, and so says more than that something is praised."""
    return any(word in text.casefold() for word in point.words)


def names_theme(text: str, name: str) -> bool:
    """Tell whether a text names a theme: by its name, or a part of one with "and" in it ("Size and fit")."""
    low = text.casefold()
    return any(re.search(rf"(?<![a-z]){re.escape(part)}(?![a-z])", low) for part in _parts(name))


def with_counts(sentence: str, names: tuple[str, ...], counts: tuple[int, ...], language: str) -> str:
    """Put how many voices each theme has behind its name; "" where one cannot be placed."""
    form = "（{n}条）" if _tongue(language) == "zh" else " ({n})"
    for name, count in sorted(zip(names, counts, strict=True), key=lambda pair: -len(pair[0])):
        place = re.search(rf"(?i)(?<![a-z]){re.escape(name)}(?![a-z(]| \(|（)", sentence)
        if place is None:
            return ""
        sentence = sentence[: place.end()] + form.format(n=count) + sentence[place.end() :]
    return sentence


# --- what may not be said --------------------------------------------------------------------------------------------


def _of_any(sentence: str, point: Point, chinese: bool) -> Verdict | None:
    """Return what is wrong with a sentence in either language."""
    letters = sum(3 if c > "\u2e80" else 1 for c in sentence)
    if letters > LONGEST or sentence[-1:] not in (".", "。"):
        return _no("length", sentence, _("It is too long, or does not end."))
    for kind, pattern, why in (
        ("number", _DIGITS, _("Figures are put in by the program, not by the weights.")),
        ("quote", _QUOTES, _("Quotes are put in by the program, not by the weights.")),
    ):
        if found := pattern.search(sentence):
            return Verdict(False, kind, *found.span(), why)
    several = len(point.themes) > 1
    for name in point.names:
        if not (name.casefold() in sentence.casefold() if several else names_theme(sentence, name)):
            return _no("theme", sentence, _("It does not name what it is about."))
        own = [re.escape(w) for w in _WORD.findall(name.casefold()) if w not in _known("en")["glue"]] or [
            re.escape(name)
        ]
        if any(len(re.findall(rf"(?i)(?<![a-z]){word}", sentence)) > 1 for word in own):
            return _no("repetition", sentence, _("It says the same thing twice."))
    allowed = [*(p for n in point.names for p in _parts(n)), *point.words, *_known("zh" if chinese else "en")["glue"]]
    for key, start, end in aspects_in(sentence):
        if key not in point.themes and not any(sentence[start:end].casefold() in word for word in allowed):
            return Verdict(False, "theme", start, end, _("It speaks of a theme that it was not to speak of."))
    return None


def _english(sentence: str, point: Point) -> Verdict:
    low = sentence.casefold().replace("’", "'")
    known = _known("en")
    side, other = ("praise", "blame") if point.kind == "praise" else ("blame", "praise")
    bare = _DISLIKE.sub(" dislike ", low) if side == "blame" else low
    names = {w for name in point.names for w in _WORD.findall(name.casefold())}
    names |= {w + "s" for w in names} | {w.removesuffix("s") for w in names}
    may = known["who"] | known["glue"] | known[side] | names | frozenset(point.words) | (known["mend"] if point.kind == "mend" else frozenset())  # fmt: skip
    found = [m[0] for m in _WORD.finditer(bare)]
    opposite = known[other] - frozenset(point.words)
    turned = [w for w in found if w in _NOT or w.endswith("n't") or w in opposite]
    for kind, wrong, why in (
        ("number", [w for w in found if w in _NUMERALS], _("Nobody counted that.")),
        ("side", turned, _("It says the opposite of what was counted.")),
        ("unsupported", [w for w in found if w not in may], _("Not enough customers say this.")),
    ):
        if wrong:
            at = max(low.find(wrong[0]), 0)
            return Verdict(False, kind, at, at + len(wrong[0]), why)
    if not _as_many({"many", "often"}, {"several"}, set(found), point):
        return _no("number", sentence, _("Nobody counted that."))
    return _told(sentence, point, frozenset(found), known, "en")


def _chinese(sentence: str, point: Point) -> Verdict:
    known = _known("zh")
    side, other = ("praise", "blame") if point.kind == "praise" else ("blame", "praise")
    may = known["who"] | known["glue"] | known[side] | frozenset(point.names) | frozenset(point.words) | (known["mend"] if point.kind == "mend" else frozenset())  # fmt: skip
    found, at = [], 0
    body = sentence.rstrip("。")
    longest = sorted(may | known[other], key=len, reverse=True)
    while at < len(body):
        word = next((w for w in longest if body.startswith(w, at)), "")
        if not word:
            return Verdict(False, "unsupported", at, at + 1, _("Not enough customers say this."))
        if word not in may:
            return Verdict(False, "side", at, at + len(word), _("It says the opposite of what was counted."))
        found.append(word)
        at += len(word)
    if not well_formed(body[len(point.opening("zh")) :], point.names, point.kind == "mend"):
        return _no("broken", sentence, _("It does not read as a sentence."))
    if not _as_many({"不少", "许多", "多位"}, {"几位"}, set(found), point):
        return _no("number", sentence, _("Nobody counted that."))
    return _told(sentence, point, frozenset(found), known, "zh")


def _as_many(many: set[str], several: set[str], said: set[str], point: Point) -> bool:
    """Tell whether as many speak as the words for how many claim."""
    if many & said and not (point.voices >= MANY and point.voices * OFTEN >= point.counted):
        return False
    return not several & said or point.voices >= SEVERAL


def _told(
    sentence: str, point: Point, words: frozenset[str], known: dict[str, frozenset[str]], language: str
) -> Verdict:  # fmt: skip
    """Hold a sentence to telling its side, and who says so: without them it would be a claim of the shop's own.

    What to mend first may be said without a reason, since the figures behind it are one.
    """
    side = known["praise"] if point.kind == "praise" else known["blame"]
    able = bool(words & known["who"] and words & (side | frozenset(point.words)))
    if point.kind == "mend":
        able = able or not sentence[len(point.opening(language)) :].strip(" .。")
    return Verdict(True) if able else _no("side", sentence, _("It does not say what was counted."))


def _no(kind: str, sentence: str, why: str) -> Verdict:
    return Verdict(False, kind, 0, len(sentence), why)


def _parts(name: str) -> list[str]:
    low = name.casefold()
    return [low, *(part.strip() for part in low.split(" and ") if len(part.strip()) > 2)]


# --- words -----------------------------------------------------------------------------------------------------------


def _asked(point: Point, language: str) -> str:
    asked, chinese = _prompts()[_tongue(language)], _tongue(language) == "zh"
    names = [name if chinese else _small(name) for name in point.names]
    lines = [asked[point.kind].format(names=_listed(names, chinese))]
    if point.words:
        lines.append(asked["said"].format(words=("、" if chinese else ", ").join(point.words)))
    return "\n".join(lines)


def _listed(names: list[str], chinese: bool) -> str:
    if chinese:
        return "、".join(names)
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _tongue(language: str) -> str:
    return "zh" if language == "zh" else "en"


@cache
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))


@cache
def _known(language: str) -> dict[str, frozenset[str]]:
    table = tomllib.loads((paths.assets() / "reviews" / "telling.toml").read_text("utf-8"))[_tongue(language)]
    return {key: frozenset(words.split()) for key, words in table.items()}


@cache
def _prompts() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((paths.assets() / "prompts" / f"{NAME}.toml").read_text("utf-8"))
    return found
