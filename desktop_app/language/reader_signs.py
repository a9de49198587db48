"""What a sentence looks like once its facts are masked: the signs that the trained reader of `reader.py` goes by.

"The [material] lid comes with [number] [contents]": words that the product's own facts hold are replaced by what kind of
fact it is, so that what is learned are turns of speech and never goods. Nothing here asks the word lists of the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from desktop_app.language import facts, inflections, quantities
from desktop_app.records import Fact, Finding, Product

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[A-Za-zÀ-ÖØ-öø-ɏ]+(?:['’][A-Za-zÀ-ÖØ-öø-ɏ]+)?|[^\s\w]|[\u3400-\u9fff]")
_WORD = re.compile(r"[a-zà-öø-ɏ]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_NUMBER = frozenset("零一二两三四五六七八九十百千万半")
_LONGEST = 8  # characters of a stretch that is looked for in the facts
# Words that are in many facts and say of none that it is spoken of.
_SMALL = frozenset(
    "a an and or of in on at to for from by with without the this that it its is are be been as not no yes per each all "
    "any only also up out off over under into than then so but if when which who you your we our can may will has have "
    "one two".split()
)
_SMALL_HAN = frozenset("的了是在和与也不很就还有用可能会要你我它这那个上下里中外内为以及或")
_QUANTIFIER = re.compile(
    r"(?i)\b(?:all|every|each|both|whole|only|entire|entirely|nothing|none|always|never)\b|[都全只整各均]"
)
_DENIAL = re.compile(r"(?i)\b(?:no|not|never|without|cannot|nothing|none)\b|n['’]t\b|[不没无非未别]")
_READER = re.compile(r"(?i)\b(?:you|your|yours|yourself)\b|[你您]")
_SHOP = re.compile(r"(?i)\b(?:we|our|us)\b|我们|咱|本店")
_RUNS = {"en": 4.0, "zh": 8.0}  # how much all runs of words weigh together: chosen on hands left out


@dataclass(frozen=True, slots=True)
class Known:
    """What a product's title and facts say, by word forms and as text: each fact's kind, name and value."""

    kinds: dict[str, str]  # the form of a word → the kind of the first fact that holds it, "title" for the title's
    rows: tuple[
        tuple[str, frozenset[str], frozenset[str], str, str], ...
    ]  # kind, forms of name and value, both as text
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, sign or stretch of characters; ``state``: F in the facts, f one such character, N, U unknown, w, x."""

    text: str
    masked: str
    state: str
    start: int


@lru_cache(maxsize=256)
def known(product: Product) -> Known:
    """Return what the signs need of ``product``, made once."""
    kinds: dict[str, str] = {}
    rows = []
    for fact in product.facts:
        kind = str(facts.meaning_of(fact.name, fact.value).kind)
        names, values = _forms(fact.name), _forms(f"{fact.value} {fact.unit}")
        rows.append((kind, names, values, fact.name.casefold(), f"{fact.value}{fact.unit}".casefold()))
        for form in names | values:
            kinds.setdefault(form, kind)
    options = " ".join(f"{n} {v}" for variant in product.variants for n, v in variant.options)
    for text, kind in ((options, "option"), (f"{product.title} {product.category} {' '.join(product.tags)}", "title")):
        for form in _forms(text):
            kinds.setdefault(form, kind)
    whole = "\n".join([product.title, *(f"{r[3]}\n{r[4]}" for r in rows), options, *product.tags]).casefold()
    return Known(kinds, tuple(rows), product.title.casefold(), whole)


def _forms(text: str) -> frozenset[str]:
    words = [w for w in _WORD.findall(text.casefold()) if w not in _SMALL]
    return frozenset(form for word in words for form in inflections.forms(word))


def tokens(sentence: str, product: Known, unknown: list[tuple[int, int]]) -> list[Token]:
    """Return the sentence in pieces, those of the facts masked; ``unknown``: the stretches a check found no fact for."""
    found, at = list[Token](), 0
    for match in _TOKEN.finditer(sentence):
        if match.start() < at:
            continue
        token = _token(sentence, match, product, unknown)
        found.append(token)
        at = match.start() + len(token.text)
    return found


def _token(sentence: str, match: re.Match[str], product: Known, unknown: list[tuple[int, int]]) -> Token:
    text, start = match[0], match.start()
    low = text.casefold().replace("’", "'")
    if text[0].isdigit() or text in _HAN_NUMBER or low in quantities.WORDS:
        end = start + len(text)
        while text in _HAN_NUMBER and end < len(sentence) and sentence[end] in _HAN_NUMBER:
            end += 1
        return Token(sentence[start:end], "<N>", "N", start)
    if _HAN.match(text):
        return _han(sentence, start, product, unknown)
    if not text[0].isalpha():
        return Token(text, text, "x", start)
    if low not in _SMALL and (kinds := sorted(f for f in inflections.forms(low) if f in product.kinds)):
        return Token(text, f"<{product.kinds[kinds[0]]}>", "F", start)
    state = "U" if any(a <= start < b for a, b in unknown) else "w"
    return Token(text, low, state, start)


def _han(sentence: str, start: int, product: Known, unknown: list[tuple[int, int]]) -> Token:
    for size in range(min(_LONGEST, len(sentence) - start), 1, -1):
        piece = sentence[start : start + size]
        if piece in product.text and _HAN.match(piece[-1]):
            kind = next((r[0] for r in product.rows if piece in r[3] or piece in r[4]), "title")
            return Token(piece, f"<{kind}>", "F", start)
    letter = sentence[start]
    if any(a <= start < b for a, b in unknown):
        return Token(letter, letter, "U", start)
    return Token(letter, letter, "f" if letter in product.text and letter not in _SMALL_HAN else "w", start)


def signs(sentence: str, language: str, product: Product, findings: list[Finding]) -> dict[str, float]:
    """Return the signs of a sentence by name: what was found, its shape, its runs of words, which facts it touches."""
    have = known(product)
    unknown = [(f.start, f.end) for f in findings if f.kind == "unsupported"]
    several = tokens(sentence, have, unknown)
    if not several:
        return {}
    return {
        **_of_findings(findings),
        **_shape(sentence, several, found=bool(findings)),
        **_runs(several, language),
        **_around(several, findings, sentence),
        **_touched(sentence, several, language, have, found=bool(findings)),
    }


def _of_findings(findings: list[Finding]) -> dict[str, float]:
    kinds = sorted({f.kind for f in findings})
    return {
        **{f"kind {k}": 1.0 for k in kinds},
        "kinds " + "+".join(kinds): 1.0,
        "unsupported": min(sum(f.kind == "unsupported" for f in findings), 4) / 2,
        "others": min(sum(f.kind != "unsupported" for f in findings), 4) / 2,
    }


def _shape(sentence: str, several: list[Token], *, found: bool) -> dict[str, float]:
    states = [t.state for t in several]
    words = max(sum(s != "x" for s in states), 1)
    made: dict[str, float] = {f"share {s}": states.count(s) / words for s in "FfNUw"}
    made |= {f"count {s}": min(states.count(s), 5) / 3 for s in "FNU"}
    clauses = len(re.findall(r"[,，;；:：、]", sentence))
    made |= {"clauses": min(clauses, 4) / 2, "begins " + states[0]: 1.0}
    told = {
        "asks": sentence.rstrip()[-1:] in "?？", "calls": bool(re.search("[!！]", sentence)),
        "denies": bool(_DENIAL.search(sentence)), "reader": bool(_READER.search(sentence)),
        "shop": bool(_SHOP.search(sentence)), "quiet number": "N" in states and not found,
        "quiet facts": not found and "F" in states,
    }  # fmt: skip
    return made | {name: 1.0 for name, holds in told.items() if holds}


def _runs(several: list[Token], language: str) -> dict[str, float]:
    """Return the runs of one and two pieces, masked; and the same with nothing told of what is masked."""
    masked = ["^", *(t.masked for t in several), "$"]
    rough = ["^", *(t.state if t.state in "FUN" else t.masked for t in several), "$"]
    found = {
        f"run {' '.join(row[at : at + size])}"
        for row in (masked, rough)
        for size in (1, 2)
        for at in range(len(row) - size + 1)
    }
    weight = _RUNS[language] / sqrt(len(found))
    return dict.fromkeys(found, weight)


def _around(several: list[Token], findings: list[Finding], sentence: str) -> dict[str, float]:
    """Return what an unknown word looks like and what stands beside it."""
    made: dict[str, float] = {}
    places = {t.start: n for n, t in enumerate(several)}
    for finding in findings:
        if finding.kind != "unsupported":
            continue
        low = finding.text.casefold()
        if _HAN.match(low):
            made |= {f"letter {c}": 1.0 for c in low[:4]} | {f"letters {min(len(low), 4)}": 1.0}
        else:
            made |= {f"ends {low[-size:]}": 1.0 for size in (2, 3, 4)} | {f"word {low}": 1.0}
            made |= {"named": 1.0} if finding.text[:1].isupper() and finding.start else {}
        made[f"third {3 * finding.start // max(len(sentence), 1)}"] = 1.0
        if (at := places.get(finding.start)) is not None:
            for away in (-2, -1, 1, 2):
                beside = several[at + away] if 0 <= at + away < len(several) else None
                made[f"beside {away} {beside.masked if beside else '$'}"] = 1.0
                made[f"state {away} {beside.state if beside else '$'}"] = 1.0
    return made


def restates(sentence: str, language: str, product: Product) -> bool:
    """Tell whether a sentence says the name and value of one fact and nothing of another, or but words of the title."""
    have = known(product)
    several = tokens(sentence, have, [])
    words = [t for t in several if t.state != "x"]
    if all(t.text.casefold() in have.title for t in words):
        return True
    if _QUANTIFIER.search(sentence) or _DENIAL.search(sentence):
        return False
    said = [t for t in words if t.state == "F" and t.text.casefold() not in have.title]
    return any(
        name and value and all(_is_of(t, have, n) for t in said) for n, name, value in touched(several, language, have)
    )


def _is_of(token: Token, have: Known, row: int) -> bool:
    _kind, names, values, name, value = have.rows[row]
    low = token.text.casefold()
    if _HAN.match(low):
        return low in name or low in value
    return bool(inflections.forms(low) & (names | values))


def nearest(sentence: str, language: str, product: Product) -> Fact | None:
    """Return the fact that most of the sentence's words come from; None where none does."""
    have = known(product)
    several = tokens(sentence, have, [])
    rows = touched(several, language, have) or touched(several, language, have, titled=True)
    if not rows:
        return None

    def words(row: tuple[int, bool, bool]) -> tuple[bool, int]:
        _kind, names, values, name, value = have.rows[row[0]]
        said = {t.text.casefold() for t in several if t.state == "F"}
        han = sum(len(w) for w in said if w in name or w in value)
        return row[1] and row[2], han if language == "zh" else len(
            {f for w in said for f in inflections.forms(w)} & (names | values)
        )

    return product.facts[max(rows, key=words)[0]]


def touched(several: list[Token], language: str, have: Known, *, titled: bool = False) -> list[tuple[int, bool, bool]]:
    """Return the facts that words of the sentence come from: number, whether by name, whether by value.

    Words of the title are in every sentence and count only if ``titled``.
    """
    said = [t.text.casefold() for t in several if t.state in "Ff"]
    words = [w for w in said if titled or w not in have.title]
    found = []
    for n, (_kind, names, values, name, value) in enumerate(have.rows):
        if language == "zh":
            by_name = any(len(w) > 1 and w in name for w in words)
            by_value = any(len(w) > 1 and w in value for w in words)
        else:
            forms = [inflections.forms(w) for w in words]
            by_name, by_value = any(f & names for f in forms), any(f & values for f in forms)
        if by_name or by_value:
            found.append((n, by_name, by_value))
    return found


def _touched(sentence: str, several: list[Token], language: str, have: Known, *, found: bool) -> dict[str, float]:
    """Return how the words of several facts meet: the name of one told with the value of another is a bad sign."""
    rows = touched(several, language, have)
    names = [n for n, name, value in rows if name and not value]
    values = [n for n, name, value in rows if value and not name]
    both = [n for n, name, value in rows if name and value]
    told = {
        "none touched": not rows, "one touched": len(rows) == 1, "many touched": len(rows) > 2, "name alone": names,
        "value alone": values, "name and value": both, "crossed": names and values and not both,
        "crossed beside": names and values and both, "only named": names and not values and not both,
    }  # fmt: skip
    made = {name: 1.0 for name, holds in told.items() if holds}
    for tag, some in (("named", names), ("valued", values), ("told", both)):
        made |= {f"{tag} {have.rows[n][0]}": 1.0 for n in some}
    made |= {f"cross {have.rows[a][0]} {have.rows[b][0]}": 1.0 for a in names[:2] for b in values[:2]}
    if match := _QUANTIFIER.search(sentence):
        made |= {"quantifier": 1.0, f"quantifier {match[0].casefold()}": 1.0}
        made |= {"quantifier crossed": 1.0} if names and values else {}
    return made | ({} if found else {f"quiet {name}": 1.0 for name, holds in told.items() if holds})
