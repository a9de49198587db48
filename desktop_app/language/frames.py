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
_FINITE = {"measuring": "measures", "holding": "holds", "weighing": "weighs", "with": "has"}
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
        if (
            hit["t7"]
            and hit[0].casefold() == "with"
            and not out
            and not re.match(r"(?:An?|These are|This is) ", sentence)
        ):
            continue  # "a hoodie with a pocket is": a part of what the thing is called
        out.append(Clause(str(hit.lastgroup), _items(words), f"{hit[0]}{words}"))
    return out


def _items(words: str) -> frozenset[str]:
    pieces = re.split(r",\s*(?:and|or)?\b|\b(?:and|or)\b", words.casefold())
    return frozenset(p for piece in pieces if (p := re.sub(r"^(?:an?|the)\s+", "", piece.strip(" .,;"))))


def subject(sentence: str) -> str:
    """Return what stands before the first verb of a sentence: who it is about."""
    found = next((hit for hit in _AT.finditer(sentence) if not (hit["t7"] and hit[0].casefold() == "with")), None)
    return sentence[: found.start()].strip() if found else sentence


def about_the_same(text: str, said: str, called: str) -> bool:
    """Tell whether ``text`` is about what the plain sentence is about: "The ink is black" is not said of the pen.

    A sentence about parts must stand as the plain one has it; one about the product names it, or is about "it".
    """
    ours = set(re.findall(r"[\w-]+", called.casefold())) | {"it", "they", "this", "these", "the", "a", "an"}
    if said.startswith("The ") and not set(re.findall(r"[\w-]+", subject(said).casefold())) <= ours:
        return text == said
    who = set(re.findall(r"[\w-]+", re.sub(r"(?i)it's$", "it", subject(text)).casefold()))
    return not subject(said) or who <= ours | set(re.findall(r"[\w-]+", subject(said).casefold()))


def tied(text: str, said: str) -> bool:
    """Tell whether every clause of ``text`` says, tied alike, exactly what a clause of the plain sentence says."""
    known = {(c.tie, c.items) for c in clauses(said)}
    mine = [(c.tie, c.items) for c in clauses(text)]
    return bool(mine) and all(one in known for one in mine) and len(mine) == len(set(mine))


def finished(text: str, said: str, *, called: str) -> str:
    """Return ``text`` with what the plain sentence says and it leaves out, as code says it; ``called`` is its subject."""
    many = bool(re.match(r"(?:These|They)\b", called))
    told = {(c.tie, c.items) for c in clauses(text)}
    tie = clauses(text)[-1].tie
    added = 0
    theirs = clauses(said)[
        1 if re.match(r"(?:This is|These are) ", said) else 0 :
    ]  # what is this is no clause of its own
    left = [c for c in theirs if (c.tie, c.items) not in told and not _names(c, called)]
    for clause in sorted(left, key=lambda c: not (c.tie == tie and c.text.startswith("in "))):
        first = next((b for b in _BARE if re.match(rf"{b}\b", clause.text, re.IGNORECASE)), "")
        verb = _BARE.get(first, "") + clause.text[:1].lower() + clause.text[1:]
        begin, gap, behind = verb.partition(" ")
        verb = _FINITE.get(begin, begin) + gap + behind
        for one, several in _MANY if many else ():
            verb = re.sub(one, several, verb, count=1)
        if first == "in" and tie == clause.tie:
            text = f"{text[:-1]}, {clause.text}."
        elif added:
            text = f"{text} {'They' if many else 'It'} {verb}."
        else:
            between = ", and " if re.search(r",| and ", text + verb) else " and "
            text = f"{text[:-1]}{between}{verb}."
        added, tie = added + 1, clause.tie
    return text


def _names(clause: Clause, called: str) -> bool:
    """Tell whether a clause only says what the thing is called: "is a vase with copper marks"."""
    words = set(re.findall(r"[\w-]+", clause.text.casefold())) - {"is", "are", "a", "an", "the", "with"}
    return words <= set(re.findall(r"[\w-]+", called.casefold()))


def apart(text: str, said: str) -> bool:
    """Tell whether a try tells the sizes and leaves the colours of the same clause for later: nobody says it so."""
    mine, theirs = clauses(text), clauses(said)
    places = [n for n, c in enumerate(theirs) if c.text.startswith("in ") and n and theirs[n - 1].tie == c.tie]
    told = {(c.tie, c.items) for c in mine}
    return any(
        (theirs[n].tie, theirs[n].items) in told and (theirs[n - 1].tie, theirs[n - 1].items) not in told
        for n in places
    )


def spelled(text: str, said: str) -> str:
    """Write the lists of ``text`` as the plain sentence writes them: "TSA approved", "wool, hemp and nylon"."""
    known = {(c.tie, c.items): c for c in clauses(said)}
    for mine in clauses(text):
        if theirs := known.get((mine.tie, mine.items)):
            words = _behind(theirs)
            start = text.find(mine.text)
            if words and start >= 0:
                verb = mine.text[: len(mine.text) - len(_behind(mine))]
                text = text[:start] + verb + words + text[start + len(mine.text) :]
    return text


def _behind(clause: Clause) -> str:
    """Return what stands behind the verb of a clause."""
    found = _AT.match(clause.text)
    return clause.text[found.end() :] if found else ""
