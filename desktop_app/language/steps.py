"""Writing in steps: which facts each sentence is to tell, and which of several tries at it may stand.

The plan is the plain writer's own text, sentence by sentence: what it says in a sentence, the weights are asked to say
in theirs, and where none of their tries is carried by the facts, the plain sentence is what stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.language import check, facts, lean, plain, prompts, sentences
from desktop_app.records import Product, Wishes

_SUBJECT = re.compile(r"^(?:It|They|The)\b")
LONGER = 1.7  # a try this many times as long as the plain sentence has wandered off


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence to write (or, with ``whole``, a short text), and how code would say it."""

    said: str
    names: tuple[str, ...]  # of the facts it is to tell; none: it is said as it is
    opening: str = ""  # the word it begins with, so that it follows what stands before it
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps of a text in order, and what follows them as code says it (lines of detail)."""

    steps: tuple[Step, ...]
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Try:
    """One candidate for a step: its text and the mean log-likelihood the weights gave it."""

    text: str
    likelihood: float = 0.0


def plan(product: Product, wishes: Wishes, *, variety: int, whole: bool = False) -> Plan:
    """Return the steps of a description; ``whole`` makes one step of it, for weights that can be trusted with more."""
    written = plain.write(
        product, language=wishes.language, length=wishes.length, tone=wishes.tone, variety=variety
    )  # fmt: skip
    prose, cut, rest = written.text.partition("\n\n")
    spans = sentences.split(prose, wishes.language)
    told = [tuple(dict.fromkeys(n for s in written.evidence if a <= s.start < b for n in s.facts)) for a, b in spans]
    if whole:
        names = tuple(dict.fromkeys(n for some in told for n in some))
        return Plan((Step(prose, names, whole=True),), cut + rest)
    steps = [
        Step(prose[a:b], names, _opening(prose[a:b], n))
        for n, ((a, b), names) in enumerate(zip(spans, told, strict=True))
    ]
    return Plan(tuple(steps), cut + rest)


def best(
    step: Step, tries: Sequence[Try], product: Product, language: str, before: Sequence[str], *, strict: bool = True
) -> str:
    """Return the try that may stand for ``step`` after the sentences ``before``, or "" when none may.

    It must hold nothing that the facts do not carry, tell every fact of the step, add something to what was said,
    and be a finished sentence of about the plain one's length; among several, the likeliest.
    """
    wanted = _told(step.said, product, language) & set(step.names)
    fit = [(t.likelihood, text) for t in tries if (text := _cut(t.text, step, language))]
    for _likelihood, text in sorted(fit, reverse=True):
        if not before and _SUBJECT.match(text) and not text.startswith("The"):
            continue  # a text that opens with "It" does not say what it is about
        if text in before or len(text) > LONGER * len(step.said) + 20:
            continue
        if not step.whole and language != "zh" and not _lean(text, step, product):
            continue
        checked = check.check(" ".join([*before, text]), product, language=language, strict=strict)
        start = len(" ".join(before)) + bool(before)
        if any(f.end > start for f in checked.findings):
            continue
        if wanted <= {n for s in checked.evidence if s.end > start for n in s.facts}:
            return text
    return ""


def _lean(text: str, step: Step, product: Product) -> bool:
    known = facts.usable(product)
    told = [product.title, *(f"{f.value} {f.unit}" for f in known if f.name in step.names)]
    if any(re.search(rf"\b(?:is|are) an? {re.escape(name)}\b", text, re.I) for name in step.names):
        return False  # "the pan is a heat source": a fact's name is not what the product is
    whole = [f.value for f in known if f.kind == "material" and facts.role_of(f) == "material"]
    return lean.fits(text, step.said, told, {f.kind for f in known if f.name in step.names}, " ".join(whole))


def _opening(sentence: str, number: int) -> str:
    found = _SUBJECT.match(sentence) if number else None
    return found[0] if found else ""


def _told(text: str, product: Product, language: str) -> set[str]:
    return {name for span in check.check(text, product, language=language).evidence for name in span.facts}


def _cut(text: str, step: Step, language: str) -> str:
    """Return the first finished sentence of a try (all of them for a whole text), or "" when there is none."""
    tidied = prompts.tidy(text)
    found = [tidied[a:b].strip() for a, b in sentences.split(tidied, language)]
    done = [s for s in found if s and s[-1] in ".。!！?？"]
    if not done or (done[0] != found[0]):
        return ""
    return ("" if language == "zh" else " ").join(done) if step.whole else done[0]
