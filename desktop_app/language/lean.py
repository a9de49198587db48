"""A second, narrower gate for the tries of small weights: they may join what the plain sentence says, and little else.

The check lets through what a careful person may write. Small weights use the same words to say nonsense ("holds 1 l of
glass", "comes in cotton wick"), so their sentences are held to the plain sentence's own words and to the frames that
fit the kinds of the facts told.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop_app.language import frames, lexicon

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:['’][a-z]+)?")
_JOINING = frozenset(
    "a an the this these it its it's they their is are and or with of in on for to from by as has have can be not "
    "comes come made measures measuring measure hold holds holding weighs weigh weighing includes include including "
    "available which that also set sets size sizes colour colours color colors tall wide long high wash washed machine "
    "dry do suits suit height width length weight capacity volume depth diameter material weather days".split()
)
# A frame may be used only of facts of these kinds.
_FRAMES = (
    (re.compile(r"\b(?:made|crafted) (?:of|from|with)\b", re.I), {"material", "contents"}),
    (re.compile(r"\b(?:comes?|available) in\b", re.I), {"colour", "size", "count", "volume", "scent", "style"}),
    (re.compile(r"\bholds?\b|\bholding\b", re.I), {"volume"}),
    (re.compile(r"\bmeasur(?:es?|ing)\b", re.I), {"size"}),
    (re.compile(r"\bweigh(?:s|ing)?\b", re.I), {"weight"}),
    (re.compile(r"\b(?:comes? from|made in)\b", re.I), {"origin"}),
)
_MADE_OF = re.compile(r"\bmade (?:of|from) ([^,.;]+?)(?=[,.;]| and | with |$)", re.I)
_SO_MUCH_OF = re.compile(r"\b\d[\d.,]*\s?[A-Za-z]{1,11}\s+of\s+\w+", re.I)
_WRONG_ARTICLE = re.compile(r"\ba [aeio]\w+|\ban [bcdfgjklmnpqrstvwxz]\w+", re.I)
_ONE_OF_MANY = re.compile(r"\ban? (?:[\w-]+ )?([\w-]+[^s\W]s)\b", re.I)


def fits(text: str, said: str, told: Collection[str], kinds: Collection[str], materials: str) -> bool:
    """Tell whether ``text`` (English) only joins words of ``said``, the plain sentence, and of ``told``.

    ``told`` are the title and the facts' names and values; ``kinds`` the kinds of the facts the sentence is about,
    ``materials`` the words for what the product as a whole is made of.
    """
    if not (text[:1].isupper() or text[:1].isdigit()) or not _well_formed(text, said):
        return False
    of = {_stem(w) for w in _WORD.findall(materials)}
    for made in _MADE_OF.finditer(text):
        if any(_stem(w) not in of and w.casefold() not in _JOINING for w in _WORD.findall(made[1])):
            return False
    known = {_stem(w) for source in (said, *told) for w in _WORD.findall(source)}
    if any(_stem(w) not in known and w.casefold() not in _JOINING for w in _WORD.findall(text)):
        return False
    plain = said.casefold()
    for frame, wanted in _FRAMES:
        for found in frame.findall(text):
            if not wanted & set(kinds) and found.casefold() not in plain:
                return False
    if any(m[0].casefold() not in plain for m in _SO_MUCH_OF.finditer(text)):
        return False
    if _WRONG_ARTICLE.search(text) or not frames.tied(text, said):
        return False
    return all(m[0].casefold() in plain for m in _ONE_OF_MANY.finditer(text)) and not _again(text)


_VERB = re.compile(
    r"\b(?:is|are|has|have|can|it's|they're|comes?|suits?|holds?|measures?|weighs?|includes?|carries|fits?|stands?|keeps?|works?|opens?|closes?|washes|dries|reaches|lasts?|burns?|takes?|makes?|gives?|goes)\b",
    re.I,
)
_DO = re.compile(
    r"(?:wipe|(?:hand |machine )?wash|rinse|dry|store|keep|refrigerate|soak|avoid|do not|clean|iron|hang|brew|serve)\b",
    re.I,
)
_LIST_LEFT_OPEN = re.compile(
    r"[\w-]+, [\w-]+(?: [\w-]+){0,2},? and (?:is|are|has|have|it|they|comes?|suits?|can)\b", re.I
)
_NO_AND = re.compile(r"(?:[\w®™-]+(?: [\w®™-]+)?, ){1,}(?:[\w®™-]+)(?: [\w®™-]+)?\.$")
_IS_A = re.compile(r"\b(?:is|are|it's) (?:an? )?([\w-]+)(?=[,.]| and\b)", re.I)


def _well_formed(text: str, said: str) -> bool:
    """Tell whether a try is a sentence a shopkeeper would print: a verb, lists closed, names with their capitals."""
    if re.search(r"[&;<>{}|_#*]|\b(\w+)\s+\1\b", text) or not (_VERB.search(text) or _DO.match(text)):
        return False
    if re.match(r"(?:This|It) is an? ", text) and not re.match(r"(?:This|It) is an? ", said):
        return False  # "This is a messenger bag." tells nobody anything
    if re.search(r",? and (?:is|are) an? [\w-]+(?: [\w-]+)?\.", text):
        return False  # what a thing is comes first: "is made of wool, and is a jacket"
    if _LIST_LEFT_OPEN.search(text) or (_NO_AND.search(text) and not re.search(r"\band\b", text.rsplit(", ", 2)[-1])):
        return False
    plain = set(re.findall(r"[A-Za-z®™'-]+", said))
    for n, word in enumerate(re.findall(r"[A-Za-z®™'-]+", text)):
        if n and word[0].isupper() and word not in plain:
            return False  # "made of Nylon"
        if word not in plain and word[0].islower() and word.capitalize() in plain and word not in _lowered(said):
            return False  # "the hera pullover hoodie"
    return not any(_adjective(m[1]) and re.search(r"\ban?\s", m[0]) for m in _IS_A.finditer(text))


def _lowered(said: str) -> set[str]:
    """Return the words of the plain sentence that stand there in lower case, and the one it begins with."""
    words = re.findall(r"[A-Za-z®™'-]+", said)
    return {w for w in words if w[0].islower()} | {words[0].casefold()} if words else set()


def _adjective(word: str) -> bool:
    """Tell whether a word is a property and no thing: "is a lockable"."""
    return lexicon.find(word, "noun") is None and (
        lexicon.find(word, "feature", "use", "material", "colour") is not None
        or word.endswith(("able", "ible", "proof", "ive", "ful"))
    )


def _again(text: str) -> bool:
    """Tell whether one phrase of three words stands twice in a sentence."""
    words = [w.casefold() for w in re.findall(r"[\w-]+", text)]
    triples = list(zip(words, words[1:], words[2:], strict=False))
    return len(triples) != len(set(triples))


def _stem(word: str) -> str:
    low = word.casefold().replace("’", "'")
    for ending in ("'s", "es", "s", "ed", "d"):
        if low.endswith(ending) and len(low) - len(ending) >= 3:
            return low[: -len(ending)].rstrip("e")
    return low.rstrip("e")
