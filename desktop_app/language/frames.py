"""How values are tied to the product in an English sentence: made of a stuff, available in a colour, suited to a use.

Small weights have the words right and the ties wrong ("is all weather", "with a wool material", "made of wool" of a
blend), so their sentences are held to the ties of the plain sentence: all that it says behind "suits", and nothing
else, may stand behind a verb that means the same. What they leave out, code says after them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Verbs that tie alike, one kind of tie a line; the first line that fits a place counts.
_TIES = (
    r"(?:is|are|it's) (?:hand)?(?:made|crafted|woven) (?:of|from)|made (?:of|from)",
    r"(?:is|are|it's) available in|comes? in|available in|in(?= (?:sizes?|an?)\b)",
    r"(?:is|are|it's) (?:suitable |suited |good )?for|suits?|for",
    r"measures?|measuring",
    r"weighs?|weighing",
    r"holds?|holding|(?:has|have|with) a capacity of",
    r"comes? from|(?:is|are|it's) (?:hand)?made in|made in",
    r"comes? with|includes?|has|have|having|with|features?",
    r"is|are|it's|be",
)
_AT = re.compile("|".join(rf"(?P<t{n}>(?<![\w-])(?:{pattern})\b)" for n, pattern in enumerate(_TIES)), re.IGNORECASE)
_BARE = {"made of": "is ", "made from": "is ", "made in": "is ", "in": "comes ", "available in": "is "}
_ENDS = re.compile(r"[\s,;.]*(?:\band(?: (?:it|they|also))*)?[\s,;.]*$", re.IGNORECASE)
_MANY = ((r"\bis\b", "are"), (r"\bcomes\b", "come"), (r"\bhas\b", "have"), (r"\b(suit|hold|weigh|measure)s\b", r"\1"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb and what stands behind it: its kind of tie, the things named, and how it is written."""

    tie: str
    items: frozenset[str]
    text: str


def clauses(sentence: str) -> list[Clause]:
    """Return the clauses of a sentence in order; its subject is in none of them."""
    found = list(_AT.finditer(sentence))
    out: list[Clause] = []
    for n, hit in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(sentence)
        words = sentence[hit.end() : end]
        if not hit.start():
            words = re.split(r",\s+(?=(?:the|this|these)\b)", words)[0]  # "Made of wool, the hoodie …"
        words = _ENDS.sub("", words)
        if hit["t7"] and hit[0].casefold() == "with" and not out:
            continue  # "a hoodie with a pocket is": a part of what the thing is called
        out.append(Clause(str(hit.lastgroup), _items(words), f"{hit[0]}{words}"))
    return out


def _items(words: str) -> frozenset[str]:
    pieces = re.split(r",\s*(?:and|or)?\b|\b(?:and|or)\b", words.casefold())
    return frozenset(p for piece in pieces if (p := re.sub(r"^(?:an?|the)\s+", "", piece.strip(" .,;"))))


def tied(text: str, said: str) -> bool:
    """Tell whether every clause of ``text`` says, tied alike, exactly what a clause of the plain sentence says."""
    known = {(c.tie, c.items) for c in clauses(said)}
    mine = [(c.tie, c.items) for c in clauses(text)]
    return bool(mine) and all(one in known for one in mine) and len(mine) == len(set(mine))


def finished(text: str, said: str, *, many: bool) -> str:
    """Return ``text`` with what the plain sentence says and it leaves out, as code says it."""
    told = {(c.tie, c.items) for c in clauses(text)}
    for n, clause in enumerate(c for c in clauses(said) if (c.tie, c.items) not in told):
        first = next((b for b in _BARE if re.match(rf"{b}\b", clause.text, re.IGNORECASE)), "")
        verb = _BARE.get(first, "") + clause.text[:1].lower() + clause.text[1:]
        for one, several in _MANY if many else ():
            verb = re.sub(one, several, verb, count=1)
        if n:
            text = f"{text} {'They' if many else 'It'} {verb}."
        elif first == "in":
            text = f"{text[:-1]}, {clause.text}."
        else:
            between = ", and " if re.search(r",| and ", text + verb) else " and "
            text = f"{text[:-1]}{between}{verb}."
    return text


def spelled(text: str, said: str) -> str:
    """Give the things that ``text`` names the letters the plain sentence gives them: "TSA approved", "wool"."""
    for clause in clauses(said):
        for piece in re.split(r",\s*(?:and|or)?\s+|\s+(?:and|or)\s+", clause.text.split(" ", 1)[-1]):
            bare = re.sub(r"^(?:(?:made|available) )?(?:(?:of|in|for|with|from) )?(?:(?:an?|the) )?", "", piece.strip())
            if bare and re.search(r"[^\W\d_]", bare):
                text = re.sub(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", bare.replace("\\", r"\\"), text, flags=re.I)
    return text
