"""What an English title says, put as one would say it in a sentence: a list behind the name becomes "with … and …".

Only for titles whose words are words ("Saggar fired red vase, copper wire marks"); a name is never touched.
"""

from __future__ import annotations

import re

from desktop_app.language import lexicon
from desktop_app.language.phrases import indefinite

# Ends of what a thing has on it or at it, as titles tell it after a comma; with "-" what takes no article.
_HAD = {
    "surface": "", "texture": "", "finish": "", "effect": "", "pattern": "", "print": "", "border": "", "rim": "", "base": "", "lid": "",
    "handle": "", "spout": "", "interior": "", "exterior": "", "motif": "", "trim": "", "edge": "", "lining": "", "collar": "", "hood": "",
    "glaze": "-", "kintsugi": "-", "sigillata": "-", "slip": "-", "embroidery": "-", "lace": "-", "decoration": "-", "detailing": "-",
}  # fmt: skip
_MANY = frozenset(
    "slips marks markings lines trails textures reflections impressions pigments handles effects patterns details prints motifs stripes"
    " dots flowers leaves buttons pockets straps sleeves feet legs wheels edges accents highlights inlays beads stones".split()
)
_WHERE = re.compile(r"\s(?:on|of|at|in|inside|outside|along|around|from)\b")
# Adjectives that stand before a colour: "small red vase", "handmade yellow vase".
_FIRST = lexicon.words(
    "handmade handcrafted small large big mini tiny tall short long round square oval wide thin thick deep extra soft decorative minimalist"
    " modern vintage antique antiqued rustic simple elegant lightweight classic traditional new old little set pair"
)
_DONE = (
    "fired|thrown|inspired|painted|made|woven|knitted|dyed|carved|crafted|blown|glazed|stitched|sewn|embroidered|forged|poured|dipped"
    "|coated|lined|printed|pressed|tufted|felted|burnished"
)  # fmt: skip
_HYPHEN = re.compile(rf"\b([A-Za-z]{{3,}}) ({_DONE})(?= [a-z])")
_NO_HYPHEN = frozenset(
    "and or the with for is are was not newly freshly fully partly finely highly beautifully naturally".split()
)


def had(tails: tuple[str, ...]) -> str:
    """Return " with a … and …" of what the parts of a title say that a thing has; "" where none of them says so."""
    several = [said for tail in tails if (said := _thing(tail))]
    if not several:
        return ""
    return " with " + (several[0] if len(several) == 1 else ", ".join(several[:-1]) + f" and {several[-1]}")


def _thing(tail: str) -> str:
    said = hyphenated(tail.strip(" ."))
    kind, _with, behind = said.partition(" with ")
    if behind and kind.split()[-1:] and kind.split()[-1] not in _HAD and kind.split()[-1] not in _MANY:
        said = behind  # "rustic pottery with smoke marks" behind a vase: the pottery is the vase
    words = said.split()
    if (
        len(words) < 2
        or len(words) > 8
        or not words[0][:1].islower()
        or re.match(r"(?:for|with|and|or|by)\b", words[0])
    ):
        return ""
    head = _WHERE.split(" ".join(words))[0].split()[-1]
    if any(part.split()[-1:] and not _is_had(part.split()[-1]) for part in re.split(r" and ", " ".join(words))[:-1]):
        return ""  # "copper wire and leaf marks" are marks of wire, and no wire
    if head in _MANY or _HAD.get(head) == "-":
        return " ".join(words)
    return f"{indefinite(words[0])} {' '.join(words)}" if head in _HAD else ""


def _is_had(word: str) -> bool:
    return word in _MANY or word in _HAD


def hyphenated(text: str) -> str:
    """Return "saggar-fired vase" of "saggar fired vase"."""
    return _HYPHEN.sub(lambda found: found[0] if found[1].casefold() in _NO_HYPHEN else f"{found[1]}-{found[2]}", text)


def ordered(name: str, head: str) -> str:
    """Return a name with its colour before its stuff: "yellow raku vase" of "raku yellow vase"."""
    before = name.removesuffix(head).split()
    if not name.endswith(head) or len(before) < 2 or lexicon.find(before[-1], "colour") is None:
        return name
    if any(lexicon.find(word, "colour") for word in before[:-1]) or any(re.search(r"[A-Z]", w) for w in before):
        return name
    at = next((n for n, word in enumerate(before[:-1]) if word not in _FIRST), len(before) - 1)
    return " ".join([*before[:at], before[-1], *before[at:-1], head])


def with_articles(more: str) -> str:
    """Return " with a black lid and saggar markings" of " with black lid and saggar markings"."""
    found = re.fullmatch(r"(.*?) with (.+?)( (?:for|in|by) .+)?", more)
    if not found or re.search(r"\d", more):
        return more
    parts = re.split(r"(, (?:and )?| and )", found[2])
    return (
        f"{found[1]} with "
        + "".join(part if n % 2 else _with_article(part) for n, part in enumerate(parts))
        + (found[3] or "")
    )


def _with_article(thing: str) -> str:
    words = _WHERE.split(thing)[0].split()
    if not words or words[0] in ("a", "an", "the", "its") or len(words) > 5:
        return thing
    noun = lexicon.find(words[-1], "noun")
    one = (words[-1] in _HAD and _HAD[words[-1]] == "") or (
        noun is not None and words[-1] in noun.en and noun.plural not in {"-", "="}
    )
    one = one or words[-1] in {"head", "charger", "logo", "moon"}
    return f"{indefinite(thing)} {thing}" if one else thing
