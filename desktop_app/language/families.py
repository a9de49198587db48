"""Words known by their family: what is done again or undone, and compounds of two everyday words."""

from __future__ import annotations

from functools import lru_cache

from desktop_app.language import everyday, harmless, inflections, lexicon

# Deeds that come in pairs: who may clip may unclip. An adjective that begins so (unlined, unscented) is no such deed.
_FASTENED = lexicon.words(
    "bolt box buckle button cap clip coil cork do fasten fold furl hinge hitch hook knot lace latch load lock mount pack pin "
    "plug roll screw seal snap stack stick stopper tangle tie veil wind wrap zip"
)
_SHORTEST = 3


@lru_cache(maxsize=4096)
def undone(word: str) -> frozenset[str]:
    """Return the forms of the deed that a word undoes: clip of "unclipping"; none where it undoes nothing."""
    low = word.casefold()
    if not low.startswith("un"):
        return frozenset()
    deeds = inflections.forms(low[2:]) & _FASTENED
    return deeds if not low.endswith("ed") else frozenset()


@lru_cache(maxsize=4096)
def is_everyday(word: str) -> bool:
    """Tell whether a word nobody listed is an everyday deed done again, or made of two everyday words (doorstep, teatime)."""
    low = word.casefold()
    if not low.isalpha() or inflections.forms(low) & (everyday.cautious("en") | harmless.components()):
        return False
    if low.startswith("re") and len(low) > 5 and inflections.forms(low[2:]) & everyday.verbs():
        return True
    return any(_is_word(low[:cut]) and _is_word(low[cut:]) for cut in range(_SHORTEST, len(low) - _SHORTEST + 1))


def _is_word(half: str) -> bool:
    known = everyday.words("en") | everyday.plain("en") | _PLACES
    return half not in _ENDINGS and bool({half, half.removesuffix("s")} & known)


_PLACES = lexicon.words("up down out over under back side mid day night sun moon snow rain any every some no")
_ENDINGS = lexicon.words(
    "able age and ant den din eat end ent ess est ing ion ish ist ness red ring ship son some ten the tin ton wear work proof free "
    "less ful ward wards wise hood like most made grown written woven spun cut dried screen belt back set gear dough water phone band"
)
