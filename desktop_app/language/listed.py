"""Lists that are closed: a sentence that goes through a recipe, the colours or what is in the box may not slip in another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop_app.language import everyday, facts, harmless, inflections, lexicon, telling
from desktop_app.language.spans import finding
from desktop_app.language.vocabulary import World
from desktop_app.records import Finding, Product
from desktop_app.words import _

_ITEM = re.compile(r"[^,;.:!?—–()]+")
_TOGETHER = re.compile(r"(?i)\s+(?:and|plus|with|&|or)\s+|\s*\+\s*")
_WHERE = re.compile(r"(?i)\s+(?:on|at|for|from|to|over|under|by|of)\s.*$|\s+in\s+(?:the|a|an|your|it|its)\s.*$")
_WORDS = re.compile(r"[A-Za-zÀ-ÿ]{3,}")
_MOST = 12  # words of an item: a longer value is prose
_BESIDE = lexicon.words(
    "jar tin bag box bottle spoon bread toast kitchen breakfast water nothing recipe list label bar mix blend choice colour color size "
    "sizes colours colors shades you"
)


def of(product: Product) -> tuple[frozenset[str], ...]:
    """Return the words of every list of two or more single things among the facts and options."""
    found = []
    for fact in telling.usable(product):
        items = [re.sub(r"\([^)]*\)|\d\S*", " ", i) for i in facts.items(fact)]
        several = [_WORDS.findall(i) for i in items]
        if len(items) > 1 and all(several) and all(len(i.split()) < _MOST for i in items):
            words = {form for w in several for one in w for form in inflections.forms(one)}
            found.append(frozenset(words - {"and", "with", "the", "included"}))
    return tuple(found)


def of_sentence(sentence: str, lists: tuple[frozenset[str], ...], world: World) -> list[Finding]:
    """Return what ``sentence`` lists beside two things of one closed list and no fact names; spans in code points."""
    if not lists or re.search(r"[\u4e00-\u9fff]", sentence):
        return []
    items = list(_items(sentence))
    for known in lists:
        held = [i for i in items if all(inflections.forms(w) & known for w in i[2])]
        if len(held) < 2 or len(held) * 2 < len(items):
            continue
        out = []
        for start, end, words in items:
            last = words[-1]
            named = (start, end, words) in held or inflections.forms(last) & (world.words | _BESIDE)
            bare = all(
                w in words or w.casefold() in _DETERMINERS for w in re.findall(r"[A-Za-zÀ-ÿ'’]+", sentence[start:end])
            )
            thing = (
                bare
                and not harmless.is_ordinary(last)
                and not _acts(words)
                and (lexicon.find(last.casefold(), "noun", "scent", "colour", "material") or harmless.is_everyday(last))
            )
            if not named and thing:
                why = _("No fact says that “{text}” is in it.", text=sentence[start:end])
                out.append(finding(sentence, start, end, "feature", why))
        if out:
            return out
    return []


_DETERMINERS = lexicon.words("a an the some our also even")


def _acts(words: list[str]) -> bool:
    """Tell whether a word of several is a verb of what people do: "let the driver decide"."""
    return len(words) > 1 and any(
        inflections.forms(w) & everyday.verbs() and not lexicon.find(w, "noun") for w in words
    )


def _items(sentence: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the pieces of a sentence that may be items of a list, each with its content words."""
    for match in _ITEM.finditer(sentence):
        at = match.start()
        for piece in _TOGETHER.split(match[0]):
            start = sentence.find(piece, at)
            at = start + len(piece)
            bare = _WHERE.sub("", piece)
            words = [w for w in _WORDS.findall(bare) if w.casefold() not in harmless.words("en", "")]
            if words and len(words) <= 3:
                start += len(bare) - len(bare.lstrip())
                yield start, start + len(bare.strip()), words
