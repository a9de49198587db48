"""Names of other products of the shop, found in a text however many products there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from desktop_app.records import Finding
from desktop_app.words import _

_LEAST = 4  # letters (two Chinese ones) a name has to have to be known again
_LATIN = re.compile(r"[a-z0-9]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPENS = re.compile(r"(?i)^\W*(?:(?:the|this|our|your|an?|each|every)\s+)?$")


class Names:
    """Titles by how they begin: of a hundred thousand only those are looked for that could stand in a sentence."""

    def __init__(self, titles: Iterable[str] = ()) -> None:
        self._begin: dict[str, list[str]] = {}
        for title in titles:
            wanted = " ".join(title.split())
            if len(wanted.encode()) >= _LEAST and _is_name(wanted) and (key := _key(wanted.casefold())):
                self._begin.setdefault(key, []).append(wanted)

    def within(self, sentence: str, own: str) -> Iterator[Finding]:
        """Yield where another product is named; ``own`` is all that is known of the product the text is about."""
        low, mine = sentence.casefold(), own.casefold()
        if not self._begin or len(low) != len(sentence):
            return
        keys = {*_LATIN.findall(low), *(low[at : at + 2] for at in range(len(low)))}
        for name in {name for key in keys for name in self._begin.get(key, ())}:
            wanted = name.casefold()
            if wanted in mine:
                continue
            for match in re.finditer(rf"(?<![a-z0-9]){re.escape(wanted)}(?![a-z0-9])", low):
                said = sentence[match.start() : match.end()]
                if _HAN.search(wanted) or _written_as_name(sentence, match.start(), said, name):
                    why = _("“{text}” is another product.", text=said)
                    yield Finding(match.start(), match.end(), said, "other_product", why)


def _key(wanted: str) -> str:
    first = _LATIN.match(wanted)
    return first[0] if first else wanted[:2]


def _is_name(wanted: str) -> bool:
    """One common word ("mug") names no product; two words, four Chinese letters, or a word with a number do."""
    return " " in wanted or bool(re.search(r"[\u4e00-\u9fff]{4,}|\d", wanted))


def _written_as_name(sentence: str, start: int, said: str, name: str) -> bool:
    """ "Dry it with a tea towel" names no product; "the Tea towel", and what a sentence opens with, do."""
    if said.islower() and any(c.isupper() for c in name):
        return name.count(" ") > 2 or bool(re.search(r"\d", said) or _OPENS.match(sentence[:start]))
    return True
